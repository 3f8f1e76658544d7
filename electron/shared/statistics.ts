/**
 * Statistics over rounds: medians with percentile-bootstrap intervals, and the summary of one variant.
 *
 * The unit of resampling is the round, never the sample: samples of one round share its memory layout, clock and
 * temperature, so an interval over them would be far too narrow. Everything is deterministic in its seed.
 */
import type { Kernel } from '../../kernels/kernel.ts';
import type { Interval, Sample, Summary, Variant, VariantSettings } from './run.ts';

const RESAMPLES = 2000;
/** Two-sided 95 %. */
const TAIL = 0.025;
const DEFAULT_SEED = 20_260_701;

/** Uniform numbers in [0, 1), the same on every machine: mulberry32 (Tommy Ettinger, public domain). */
export function randomGenerator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sortedValues(values: readonly number[]): Float64Array {
  if (values.length === 0) throw new RangeError('statistics of no values');
  return Float64Array.from(values).sort();
}

function medianOfSorted(sorted: Float64Array): number {
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.floor((sorted.length - 1) / 2);
  // The half-sum must neither overflow nor fall outside its two ends.
  return upper === lower ? sorted[upper]! : sorted[lower]! + (sorted[upper]! - sorted[lower]!) / 2;
}

/** Of at least one value, sorted; between two of them where the share falls there. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + ((sorted[below + 1] ?? low) - low) * (at - below);
}

/** Throws a RangeError on an empty list. */
export function median(values: readonly number[]): number {
  return medianOfSorted(sortedValues(values));
}

/** Draws medians of resamples of sorted values, in time linear in their number: only the ranks are drawn and counted. */
function medianResampler(sorted: Float64Array, random: () => number): () => number {
  const length = sorted.length;
  const drawn = new Uint32Array(length);
  const lower = Math.floor((length - 1) / 2);
  const upper = Math.floor(length / 2);
  return () => {
    drawn.fill(0);
    for (let draw = 0; draw < length; draw++) drawn[Math.floor(random() * length)]!++;
    let rank = 0;
    let passed = drawn[0]!;
    while (passed <= lower) passed += drawn[++rank]!;
    const low = sorted[rank]!;
    while (passed <= upper) passed += drawn[++rank]!;
    return low + (sorted[rank]! - low) / 2;
  };
}

/** The 2.5 % and 97.5 % quantiles of what `draw` gives, widened where needed to hold the estimate itself. */
function percentileInterval(estimate: number, draw: () => number): Interval {
  const draws = new Float64Array(RESAMPLES);
  for (let index = 0; index < RESAMPLES; index++) draws[index] = draw();
  draws.sort();
  const low = draws[Math.floor(TAIL * RESAMPLES)]!;
  const high = draws[RESAMPLES - 1 - Math.floor(TAIL * RESAMPLES)]!;
  return { median: estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) };
}

/** Median of the values with its 95 % percentile-bootstrap interval; one value is its own interval. At least one value. */
export function bootstrapMedian(values: readonly number[], seed: number = DEFAULT_SEED): Interval {
  const sorted = sortedValues(values);
  const estimate = medianOfSorted(sorted);
  return percentileInterval(estimate, medianResampler(sorted, randomGenerator(seed)));
}

/**
 * median(of) ÷ median(over) with its 95 % interval, the two lists resampled independently: for rounds that have nothing in
 * common. Those of one run are paired, see paired-ratio.ts. Give rates (cells per second) for a speed-up; at least one
 * positive value in each list.
 */
export function bootstrapRatio(of: readonly number[], over: readonly number[], seed: number = DEFAULT_SEED): Interval {
  const random = randomGenerator(seed);
  const sortedOf = sortedValues(of);
  const sortedOver = sortedValues(over);
  const drawOf = medianResampler(sortedOf, random);
  const drawOver = medianResampler(sortedOver, random);
  return percentileInterval(medianOfSorted(sortedOf) / medianOfSorted(sortedOver), () => drawOf() / drawOver());
}

/** By round, in the order of the rounds: its total seconds by its total steps. */
export function secondsPerStepByRound(samples: readonly Sample[]): Map<number, number> {
  const totals = new Map<number, { seconds: number; steps: number }>();
  for (const sample of samples) {
    const total = totals.get(sample.round) ?? { seconds: 0, steps: 0 };
    total.seconds += sample.seconds;
    total.steps += sample.steps;
    totals.set(sample.round, total);
  }
  const inOrder = [...totals].sort(([roundA], [roundB]) => roundA - roundB);
  return new Map(inOrder.map(([round, { seconds, steps }]) => [round, seconds / steps]));
}

/** One value for each round, in the order of the rounds. */
export const secondsPerStepOfRounds = (samples: readonly Sample[]): number[] => [...secondsPerStepByRound(samples).values()];

/** What a variant's samples say; undefined without any. Bytes and flops are the kernel's declared cost, nothing measured. */
export function summarise(
  kernel: Kernel,
  variant: Variant,
  { convention, grid }: Pick<VariantSettings, 'convention' | 'grid'>,
  samples: readonly Sample[],
): Summary | undefined {
  const rounds = secondsPerStepOfRounds(samples);
  if (rounds.length === 0) return undefined;
  const secondsPerStep = bootstrapMedian(rounds);
  const cellsPerSecond = (grid.rows * grid.cols) / secondsPerStep.median;
  const cost = { precision: variant.precision, stencil: convention.stencil, parameters: variant.parameters };
  return {
    rounds: rounds.length,
    secondsPerStep,
    cellsPerSecond,
    bytesPerSecond: cellsPerSecond * kernel.cost.bytesPerCell(cost),
    flopsPerSecond: cellsPerSecond * kernel.cost.flopsPerCell(cost),
  };
}
