/**
 * Which results may be concluded from, and the ratio of two of them. Ratios are of cell updates per second, so that
 * above 1 is always faster, and over rounds, the only independent measurements that there are.
 */
import type { MeasuredRatio } from '../../kernels/exercise.ts';
import { LEAST_ROUNDS } from '../../kernels/relation.ts';
import { pairedRatio } from './paired-ratio.ts';
import { cellsOf, type RunRecord, settingsOf, type VariantResult } from './run.ts';
import { bootstrapRatio, median, secondsPerStepByRound } from './statistics.ts';
import { certaintyOf, noiseFloorOf, tellsApart, verdictOf } from './verdict.ts';

export type TrustedResult = VariantResult & { readonly summary: NonNullable<VariantResult['summary']> };

/** Ran to its end, and was verified. */
export function isTrusted(result: VariantResult): result is TrustedResult {
  return result.status === 'done' && result.verification?.status === 'passed' && result.summary !== undefined;
}

export interface MeasuredResult {
  readonly run: RunRecord;
  readonly result: VariantResult;
}

export interface ResultOfRun extends MeasuredResult {
  readonly result: TrustedResult;
}

export const hasEnoughRounds = ({ result }: ResultOfRun): boolean => result.summary.rounds >= LEAST_ROUNDS;

/** Cell updates per second by round. */
export function ratesByRound({ run, result }: MeasuredResult): Map<number, number> {
  const cells = cellsOf(settingsOf(run.request, result.variant).grid);
  return new Map([...secondsPerStepByRound(result.samples)].map(([round, seconds]) => [round, cells / seconds]));
}

/** Round by round where both are of one run, which drew the order in which they took turns; else list against list. */
function intervalOf(of: MeasuredResult, over: MeasuredResult) {
  const [a, b] = [ratesByRound(of), ratesByRound(over)];
  if (of.run === over.run) return pairedRatio(a, b, certaintyOf(of.run));
  if (a.size === 0 || b.size === 0) return undefined;
  return { ...bootstrapRatio([...a.values()], [...b.values()]), rounds: Math.min(a.size, b.size) };
}

/** The middle of `rateRatio` alone, which is found a hundred times as fast; undefined where that is. */
export function centreOfRateRatio(of: MeasuredResult, over: MeasuredResult): number | undefined {
  const [a, b] = [ratesByRound(of), ratesByRound(over)];
  if (of.run === over.run) return pairedRatio(a, b)?.median;
  return a.size === 0 || b.size === 0 ? undefined : median([...a.values()]) / median([...b.values()]);
}

/** `of` ÷ `over` and what that says; undefined for results without samples, or of one run without a round in common. */
export function rateRatio(of: MeasuredResult, over: MeasuredResult): MeasuredRatio | undefined {
  const interval = intervalOf(of, over);
  if (interval === undefined) return undefined;
  const runs = new Set([of.run, over.run]);
  const floors = [...runs].flatMap((run) => noiseFloorOf(run) ?? []);
  const floor = floors.length === 0 ? undefined : Math.max(...floors);
  const verdict = verdictOf(interval, interval.rounds, floor, of.run === over.run ? certaintyOf(of.run) : undefined);
  return { ...interval, verdict, clear: tellsApart(verdict) };
}
