/**
 * Compares a kernel that rounds its state after every step to fewer digits than it computes with. Beside the oracle such
 * a kernel drifts off by what it rounds away, and a tolerance wide enough for that would let any fault through. So each
 * step is compared by itself: the oracle starts from the state that the kernel has stored, and the kernel must store what
 * numbers within the tolerance of the oracle's round to. On a processor that is the nearest half. On a GPU it is either
 * of the two around the number, and zero may stand for a subnormal, written or read: WGSL promises no more.
 *
 * That many steps asked for at once are as many single ones is compared too. It must hold to the bit: the state between
 * two steps is the stored one, whoever asks.
 */
import { findKernel } from '../../kernels/catalog.ts';
import { distanceToEitherRounding, distanceToRounding, isSubnormalHalf } from '../../kernels/half.ts';
import { type Field, type FieldArray, seedField } from '../../kernels/model.ts';
import { referenceStep } from '../../kernels/reference.ts';
import type { KernelInstance, KernelJob } from './backend.ts';
import { nextTurn } from './next-turn.ts';
import { disturbedSeed, maxAbsDifference } from './verify-fields.ts';

const DISTURBED_STEPS = 20;

/** By how much a number misses those that may be stored as the second. */
type Distance = (exact: number, stored: number) => number;

/** The worst distance over both species; null when `field` holds what is no number of its storage. */
function worstDistance(field: Field, exact: Field, distanceOf: Distance): number | null {
  let worst = 0;
  for (const species of ['u', 'v'] as const) {
    for (const [at, value] of exact[species].entries()) {
      const distance = distanceOf(value, field[species][at]!);
      if (!Number.isFinite(distance)) return null;
      worst = Math.max(worst, distance);
    }
  }
  return worst;
}

const inF64 = ({ u, v }: Field): Field => ({ u: Float64Array.from(u), v: Float64Array.from(v) });

/** Largest of some errors; null as soon as one is. */
const worstOf = (errors: readonly (number | null)[]): number | null =>
  errors.includes(null) ? null : Math.max(0, ...(errors as number[]));

/** With zero for what is subnormal; undefined where nothing is. */
function flushed({ u, v }: Field): Field | undefined {
  if (!u.some(isSubnormalHalf) && !v.some(isSubnormalHalf)) return undefined;
  const flush = (values: FieldArray) => Float64Array.from(values, (value) => (isSubnormalHalf(value) ? 0 : value));
  return { u: flush(u), v: flush(v) };
}

/** The error of a step from `before` to `after` on a GPU, which reads subnormals as they are or as zero. */
function gpuStepError(before: Field, after: Field, { grid, convention }: KernelJob, exact: Field): number | null {
  const errors = [before, flushed(before)].flatMap((from) => {
    if (from === undefined) return [];
    referenceStep(inF64(from), exact, grid, convention);
    return [worstDistance(after, exact, distanceToEitherRounding)];
  });
  return errors.includes(null) ? null : Math.min(...(errors as number[]));
}

/** The error of a step from `before` to `after` on a processor. */
function stepError(before: Field, after: Field, { grid, convention }: KernelJob, exact: Field): number | null {
  referenceStep(inF64(before), exact, grid, convention);
  return worstDistance(after, exact, distanceToRounding);
}

/** Loads `start` and advances step by step beside the oracle. */
async function stepByStep(
  instance: KernelInstance,
  start: Field,
  job: KernelJob,
  steps: number,
  signal: AbortSignal,
): Promise<{ readonly error: number | null; readonly last: Field }> {
  const errorOf = findKernel(job.variant.kernel)?.backend === 'webgpu' ? gpuStepError : stepError;
  await instance.load(start);
  let last = await instance.read();
  const scratch = inF64(start);
  // The host rounds what it loads, to the nearest.
  const errors = [worstDistance(last, inF64(start), distanceToRounding)];
  for (let step = 0; step < steps && !errors.includes(null); step++) {
    const before = last;
    await instance.step(1);
    last = await instance.read();
    errors.push(errorOf(before, last, job, scratch));
    await nextTurn(signal);
  }
  return { error: worstOf(errors), last };
}

/** The worst error over all comparisons; null when there was a value that is no number of the kernel's storage. */
export async function worstStoredError(
  instance: KernelInstance,
  job: KernelJob,
  steps: number,
  signal: AbortSignal,
): Promise<number | null> {
  const { grid, convention, variant } = job;
  const disturbed = disturbedSeed(grid, convention, variant.precision);
  const first = await stepByStep(instance, disturbed, job, Math.min(steps, DISTURBED_STEPS), signal);
  const seed = seedField(grid, convention.seed, variant.precision);
  const second = await stepByStep(instance, seed, job, steps, signal);
  await instance.load(seed);
  await instance.step(steps);
  return worstOf([first.error, second.error, maxAbsDifference(await instance.read(), second.last)]);
}
