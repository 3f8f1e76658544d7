/** What the variants of a run are compared with, and what each comparison says. */
import type { Verdict } from '../../kernels/exercise.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import type { ResultPlace } from './annotations.ts';
import { resultsByKey } from './lesson.ts';
import { rankingPairs } from './ranking.ts';
import type { RunRecord, VariantResult } from './run.ts';
import { isTrusted, rateRatio } from './trusted.ts';

/** The baseline of the exercise, else the first variant. */
export function baselineOf(run: Pick<RunRecord, 'request' | 'variants'>): VariantResult | undefined {
  const exercise = findExercise(run.request.exercise ?? '');
  return (exercise && resultsByKey(run, exercise).get(exercise.baseline)) ?? run.variants[0];
}

/** `pinned`, the session's own choice, where that is of this run. */
const baselineFor = (run: RunRecord, pinned?: ResultPlace): VariantResult | undefined =>
  pinned?.runId === run.id ? run.variants[pinned.variant] : baselineOf(run);

export interface Comparison {
  /** Index of the variant that is compared with the baseline. */
  readonly variant: number;
  readonly verdict: Verdict;
}

/** Of every variant that ended well, in the order of variants; none without a baseline that did. */
export function comparisonsOf(run: RunRecord, pinned?: ResultPlace): Comparison[] {
  const baseline = baselineFor(run, pinned);
  if (baseline === undefined || !isTrusted(baseline)) return [];
  return run.variants.flatMap((result, variant) => {
    if (result === baseline || !isTrusted(result)) return [];
    const ratio = rateRatio({ run, result }, { run, result: baseline });
    return ratio === undefined ? [] : [{ variant, verdict: ratio.verdict }];
  });
}

/** What a cost ladder compares: each cause with and without, and each rung with the one before. */
function ladderPairs({ request: { ladder } }: RunRecord): [of: number, over: number][] | undefined {
  if (ladder === undefined) return undefined;
  const { changes, climb = [] } = ladder;
  const rungs = climb.slice(1).map(({ variant }, below): [number, number] => [variant, climb[below]!.variant]);
  return [...changes.map(({ from, to }): [number, number] => [from, to]), ...rungs];
}

/**
 * Of every pair of the run that is shown as decided or not: each with the baseline, and those that the ranking compares; of a
 * cost ladder those that it is made of.
 */
export function verdictsOf(run: RunRecord, pinned?: ResultPlace): Verdict[] {
  const ladder = ladderPairs(run)?.map((pair) => pair.map((index) => run.variants[index]));
  if (ladder !== undefined)
    return ladder.flatMap(([of, over]) =>
      of && over && isTrusted(of) && isTrusted(over) ? (rateRatio({ run, result: of }, { run, result: over })?.verdict ?? []) : [],
    );
  const baseline = baselineFor(run, pinned);
  const ranked = run.variants.filter(isTrusted).filter(({ adapter }) => adapter?.type !== 'software');
  const others = rankingPairs(ranked.map((result) => ({ run, result }))).filter((pair) => !pair.some(({ result }) => result === baseline));
  const beside = others.flatMap(([leader, each]) => rateRatio(leader, each)?.verdict ?? []);
  return [...comparisonsOf(run, pinned).map(({ verdict }) => verdict), ...beside];
}

/** Rounds that the pair which wants most asks for; 0 when every one is decided, or no sensible number would decide it. */
export function roundsToClear(run: RunRecord, pinned?: ResultPlace): number {
  return Math.max(0, ...verdictsOf(run, pinned).map((verdict) => (verdict.kind === 'cannot-tell' ? (verdict.moreRounds ?? 0) : 0)));
}
