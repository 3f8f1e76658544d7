/** What goes wrong with session files, as `Trouble`: the file's own faults, and SQLite's error codes put into our words. */
import { type SessionProblem, TroubleError } from '../../shared/trouble.ts';

export function sessionTrouble(path: string, problem: SessionProblem, detail: string): TroubleError {
  return new TroubleError({ code: 'session', path, problem, detail });
}

/** Primary result codes of SQLite (the low byte of an extended one): https://www.sqlite.org/rescode.html */
const SQLITE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  tooBig: 18,
  notADatabase: 26,
} as const;

/** A hot journal that only a writer could roll back, met while reading only. */
const READ_ONLY_ROLLBACK = 776;

function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code : undefined;
}

export const needsRollback = (error: unknown): boolean => resultCode(error) === READ_ONLY_ROLLBACK;

/** Another connection holds what was asked for. */
export const isBusy = (error: unknown): boolean => ((resultCode(error) ?? 0) & 0xff) === SQLITE.busy;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** An error met while reading: what SQLite finds wrong is a problem of the file, the rest passes as it is. */
export function readingTrouble(path: string, error: unknown): unknown {
  // A whole number that no double holds: ours never are that large.
  if ((error as { code?: unknown } | null)?.code === 'ERR_OUT_OF_RANGE') return sessionTrouble(path, 'corrupt', messageOf(error));
  const code = resultCode(error);
  switch (code === undefined ? undefined : code & 0xff) {
    case SQLITE.notADatabase:
      return sessionTrouble(path, 'not-sqlite', messageOf(error));
    case SQLITE.tooBig:
      return sessionTrouble(path, 'too-large', messageOf(error));
    case SQLITE.busy:
    case SQLITE.locked:
      return sessionTrouble(path, 'unreadable', 'another program is writing it');
    case SQLITE.cannotOpen:
    case SQLITE.ioError:
    case SQLITE.readOnly:
      return sessionTrouble(path, 'unreadable', messageOf(error));
    case undefined:
      return error;
    default:
      return sessionTrouble(path, 'corrupt', messageOf(error));
  }
}

/** An error met while writing: what the disk or another program refuses is trouble, the rest is a fault of ours. */
export function writingTrouble(path: string, error: unknown): unknown {
  const code = resultCode(error);
  switch (code === undefined ? undefined : code & 0xff) {
    case SQLITE.full:
      return new TroubleError({ code: 'cannot-write', path, detail: 'the disk is full' });
    case SQLITE.busy:
    case SQLITE.locked:
      return new TroubleError({ code: 'cannot-write', path, detail: 'another program is using it' });
    case SQLITE.readOnly:
    case SQLITE.cannotOpen:
      return new TroubleError({ code: 'cannot-write', path, detail: 'the file or its folder is read-only' });
    case SQLITE.ioError:
      return new TroubleError({ code: 'cannot-write', path, detail: messageOf(error) });
    case SQLITE.corrupt:
      return sessionTrouble(path, 'corrupt', messageOf(error));
    default:
      return error;
  }
}
