/** A figure's evidence as text and packed, and back from whoever wrote it: never more than `MAX_EVIDENCE_BYTES` of it. */
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { type Evidence, evidenceSchema, sessionFault } from '../../shared/evidence.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { sessionTrouble } from '../session/session-trouble.ts';

export const MAX_EVIDENCE_BYTES = 64 * 1024 * 1024;

/** Names the evidence in every kind of file. */
export const EVIDENCE_NAME = 'gray-scott-lab';
export const EVIDENCE_FILE = 'gray-scott-lab.json';
export const EVIDENCE_MEDIA_TYPE = 'application/vnd.gray-scott-lab';

export const evidenceText = (evidence: Evidence): string => JSON.stringify(evidence);

const NAMESPACE = 'urn:gray-scott-lab:figure';

/** An element for an SVG's metadata: `base64 -d | gunzip` shows what it holds. */
export function evidenceXml(evidence: Evidence): string {
  const packed = gzipSync(evidenceText(evidence), { level: 9 }).toString('base64');
  return `<gslab:evidence xmlns:gslab="${NAMESPACE}" encoding="gzip base64">${packed}</gslab:evidence>`;
}

/** Begins what stands in place of the evidence in a file that it would make too large. */
export const LEFT_OUT_MARK = '<gslab:left-out';
export const LEFT_OUT_XML = `${LEFT_OUT_MARK} xmlns:gslab="${NAMESPACE}"/>`;

/** @throws TroubleError `session` when it is larger than any figure's, or not packed as it says. */
export function unpack(path: string, packed: Uint8Array, by: 'gzip' | 'deflate'): string {
  try {
    return (by === 'gzip' ? gunzipSync : inflateSync)(packed, { maxOutputLength: MAX_EVIDENCE_BYTES }).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw sessionTrouble(path, 'too-large', `its data has more than ${MAX_EVIDENCE_BYTES} bytes`);
    throw sessionTrouble(path, 'corrupt', `its data cannot be unpacked: ${(error as Error).message}`);
  }
}

/** @throws TroubleError `session`. */
export function parseEvidence(path: string, text: string): Evidence {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw sessionTrouble(path, 'corrupt', 'its data is no JSON');
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > JSON_SCHEMA_VERSION)
    throw sessionTrouble(path, 'newer-schema', `data of version ${version}; this version of the app reads up to ${JSON_SCHEMA_VERSION}`);
  const parsed = evidenceSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw sessionTrouble(path, 'corrupt', `its data: ${[...(issue?.path ?? []).map(String), issue?.message].join(' ')}`);
  }
  const fault = sessionFault(parsed.data.session);
  if (fault !== undefined) throw sessionTrouble(path, 'corrupt', `its data: ${fault}`);
  return parsed.data;
}
