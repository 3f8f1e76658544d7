/**
 * The built renderer over HTTP: regular files inside one folder, nothing else. A path is resolved with its links
 * before it is compared with the folder, so that neither `..` in any spelling nor a link leads out.
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  readonly path: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** The build puts a hash of the content into the names under `assets/`, so that these never change. */
  readonly immutable: boolean;
}

/** The file that a URL's path names inside `folder`, or null: missing, outside, no regular file, or of no known type. */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  let name: string;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (name.includes('\0') || name.includes('\\') || name.includes(':')) return null;
  if (name === '/') name = '/index.html';
  const segments = name.split('/').slice(1);
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) return null;
  const mediaType = MEDIA_TYPES[extname(name).toLowerCase()];
  if (mediaType === undefined) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...segments));
    if (!path.startsWith(root + sep)) return null;
    const info = await stat(path);
    if (!info.isFile()) return null;
    return { path, bytes: info.size, mediaType, immutable: segments[0] === 'assets' };
  } catch {
    return null;
  }
}

/** Sends the file, or only its headers for HEAD. The caller has set the security headers. */
export async function sendStaticFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): Promise<void> {
  response.writeHead(200, {
    'Content-Type': file.mediaType,
    'Content-Length': file.bytes,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file.path, { end: Math.max(0, file.bytes - 1) }), response);
}
