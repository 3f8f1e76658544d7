/**
 * Finds the evidence in a figure's file, which may come from anyone. Only the one place where we put it is looked for, byte
 * for byte: no XML is parsed, so that there are no entities, no object of a PDF is followed, and no pixel is decoded.
 */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { Evidence } from '../../shared/evidence.ts';
import type { Session } from '../../shared/session.ts';
import { readSessionFile } from '../session/read.ts';
import { sessionTrouble } from '../session/session-trouble.ts';
import { EVIDENCE_MEDIA_TYPE, EVIDENCE_NAME, LEFT_OUT_MARK, parseEvidence, unpack } from './evidence-text.ts';
import { isPng, packedText } from './png-chunks.ts';

/** A figure of ours has a few megabytes at most. */
export const MAX_FIGURE_BYTES = 128 * 1024 * 1024;

const SNIFFED = 256;

type Kind = 'svg' | 'png' | 'pdf';

/** By its first bytes, whatever its name; undefined for what is no picture of these kinds. */
function kindOf(head: Buffer): Kind | undefined {
  if (isPng(head)) return 'png';
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('%PDF-')) return 'pdf';
  return /^<(?:\?xml|svg|!--|!DOCTYPE svg)/.test(text) ? 'svg' : undefined;
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(SNIFFED);
  const descriptor = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head, 0, SNIFFED, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the file begins as a picture; false for what cannot be read, which whoever reads it as a session tells. */
export function isFigureFile(path: string): boolean {
  try {
    return statSync(path).isFile() && kindOf(headOf(path)) !== undefined;
  } catch {
    return false;
  }
}

/** What stands between two texts, each of them once, or undefined. */
function between(text: string, start: string, end: string, from = 0): string | undefined {
  const opens = text.indexOf(start, from);
  if (opens < 0) return undefined;
  const closes = text.indexOf(end, opens + start.length);
  return closes < 0 ? undefined : text.slice(opens + start.length, closes);
}

function fromSvg(path: string, bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1');
  if (text.includes(`<metadata>${LEFT_OUT_MARK}`)) throw sessionTrouble(path, 'data-left-out', 'its data was left out');
  const element = between(text, '<gslab:evidence', '</gslab:evidence>');
  const packed = element?.slice(element.indexOf('>') + 1);
  return packed === undefined ? undefined : unpack(path, Buffer.from(packed, 'base64'), 'gzip');
}

function fromPng(path: string, bytes: Buffer): string | undefined {
  const packed = packedText(bytes, EVIDENCE_NAME);
  return packed && unpack(path, packed, 'deflate');
}

/** The stream of the attachment that is marked as ours: `/Subtype` of an embedded file (ISO 32000-1, 7.11.4). */
function fromPdf(path: string, bytes: Buffer): string | undefined {
  const marked = bytes.indexOf(`/${EVIDENCE_MEDIA_TYPE.replace('/', '#2F')}`, 0, 'latin1');
  if (marked < 0) return undefined;
  const stream = bytes.indexOf('stream', marked, 'latin1');
  if (stream < 0) return undefined;
  const dictionary = bytes.toString('latin1', bytes.lastIndexOf('obj', marked, 'latin1'), stream);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const start = stream + 'stream'.length + (bytes[stream + 'stream'.length] === 0x0d ? 2 : 1);
  if (!dictionary.includes('/FlateDecode') || !(length > 0) || start + length > bytes.length) return undefined;
  return unpack(path, bytes.subarray(start, start + length), 'deflate');
}

const READERS: Readonly<Record<Kind, (path: string, bytes: Buffer) => string | undefined>> = { svg: fromSvg, png: fromPng, pdf: fromPdf };

/**
 * The evidence in a picture's bytes; `path` names it in what is said.
 * @throws TroubleError `session` when it carries none, or none that can be believed.
 */
export function evidenceIn(path: string, bytes: Buffer): Evidence {
  const kind = kindOf(bytes.subarray(0, SNIFFED));
  const text = kind && READERS[kind](path, bytes);
  if (text === undefined) throw sessionTrouble(path, 'no-data', 'no data of this app in it');
  return parseEvidence(path, text);
}

/** @throws TroubleError `session`. */
export function readFigureFile(path: string): Evidence {
  const { size } = statSync(path);
  if (size > MAX_FIGURE_BYTES) throw sessionTrouble(path, 'too-large', `the file has ${size} bytes, at most ${MAX_FIGURE_BYTES} are read`);
  return evidenceIn(path, readFileSync(path));
}

/** What a file holds of measurements, be it a session or a figure of one. @throws TroubleError `session`. */
export const readMeasurements = (path: string): Session => (isFigureFile(path) ? readFigureFile(path).session : readSessionFile(path));
