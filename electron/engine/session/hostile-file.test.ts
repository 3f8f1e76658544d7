/** Every wrong file is refused with its own problem, is left as it was to the byte, and gets nothing put beside it. */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { DEFAULT_GRID, seedField } from '../../../kernels/model.ts';
import { SESSION_SCHEMA_VERSION } from '../../shared/session.ts';
import type { SessionProblem } from '../../shared/trouble.ts';
import { readSessionFile } from './read.ts';
import { MACHINE, RUN, sample, testFolder, troubleOf } from './session.fixture.ts';
import { SessionStore } from './store.ts';

const folder = testFolder();
const good = join(folder, 'good.gslab');
{
  const store = SessionStore.create(good, '0.1.0');
  store.addMachine(MACHINE);
  const runId = store.beginRun(RUN);
  for (let index = 0; index < 300; index++) store.addSamples(runId, 0, [sample(0, index)]);
  store.addRoundCondition(runId, { round: 0, variant: 0, begin: 0, end: 1, before: {}, after: {} });
  store.storeField(runId, 0, 64, RUN.request.grid, seedField(RUN.request.grid, 'pearson', 'f32'));
  store.finishRun(runId, 'done');
  store.close();
}

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** A folder of its own with a copy of a good session. */
function freshCopy(): string {
  const home = join(folder, `case-${readdirSync(folder).length}`);
  mkdirSync(home);
  const path = join(home, 'hostile.gslab');
  copyFileSync(good, path);
  return path;
}

/** A good session that another program has worked on. */
function tampered(sql: string): string {
  const path = freshCopy();
  const database = new DatabaseSync(path, { defensive: false });
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
  database.exec(sql);
  database.close();
  return path;
}

function withBytes(change: (bytes: Buffer) => Uint8Array): string {
  const path = freshCopy();
  writeFileSync(path, change(readFileSync(path)));
  return path;
}

/** Names and contents of everything in the folder. */
function contentsOf(home: string): string[] {
  return readdirSync(home).map((name) => `${name} ${hash('sha256', readFileSync(join(home, name)))}`);
}

function expectRefused(path: string, problem: SessionProblem): void {
  const before = contentsOf(join(path, '..'));
  for (const open of [readSessionFile, SessionStore.open]) {
    expect(troubleOf(() => open(path))).toEqual({ code: 'session', path, problem, detail: expect.stringMatching(/./) });
    expect(contentsOf(join(path, '..'))).toEqual(before);
  }
}

test('the file that the others are made from is good', () => {
  expect(readSessionFile(freshCopy()).runs[0]!.variants[0]!.samples).toHaveLength(300);
});

describe('files that are no session', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  test.each([
    ['an empty file', () => withBytes(() => Buffer.alloc(0)), 'empty'],
    ['a picture', () => withBytes(() => Buffer.concat([png, Buffer.alloc(5000)])), 'not-sqlite'],
    ['one byte', () => withBytes(() => Buffer.from('x')), 'not-sqlite'],
    ['zeros', () => withBytes(() => Buffer.alloc(8192)), 'not-sqlite'],
    ['the first bytes of a session', () => withBytes((bytes) => bytes.subarray(0, 60)), 'truncated'],
    ['the header of a session alone', () => withBytes((bytes) => bytes.subarray(0, 100)), 'truncated'],
    ['half a session', () => withBytes((bytes) => bytes.subarray(0, bytes.length / 2)), 'truncated'],
    ['all but the last byte', () => withBytes((bytes) => bytes.subarray(0, bytes.length - 1)), 'truncated'],
  ] as const)('%s', (_, make, problem) => expectRefused(make(), problem));

  test('a database of another program', () => {
    const path = join(freshCopy(), '..', 'other.gslab');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE bookmarks (url TEXT)');
    database.close();
    expectRefused(path, 'not-a-session');
  });

  test('a session that another program turned to a write-ahead log, which reading alone would make files for', () => {
    expectRefused(tampered('PRAGMA journal_mode = WAL'), 'not-a-session');
  });

  test('a session of a later version of the app', () => {
    expectRefused(tampered(`PRAGMA user_version = ${SESSION_SCHEMA_VERSION + 1}`), 'newer-schema');
    expectRefused(tampered('PRAGMA user_version = 2147483647'), 'newer-schema');
  });

  test('an empty database that claims to be a session', () => {
    const path = join(freshCopy(), '..', 'claims.gslab');
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA application_id = ${0x47_53_4c_42}`);
    database.close();
    expectRefused(path, 'corrupt');
  });
});

describe('schemas that are not ours', () => {
  test.each([
    ['a trigger', "CREATE TRIGGER trap AFTER UPDATE ON run BEGIN UPDATE session SET notes = 'trapped'; END"],
    ['a view', 'CREATE VIEW peek AS SELECT * FROM sample'],
    ['a view in place of a table', 'ALTER TABLE sample RENAME TO hidden; CREATE VIEW sample AS SELECT * FROM hidden'],
    ['a further table', 'CREATE TABLE more (x)'],
    ['a further index', 'CREATE INDEX quick ON sample (seconds)'],
    ['a further column', 'ALTER TABLE run ADD COLUMN comment TEXT'],
    ['a missing table', 'DROP TABLE exercise_done'],
    ['loose column types', 'DROP TABLE exercise_done; CREATE TABLE exercise_done (position INTEGER PRIMARY KEY, exercise)'],
    ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5 (text)'],
  ])('%s', (_, sql) => expectRefused(tampered(sql), 'not-a-session'));
});

describe('values that cannot be', () => {
  test.each([
    ['a request that is no JSON', "UPDATE run SET request = '{'", 'corrupt'],
    ['a request of another shape', "UPDATE run SET request = '{}'", 'corrupt'],
    ['a request of null', "UPDATE run SET request = 'null'", 'corrupt'],
    ['a grid of a thousand million rows', "UPDATE run SET request = json_set(request, '$.grid.rows', 1000000000)", 'corrupt'],
    ['a parameter that is no number', "UPDATE run SET request = json_set(request, '$.convention.feed', 'much')", 'corrupt'],
    ['a parameter beyond all numbers', "UPDATE run SET request = replace(request, '0.014', '1e999')", 'corrupt'],
    ['an unknown status', "UPDATE run SET status = 'winning'", 'corrupt'],
    ['an unknown backend', "UPDATE variant SET backend = 'quantum'", 'corrupt'],
    ['a time that is none', "UPDATE run SET started_at = 'yesterday'", 'corrupt'],
    ['a negative duration', 'UPDATE sample SET seconds = -1', 'corrupt'],
    ['an endless duration', 'UPDATE sample SET seconds = 9e999', 'corrupt'],
    ['steps that no number holds', 'UPDATE sample SET steps = 9223372036854775807', 'corrupt'],
    ['an order naming variants that are not there', "UPDATE run SET round_order = '[[0, 7]]'", 'corrupt'],
    ['an order with a control that is not there', "UPDATE run SET round_order = '[[0, 1, 2]]', control_variant = NULL", 'corrupt'],
    ['a control of a variant that is not there', 'UPDATE run SET control_variant = 2', 'corrupt'],
    ['a control of a negative variant', 'UPDATE run SET control_variant = -1', 'corrupt'],
    ['control samples of a run that is not there', 'INSERT INTO control_sample VALUES (99, 0, 0, 1, 1.0, NULL, NULL)', 'corrupt'],
    [
      'a control sample without steps',
      'UPDATE run SET control_variant = 0; INSERT INTO control_sample VALUES (1, 0, 0, 0, 1.0, NULL, NULL)',
      'corrupt',
    ],
    ['finished turns of a run that is not there', 'INSERT INTO finished_turn VALUES (99, 0, 0)', 'corrupt'],
    ['a run on a machine that is not there', 'UPDATE run SET machine = 5', 'corrupt'],
    ['samples of a run that is not there', 'UPDATE sample SET run = 99', 'corrupt'],
    [
      'a missing variant',
      'DELETE FROM sample; DELETE FROM kept_field_part; DELETE FROM kept_field; DELETE FROM variant WHERE variant = 1',
      'corrupt',
    ],
    [
      'conditions of a variant that is not there',
      "UPDATE round_condition SET variant = 3, record = json_set(record, '$.variant', 3)",
      'corrupt',
    ],
    ['conditions of another round', 'UPDATE round_condition SET round = 7', 'corrupt'],
    ['a share of more than all', "UPDATE round_condition SET record = json_set(record, '$.otherLoad', 2)", 'corrupt'],
    ['no record of the session', 'DELETE FROM session', 'corrupt'],
    ['two records of the session', 'INSERT INTO session SELECT 2, id, created_at, app_version, notes FROM session', 'corrupt'],
    ['machines with gaps', 'UPDATE machine SET id = 3; UPDATE run SET machine = 3', 'corrupt'],
    ['a machine that is none', "UPDATE machine SET record = '[]'", 'corrupt'],
    ['a field of no cells', 'UPDATE kept_field SET grid_rows = 0', 'corrupt'],
    ['a field larger than its values', 'UPDATE kept_field SET grid_rows = 30000, grid_cols = 30000', 'too-large'],
    ['a field whose sides overflow', 'UPDATE kept_field SET grid_rows = 1000000, grid_cols = 1000000', 'too-large'],
    ['a field that lacks a species', "DELETE FROM kept_field_part WHERE species = 'v'", 'corrupt'],
    ['a text too long to be read', 'UPDATE session SET notes = CAST(zeroblob(20000000) AS TEXT)', 'too-large'],
    ['a packed field too long to be read', 'UPDATE kept_field_part SET packed = zeroblob(20000000)', 'too-large'],
    ['a request too long to be parsed', "UPDATE run SET request = request || printf('%*c', 9000000, ' ')", 'too-large'],
  ] as const)('%s', (_, sql, problem) => expectRefused(tampered(sql), problem));

  test('a damaged field is refused when it is asked for, without inflating it', () => {
    const path = tampered("UPDATE kept_field_part SET packed = x'28b52ffd' WHERE species = 'v'");
    const store = SessionStore.open(path);
    expect(troubleOf(() => store.readField(1, 0))).toMatchObject({ code: 'session', problem: 'corrupt' });
    store.close();
  });
});

describe('damaged pages', () => {
  test.each([2, 3, 4, 5, 6])('page %i overwritten', (page) => {
    const path = withBytes((bytes) => {
      const pageBytes = bytes.readUInt16BE(16);
      return bytes.fill(0x5a, (page - 1) * pageBytes, page * pageBytes);
    });
    expectRefused(path, 'corrupt');
  });

  test('any single page of garbage is refused or leaves the session readable, never a crash', () => {
    const pageBytes = readFileSync(good).readUInt16BE(16);
    const pages = readFileSync(good).length / pageBytes;
    for (let page = 1; page < pages; page++) {
      const path = freshCopy();
      const bytes = readFileSync(path);
      for (let at = 0; at < pageBytes; at += 7) bytes[page * pageBytes + at]! ^= 0xff;
      writeFileSync(path, bytes);
      const trouble = troubleOf(() => readSessionFile(path));
      expect(trouble === undefined || trouble.code === 'session').toBe(true);
    }
  });
});

describe('paths that lead to no file', () => {
  test('nothing, a folder, and a path through a file', () => {
    expect(troubleOf(() => readSessionFile(join(folder, 'none.gslab')))).toMatchObject({ code: 'session', problem: 'missing' });
    expect(troubleOf(() => SessionStore.open(join(folder, 'none.gslab')))).toMatchObject({ code: 'session', problem: 'missing' });
    expect(troubleOf(() => readSessionFile(join(good, 'inside.gslab')))).toMatchObject({ code: 'session', problem: 'missing' });
    expect(troubleOf(() => readSessionFile(folder))).toMatchObject({ code: 'session', problem: 'unreadable', detail: 'it is a folder' });
  });

  test.skipIf(isWindows)('links in a circle, a link to nothing, and a pipe that would never end', () => {
    const home = join(freshCopy(), '..');
    symlinkSync(join(home, 'b'), join(home, 'a'));
    symlinkSync(join(home, 'a'), join(home, 'b'));
    symlinkSync(join(home, 'nowhere'), join(home, 'c'));
    execFileSync('mkfifo', [join(home, 'pipe')]);
    expect(troubleOf(() => readSessionFile(join(home, 'a')))).toMatchObject({ code: 'session', problem: 'unreadable' });
    expect(troubleOf(() => readSessionFile(join(home, 'c')))).toMatchObject({ code: 'session', problem: 'missing' });
    expect(troubleOf(() => readSessionFile(join(home, 'pipe')))).toMatchObject({ code: 'session', problem: 'unreadable' });
  });

  test.skipIf(isRoot || isWindows)('a file without permission', () => {
    const path = freshCopy();
    chmodSync(path, 0);
    expect(troubleOf(() => readSessionFile(path))).toMatchObject({ code: 'session', problem: 'unreadable' });
    chmodSync(path, 0o400);
    expect(readSessionFile(path).runs).toHaveLength(1);
    expect(troubleOf(() => SessionStore.open(path))).toMatchObject({ code: 'cannot-write' });
  });

  // Elsewhere such a file has holes and takes no room on the disk.
  test.skipIf(isWindows)('a file larger than any session', () => {
    const path = freshCopy();
    truncateSync(path, 9 * 1024 ** 3);
    expect(troubleOf(() => readSessionFile(path))).toMatchObject({ code: 'session', problem: 'too-large' });
  });
});

describe('journals', () => {
  test('one that names a file for SQLite to delete is refused, and the file stays', () => {
    const path = freshCopy();
    const victim = join(path, '..', 'thesis.tex');
    writeFileSync(victim, 'years of work');
    const trailer = Buffer.alloc(16 + Buffer.byteLength(victim));
    Buffer.from('d9d505f920a163d7', 'hex').copy(trailer, trailer.length - 8);
    writeFileSync(`${path}-journal`, Buffer.concat([Buffer.alloc(512), trailer]));
    expectRefused(path, 'corrupt');
    expect(readFileSync(victim, 'utf8')).toBe('years of work');
  });

  test('one of garbage is none: the session reads as it is', () => {
    const path = freshCopy();
    writeFileSync(`${path}-journal`, Buffer.alloc(4096, 0x5a));
    expect(readSessionFile(path).runs).toHaveLength(1);
  });
});

test('a kept full-HD field stays within the largest part that is read', () => {
  const path = freshCopy();
  const store = SessionStore.open(path);
  const field = seedField(DEFAULT_GRID, 'pearson', 'f32');
  store.storeField(1, 1, 1, DEFAULT_GRID, field);
  store.close();
  const again = SessionStore.open(path);
  expect(again.readField(1, 1)?.field.v.every((value, at) => value === field.v[at])).toBe(true);
  again.close();
});
