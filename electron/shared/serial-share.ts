/**
 * The serial share that would explain how a rate grows with the threads. Amdahl, for a fixed grid: 1 ÷ S = s + (1 − s) ÷ P.
 * Gustafson, for a grid that grows along: S = P − s (P − 1), so that the efficiency S ÷ P is 1 − s (1 − 1 ÷ P). Either is
 * a line through the ideal in 1 − 1 ÷ P, fitted by least squares.
 *
 * G. M. Amdahl, AFIPS 1967, 483–485; J. L. Gustafson, Commun. ACM 31 (1988) 532–533.
 */
import type { Interval } from './run.ts';
import { median, randomGenerator } from './statistics.ts';

export const SCALING_LAWS = ['amdahl', 'gustafson'] as const;
export type ScalingLaw = (typeof SCALING_LAWS)[number];

/** With two numbers of threads, one of them 1, any speed-up fits. */
export const LEAST_THREAD_COUNTS = 3;

const RESAMPLES = 2000;
const TAIL = 0.025;
const SEED = 19_670_418;

export interface ThreadPoint {
  readonly threads: number;
  /** Cell updates per second by round. */
  readonly rates: ReadonlyMap<number, number>;
}

/** What the law expects of `threads`, as times the rate of one. */
export function speedupBy(law: ScalingLaw, share: number, threads: number): number {
  return law === 'amdahl' ? 1 / (share + (1 - share) / threads) : threads - share * (threads - 1);
}

/** Of points beside that of one thread. */
function leastSquares(law: ScalingLaw, points: readonly { readonly threads: number; readonly speedup: number }[]): number {
  let [upper, lower] = [0, 0];
  for (const { threads, speedup } of points) {
    const along = 1 - 1 / threads;
    const loss = law === 'amdahl' ? 1 / speedup - 1 / threads : 1 - speedup / threads;
    upper += along * loss;
    lower += along * along;
  }
  return upper / lower;
}

/**
 * The fitted share with its 95 % interval by bootstrap over the rounds that all points have. They are drawn for all numbers
 * of threads together, and a speed-up is the median of those of the rounds: what slows a whole round down is in none of
 * them. Below 0 where the gain is more than ideal. Undefined with fewer than three numbers of threads, or without one thread.
 */
export function serialShare(law: ScalingLaw, points: readonly ThreadPoint[]): Interval | undefined {
  const one = points.find(({ threads }) => threads === 1);
  const several = points.filter(({ threads }) => threads > 1);
  const counts = new Set(several.map(({ threads }) => threads)).size;
  if (one === undefined || counts < LEAST_THREAD_COUNTS - 1) return undefined;
  const rounds = [...one.rates.keys()].filter((round) => several.every(({ rates }) => rates.has(round)));
  if (rounds.length === 0) return undefined;
  const speedups = several.map(({ threads, rates }) => ({
    threads,
    ofRounds: rounds.map((round) => rates.get(round)! / one.rates.get(round)!),
  }));
  const shareOf = (drawn: readonly number[]) =>
    leastSquares(
      law,
      speedups.map(({ threads, ofRounds }) => ({ threads, speedup: median(drawn.map((at) => ofRounds[at]!)) })),
    );
  const estimate = shareOf([...rounds.keys()]);
  const random = randomGenerator(SEED);
  const draws = Array.from({ length: RESAMPLES }, () => shareOf(rounds.map(() => Math.floor(random() * rounds.length))));
  draws.sort((a, b) => a - b);
  const tail = Math.floor(TAIL * RESAMPLES);
  return { median: estimate, low: Math.min(estimate, draws[tail]!), high: Math.max(estimate, draws[RESAMPLES - 1 - tail]!) };
}
