/**
 * Opens a session file that may come from anyone, and lets nothing of it be believed before it is checked: the schema
 * must be ours to the word (so there are no triggers, views or odd column types to run or trip over), then SQLite's
 * own integrity, then sizes. The file is opened read-only and never gets a side file. What can only be read by a
 * writer (a killed program's transaction to roll back, an older schema to migrate) is read from a temporary copy.
 */
import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { MAX_SIDE } from '../../shared/run.ts';
import { packedBound, partCount, VALUES_PER_PART } from '../field/pack.ts';
import { checkSessionFile, journalBytes } from './file-check.ts';
import { expectedSchemaText, MIGRATIONS, migrate, schemaText, schemaVersion } from './schema.ts';
import { needsRollback, readingTrouble, sessionTrouble } from './session-trouble.ts';

/** How long to wait for another program's transaction, in milliseconds. */
export const BUSY_TIMEOUT = 3000;

export const MAX_SAMPLES = 5_000_000;
/** The schemas that have a table of them. */
const SPANS_SINCE = 2;
const CONDITIONS_SINCE = 5;
const TURNS_SINCE = 7;
export const MAX_RUNS = 100_000;
/** Cells of the largest field that a session keeps. */
export const MAX_FIELD_CELLS = 1 << 28;
/** Longest text or blob that is read at all; the largest of ours is one part of a field. */
const MAX_VALUE_BYTES = packedBound(VALUES_PER_PART);

const OPTIONS: DatabaseSyncOptions = { timeout: BUSY_TIMEOUT, allowExtension: false, limits: { length: MAX_VALUE_BYTES } };

export function openDatabase(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { ...OPTIONS, readOnly });
  // NORMAL: a commit survives the death of the process at once, and that of the machine but in rare moments.
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = NORMAL');
  return database;
}

function checkCount(path: string, database: DatabaseSync, table: string, limit: number): void {
  const count = database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count as number;
  if (count > limit) throw sessionTrouble(path, 'too-large', `${count} rows of ${table}, at most ${limit} are read`);
}

function checkKeptFields(path: string, database: DatabaseSync): void {
  const parts = database.prepare(
    'SELECT species, part, length(packed) AS bytes FROM kept_field_part WHERE run = ? AND variant = ? ORDER BY species, part',
  );
  for (const { run, variant, grid_rows: rows, grid_cols: cols } of database.prepare('SELECT * FROM kept_field').iterate()) {
    const cells = Number(rows) * Number(cols);
    const of = `the field of run ${run}, variant ${variant}`;
    if (!(Number(rows) >= 1 && Number(cols) >= 1)) throw sessionTrouble(path, 'corrupt', `${of} has ${rows} × ${cols} cells`);
    if (Number(rows) > MAX_SIDE || Number(cols) > MAX_SIDE || cells > MAX_FIELD_CELLS)
      throw sessionTrouble(path, 'too-large', `${of} has ${rows} × ${cols} cells`);
    const found = parts.all(run!, variant!);
    const expected = ['u', 'v'].flatMap((species) => Array.from({ length: partCount(cells) }, (_, part) => ({ species, part })));
    const complete =
      found.length === expected.length && expected.every((part, i) => found[i]!.species === part.species && found[i]!.part === part.part);
    if (!complete) throw sessionTrouble(path, 'corrupt', `${of} is incomplete`);
    if (found.some(({ bytes }) => Number(bytes) > MAX_VALUE_BYTES))
      throw sessionTrouble(path, 'too-large', `${of} is larger than its grid`);
  }
}

/** @throws TroubleError with code `session`, or SQLite's error. */
export function checkDatabase(path: string, database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (schemaText(database) !== expectedSchemaText(schemaVersion(database), migrations))
    throw sessionTrouble(path, 'not-a-session', 'its tables are not those of a session');
  const integrity = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
  if (integrity !== 'ok') throw sessionTrouble(path, 'corrupt', String(integrity));
  if (database.prepare('PRAGMA foreign_key_check').get() !== undefined)
    throw sessionTrouble(path, 'corrupt', 'some of its rows refer to rows that are not there');
  checkCount(path, database, 'run', MAX_RUNS);
  checkCount(path, database, 'sample', MAX_SAMPLES);
  if (schemaVersion(database) >= SPANS_SINCE) checkCount(path, database, 'span', MAX_SAMPLES);
  if (schemaVersion(database) >= CONDITIONS_SINCE) checkCount(path, database, 'round_condition', MAX_SAMPLES);
  if (schemaVersion(database) >= TURNS_SINCE)
    for (const table of ['control_sample', 'finished_turn']) checkCount(path, database, table, MAX_SAMPLES);
  checkKeptFields(path, database);
}

function readCopy<T>(path: string, file: string, migrations: readonly string[], read: (database: DatabaseSync) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-read-'));
  try {
    const copy = join(folder, 'session.gslab');
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    if (journalBytes(file) > 0) copyFileSync(`${file}-journal`, `${copy}-journal`);
    using database = openDatabase(copy, false);
    checkDatabase(path, database, migrations);
    migrate(database, migrations);
    return read(database);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Gives `read` the checked database of a session file, at the newest schema. The file is left as it is.
 * @throws TroubleError with code `session`.
 */
export function readChecked<T>(path: string, read: (database: DatabaseSync) => T, migrations: readonly string[] = MIGRATIONS): T {
  const file = checkSessionFile(path, migrations.length);
  try {
    try {
      using database = openDatabase(file, true);
      if (schemaVersion(database) === migrations.length) {
        checkDatabase(path, database, migrations);
        return read(database);
      }
    } catch (error) {
      if (!needsRollback(error)) throw error;
    }
    return readCopy(path, file, migrations, read);
  } catch (error) {
    throw readingTrouble(path, error);
  }
}
