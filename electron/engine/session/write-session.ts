/** Puts a session's records into an empty database, so that reading it gives the same session. */
import type { DatabaseSync } from 'node:sqlite';
import { type RunRecord, type Sample, settingsOf } from '../../shared/run.ts';
import type { Session } from '../../shared/session.ts';

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const placed = ({ round, index, steps, seconds, gpuSeconds, stepsPerSubmit }: Sample) =>
  [round, index, steps, seconds, gpuSeconds ?? null, stepsPerSubmit ?? null] as const;

/** Rounds whose samples have all of their steps: those that came to their end. */
function fullRounds(samples: readonly Sample[], steps: number): number[] {
  const taken = new Map<number, number>();
  for (const sample of samples) taken.set(sample.round, (taken.get(sample.round) ?? 0) + sample.steps);
  return [...taken].filter(([, total]) => total === steps).map(([round]) => round);
}

function writeRun(database: DatabaseSync, run: RunRecord): void {
  const { id, request, control } = run;
  database
    .prepare(
      'INSERT INTO run (id, started_at, finished_at, status, request, order_seed, round_order, machine, control_variant) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      ...[id, run.startedAt, run.finishedAt ?? null, run.status, JSON.stringify(request)],
      ...[run.orderSeed, JSON.stringify(run.order), run.machine, control?.variant ?? null],
    );
  const insert = {
    variant: database.prepare(
      'INSERT INTO variant (run, variant, backend, status, adapter, trouble, verification, summary, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    sample: database.prepare('INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    span: database.prepare('INSERT INTO span VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)'),
    observation: database.prepare('INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)'),
    control: database.prepare('INSERT INTO control_sample VALUES (?, ?, ?, ?, ?, ?, ?)'),
    turn: database.prepare('INSERT INTO finished_turn VALUES (?, ?, ?)'),
    condition: database.prepare('INSERT INTO round_condition VALUES (?, ?, ?, ?)'),
  };
  run.variants.forEach((result, at) => {
    const { backend, status, adapter, trouble, verification, summary, field } = result;
    insert.variant.run(id, at, backend, status, json(adapter), json(trouble), json(verification), json(summary), json(field));
    for (const sample of result.samples) insert.sample.run(id, at, ...placed(sample));
    for (const { round, what, image, begin, end } of result.spans ?? []) insert.span.run(id, at, round, what, image, begin, end);
    for (const { round, step, name, value } of result.observations ?? []) insert.observation.run(id, at, round, step, name, value);
    for (const round of fullRounds(result.samples, settingsOf(request, result.variant).steps)) insert.turn.run(id, round, at);
  });
  for (const condition of run.conditions ?? []) insert.condition.run(id, condition.round, condition.variant, JSON.stringify(condition));
  if (control === undefined) return;
  for (const sample of control.samples) insert.control.run(id, ...placed(sample));
  const { steps } = settingsOf(request, request.variants[control.variant]!);
  for (const round of fullRounds(control.samples, steps)) insert.turn.run(id, round, run.variants.length);
}

/** Runs inside the caller's transaction. */
export function writeSession(database: DatabaseSync, session: Session): void {
  database.prepare('INSERT INTO session VALUES (1, ?, ?, ?, ?)').run(session.id, session.createdAt, session.appVersion, session.notes);
  session.machines.forEach((machine, at) => {
    database.prepare('INSERT INTO machine VALUES (?, ?)').run(at, JSON.stringify(machine));
  });
  for (const { machine, ...ceilings } of session.ceilings)
    database.prepare('INSERT INTO ceilings VALUES (?, ?)').run(machine, JSON.stringify(ceilings));
  for (const run of session.runs) writeRun(database, run);
  for (const { runId, variant, name, note, hidden } of session.annotations ?? [])
    database.prepare('INSERT INTO annotation VALUES (?, ?, ?, ?, ?)').run(runId, variant, name ?? null, note ?? null, hidden ? 1 : 0);
  if (session.baseline !== undefined)
    database.prepare('INSERT INTO baseline VALUES (1, ?, ?)').run(session.baseline.runId, session.baseline.variant);
  for (const exercise of session.exercisesDone) database.prepare('INSERT INTO exercise_done (exercise) VALUES (?)').run(exercise);
}
