/**
 * Which results may be concluded from, and the ratio of two of them. Ratios are of cell updates per second, so that
 * above 1 is always faster, and over rounds, the only independent measurements that there are.
 */
import type { MeasuredRatio } from '../../kernels/exercise.ts';
import { LEAST_ROUNDS } from '../../kernels/relation.ts';
import { cellsOf, type RunRecord, settingsOf, type VariantResult } from './run.ts';
import { bootstrapRatio, secondsPerStepOfRounds } from './statistics.ts';

export type TrustedResult = VariantResult & { readonly summary: NonNullable<VariantResult['summary']> };

/** Ran to its end, and was verified. */
export function isTrusted(result: VariantResult): result is TrustedResult {
  return result.status === 'done' && result.verification?.status === 'passed' && result.summary !== undefined;
}

export interface ResultOfRun {
  readonly run: RunRecord;
  readonly result: TrustedResult;
}

export const hasEnoughRounds = ({ result }: ResultOfRun): boolean => result.summary.rounds >= LEAST_ROUNDS;

/** Cell updates per second, round by round. */
function roundRates({ run, result }: ResultOfRun): number[] {
  const cells = cellsOf(settingsOf(run.request, result.variant).grid);
  return secondsPerStepOfRounds(result.samples).map((seconds) => cells / seconds);
}

/** `of` ÷ `over`; undefined for results without samples. Never `clear` with fewer than `LEAST_ROUNDS` on a side. */
export function rateRatio(of: ResultOfRun, over: ResultOfRun): MeasuredRatio | undefined {
  const [a, b] = [roundRates(of), roundRates(over)];
  if (a.length === 0 || b.length === 0) return undefined;
  const { median, low, high } = bootstrapRatio(a, b);
  const rounds = Math.min(a.length, b.length);
  return { median, low, high, clear: rounds >= LEAST_ROUNDS && (low > 1 || high < 1), rounds };
}
