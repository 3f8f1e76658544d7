import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { SESSION_SCHEMA_VERSION } from '../../shared/session.ts';
import { readChecked } from './checked-database.ts';
import { APPLICATION_ID, expectedSchemaText, MIGRATIONS, migrate, schemaText, schemaVersion } from './schema.ts';
import { MACHINE, RUN, testFolder, troubleOf } from './session.fixture.ts';
import { SessionStore } from './store.ts';

const folder = testFolder();

/** What a later version of the app might add to ours. */
const LATER = [...MIGRATIONS, "ALTER TABLE run ADD COLUMN comment TEXT NOT NULL DEFAULT 'none'", 'CREATE INDEX run_status ON run (status)'];

test('there is one migration for each version, and the newest is the one announced', () => {
  expect(MIGRATIONS).toHaveLength(SESSION_SCHEMA_VERSION);
});

test('an empty database goes through every version, and is marked ours', () => {
  using database = new DatabaseSync(':memory:');
  expect(schemaVersion(database)).toBe(0);
  migrate(database, LATER.slice(0, 1));
  expect(schemaVersion(database)).toBe(1);
  expect(schemaText(database)).toBe(expectedSchemaText(1, LATER));
  migrate(database, LATER);
  expect(schemaVersion(database)).toBe(LATER.length);
  expect(schemaText(database)).toBe(expectedSchemaText(LATER.length, LATER));
  expect(schemaText(database)).not.toBe(expectedSchemaText(1, LATER));
  expect(database.prepare('PRAGMA application_id').get()).toEqual({ application_id: APPLICATION_ID });
  migrate(database, LATER);
  expect(schemaVersion(database)).toBe(LATER.length);
});

test('what an older version wrote is there after migrating, and an older file is read without being changed', () => {
  const path = join(folder, 'older.gslab');
  const store = SessionStore.create(path, '0.0.9');
  store.setNotes('from before');
  store.close();
  const bytes = readFileSync(path);

  const read = readChecked(
    path,
    (database) => ({ ...database.prepare('SELECT notes FROM session').get(), version: schemaVersion(database) }),
    LATER,
  );
  expect(read).toEqual({ notes: 'from before', version: LATER.length });
  expect(readFileSync(path).equals(bytes)).toBe(true);

  using database = new DatabaseSync(path);
  migrate(database, LATER);
  expect(database.prepare('SELECT notes FROM session').get()).toEqual({ notes: 'from before' });
  expect(troubleOf(() => SessionStore.open(path))).toMatchObject({ code: 'session', problem: 'newer-schema' });
});

test('an older file is checked against the schema of its own version', () => {
  const path = join(folder, 'odd.gslab');
  SessionStore.create(path, '0.0.9').close();
  const odd = join(folder, 'odd-copy.gslab');
  copyFileSync(path, odd);
  const database = new DatabaseSync(odd);
  database.exec('CREATE TABLE more (x)');
  database.close();
  expect(troubleOf(() => readChecked(odd, () => undefined, LATER))).toMatchObject({ code: 'session', problem: 'not-a-session' });
});

test('a migration that fails in the middle leaves the schema before it', () => {
  using database = new DatabaseSync(':memory:');
  migrate(database);
  const before = schemaText(database);
  expect(() => migrate(database, [...MIGRATIONS, 'CREATE TABLE fine (x); CREATE TABLE session (x)'])).toThrow(/already exists/);
  expect(schemaVersion(database)).toBe(MIGRATIONS.length);
  expect(schemaText(database)).toBe(before);
  expect(database.isTransaction).toBe(false);
});

test.each([
  [1, 'image', 'span'],
  [2, 'name', 'observation'],
  [3, 'steps_per_submit', 'sample'],
  [4, 'record', 'round_condition'],
  [5, 'record', 'ceilings'],
  [6, 'entry', 'finished_turn'],
  [7, 'hidden', 'annotation'],
])('a session of schema %i, before there was %s of %s, opens and has it from then on', (version, column, table) => {
  const path = join(folder, `schema-${version}.gslab`);
  const database = new DatabaseSync(path);
  migrate(database, MIGRATIONS.slice(0, version));
  database.prepare('INSERT INTO session VALUES (1, ?, ?, ?, ?)').run('a', '2026-07-01T10:00:00.000Z', '0.1.0', 'old');
  database.close();
  expect(readChecked(path, (read) => read.prepare(`SELECT count(${column}) AS rows FROM ${table}`).get())).toEqual({ rows: 0 });
  const store = SessionStore.open(path);
  expect(store.read().notes).toBe('old');
  store.close();
  using migrated = new DatabaseSync(path);
  expect(schemaVersion(migrated)).toBe(MIGRATIONS.length);
});

test('of a run from before there was a mark of it, the turns with all of their steps are finished', () => {
  const path = join(folder, 'unmarked.gslab');
  const database = new DatabaseSync(path);
  migrate(database, MIGRATIONS.slice(0, 6));
  const [one, ...rest] = RUN.request.variants;
  const request = JSON.stringify({ ...RUN.request, variants: [one, ...rest.map((variant) => ({ ...variant, steps: 16 }))] });
  database.exec("INSERT INTO session VALUES (1, 'a', '2026-07-01T10:00:00.000Z', '0.1.0', '')");
  database.prepare('INSERT INTO machine VALUES (0, ?)').run(JSON.stringify(MACHINE));
  database.prepare("INSERT INTO run VALUES (1, ?, NULL, 'running', ?, 42, '[[0, 1], [1, 0]]', 0)").run(RUN.startedAt, request);
  database.exec("INSERT INTO variant (run, variant, backend, status) VALUES (1, 0, 'native', 'running'), (1, 1, 'webgpu', 'running')");
  const insert = database.prepare('INSERT INTO sample VALUES (1, ?, ?, ?, ?, 0.01, NULL, NULL)');
  // Of 64 steps and of 16.
  for (const [variant, round, batch, steps] of [
    [0, 0, 0, 32],
    [0, 0, 1, 32],
    [1, 0, 0, 16],
    [1, 1, 0, 8],
    [0, 1, 0, 32],
  ] as const)
    insert.run(variant, round, batch, steps);
  database.close();
  const store = SessionStore.open(path);
  expect(store.finishedTurns(1)).toEqual([
    { round: 0, entry: 0 },
    { round: 0, entry: 1 },
  ]);
  expect(store.readRun(1).control).toBeUndefined();
  store.close();
});
