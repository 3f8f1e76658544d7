/**
 * What a measured ratio says: faster, slower, no difference that this machine can show, or not yet. The one place where a
 * comparison is judged, whoever asks: lessons, figures, rankings, the comparison of sessions, a run that goes on until clear.
 */
import type { Verdict } from '../../kernels/exercise.ts';
import { LEAST_ROUNDS, USUAL_ROUNDS } from '../../kernels/relation.ts';
import { type Certainty, ONCE, pairedRatio, REPEATED, studentQuantile } from './paired-ratio.ts';
import type { Interval, RunRecord } from './run.ts';
import { secondsPerStepByRound } from './statistics.ts';

/** An interval this far to either side, in logarithms, leaves no room for a difference worth more rounds. */
const NARROW = Math.log(1.01);
/** More than these are never asked for. */
export const MOST_MORE_ROUNDS = 100;
/**
 * Fewer rounds know their own spread badly, one bad round among them above all: before they are judged again, no more are
 * asked for than this many times what there are, and nothing is called hopeless.
 */
const ROUNDS_THAT_KNOW = 20;
const MOST_GROWTH = 2;
/** Judging after every single round would find a difference by trying often. */
const LEAST_MORE_ROUNDS = 2;

/** The end of the interval that lies farther from 1, as a logarithm. */
const reachOf = ({ low, high }: Interval): number => Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high)));

/**
 * The share below which a difference means nothing in this run: how far a variant may seem to be from itself, that is the
 * farther end of the 95 % interval of its control's ratio to it, from the same rounds. More rounds make it smaller, unless
 * the machine keeps treating two equals unequally. Undefined without a control or with fewer than `LEAST_ROUNDS` of it.
 */
export function noiseFloorOf({ control, variants }: Pick<RunRecord, 'control' | 'variants'>): number | undefined {
  const original = control && variants[control.variant];
  if (original === undefined) return undefined;
  const ratio = pairedRatio(secondsPerStepByRound(control!.samples), secondsPerStepByRound(original.samples));
  return ratio === undefined || ratio.rounds < LEAST_ROUNDS ? undefined : Math.expm1(reachOf(ratio));
}

/** By what factor the interval of so many rounds shrinks with more: Student's quantile over the square root. */
function shrinking(rounds: number, more: number, certainty: Certainty): number {
  const width = (values: number) => studentQuantile(values, certainty) / Math.sqrt(values);
  return width(rounds + more) / width(rounds);
}

/** What its comparisons are judged with: who asks for more rounds has looked at those before. */
export const certaintyOf = ({ request }: Pick<RunRecord, 'request'>): Certainty => (request.repeatedLooks ? REPEATED : ONCE);

/**
 * Of a ratio of rates with its 95 % interval over so many rounds of the side that has fewer, and the noise floor of their
 * run. A difference is told when the interval excludes 1 and its centre lies above the floor. There is none to tell when
 * the interval is narrow without that, or lies within the floor and no sensible number of rounds would change it.
 */
export function verdictOf(ratio: Interval, rounds: number, noiseFloor?: number, certainty: Certainty = ONCE): Verdict {
  if (rounds < LEAST_ROUNDS) return { kind: 'cannot-tell', moreRounds: USUAL_ROUNDS - rounds };
  const [low, centre, high] = [Math.log(ratio.low), Math.log(ratio.median), Math.log(ratio.high)];
  const floor = Math.log1p(noiseFloor ?? 0);
  const size = Math.abs(centre);
  /** From the centre to the end on the side of 1. */
  const doubt = centre > 0 ? centre - low : high - centre;
  const half = (high - low) / 2;
  const growth = MOST_GROWTH * rounds;
  if (size > doubt && size > floor) {
    const { median } = ratio;
    return { kind: centre > 0 ? 'faster' : 'slower', ratio: { median, low: ratio.low, high: ratio.high } };
  }
  const none: Verdict = {
    kind: 'no-difference',
    within: Math.expm1(reachOf(ratio)),
    ...(noiseFloor !== undefined && size <= floor && { floor: noiseFloor }),
  };
  const clear = size > doubt;
  if (half <= NARROW && !clear) return none;
  for (let more = LEAST_MORE_ROUNDS; more <= MOST_MORE_ROUNDS; more++) {
    const factor = shrinking(rounds, more, certainty);
    const decided = size > factor * Math.max(doubt, floor) || (half * factor <= NARROW && !clear);
    if (decided) return { kind: 'cannot-tell', moreRounds: Math.min(more, growth) };
  }
  if (rounds < ROUNDS_THAT_KNOW) return { kind: 'cannot-tell', moreRounds: growth };
  return reachOf(ratio) <= floor ? none : { kind: 'cannot-tell' };
}

/** Whether it says that the two differ. */
export const tellsApart = ({ kind }: Verdict): boolean => kind === 'faster' || kind === 'slower';
