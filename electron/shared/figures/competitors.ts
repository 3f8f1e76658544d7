/**
 * The competitors of a figure: every variant of its runs, what may be said of it, and the one place where two of them
 * are divided. Unverified, wrong and failed variants are here too; they are never ranked.
 */
import type { MeasuredRatio } from '../../../kernels/exercise.ts';
import { cellsOf, type Interval, type RunRecord, settingsOf, type VariantResult } from '../run.ts';
import { bootstrapMedian, secondsPerStepOfRounds } from '../statistics.ts';
import { isTrusted, rateRatio } from '../trusted.ts';
import { variantLabels } from '../variants.ts';
import type { MarkKind } from './figure.ts';
import { comparable, type Setup } from './setup.ts';
import type { FigureTexts } from './texts.ts';

/** One variant of one run with what the rows are made of. */
export interface Competitor {
  readonly run: RunRecord;
  readonly index: number;
  readonly result: VariantResult;
  readonly label: string;
  readonly setup: Setup;
  readonly mark?: MarkKind;
  /** Verified and measured: its ratio is shown, while a run goes on or after it was cancelled too. */
  readonly ranked: boolean;
  /** Ranked, and ran to its end: what a conclusion may be drawn from. */
  readonly trusted: boolean;
  readonly cells: number;
  /** One value for each round. */
  readonly secondsPerStep: readonly number[];
}

function markOf({ status, verification }: VariantResult, run: RunRecord): MarkKind | undefined {
  if (verification?.status === 'failed') return 'wrong';
  if (status === 'failed') return 'failed';
  const over = run.status !== 'running';
  if (status === 'cancelled' || (over && status !== 'done')) return verification === undefined ? 'unverified' : 'cancelled';
  if (status === 'waiting') return 'waiting';
  if (status === 'running') return 'running';
  return verification === undefined ? 'unverified' : undefined;
}

/** Marks of rows whose samples are sound, only not all there. */
const RANKABLE: ReadonlySet<MarkKind | undefined> = new Set<MarkKind | undefined>([undefined, 'cancelled', 'running', 'waiting']);

/** The same variant of several runs has one label, told apart by the run. */
function labelsOf(results: readonly { run: RunRecord; result: VariantResult }[], texts: FigureTexts): string[] {
  const keys = results.map(({ result }) => JSON.stringify(result.variant));
  const distinct = new Map(results.map(({ result }, index) => [keys[index]!, result.variant]));
  const ofRun = results.map(({ run, result }) => `${run.id} ${JSON.stringify(result.variant)}`);
  // Twice the same variant in one run: the labels' own numbering tells them apart.
  const twins = new Set(ofRun).size !== ofRun.length;
  if (twins) return variantLabels(results.map(({ result }) => result.variant));
  const words = variantLabels([...distinct.values()]);
  const labels = new Map([...distinct.keys()].map((key, index) => [key, words[index]!]));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return results.map(({ run }, index) => {
    const key = keys[index]!;
    return `${labels.get(key)}${counts.get(key)! > 1 ? ` (${texts.run(run.id)})` : ''}`;
  });
}

export function competitorsOf(
  runs: readonly RunRecord[],
  setupFor: (run: RunRecord, result: VariantResult) => Setup,
  texts: FigureTexts,
): Competitor[] {
  const results = runs.flatMap((run) => run.variants.map((result, index) => ({ run, index, result })));
  const labels = labelsOf(results, texts);
  return results.map(({ run, index, result }, at) => {
    const mark = markOf(result, run);
    return {
      run,
      index,
      result,
      label: labels[at]!,
      setup: setupFor(run, result),
      ...(mark === undefined ? {} : { mark }),
      ranked: RANKABLE.has(mark) && result.verification?.status === 'passed' && result.samples.length > 0,
      trusted: isTrusted(result) && result.samples.length > 0,
      cells: cellsOf(settingsOf(run.request, result.variant).grid),
      secondsPerStep: secondsPerStepOfRounds(result.samples),
    };
  });
}

/**
 * Whether one may be divided by the other: variants of one run were put against each other, whatever they differ in;
 * those of different runs must agree in their set-up.
 */
export const areRivals = (a: Competitor, b: Competitor): boolean => a.run === b.run || comparable(a.setup, b.setup);

/** The ratio of rates `of` ÷ `over` and what it says, or undefined where it would mean nothing. */
export function ratioOfRates(of: Competitor, over: Competitor): MeasuredRatio | undefined {
  if (!of.ranked || !over.ranked || !areRivals(of, over)) return undefined;
  return rateRatio(of, over);
}

/** Cell updates per second: the stored summary's where there is one, so that every view shows the same number. */
export function rateOf({ result, cells, secondsPerStep }: Competitor): Interval | undefined {
  if (secondsPerStep.length === 0) return undefined;
  const { median, low, high } = result.summary?.secondsPerStep ?? bootstrapMedian(secondsPerStep);
  return { median: cells / median, low: cells / high, high: cells / low };
}
