/**
 * Writes a file so that its name never stands for half of it: into a temporary neighbour first, then renamed over.
 * The neighbour lies in the same folder because a rename is atomic only within one file system.
 */
import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TroubleError } from '../../shared/trouble.ts';

const DETAILS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EBUSY: 'another program is using it',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead round in a circle',
};

export function cannotWrite(path: string, error: unknown): TroubleError {
  if (error instanceof TroubleError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new TroubleError({ code: 'cannot-write', path, detail: DETAILS[code ?? ''] ?? message });
}

/** Refuses before anything is computed for it: a path in no folder, in a folder without permission, or of a folder. */
export function checkWritable(path: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw new TroubleError({ code: 'cannot-write', path, detail: 'it is a folder' });
    const folder = dirname(path);
    if (!statSync(folder).isDirectory()) throw new TroubleError({ code: 'cannot-write', path, detail: 'its folder does not exist' });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** The file that a write must replace: behind a link when there is one, so that the link stays. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Makes the file at `path` by `write`, which receives a path that does not exist yet. An existing file is replaced
 * whole, or left untouched when anything fails.
 * @throws TroubleError with code `cannot-write`, or whatever `write` throws that the file system did not.
 */
export function replaceFile(path: string, write: (temporary: string) => void): void {
  checkWritable(path);
  const target = targetOf(path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  try {
    write(temporary);
    const descriptor = openSync(temporary, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : cannotWrite(path, error);
  }
}

export function writeFileSafely(path: string, bytes: Uint8Array): void {
  replaceFile(path, (temporary) => writeFileSync(temporary, bytes, { flag: 'wx' }));
}
