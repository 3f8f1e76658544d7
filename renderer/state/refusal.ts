/** Why a kernel cannot run as things are set: told beside it, greyed, before anything is asked of the engine. */
import { adapterServing, largestCellsOn } from '../../electron/shared/adapters.ts';
import type { Availability } from '../../electron/shared/contract.ts';
import { type Adapter, cellsOf } from '../../electron/shared/run.ts';
import type { Trouble } from '../../electron/shared/trouble.ts';
import { parseNumber } from '../../electron/shared/units.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { defaultParameters, isasWith } from '../../kernels/kernel.ts';
import { type DraftVariant, gridOf, type RunDraft } from './run-draft.ts';

export type Choices = Pick<RunDraft, 'precision' | 'stencil' | 'boundary'>;

/** The first reason why `kernel` cannot run with these choices, or undefined. */
export function refusalOf(
  variant: Pick<DraftVariant, 'kernel' | 'isa'> & Partial<Pick<DraftVariant, 'tuning'>>,
  choices: Choices,
  available: readonly Availability[],
): Trouble | undefined {
  const { kernel: id, isa, tuning } = variant;
  const kernel = findKernel(id);
  if (kernel === undefined) return { code: 'unknown-kernel', received: id, known: available.map((entry) => entry.kernel) };
  const here = available.find((entry) => entry.kernel === id);
  if (here?.available !== true) {
    return { code: 'kernel-unavailable', kernel: id, reason: here?.reason ?? 'addon-failed', detail: here?.detail ?? '' };
  }
  const refuse = (what: 'precision' | 'stencil' | 'boundary' | 'isa', received: string, supported: readonly string[]): Trouble => ({
    code: 'not-supported',
    kernel: id,
    what,
    received,
    supported: [...supported],
  });
  if (!kernel.precisions.includes(choices.precision)) return refuse('precision', choices.precision, kernel.precisions);
  if (!kernel.stencils.includes(choices.stencil)) return refuse('stencil', choices.stencil, kernel.stencils);
  if (!kernel.boundaries.includes(choices.boundary)) return refuse('boundary', choices.boundary, kernel.boundaries);
  const isas = isasWith(kernel, { ...defaultParameters(kernel), ...tuning }, here.isas ?? []);
  // `baseline` is a wish for the narrowest set, whatever this architecture calls it.
  if (isa !== undefined && isa !== 'baseline' && !isas.includes(isa)) return refuse('isa', isa, isas);
  return undefined;
}

/** What this machine runs, and the adapter chosen by hand or `auto`. */
export interface Here {
  readonly kernels: readonly Availability[];
  readonly logicalCores: number | 'unknown';
  readonly adapters: readonly Adapter[];
  readonly adapter: string;
}

/** That the adapter's buffers cannot hold the grid. */
function tooLarge({ kernel: id, own }: DraftVariant, draft: RunDraft, { adapters, adapter: chosen }: Here): Trouble | undefined {
  const kernel = findKernel(id);
  const grid = own?.grid ?? gridOf(draft);
  if (kernel?.backend !== 'webgpu' || grid === null) return undefined;
  const adapter = adapterServing(kernel, adapters, chosen);
  const largestCells = adapter && largestCellsOn(adapter, kernel);
  const cells = cellsOf(grid);
  if (largestCells === undefined || cells <= largestCells) return undefined;
  return { code: 'grid-too-large', kernel: id, limit: 'adapter', largestCells, cells };
}

export interface Refusals {
  readonly runnable: readonly DraftVariant[];
  /** No reason twice, however many variants it holds for. */
  readonly refusals: readonly Trouble[];
  /** Numbers of threads that the lesson asks for and this machine has no processors for, ascending. */
  readonly tooManyThreads: readonly number[];
}

const withoutThreads = ({ threads: _, ...rest }: DraftVariant): string => JSON.stringify(rest);

/** Variants that take all processors and of which another asks for just that many: one measurement serves both. */
function withoutTwins(variants: readonly DraftVariant[], threads: number | 'unknown'): DraftVariant[] {
  return variants.filter(
    (variant) =>
      variant.threads !== undefined ||
      !variants.some((other) => other.threads === threads && withoutThreads(other) === withoutThreads(variant)),
  );
}

export function refusalsOf(draft: RunDraft, here: Here): Refusals {
  const { kernels, logicalCores } = here;
  const runnable: DraftVariant[] = [];
  const refusals = new Map<string, Trouble>();
  const tooManyThreads = new Set<number>();
  for (const variant of draft.variants) {
    const { precision = draft.precision, stencil = draft.stencil } = variant.own ?? {};
    const choices = { precision, stencil, boundary: draft.boundary };
    const refusal = refusalOf(variant, choices, kernels) ?? tooLarge(variant, draft, here);
    if (refusal !== undefined) refusals.set(JSON.stringify(refusal), refusal);
    else if (logicalCores !== 'unknown' && (variant.threads ?? 1) > logicalCores) tooManyThreads.add(variant.threads ?? 1);
    else runnable.push(variant);
  }
  return {
    runnable: withoutTwins(runnable, parseNumber(draft.numbers.threads) ?? logicalCores),
    refusals: [...refusals.values()],
    tooManyThreads: [...tooManyThreads].toSorted((a, b) => a - b),
  };
}
