/**
 * Sessions in and out of a browser that has no file dialogs of its own: an upload is a `.gslab`, or a figure that carries
 * one, into the app's session folder, a download is a snapshot of the open session. What arrives is hostile until the session reader
 * has accepted it: it waits under a name that no one opens, and a refused file leaves nothing behind.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Uploaded, View } from '../../shared/contract.ts';
import { asTrouble, type Trouble, TroubleError } from '../../shared/trouble.ts';
import { isFigureFile, readFigureFile } from '../figure-file/read-figure.ts';
import { readSessionFile } from '../session/read.ts';
import { safeSessionName } from '../session/safe-name.ts';
import { SessionStore } from '../session/store.ts';

export const MAX_UPLOAD_BYTES = 1024 ** 3;
const EXTENSION = '.gslab';

/** Moves the file to the wanted name, or to the first free one after it: two uploads of one name are two sessions. */
async function moveToFreeName(from: string, folder: string, name: string): Promise<string> {
  const stem = name.slice(0, -EXTENSION.length);
  for (let count = 1; ; count++) {
    const path = join(folder, count === 1 ? name : `${stem} ${count}${EXTENSION}`);
    try {
      // Claims the name: unlike a rename, this fails where a file already is.
      await (await open(path, 'wx')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    await rename(from, path);
    return path;
  }
}

const tooLarge = (path: string): TroubleError =>
  new TroubleError({ code: 'session', path, problem: 'too-large', detail: `at most ${MAX_UPLOAD_BYTES} bytes` });

function atMost(limit: number, name: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(name));
      else done(null, chunk);
    },
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** The refused file's own name instead of the place where it waited. */
function withName(trouble: Trouble, name: string): Trouble {
  return 'path' in trouble ? { ...trouble, path: name } : trouble;
}

/** Answers 201 with the `Uploaded` of the new file, or 413 and 422 with `{ trouble }`. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  address: URL,
  sessionFolder: string,
  limit = MAX_UPLOAD_BYTES,
): Promise<void> {
  const name = safeSessionName(address.searchParams.get('name') ?? '');
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    sendJson(response, 413, { trouble: tooLarge(name).trouble });
    request.destroy();
    return;
  }
  try {
    const { path, view } = await keepUpload(request, sessionFolder, name, limit);
    const uploaded: Uploaded = { path, name: basename(path, EXTENSION), saved: true, ...(view && { view }) };
    sendJson(response, 201, uploaded);
  } catch (error) {
    const trouble = withName(asTrouble(error), name);
    sendJson(response, trouble.code === 'session' && trouble.problem === 'too-large' ? 413 : 422, { trouble });
  }
}

/** Makes a session of what a figure carries. */
function unfold(figure: string, session: string): View {
  const evidence = readFigureFile(figure);
  SessionStore.createFrom(session, evidence.session).close();
  return evidence.view;
}

/** @returns the path of the session that was received and accepted, and the view of a figure of it. */
async function keepUpload(
  request: IncomingMessage,
  sessionFolder: string,
  name: string,
  limit: number,
): Promise<{ readonly path: string; readonly view?: View }> {
  const waiting = join(sessionFolder, `.upload-${randomUUID()}`);
  const unfolded = `${waiting}-figure`;
  try {
    await mkdir(sessionFolder, { recursive: true });
    await pipeline(request, atMost(limit, name), createWriteStream(waiting, { flags: 'wx' }));
    const view = isFigureFile(waiting) ? unfold(waiting, unfolded) : undefined;
    const session = view === undefined ? waiting : unfolded;
    readSessionFile(session);
    return { path: await moveToFreeName(session, sessionFolder, name), ...(view && { view }) };
  } finally {
    await rm(waiting, { force: true });
    await rm(unfolded, { force: true });
  }
}

/** What a download needs of the open session. */
export interface CopiableSession {
  readonly path: string;
  copyTo(path: string, replace: boolean): void;
}

/** Sends a snapshot of the session as an attachment. */
export async function sendDownload(response: ServerResponse, session: CopiableSession): Promise<void> {
  const snapshot = join(tmpdir(), `gslab-download-${randomUUID()}${EXTENSION}`);
  try {
    session.copyTo(snapshot, false);
    const name = basename(session.path);
    const plainName = name.replace(/[^\w. -]/g, '_');
    response.writeHead(200, {
      'Content-Type': 'application/vnd.sqlite3',
      'Content-Length': (await stat(snapshot)).size,
      'Content-Disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'no-store',
    });
    await pipeline(createReadStream(snapshot), response);
  } catch (error) {
    sendJson(response, 500, { trouble: asTrouble(error) });
  } finally {
    await rm(snapshot, { force: true });
  }
}
