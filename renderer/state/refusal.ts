/** Why a kernel cannot run as things are set: told beside it, greyed, before anything is asked of the engine. */
import type { Availability } from '../../electron/shared/contract.ts';
import type { Trouble } from '../../electron/shared/trouble.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { defaultParameters, isasWith } from '../../kernels/kernel.ts';
import type { DraftVariant, RunDraft } from './run-draft.ts';

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

export function refusalsOf(draft: RunDraft, available: readonly Availability[]): { runnable: DraftVariant[]; refusals: Trouble[] } {
  const runnable: DraftVariant[] = [];
  const refusals: Trouble[] = [];
  for (const variant of draft.variants) {
    const refusal = refusalOf(variant, draft, available);
    if (refusal === undefined) runnable.push(variant);
    else refusals.push(refusal);
  }
  return { runnable, refusals };
}
