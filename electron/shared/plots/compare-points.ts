/** What may be said of several points: which is best, which cannot be told from it, and who is ahead where. */
import { type Competitor, rateOf } from '../figures/competitors.ts';
import { rateRatio } from '../trusted.ts';

export const medianRate = (competitor: Competitor): number => rateOf(competitor)?.median ?? 0;

/** Whether the rates of the two differ, `fast` being the higher; whatever else differs between them. */
export function isClearlyFaster(fast: Competitor, slow: Competitor): boolean {
  return rateRatio(fast, slow)?.verdict.kind === 'faster';
}

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
  return { best, slowest: sorted.at(-1)!, ties: others.filter((other) => !isClearlyFaster(best.of, other.of)) };
}

export type Lead = 'first' | 'second' | 'neither';

/** Who is clearly ahead. */
export function lead(first: Competitor, second: Competitor): Lead {
  if (isClearlyFaster(first, second)) return 'first';
  return isClearlyFaster(second, first) ? 'second' : 'neither';
}
