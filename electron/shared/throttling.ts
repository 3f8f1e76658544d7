/**
 * Rounds in which the processor was slower than it usually is in the run. They stay in the statistics, marked: to leave
 * out what is slow would be to choose the result.
 *
 * The usual speed is what a quarter of the rounds reach or exceed, so that it is still the unthrottled one when throttling
 * has set in for more than half of the run. Clocks are compared between rounds of one variant only, since wide vectors
 * and many threads have a lower clock for good reason; the measured loop, always the same, between all rounds.
 */
import type { RoundCondition } from './conditions.ts';
import type { RunRecord, Sample, VariantResult } from './run.ts';
import { quantile } from './statistics.ts';

/** Of the usual speed; a processor at less has slowed down. */
export const SLOWED_BELOW = 0.9;
const USUAL_QUANTILE = 0.75;
/** With fewer there is no usual speed. */
const LEAST_ROUNDS = 3;

export const SLOWED_REASONS = ['counter', 'clock', 'loop'] as const;
export type SlowedReason = (typeof SLOWED_REASONS)[number];

const usualOf = (values: readonly number[]): number | undefined =>
  values.length < LEAST_ROUNDS
    ? undefined
    : quantile(
        [...values].sort((a, b) => a - b),
        USUAL_QUANTILE,
      );

/** The variant that an entry of the order runs: the control runs its twin. */
export const variantOfEntry = (run: RunRecord, entry: number): number =>
  entry === run.variants.length ? (run.control?.variant ?? entry) : entry;

/** The clock, in hertz, of the cores that worked: of as many as the variant has threads, the fastest. */
export function clockOf({ variant, after, before }: RoundCondition, run: RunRecord): number | undefined {
  const clocks = after.clockHertz ?? before.clockHertz;
  if (clocks === undefined) return undefined;
  const threads = run.variants[variantOfEntry(run, variant)]?.variant.threads ?? 1;
  const fastest = [...clocks].sort((a, b) => b - a).slice(0, threads);
  return fastest.reduce((sum, clock) => sum + clock, 0) / fastest.length;
}

/** Right after the round, when the clock is still that of the work. */
export const loopOf = ({ after }: RoundCondition): number | undefined => after.loopHertz;

const present = (values: readonly (number | undefined)[]): number[] => values.filter((value) => value !== undefined);

export interface Speeds {
  /** Of the clock, as a share of what is usual for the variant. */
  readonly clock?: number;
  /** Of the measured loop, as a share of what is usual in the run. */
  readonly loop?: number;
}

/** One for each condition of the run. */
export function speedsOf(run: RunRecord): Speeds[] {
  const conditions = run.conditions ?? [];
  const usualLoop = usualOf(present(conditions.map(loopOf)));
  const usualClocks = new Map(
    [...Map.groupBy(conditions, ({ variant }) => variantOfEntry(run, variant))].map(
      ([variant, own]) => [variant, usualOf(present(own.map((condition) => clockOf(condition, run))))] as const,
    ),
  );
  return conditions.map((condition) => {
    const clock = clockOf(condition, run);
    const usualClock = usualClocks.get(variantOfEntry(run, condition.variant));
    const loop = loopOf(condition);
    return {
      ...(clock !== undefined && usualClock !== undefined && { clock: clock / usualClock }),
      ...(loop !== undefined && usualLoop !== undefined && { loop: loop / usualLoop }),
    };
  });
}

export interface SlowedRound {
  readonly round: number;
  /** As the order names it. */
  readonly entry: number;
  readonly reasons: readonly SlowedReason[];
}

/** In the order in which they were carried out. */
export function slowedRounds(run: RunRecord): SlowedRound[] {
  const speeds = speedsOf(run);
  return (run.conditions ?? []).flatMap(({ round, variant, throttles = 0 }, at) => {
    const { clock = 1, loop = 1 } = speeds[at]!;
    const holds: Readonly<Record<SlowedReason, boolean>> = {
      counter: throttles > 0,
      clock: clock < SLOWED_BELOW,
      loop: loop < SLOWED_BELOW,
    };
    const reasons = SLOWED_REASONS.filter((reason) => holds[reason]);
    return reasons.length === 0 ? [] : [{ round, entry: variant, reasons }];
  });
}

/** Whether a sample of an entry was taken in a round that was slowed. */
export function slowedSamples(run: RunRecord): (entry: number, sample: Pick<Sample, 'round'>) => boolean {
  const turns = new Set(slowedRounds(run).map(({ round, entry }) => `${round} ${entry}`));
  return (entry, { round }) => turns.has(`${round} ${entry}`);
}

export interface SlowedSide {
  readonly side: 'of' | 'over';
  /** Of `rounds`, those for which the processor was slowed. */
  readonly slowed: number;
  readonly rounds: number;
}

interface Measured {
  readonly run: RunRecord;
  readonly result: VariantResult;
}

function slowedOf({ run, result }: Measured): Omit<SlowedSide, 'side'> {
  const isSlowed = slowedSamples(run);
  const entry = run.variants.indexOf(result);
  const rounds = new Map(result.samples.map((sample) => [sample.round, isSlowed(entry, sample)]));
  return { slowed: [...rounds.values()].filter(Boolean).length, rounds: rounds.size };
}

/** Which side of a comparison was slowed in the larger share of its rounds; undefined where none was, or both alike. */
export function slowedSide(of: Measured, over: Measured): SlowedSide | undefined {
  const [a, b] = [slowedOf(of), slowedOf(over)];
  const difference = a.slowed * b.rounds - b.slowed * a.rounds;
  if (difference === 0) return undefined;
  return difference > 0 ? { side: 'of', ...a } : { side: 'over', ...b };
}
