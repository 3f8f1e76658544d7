/**
 * What can be told of a `.gslab` from its bytes, before SQLite touches it: a wrong file must be refused without being
 * locked, rolled back or given side files. Format of the header: https://www.sqlite.org/fileformat2.html#the_database_header
 */
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { APPLICATION_ID } from './schema.ts';
import { sessionTrouble } from './session-trouble.ts';

export const MAX_SESSION_BYTES = 8 * 1024 ** 3;

const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
/** Ends a journal that names a super-journal, a file which SQLite would delete after rolling back. Ours never does. */
const SUPER_JOURNAL_MAGIC = Buffer.from([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);

function withFile<T>(path: string, read: (descriptor: number) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return read(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function bytesAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
}

/** Bytes of the rollback journal beside the file; 0 when there is none. */
export function journalBytes(file: string): number {
  return statSync(`${file}-journal`, { throwIfNoEntry: false })?.size ?? 0;
}

function checkJournal(path: string, file: string): void {
  const stat = statSync(`${file}-journal`, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isFile()) throw sessionTrouble(path, 'unreadable', 'its journal is not a regular file');
  if (stat.size > MAX_SESSION_BYTES) throw sessionTrouble(path, 'too-large', `its journal has ${stat.size} bytes`);
  if (stat.size < SUPER_JOURNAL_MAGIC.length) return;
  const tail = withFile(`${file}-journal`, (descriptor) =>
    bytesAt(descriptor, stat.size - SUPER_JOURNAL_MAGIC.length, SUPER_JOURNAL_MAGIC.length),
  );
  if (tail.equals(SUPER_JOURNAL_MAGIC)) throw sessionTrouble(path, 'corrupt', 'its journal is not one that this program writes');
}

function checkHeader(path: string, header: Buffer, size: number, hasJournal: boolean, newestVersion: number): void {
  if (size === 0) throw sessionTrouble(path, 'empty', 'the file has no content');
  if (!header.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, header.length)))
    throw sessionTrouble(path, 'not-sqlite', 'the file does not begin as a database does');
  if (header.length < HEADER_BYTES) throw sessionTrouble(path, 'truncated', `the file has ${size} bytes`);
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw sessionTrouble(path, 'not-a-session', 'a database of another program');
  // 2 would be WAL, with which even a reader makes side files.
  if (header[18] !== 1 || header[19] !== 1)
    throw sessionTrouble(path, 'not-a-session', 'changed by another program to use a write-ahead log');
  const version = header.readUInt32BE(60);
  if (version > newestVersion)
    throw sessionTrouble(path, 'newer-schema', `schema ${version}; this version of the app reads up to ${newestVersion}`);
  const pageBytes = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
  const expectedBytes = pageBytes * header.readUInt32BE(28);
  // While a journal waits to be rolled back, the header and the length may be those of a half-written transaction.
  if (!hasJournal && size < expectedBytes) throw sessionTrouble(path, 'truncated', `the file has ${size} of its ${expectedBytes} bytes`);
}

/**
 * Refuses everything that is not, by its bytes, a session of schema `newestVersion` or older.
 * @returns the file behind the path, links resolved, which is where SQLite puts its journal.
 * @throws TroubleError with code `session`.
 */
export function checkSessionFile(path: string, newestVersion: number): string {
  try {
    const file = realpathSync(path);
    const stat = statSync(file);
    // Before opening: opening a named pipe would wait for ever.
    if (stat.isDirectory()) throw sessionTrouble(path, 'unreadable', 'it is a folder');
    if (!stat.isFile()) throw sessionTrouble(path, 'unreadable', 'it is not a regular file');
    if (stat.size > MAX_SESSION_BYTES)
      throw sessionTrouble(path, 'too-large', `the file has ${stat.size} bytes, at most ${MAX_SESSION_BYTES} are read`);
    withFile(file, (descriptor) => {
      const { size } = fstatSync(descriptor);
      checkHeader(path, bytesAt(descriptor, 0, HEADER_BYTES), size, journalBytes(file) > 0, newestVersion);
    });
    checkJournal(path, file);
    return file;
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw sessionTrouble(path, 'missing', 'no such file');
      case 'EACCES':
      case 'EPERM':
        throw sessionTrouble(path, 'unreadable', 'no permission to read it');
      case 'ELOOP':
        throw sessionTrouble(path, 'unreadable', 'its links lead round in a circle');
      case undefined:
        throw error;
      default:
        throw sessionTrouble(path, 'unreadable', (error as Error).message);
    }
  }
}
