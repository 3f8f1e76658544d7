/**
 * What a figure carries inside its file: the runs that it shows with every sample, the machines that they ran on, and
 * which view of them it is, so that the same view can be opened again: with the names that a person gave, and without what
 * is hidden. Notes and marks of a person stay out.
 */
import { z } from 'zod';
import type { ResultPlace } from './annotations.ts';
import { type View, viewSchema } from './contract.ts';
import type { RunRecord } from './run.ts';
import { JSON_SCHEMA_VERSION, type Session, sessionSchema } from './session.ts';

export const evidenceSchema = z.object({
  schemaVersion: z.number().int().min(1).max(JSON_SCHEMA_VERSION),
  view: viewSchema,
  title: z.string(),
  caption: z.string(),
  session: sessionSchema,
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** The session without what the runs do not need; machines are numbered anew, in their order. */
export function sessionOfRuns(session: Session, runIds: readonly number[]): Session {
  const runs = session.runs.filter(({ id }) => runIds.includes(id));
  const machines = [...new Set(runs.map(({ machine }) => machine))].sort((a, b) => a - b);
  const isIn = ({ runId }: ResultPlace) => runIds.includes(runId);
  const annotations = (session.annotations ?? []).filter(isIn).flatMap(({ note: _, ...rest }) => {
    return rest.name === undefined && rest.hidden === undefined ? [] : [rest];
  });
  const { annotations: _, baseline, ...rest } = session;
  return {
    ...rest,
    ...(annotations.length > 0 && { annotations }),
    ...(baseline && isIn(baseline) && { baseline }),
    notes: '',
    exercisesDone: [],
    machines: machines.flatMap((machine) => session.machines[machine] ?? []),
    ceilings: session.ceilings.flatMap((ceilings) => {
      const machine = machines.indexOf(ceilings.machine);
      return machine < 0 ? [] : [{ ...ceilings, machine }];
    }),
    runs: runs.map((run) => ({ ...run, machine: machines.indexOf(run.machine) })),
  };
}

export function evidenceOf(
  session: Session,
  view: View,
  /** Those of the view, and of what stands beside them. */
  runIds: readonly number[],
  { title, caption }: { readonly title: string; readonly caption: string },
): Evidence {
  const { chart, runs, language, preset, grey } = view;
  return evidenceSchema.parse({
    schemaVersion: JSON_SCHEMA_VERSION,
    view: { chart, runs, language, preset, grey },
    title,
    caption,
    session: sessionOfRuns(session, runIds),
  });
}

const isDistinct = (keys: readonly unknown[]): boolean => new Set(keys).size === keys.length;

function runFault({ id, request, variants, order, control, conditions, machine }: RunRecord, machines: number): string | undefined {
  const of = `run ${id}`;
  if (machine < 0 || machine >= machines) return `${of} names a machine that is not there`;
  if (variants.length !== request.variants.length) return `${of} has ${variants.length} results for ${request.variants.length} variants`;
  if (variants.some(({ variant }, at) => JSON.stringify(variant) !== JSON.stringify(request.variants[at])))
    return `${of} has results of other variants`;
  const entries = variants.length + (control === undefined ? 0 : 1);
  if (order.flat().some((entry) => entry < 0 || entry >= entries)) return `the order of ${of} names a variant that it does not have`;
  if (control !== undefined && control.variant >= variants.length) return `the control of ${of} is of a variant that it does not have`;
  if (conditions?.some(({ variant }) => variant > variants.length)) return `the conditions of ${of} name a variant that it does not have`;
  const measured = [...variants, ...(control === undefined ? [] : [control])];
  if (measured.some(({ samples }) => !isDistinct(samples.map(({ round, index }) => `${round} ${index}`))))
    return `${of} has two samples in one place`;
  if (conditions !== undefined && !isDistinct(conditions.map(({ round, variant }) => `${round} ${variant}`)))
    return `${of} has two conditions of one round`;
  const observed = variants.map(({ observations = [] }) => observations.map(({ round, step, name }) => `${round} ${step} ${name}`));
  return observed.every(isDistinct) ? undefined : `${of} has two observations in one place`;
}

/** What is at odds within a session that no session file says, or undefined. */
export function sessionFault({ machines, ceilings, runs, annotations = [], baseline }: Session): string | undefined {
  if (!isDistinct(runs.map(({ id }) => id))) return 'two runs have one number';
  if (!isDistinct(machines.map((machine) => JSON.stringify(machine)))) return 'one machine is there twice';
  if (!isDistinct(ceilings.map(({ machine }) => machine))) return 'one machine has ceilings twice';
  if (ceilings.some(({ machine }) => machine < 0 || machine >= machines.length)) return 'ceilings of a machine that is not there';
  const isThere = ({ runId, variant }: ResultPlace) => runs.find(({ id }) => id === runId)?.variants[variant] !== undefined;
  if (!annotations.every(isThere)) return 'something is set on a result that is not there';
  if (!isDistinct(annotations.map(({ runId, variant }) => `${runId} ${variant}`))) return 'one result is named or hidden twice';
  if (baseline !== undefined && !isThere(baseline)) return 'the baseline is not there';
  return runs.map((run) => runFault(run, machines.length)).find((fault) => fault !== undefined);
}
