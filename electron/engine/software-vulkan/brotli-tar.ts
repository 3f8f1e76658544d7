/**
 * Reads a brotli-compressed tar of a few megabytes into memory: enough for the archives inside `@sparticuz/chromium`,
 * and no more. Only regular files with short names are understood; links and long names are skipped.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

export interface TarFile {
  /** As stored, with forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const REGULAR_FILE = new Set(['0', '\0']);

export async function readBrotliTar(path: string): Promise<TarFile[]> {
  return tarFiles(await promisify(brotliDecompress)(await readFile(path)));
}

/** POSIX ustar: a header block (name at 0, octal size at 124, type at 156), then the contents in whole blocks. */
export function tarFiles(tar: Uint8Array): TarFile[] {
  const text = (from: number, length: number) => Buffer.from(tar.buffer, tar.byteOffset + from, length).toString('latin1');
  const files: TarFile[] = [];
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const name = text(at, 100).replace(/\0.*$/s, '');
    if (name === '') break;
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const begin = at + BLOCK;
    if (begin + size > tar.length) throw new Error(`the archive ends inside ${name}`);
    if (REGULAR_FILE.has(text(at + 156, 1))) files.push({ name, bytes: tar.subarray(begin, begin + size) });
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
