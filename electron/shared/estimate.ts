/** How long a run will take, from rates that were measured; unknown rather than guessed. */
import { cellsOf, type RunRequest, type VariantRequest } from './run.ts';

/** Verification and the rounds' disturbances, on top of the timed steps. */
const OVERHEAD = 1.1;
/** Of every round: seed, warm-up, summary. */
const ROUND_OVERHEAD_SECONDS = 0.15;

/** Cell updates per second; undefined where nothing is known. */
export type RateOf = (variant: VariantRequest, index: number) => number | undefined;

/** Seconds, or null when the rate of one of the variants is not known. */
export function estimatedSeconds(request: RunRequest, rateOf: RateOf): number | null {
  let seconds = 0;
  for (const [index, variant] of request.variants.entries()) {
    const { grid = request.grid, steps = request.steps } = variant;
    const rate = rateOf(variant, index);
    if (rate === undefined) return null;
    seconds += request.rounds * (ROUND_OVERHEAD_SECONDS + (OVERHEAD * cellsOf(grid) * steps) / rate);
  }
  return seconds;
}
