/**
 * The trend of values over places, by the median of the slopes between all pairs of points (Theil 1950, Sen 1968): a few
 * wild points do not move it. The interval is Sen's, from the variance of Kendall's statistic where there is no trend; ties
 * are not corrected for, which widens it.
 */
import type { Interval } from './run.ts';
import { median } from './statistics.ts';

const Z_95 = 1.96;
/** All pairs of more are slow to sort. */
export const MOST_POINTS = 400;

/** Undefined with fewer than 4 points, or all at one place. */
export function theilSen(points: readonly (readonly [x: number, y: number])[]): Interval | undefined {
  const stride = Math.ceil(points.length / MOST_POINTS);
  const used = points.filter((_, at) => at % stride === 0);
  const count = used.length;
  if (count < 4) return undefined;
  const slopes: number[] = [];
  for (const [at, [x, y]] of used.entries()) {
    for (const [otherX, otherY] of used.slice(at + 1)) if (otherX !== x) slopes.push((otherY - y) / (otherX - x));
  }
  if (slopes.length === 0) return undefined;
  slopes.sort((a, b) => a - b);
  const half = (Z_95 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)) / 2;
  const middle = slopes.length / 2;
  const clamp = (rank: number) => Math.min(slopes.length - 1, Math.max(0, rank));
  return {
    median: median(slopes),
    low: slopes[clamp(Math.floor(middle - half) - 1)]!,
    high: slopes[clamp(Math.ceil(middle + half))]!,
  };
}
