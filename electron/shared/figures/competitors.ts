/**
 * The competitors of a figure: every variant of its runs, what may be said of it, and the one place where two of them
 * are divided. Unverified, wrong and failed variants are here too; they are never ranked.
 */
import type { MeasuredRatio } from '../../../kernels/exercise.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Annotation } from '../annotations.ts';
import type { Language } from '../contract.ts';
import { apart, looksOf } from '../plots/looks.ts';
import { cellsOf, type Interval, type RunRecord, settingsOf, type VariantResult } from '../run.ts';
import type { Session } from '../session.ts';
import { bootstrapMedian, secondsPerStepOfRounds } from '../statistics.ts';
import { isTrusted, rateRatio } from '../trusted.ts';
import type { MarkKind } from './figure.ts';
import { labelsOf } from './labels.ts';
import { comparable, type Setup, setupOf } from './setup.ts';
import type { FigureTexts } from './texts.ts';

/** One variant of one run with what the rows are made of. */
export interface Competitor {
  readonly run: RunRecord;
  readonly index: number;
  readonly result: VariantResult;
  readonly label: string;
  /** Given by a person: the label is made of it. */
  readonly name?: string;
  /** A person has left it out of charts and exports. */
  readonly hidden: boolean;
  /** The same in every chart of its run. */
  readonly look: KernelLook;
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

function markOf({ status, verification, samples }: VariantResult, run: RunRecord): MarkKind | undefined {
  if (verification?.status === 'failed') return 'wrong';
  if (status === 'failed') return 'failed';
  const over = run.status !== 'running';
  const isCutShort = status === 'cancelled' || (over && status !== 'done');
  if (isCutShort && samples.length === 0) return 'unmeasured';
  if (isCutShort) return verification === undefined ? 'unverified' : 'cancelled';
  if (status === 'waiting') return 'waiting';
  if (status === 'running') return 'running';
  return verification === undefined ? 'unverified' : undefined;
}

/** Marks of rows whose samples are sound, only not all there. */
const RANKABLE: ReadonlySet<MarkKind | undefined> = new Set<MarkKind | undefined>([undefined, 'cancelled', 'running', 'waiting']);

/** Every variant of the runs, those that a person has hidden too. */
export function everyCompetitor(runs: readonly RunRecord[], session: Session, language: Language, texts: FigureTexts): Competitor[] {
  const set = new Map((session.annotations ?? []).map((annotation) => [`${annotation.runId} ${annotation.variant}`, annotation]));
  const results = runs.flatMap((run) =>
    run.variants.map((result, index) => ({ run, index, result, ...pick(set.get(`${run.id} ${index}`)) })),
  );
  const labels = labelsOf(results, texts);
  const looks = apart(runs.flatMap(({ variants }) => looksOf(variants.map(({ variant }) => variant.kernel))));
  return results.map(({ run, index, result, name, hidden }, at) => {
    const mark = markOf(result, run);
    return {
      ...{ run, index, result, hidden },
      label: labels[at]!,
      ...(name === undefined ? {} : { name }),
      look: looks[at]!,
      setup: setupOf(run, result.variant, session, language, texts),
      ...(mark === undefined ? {} : { mark }),
      ranked: RANKABLE.has(mark) && result.verification?.status === 'passed' && result.samples.length > 0,
      trusted: isTrusted(result) && result.samples.length > 0,
      cells: cellsOf(settingsOf(run.request, result.variant).grid),
      secondsPerStep: secondsPerStepOfRounds(result.samples),
    };
  });
}

const pick = (annotation: Annotation | undefined) => ({ name: annotation?.name, hidden: annotation?.hidden ?? false });

/** Every variant of the runs that is not hidden. */
export const competitorsOf = (...given: Parameters<typeof everyCompetitor>): Competitor[] =>
  everyCompetitor(...given).filter(({ hidden }) => !hidden);

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
