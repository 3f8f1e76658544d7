/** How much the samples of a variant differ among themselves: what pinning, a quiet machine and a warm-up change. */
import type { MeasuredSpread } from '../../kernels/exercise.ts';
import type { Sample } from './run.ts';
import { bootstrapMedian, quantile } from './statistics.ts';

/** Fewer samples have no quartiles worth the name. */
const LEAST_SAMPLES = 4;

/** Interquartile range over median of the time per step, round by round. */
function spreadsOfRounds(samples: readonly Sample[]): number[] {
  const rounds = Map.groupBy(samples, ({ round }) => round);
  return [...rounds.values()].flatMap((ofRound) => {
    if (ofRound.length < LEAST_SAMPLES) return [];
    const sorted = ofRound.map(({ seconds, steps }) => seconds / steps).sort((a, b) => a - b);
    return [(quantile(sorted, 0.75) - quantile(sorted, 0.25)) / quantile(sorted, 0.5)];
  });
}

/** Undefined where no round has samples enough. */
export function spreadOf(samples: readonly Sample[]): MeasuredSpread | undefined {
  const spreads = spreadsOfRounds(samples);
  if (spreads.length === 0) return undefined;
  const times = samples.map(({ seconds, steps }) => seconds / steps).sort((a, b) => a - b);
  return {
    fastest: times[0]!,
    median: quantile(times, 0.5),
    slowest: times.at(-1)!,
    samples: samples.length,
    share: bootstrapMedian(spreads),
  };
}
