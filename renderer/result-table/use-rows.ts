/** The rows of the open session. Those of a run that did not change are kept, whatever happens to another. */
import type { Language } from '../../electron/shared/contract.ts';
import { type ResultRow, rowsOfRun } from '../../electron/shared/result-table/result-row.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { wordsOfRow } from './table-view.ts';

interface Kept {
  readonly session: Pick<Session, 'annotations' | 'machines'>;
  readonly language: Language;
  readonly rows: readonly ResultRow[];
}

const kept = new WeakMap<RunRecord, Kept>();
const words = new WeakMap<ResultRow, string>();

export function rowsOfSession(session: Session, language: Language): ResultRow[] {
  return session.runs.flatMap((run) => {
    const before = kept.get(run);
    const same =
      before?.language === language && before.session.annotations === session.annotations && before.session.machines === session.machines;
    if (same) return before.rows;
    const rows = rowsOfRun(run, session, language);
    kept.set(run, { session, language, rows });
    return rows;
  });
}

/** What a row is found by, made once. */
export function knownWords(row: ResultRow, language: Language): string {
  const found = words.get(row) ?? wordsOfRow(row, language);
  words.set(row, found);
  return found;
}
