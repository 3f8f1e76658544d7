/** What may be said of several points: which is best, which cannot be told from it, and who is ahead where. */
import { type Competitor, rateOf, roundRates } from '../figures/competitors.ts';
import type { Interval } from '../run.ts';
import { bootstrapRatio } from '../statistics.ts';

export const medianRate = (competitor: Competitor): number => rateOf(competitor)?.median ?? 0;

/** The ratio of rates whatever differs between the two; both have samples. */
export const rateRatio = (of: Competitor, over: Competitor): Interval =>
  of === over ? { median: 1, low: 1, high: 1 } : bootstrapRatio(roundRates(of), roundRates(over));

export interface Ranking<T> {
  readonly best: T;
  readonly slowest: T;
  /** Others that the best is not clearly faster than. */
  readonly ties: readonly T[];
}

/** Of items with their trusted competitors; undefined without any. Of equal medians the first is best. */
export function rank<T extends { readonly of: Competitor }>(items: readonly T[]): Ranking<T> | undefined {
  const sorted = items.toSorted((a, b) => medianRate(b.of) - medianRate(a.of));
  const [best, ...others] = sorted;
  if (best === undefined) return undefined;
  return { best, slowest: sorted.at(-1)!, ties: others.filter((other) => rateRatio(best.of, other.of).low <= 1) };
}

export type Lead = 'first' | 'second' | 'neither';

/** Who is clearly ahead. */
export function lead(first: Competitor, second: Competitor): Lead {
  const { low, high } = rateRatio(first, second);
  return low > 1 ? 'first' : high < 1 ? 'second' : 'neither';
}
