/**
 * One lab for one session file: a second program that opened it would take the run in progress for one that was
 * interrupted. The lock is SQLite's own on a file beside the preferences, which the system lets go of when a process dies.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TroubleError } from '../shared/trouble.ts';

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

/** Throws `session`/`unreadable` when another lab has the session open. */
export function lockSession(path: string, lockFolder: string): SessionLock {
  mkdirSync(lockFolder, { recursive: true });
  const name = createHash('sha256').update(canonical(path)).digest('hex').slice(0, 32);
  const database = new DatabaseSync(join(lockFolder, `${name}.lock`), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new TroubleError({ code: 'session', path, problem: 'unreadable', detail: 'another Gray-Scott Lab has it open' });
  }
  return { release: () => database.isOpen && database.close() };
}
