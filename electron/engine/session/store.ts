/**
 * One open `.gslab`, writable. Every call is a transaction of its own and durable when it returns: whatever process is
 * killed afterwards, the file holds it. What is written passes the same schemas as what is read, so that no value can
 * make the session unreadable later. A run that is still `running` when a store opens was left by a program that died,
 * and becomes `interrupted`.
 */
import { randomUUID } from 'node:crypto';
import { accessSync, closeSync, constants, lstatSync, openSync, realpathSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { z } from 'zod';
import { findKernel, KERNELS } from '../../../kernels/catalog.ts';
import type { Field, Grid } from '../../../kernels/model.ts';
import { type Annotation, annotationSchema, pinnedBaseline, type ResultPlace, resultPlaceSchema } from '../../shared/annotations.ts';
import { type Ceilings, ceilingsSchema } from '../../shared/ceilings.ts';
import { type RoundCondition, roundConditionSchema } from '../../shared/conditions.ts';
import { type Machine, machineSchema } from '../../shared/machine.ts';
import {
  adapterSchema,
  fieldSummarySchema,
  type Observation,
  observationSchema,
  type RunRecord,
  resolvedRequestSchema,
  runStatusSchema,
  type Sample,
  type Span,
  sampleSchema,
  spanSchema,
  summarySchema,
  type VariantResult,
  variantStatusSchema,
  verificationSchema,
} from '../../shared/run.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError, troubleSchema } from '../../shared/trouble.ts';
import { cannotWrite, replaceFile } from '../field/write.ts';
import { MAX_FIELD_CELLS, openDatabase, readChecked } from './checked-database.ts';
import { type KeptField, readKeptField, writeKeptField } from './kept-field.ts';
import { readAnnotation, readRunFrom, readSessionFrom, readSet } from './read.ts';
import { migrate } from './schema.ts';
import { readingTrouble, sessionTrouble, writingTrouble } from './session-trouble.ts';
import { writeSession } from './write-session.ts';

const now = () => new Date().toISOString();

const encoded = <S extends z.ZodType>(schema: S, value: z.input<S>): string => JSON.stringify(schema.parse(value));

/** Columns of a variant that may change, each with what it must satisfy. */
const VARIANT_COLUMNS = {
  trouble: troubleSchema,
  verification: verificationSchema,
  summary: summarySchema,
  field: fieldSummarySchema,
  adapter: adapterSchema,
} as const;

type VariantChange = Partial<Pick<VariantResult, 'status' | 'trouble' | 'verification' | 'summary' | 'field' | 'adapter'>>;

/** A run with more rounds than before: the request says how many, and the order which. */
type RunExtension = Pick<RunRecord, 'request' | 'order' | 'control'>;

/** A place in the order of a run: the entry is a variant, or the control where it is their number. */
export interface Turn {
  readonly round: number;
  readonly entry: number;
}

export class SessionStore {
  readonly path: string;
  readonly #database: DatabaseSync;

  private constructor(path: string, database: DatabaseSync) {
    this.path = path;
    this.#database = database;
  }

  /**
   * A new, empty session.
   * @throws TroubleError `session`/`exists` when the path is taken, `cannot-write` when the file cannot be made.
   */
  static create(path: string, appVersion: string): SessionStore {
    return SessionStore.createFrom(path, {
      ...{ id: randomUUID(), createdAt: now(), appVersion, notes: '' },
      ...{ machines: [], ceilings: [], runs: [], exercisesDone: [] },
    });
  }

  /**
   * A new file with all that a session holds.
   * @throws as `create` does.
   */
  static createFrom(path: string, session: Session): SessionStore {
    try {
      closeSync(openSync(path, 'wx'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw sessionTrouble(path, 'exists', 'a file of this name exists');
      throw cannotWrite(path, error);
    }
    let database: DatabaseSync | undefined;
    try {
      database = openDatabase(path, false);
      const store = new SessionStore(path, database);
      store.#transaction(() => {
        migrate(store.#database);
        writeSession(store.#database, session);
      });
      return store;
    } catch (error) {
      database?.close();
      rmSync(path, { force: true });
      throw writingTrouble(path, error);
    }
  }

  /**
   * Opens an existing session for writing, after checking it as if it came from anyone.
   * @throws TroubleError `session` when it is not one, `cannot-write` when it or its folder is read-only.
   */
  static open(path: string): SessionStore {
    readChecked(path, (database) => readSessionFrom(path, database));
    const file = realpathSync(path);
    try {
      accessSync(file, constants.W_OK);
      // A transaction puts its journal beside the file.
      accessSync(dirname(file), constants.W_OK);
    } catch (error) {
      throw cannotWrite(path, error);
    }
    let database: DatabaseSync | undefined;
    try {
      database = openDatabase(file, false);
      migrate(database);
      const store = new SessionStore(path, database);
      store.#interruptUnfinished();
      return store;
    } catch (error) {
      database?.close();
      throw writingTrouble(path, error);
    }
  }

  /** @returns the machine's index in the session; the same record has the same index. */
  addMachine(machine: Machine): number {
    const record = encoded(machineSchema, machine);
    return this.#transaction(() => {
      const known = this.#database.prepare('SELECT id FROM machine WHERE record = ?').get(record);
      if (known !== undefined) return Number(known.id);
      const inserted = this.#database
        .prepare('INSERT INTO machine SELECT coalesce(max(id) + 1, 0), ? FROM machine RETURNING id')
        .get(record);
      return Number(inserted?.id);
    });
  }

  /** What the machine of that index can do at most, in place of what was measured before. */
  setCeilings(machine: number, ceilings: Ceilings): void {
    this.#write('INSERT OR REPLACE INTO ceilings VALUES (?, ?)', machine, encoded(ceilingsSchema, ceilings));
  }

  /** Records the start of a run, all of its variants waiting; its control, where it has one, without samples. @returns its id. */
  beginRun(run: Omit<RunRecord, 'id' | 'variants' | 'status' | 'finishedAt'>): number {
    const backends = run.request.variants.map(({ kernel }) => {
      const found = findKernel(kernel);
      if (found === undefined) throw new TroubleError({ code: 'unknown-kernel', received: kernel, known: KERNELS.map(({ id }) => id) });
      return found.backend;
    });
    const request = encoded(resolvedRequestSchema, run.request);
    return this.#transaction(() => {
      const { lastInsertRowid } = this.#database
        .prepare(
          'INSERT INTO run (started_at, status, request, order_seed, round_order, machine, control_variant) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(...[run.startedAt, 'running', request, run.orderSeed, JSON.stringify(run.order), run.machine], run.control?.variant ?? null);
      const insert = this.#database.prepare('INSERT INTO variant (run, variant, backend, status) VALUES (?, ?, ?, ?)');
      backends.forEach((backend, index) => {
        insert.run(lastInsertRowid, index, backend, 'waiting');
      });
      return Number(lastInsertRowid);
    });
  }

  /** Adds finished samples; a sample already there is never overwritten. */
  addSamples(runId: number, variant: number, samples: readonly Sample[]): void {
    this.#insertSamples('INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [runId, variant], samples);
  }

  addControlSamples(runId: number, samples: readonly Sample[]): void {
    this.#insertSamples('INSERT INTO control_sample VALUES (?, ?, ?, ?, ?, ?, ?)', [runId], samples);
  }

  /** Appends; the order is that of recording. */
  addSpans(runId: number, variant: number, spans: readonly Span[]): void {
    const checked = spans.map((span) => spanSchema.parse(span));
    this.#transaction(() => {
      const insert = this.#database.prepare('INSERT INTO span VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)');
      for (const { round, what, image, begin, end } of checked) insert.run(runId, variant, round, what, image, begin, end);
    });
  }

  /** An observation already there is never overwritten. */
  addObservation(runId: number, variant: number, observation: Observation): void {
    const { round, step, name, value } = observationSchema.parse(observation);
    this.#write('INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)', runId, variant, round, step, name, value);
  }

  /** What the machine was like around a round, in place of what an earlier try of the same round left. */
  addRoundCondition(runId: number, condition: RoundCondition): void {
    const { round, variant } = condition;
    const record = encoded(roundConditionSchema, condition);
    this.#write('INSERT OR REPLACE INTO round_condition VALUES (?, ?, ?, ?)', runId, round, variant, record);
  }

  /** Sets what the change names; what it leaves out or gives as undefined stays. */
  updateVariant(runId: number, variant: number, change: VariantChange): void {
    this.#transaction(() => this.#setVariant(runId, variant, change));
  }

  /** A turn has come to its end: the entry of the order in that round. What it changed of its variant is stored with that. */
  finishTurn(runId: number, { round, entry }: Turn, change?: VariantChange): void {
    this.#transaction(() => {
      this.#database.prepare('INSERT INTO finished_turn VALUES (?, ?, ?)').run(runId, round, entry);
      if (change !== undefined) this.#setVariant(runId, entry, change);
    });
  }

  /** Those that came to their end, in the order of rounds. */
  finishedTurns(runId: number): Turn[] {
    const rows = this.#database.prepare('SELECT round, entry FROM finished_turn WHERE run = ? ORDER BY round, entry').all(runId);
    return rows.map(({ round, entry }) => ({ round: Number(round), entry: Number(entry) }));
  }

  /**
   * Takes a run up again, whole or not at all: with a longer order where one is given, and without what its unfinished
   * turns left, which are measured anew. Variants that failed keep what they have; `standing` says of each variant how it
   * stands by what is left of it.
   */
  reopenRun(runId: number, extension: RunExtension | undefined, standing: (run: RunRecord) => readonly VariantChange[]): void {
    const removeUnfinished = (table: string, entry: string) =>
      this.#database
        .prepare(
          `DELETE FROM ${table} AS own WHERE run = :run
             AND NOT EXISTS (SELECT 1 FROM finished_turn AS turn WHERE turn.run = :run AND turn.round = own.round AND turn.entry = ${entry})
             AND NOT EXISTS (SELECT 1 FROM variant WHERE run = :run AND variant.variant = ${entry} AND status = 'failed')`,
        )
        .run({ run: runId });
    this.#transaction(() => {
      for (const table of ['sample', 'span', 'observation', 'round_condition']) removeUnfinished(table, 'own.variant');
      removeUnfinished('control_sample', '(SELECT count(*) FROM variant WHERE run = :run)');
      this.#database.prepare("UPDATE run SET status = 'running', finished_at = NULL WHERE id = ?").run(runId);
      this.#database.prepare("UPDATE variant SET summary = NULL WHERE run = ? AND status <> 'failed'").run(runId);
      if (extension !== undefined) this.#extend(runId, extension);
      for (const [variant, change] of standing(this.readRun(runId)).entries()) this.#setVariant(runId, variant, change);
    });
  }

  /** Replaces the order by a longer one, and with it the number of rounds. */
  extendRun(runId: number, extension: RunExtension): void {
    this.#transaction(() => this.#extend(runId, extension));
  }

  hasField(runId: number, variant: number): boolean {
    return this.#database.prepare('SELECT 1 FROM kept_field WHERE run = ? AND variant = ?').get(runId, variant) !== undefined;
  }

  #extend(runId: number, { request, order, control }: RunExtension): void {
    const set = this.#database.prepare('UPDATE run SET request = ?, round_order = ?, control_variant = ? WHERE id = ?');
    set.run(encoded(resolvedRequestSchema, request), JSON.stringify(order), control?.variant ?? null, runId);
  }

  #insertSamples(sql: string, place: readonly number[], samples: readonly Sample[]): void {
    const checked = samples.map((sample) => sampleSchema.parse(sample));
    this.#transaction(() => {
      const insert = this.#database.prepare(sql);
      for (const { round, index, steps, seconds, gpuSeconds, stepsPerSubmit } of checked)
        insert.run(...place, round, index, steps, seconds, gpuSeconds ?? null, stepsPerSubmit ?? null);
    });
  }

  #setVariant(runId: number, variant: number, change: VariantChange): void {
    const columns: [string, SQLInputValue][] = [];
    if (change.status !== undefined) columns.push(['status', variantStatusSchema.parse(change.status)]);
    for (const [column, schema] of Object.entries(VARIANT_COLUMNS)) {
      const value = change[column as keyof typeof VARIANT_COLUMNS];
      if (value !== undefined) columns.push([column, JSON.stringify(schema.parse(value))]);
    }
    if (columns.length === 0) return;
    const assignments = columns.map(([column]) => `${column} = ?`).join(', ');
    const update = this.#database.prepare(`UPDATE variant SET ${assignments} WHERE run = ? AND variant = ?`);
    update.run(...columns.map(([, value]) => value), runId, variant);
  }

  /** Keeps the variant's field after `step` steps, as 32-bit floats, in place of one kept before. */
  storeField(runId: number, variant: number, step: number, grid: Grid, field: Field): void {
    const cells = grid.rows * grid.cols;
    if (field.u.length !== cells || field.v.length !== cells) throw new RangeError(`${field.u.length} values for ${cells} cells`);
    if (cells > MAX_FIELD_CELLS)
      throw sessionTrouble(this.path, 'too-large', `a field of ${cells} cells; at most ${MAX_FIELD_CELLS} are kept`);
    this.#transaction(() => writeKeptField(this.#database, runId, variant, step, grid, field));
  }

  readField(runId: number, variant: number): KeptField | undefined {
    return this.#reading(() => readKeptField(this.path, this.#database, runId, variant));
  }

  finishRun(runId: number, status: RunRecord['status']): void {
    this.#write('UPDATE run SET status = ?, finished_at = ? WHERE id = ?', runStatusSchema.parse(status), now(), runId);
  }

  /** The machine of that index, as a run names it. */
  readMachine(index: number): Machine {
    return this.#reading(() => {
      const row = this.#database.prepare('SELECT record FROM machine WHERE id = ?').get(index);
      return machineSchema.parse(JSON.parse(String(row?.record)));
    });
  }

  setNotes(notes: string): void {
    this.#write('UPDATE session SET notes = ?', notes);
  }

  /** What a person has set on a result, in place of what was set before; undefined where nothing is. */
  setAnnotation(at: ResultPlace, annotation: Annotation | undefined): void {
    const { runId, variant } = resultPlaceSchema.parse(at);
    if (annotation === undefined) {
      this.#write('DELETE FROM annotation WHERE run = ? AND variant = ?', runId, variant);
      return;
    }
    const { name, note, hidden } = annotationSchema.parse(annotation);
    this.#write('INSERT OR REPLACE INTO annotation VALUES (?, ?, ?, ?, ?)', runId, variant, name ?? null, note ?? null, hidden ? 1 : 0);
  }

  /** The result that others are compared with, in place of the one before; undefined for none. */
  setBaseline(at: ResultPlace | undefined): void {
    if (at === undefined) {
      this.#write('DELETE FROM baseline');
      return;
    }
    const { runId, variant } = resultPlaceSchema.parse(at);
    this.#write('INSERT OR REPLACE INTO baseline VALUES (1, ?, ?)', runId, variant);
  }

  /** Undefined without one, or where it is hidden. */
  pinnedBaseline(): ResultPlace | undefined {
    return this.#reading(() => pinnedBaseline(readSet(this.path, this.#database)));
  }

  setExerciseDone(id: string, done: boolean): void {
    if (done) this.#write('INSERT OR IGNORE INTO exercise_done (exercise) VALUES (?)', id);
    else this.#write('DELETE FROM exercise_done WHERE exercise = ?', id);
  }

  /** @throws TroubleError `bad-value` when the session has no such run. */
  readRun(runId: number): RunRecord {
    const run = this.#reading(() => readRunFrom(this.path, this.#database, runId));
    if (run === undefined)
      throw new TroubleError({ code: 'bad-value', name: 'run', expected: 'a run of this session', received: String(runId) });
    return run;
  }

  /** @throws TroubleError `bad-value` when the session has no such result. */
  annotationOf({ runId, variant }: ResultPlace): Annotation | undefined {
    this.requireResult({ runId, variant });
    return this.#reading(() => readAnnotation(this.path, this.#database, { runId, variant }));
  }

  /** @throws TroubleError `bad-value` when the session has no such result. */
  requireResult({ runId, variant }: ResultPlace): void {
    if (this.#database.prepare('SELECT 1 FROM variant WHERE run = ? AND variant = ?').get(runId, variant) !== undefined) return;
    const received = `${runId}, ${variant}`;
    throw new TroubleError({ code: 'bad-value', name: 'runId, variant', expected: 'a variant of a run of this session', received });
  }

  newestRun(): number | undefined {
    const row = this.#database.prepare('SELECT max(id) AS id FROM run').get();
    return row?.id === null ? undefined : Number(row?.id);
  }

  read(): Session {
    return this.#reading(() => readSessionFrom(this.path, this.#database));
  }

  /**
   * Writes the whole session under another path, at once or not at all; this store goes on with its own file.
   * @throws TroubleError `session`/`exists` when the path is taken and `replace` is false, else `cannot-write`.
   */
  copyTo(path: string, replace: boolean): void {
    if (!replace && lstatSync(path, { throwIfNoEntry: false }) !== undefined)
      throw sessionTrouble(path, 'exists', 'a file of this name exists');
    if (isSameFile(path, this.path)) return;
    try {
      replaceFile(path, (temporary) => {
        this.#database.prepare('VACUUM INTO ?').run(temporary);
      });
    } catch (error) {
      throw writingTrouble(path, error);
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #interruptUnfinished(): void {
    const unfinished = this.#database.prepare("SELECT id FROM run WHERE status = 'running'").all();
    if (unfinished.length === 0) return;
    this.#transaction(() => {
      for (const { id } of unfinished) {
        this.#database.prepare("UPDATE run SET status = 'interrupted' WHERE id = ?").run(id!);
        this.#database.prepare("UPDATE variant SET status = 'cancelled' WHERE run = ? AND status IN ('waiting', 'running')").run(id!);
      }
    });
  }

  #write(sql: string, ...values: SQLInputValue[]): void {
    this.#transaction(() => this.#database.prepare(sql).run(...values));
  }

  #transaction<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw writingTrouble(this.path, error);
    }
  }

  #reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw readingTrouble(this.path, error);
    }
  }
}

function isSameFile(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
