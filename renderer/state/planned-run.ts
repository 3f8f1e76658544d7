/** The next run as a record, before the engine has made it: what a roofline shows while nothing is measured. */
import { adapterServing } from '../../electron/shared/adapters.ts';
import type { Availability } from '../../electron/shared/contract.ts';
import type { Machine } from '../../electron/shared/machine.ts';
import type { Adapter, RunRecord, Variant, VariantRequest } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { defaultParameters } from '../../kernels/kernel.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import { type Here, refusalsOf } from './refusal.ts';
import { draftProblems, type RunDraft, requestOf } from './run-draft.ts';

export interface PlannedRun {
  readonly run: RunRecord;
  /** For each variant of the run its index in the draft. */
  readonly drafted: readonly number[];
}

export interface PlannedOn {
  readonly machine: Machine;
  readonly session: Session;
  readonly here: Here;
}

/** With the defaults that the engine takes; parameters that it looks for are the kernel's own until then. */
function variantHere(
  request: VariantRequest,
  draft: RunDraft,
  kernels: readonly Availability[],
  threads: number,
  adapter: string | undefined,
): Variant {
  const kernel = findKernel(request.kernel)!;
  const isa = request.isa ?? kernels.find((each) => each.kernel === request.kernel)?.isas?.at(-1);
  return {
    ...request,
    precision: request.precision ?? draft.precision,
    threads: request.threads ?? (kernel.threaded ? threads : 1),
    parameters: { ...defaultParameters(kernel), ...request.parameters },
    ...(isa && { isa }),
    ...(adapter && { adapter }),
  };
}

/** Undefined while something typed is wrong, or nothing can run. */
export function plannedRun(key: string, draft: RunDraft, { machine, session, here }: PlannedOn): PlannedRun | undefined {
  const { runnable } = refusalsOf(draft, here);
  if (runnable.length === 0 || Object.keys(draftProblems(draft)).length > 0) return undefined;
  const exercise = findExercise(key)?.id;
  const request = requestOf(draft, runnable, exercise === undefined ? {} : { exercise });
  const threads = machine.logicalCores === 'unknown' ? 1 : machine.logicalCores;
  const adapterFor = (kernel: string): Adapter | undefined => {
    const entry = findKernel(kernel);
    return entry?.backend === 'webgpu' ? adapterServing(entry, here.adapters, here.adapter) : undefined;
  };
  const variants = request.variants.map((variant) => variantHere(variant, draft, here.kernels, threads, adapterFor(variant.kernel)?.id));
  const known = session.machines.findLastIndex(({ cpu, logicalCores }) => cpu === machine.cpu && logicalCores === machine.logicalCores);
  return {
    drafted: runnable.map((variant) => draft.variants.indexOf(variant)),
    run: {
      id: 1 + Math.max(0, ...session.runs.map(({ id }) => id)),
      startedAt: new Date(0).toISOString(),
      status: 'running',
      request: { ...request, variants },
      ...{ orderSeed: 0, order: [] },
      machine: known < 0 ? session.machines.length : known,
      variants: variants.map((variant) => {
        const adapter = adapterFor(variant.kernel);
        return {
          variant,
          backend: findKernel(variant.kernel)!.backend,
          ...(adapter && { adapter }),
          status: 'waiting',
          samples: [],
        };
      }),
    },
  };
}
