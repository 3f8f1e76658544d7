/** How long a run will take, from rates that were measured; unknown rather than guessed. */
import { findExercise } from '../../kernels/syllabus.ts';
import { cellsOf, hasControl, type RunRequest, type VariantRequest } from './run.ts';

/** Verification and the rounds' disturbances, on top of the timed steps. */
const OVERHEAD = 1.1;
/** Of every round: seed, warm-up, summary. */
const ROUND_OVERHEAD_SECONDS = 0.15;

/** Cell updates per second; undefined where nothing is known. */
export type RateOf = (variant: VariantRequest, index: number) => number | undefined;

/** Seconds, those of the control included, or null when the rate of one of the variants is not known. */
export function estimatedSeconds(request: RunRequest, rateOf: RateOf): number | null {
  const { baseline } = findExercise(request.exercise ?? '') ?? {};
  const twin = Math.max(
    0,
    request.variants.findIndex(({ kernel }) => kernel === baseline),
  );
  let seconds = 0;
  for (const [index, variant] of request.variants.entries()) {
    const times = hasControl(request) && index === twin ? 2 : 1;
    const { grid = request.grid, steps = request.steps } = variant;
    const rate = rateOf(variant, index);
    if (rate === undefined) return null;
    seconds += times * request.rounds * (ROUND_OVERHEAD_SECONDS + (OVERHEAD * cellsOf(grid) * steps) / rate);
  }
  return seconds;
}
