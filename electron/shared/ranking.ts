/** Ranks as a result allows them: whoever cannot be told from the fastest of a rank shares it. */
import { type ResultOfRun, rateRatio } from './trusted.ts';

export interface Rank {
  /** 1 for the fastest; after three that share 1 comes 4. */
  readonly rank: number;
  readonly shared: boolean;
}

/** Fastest first, each beside the leader of its rank or, for a leader, that of the rank before; the first has none. */
function climb(results: readonly ResultOfRun[]): { readonly each: ResultOfRun; readonly beside?: ResultOfRun; readonly leads: boolean }[] {
  let leader: ResultOfRun | undefined;
  return results
    .toSorted((a, b) => b.result.summary.cellsPerSecond - a.result.summary.cellsPerSecond)
    .map((each) => {
      const beside = leader;
      const leads = beside === undefined || rateRatio(beside, each)?.verdict.kind === 'faster';
      if (leads) leader = each;
      return { each, ...(beside && { beside }), leads };
    });
}

/** The pairs that were compared for the ranks. */
export const rankingPairs = (results: readonly ResultOfRun[]): (readonly [ResultOfRun, ResultOfRun])[] =>
  climb(results).flatMap(({ each, beside }) => (beside === undefined ? [] : [[beside, each] as const]));

/** In the order of the results. Equal rates keep their order. */
export function ranksOf(results: readonly ResultOfRun[]): Rank[] {
  const ranks = new Map<ResultOfRun, number>();
  let latest = 1;
  for (const [index, { each, leads }] of climb(results).entries()) {
    if (leads) latest = index + 1;
    ranks.set(each, latest);
  }
  const counts = Map.groupBy(results, (each) => ranks.get(each)!);
  return results.map((each) => {
    const rank = ranks.get(each)!;
    return { rank, shared: counts.get(rank)!.length > 1 };
  });
}
