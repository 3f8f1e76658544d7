/**
 * One lab for one session file: a second program that opened it would take the run in progress for one that was
 * interrupted. The lock is SQLite's own on a file beside the preferences, which the system lets go of when a process dies.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cannotWrite } from './field/write.ts';
import { isBusy, sessionTrouble, writingTrouble } from './session/session-trouble.ts';

/** The file's one true name, whether it exists yet or not. */
function canonical(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute));
    } catch {
      return absolute;
    }
  }
}

export interface SessionLock {
  release(): void;
}

function lockedDatabase(file: string, path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw sessionTrouble(path, 'unreadable', 'another Gray-Scott Lab has it open');
    throw writingTrouble(file, error);
  }
}

/** Throws `session`/`unreadable` when another lab has the session open, `cannot-write` when no lock can be made. */
export function lockSession(path: string, lockFolder: string): SessionLock {
  try {
    mkdirSync(lockFolder, { recursive: true });
  } catch (error) {
    throw cannotWrite(lockFolder, error);
  }
  const name = createHash('sha256').update(canonical(path)).digest('hex').slice(0, 32);
  const file = join(lockFolder, `${name}.lock`);
  let database = lockedDatabase(file, path);
  // Whoever held it removed it between the opening and the locking: what is locked has no name any more.
  while (!existsSync(file)) {
    database.close();
    database = lockedDatabase(file, path);
  }
  return {
    release() {
      if (!database.isOpen) return;
      // While it is still held, so that nobody can have taken it in between; Windows removes no open file, and it stays.
      if (process.platform !== 'win32') rmSync(file, { force: true });
      database.close();
    },
  };
}
