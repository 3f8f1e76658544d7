/** Ranks as a result allows them: whoever cannot be told from the fastest of a rank shares it. */
import { type ResultOfRun, rateRatio } from './trusted.ts';

export interface Rank {
  /** 1 for the fastest; after three that share 1 comes 4. */
  readonly rank: number;
  readonly shared: boolean;
}

/** In the order of the results. Equal rates keep their order. */
export function ranksOf(results: readonly ResultOfRun[]): Rank[] {
  const sorted = results.toSorted((a, b) => b.result.summary.cellsPerSecond - a.result.summary.cellsPerSecond);
  const ranks = new Map<ResultOfRun, number>();
  let leader: ResultOfRun | undefined;
  for (const [index, each] of sorted.entries()) {
    if (leader === undefined || rateRatio(leader, each)?.verdict.kind === 'faster') leader = each;
    ranks.set(each, leader === each ? index + 1 : ranks.get(leader)!);
  }
  const counts = Map.groupBy(results, (each) => ranks.get(each)!);
  return results.map((each) => {
    const rank = ranks.get(each)!;
    return { rank, shared: counts.get(rank)!.length > 1 };
  });
}
