/**
 * Turns the rows of a session file into the records of `electron/shared`. Everything passes the schemas again, because
 * the rows may have been written by anyone; a value that they refuse makes the file `corrupt`, with the place in words.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { type Annotation, annotationSchema, type ResultPlace, resultPlaceSchema } from '../../shared/annotations.ts';
import { ceilingsSchema } from '../../shared/ceilings.ts';
import { type RoundCondition, roundConditionSchema } from '../../shared/conditions.ts';
import { MAX_STEPS, type RunRecord, runRecordSchema } from '../../shared/run.ts';
import { type Session, sessionSchema } from '../../shared/session.ts';
import { readChecked } from './checked-database.ts';
import { sessionTrouble } from './session-trouble.ts';

type Row = Record<string, SQLOutputValue>;

/** The order of the largest run has five million. */
const MAX_JSON_CHARACTERS = 8_000_000;

function parsed<S extends z.ZodType>(path: string, where: string, schema: S, value: unknown): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw sessionTrouble(path, 'corrupt', `${where}: ${[...(issue?.path ?? []).map(String), issue?.message].join(' ')}`);
}

function json(path: string, where: string, text: SQLOutputValue | undefined): unknown {
  if (text === null || text === undefined) return undefined;
  if (typeof text !== 'string') throw sessionTrouble(path, 'corrupt', `${where} is no text`);
  if (text.length > MAX_JSON_CHARACTERS) throw sessionTrouble(path, 'too-large', `${where} has ${text.length} characters`);
  try {
    return JSON.parse(text);
  } catch {
    throw sessionTrouble(path, 'corrupt', `${where} is no JSON`);
  }
}

const orUndefined = (value: SQLOutputValue | undefined) => value ?? undefined;

const noneAsUndefined = <T>(rows: T[]) => (rows.length === 0 ? undefined : rows);

const SAMPLE_COLUMNS = 'round, batch AS "index", steps, seconds, gpu_seconds AS gpuSeconds, steps_per_submit AS stepsPerSubmit';

const sampleOfRow = ({ gpuSeconds, stepsPerSubmit, ...sample }: Row) => ({
  ...sample,
  ...{ gpuSeconds: orUndefined(gpuSeconds), stepsPerSubmit: orUndefined(stepsPerSubmit) },
});

function readControl(database: DatabaseSync, runId: number, variant: SQLOutputValue | undefined): unknown {
  if (variant === null || variant === undefined) return undefined;
  const samples = database.prepare(`SELECT ${SAMPLE_COLUMNS} FROM control_sample WHERE run = ? ORDER BY round, batch`);
  return { variant, samples: samples.all(runId).map(sampleOfRow) };
}

function readVariants(path: string, database: DatabaseSync, runId: number, request: unknown): unknown[] {
  const requested = (request as { variants?: unknown[] } | null)?.variants ?? [];
  const samples = database.prepare(`SELECT ${SAMPLE_COLUMNS} FROM sample WHERE run = ? AND variant = ? ORDER BY round, batch`);
  const spans = database.prepare(
    'SELECT round, what, image, begin_seconds AS begin, end_seconds AS end FROM span WHERE run = ? AND variant = ? ORDER BY id',
  );
  const observations = database.prepare(
    'SELECT round, step, name, value FROM observation WHERE run = ? AND variant = ? ORDER BY round, step, name',
  );
  const rows = database.prepare('SELECT * FROM variant WHERE run = ? ORDER BY variant').all(runId);
  if (rows.length !== requested.length || rows.some((row, index) => row.variant !== index))
    throw sessionTrouble(path, 'corrupt', `run ${runId} has ${rows.length} results for ${requested.length} variants`);
  return rows.map((row, index) => {
    const column = (name: string) => json(path, `${name} of run ${runId}, variant ${index}`, row[name]);
    return {
      variant: requested[index],
      backend: row.backend,
      adapter: column('adapter'),
      status: row.status,
      trouble: column('trouble'),
      verification: column('verification'),
      samples: samples.all(runId, index).map(sampleOfRow),
      spans: noneAsUndefined(spans.all(runId, index)),
      observations: noneAsUndefined(observations.all(runId, index)),
      summary: column('summary'),
      field: column('field'),
    };
  });
}

/** In the order in which the rounds were carried out. */
function readConditions(path: string, database: DatabaseSync, runId: number): RoundCondition[] | undefined {
  const rows = database.prepare('SELECT round, variant, record FROM round_condition WHERE run = ?').all(runId);
  const conditions = rows.map(({ round, variant, record }) => {
    const where = `the conditions of run ${runId}, round ${round}, variant ${variant}`;
    const condition = parsed(path, where, roundConditionSchema, json(path, where, record));
    if (condition.round !== round || condition.variant !== variant) throw sessionTrouble(path, 'corrupt', `${where} are another round's`);
    return condition;
  });
  return conditions.length === 0 ? undefined : conditions.sort((a, b) => a.begin - b.begin);
}

function runOfRow(path: string, database: DatabaseSync, row: Row): RunRecord {
  const id = Number(row.id);
  const request = json(path, `the request of run ${id}`, row.request);
  const run = parsed(path, `run ${id}`, runRecordSchema, {
    id,
    startedAt: row.started_at,
    finishedAt: orUndefined(row.finished_at),
    status: row.status,
    request,
    orderSeed: row.order_seed,
    order: json(path, `the order of run ${id}`, row.round_order),
    machine: row.machine,
    variants: readVariants(path, database, id, request),
    conditions: readConditions(path, database, id),
    control: readControl(database, id, row.control_variant),
  });
  if (run.control !== undefined && run.control.variant >= run.variants.length)
    throw sessionTrouble(path, 'corrupt', `the control of run ${id} is of a variant that it does not have`);
  const entries = run.variants.length + (run.control === undefined ? 0 : 1);
  if (run.order.flat().some((entry) => entry < 0 || entry >= entries))
    throw sessionTrouble(path, 'corrupt', `the order of run ${id} names a variant that it does not have`);
  // The control's index is the number of variants.
  if (run.conditions?.some(({ variant }) => variant > run.variants.length))
    throw sessionTrouble(path, 'corrupt', `the conditions of run ${id} name a variant that it does not have`);
  return run;
}

function annotationOfRow(path: string, { run, variant, name, note, hidden }: Row): Annotation {
  const where = `what is set on run ${run}, variant ${variant}`;
  if (hidden !== 0 && hidden !== 1) throw sessionTrouble(path, 'corrupt', `${where} leaves open whether it is hidden`);
  const set = { name: orUndefined(name), note: orUndefined(note), ...(hidden === 1 && { hidden: true }) };
  return parsed(path, where, annotationSchema, { runId: run, variant, ...set });
}

function readAnnotations(path: string, database: DatabaseSync): Annotation[] {
  const rows = database.prepare('SELECT * FROM annotation ORDER BY run, variant').all();
  return rows.map((row) => annotationOfRow(path, row));
}

/** Undefined where nothing is set. */
export function readAnnotation(path: string, database: DatabaseSync, { runId, variant }: ResultPlace): Annotation | undefined {
  const row = database.prepare('SELECT * FROM annotation WHERE run = ? AND variant = ?').get(runId, variant);
  return row && annotationOfRow(path, row);
}

function readBaseline(path: string, database: DatabaseSync): ResultPlace | undefined {
  const [row, ...more] = database.prepare('SELECT run AS runId, variant FROM baseline LIMIT 2').all();
  if (more.length > 0) throw sessionTrouble(path, 'corrupt', 'it has more than one baseline');
  return row && parsed(path, 'the baseline', resultPlaceSchema, { ...row });
}

/** What a person has set on the results. */
export const readSet = (path: string, database: DatabaseSync): Pick<Session, 'annotations' | 'baseline'> => ({
  annotations: noneAsUndefined(readAnnotations(path, database)),
  baseline: readBaseline(path, database),
});

/** @returns undefined when the session has no such run. */
export function readRunFrom(path: string, database: DatabaseSync, runId: number): RunRecord | undefined {
  const row = database.prepare('SELECT * FROM run WHERE id = ?').get(runId);
  return row === undefined ? undefined : runOfRow(path, database, row);
}

function readCeilings(path: string, database: DatabaseSync, machines: number): unknown[] {
  return database
    .prepare('SELECT machine, record FROM ceilings ORDER BY machine')
    .all()
    .map(({ machine, record }) => {
      if (Number(machine) >= machines) throw sessionTrouble(path, 'corrupt', `ceilings of machine ${machine}, which it does not have`);
      return {
        ...parsed(path, `the ceilings of machine ${machine}`, ceilingsSchema, json(path, `the ceilings of machine ${machine}`, record)),
        machine,
      };
    });
}

export function readSessionFrom(path: string, database: DatabaseSync): Session {
  const [row, ...more] = database.prepare('SELECT * FROM session LIMIT 2').all();
  if (row === undefined || more.length > 0) throw sessionTrouble(path, 'corrupt', 'it has not one record of its own');
  const machines = database.prepare('SELECT id, record FROM machine ORDER BY id').all();
  if (machines.some(({ id }, index) => id !== index)) throw sessionTrouble(path, 'corrupt', 'its machines are not numbered from 0');
  return parsed(path, 'the session', sessionSchema, {
    id: row.id,
    createdAt: row.created_at,
    appVersion: row.app_version,
    notes: row.notes,
    machines: machines.map(({ record }, index) => json(path, `machine ${index}`, record)),
    ceilings: readCeilings(path, database, machines.length),
    runs: database
      .prepare('SELECT * FROM run ORDER BY id')
      .all()
      .map((run) => runOfRow(path, database, run)),
    ...readSet(path, database),
    exercisesDone: database
      .prepare('SELECT exercise FROM exercise_done ORDER BY position')
      .all()
      .map(({ exercise }) => exercise),
  });
}

/** Where a kept field lies on its grid, and after how many steps. */
export const keptFieldSchema = z.object({
  step: z.number().int().min(0).max(MAX_STEPS),
  rows: z.number().int().min(1),
  cols: z.number().int().min(1),
});

/**
 * The session in a `.gslab` file that may come from anyone. The file is left as it is, and nothing is left beside it.
 * @throws TroubleError with code `session`.
 */
export function readSessionFile(path: string): Session {
  return readChecked(path, (database) => readSessionFrom(path, database));
}
