/**
 * Machines whose faults are known, to try verdicts on: how much longer each turn takes than it should, turn after turn.
 * All have normal noise of under 1 % in every turn, what a quiet machine shows; the rest is said beside each.
 */
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import type { RunRecord, Sample, VariantResult } from './run.ts';
import { randomGenerator } from './statistics.ts';

interface Turn {
  /** Since the machine was switched on. */
  readonly turn: number;
  /** Within the round, from 0 to below 1. */
  readonly place: number;
}

/** Made anew for every run; the logarithm of the factor by which a turn takes longer. */
export type SimulatedMachine = (random: () => number) => (at: Turn) => number;

/** Box and Muller. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const exponential = (random: () => number): number => -Math.log(1 - random());

export const MACHINES = {
  quiet: (random) => () => 0.008 * normal(random),
  // 0.3 % slower with every turn.
  drifting: (random) => (at) => 0.003 * at.turn + 0.008 * normal(random),
  // Up to 15 % slower, two thirds of that within 8 turns.
  heating: (random) => (at) => 0.15 * (1 - Math.exp(-at.turn / 8)) + 0.008 * normal(random),
  // One turn in ten takes 10 % longer on average, and some far more.
  'heavy tails': (random) => () => 0.008 * normal(random) + (random() < 0.1 ? 0.1 * exponential(random) : 0),
  // Another program takes 40 % for 5 turns on average, once in 25 turns.
  bursts: (random) => {
    let loaded = false;
    return () => {
      loaded = random() < (loaded ? 0.8 : 0.04);
      return (loaded ? 0.4 : 0) + 0.008 * normal(random);
    };
  },
  // The clock falls by a quarter within the first 30 turns, for good.
  throttling: (random) => {
    const from = 30 * random();
    return (at) => (at.turn >= from ? 0.29 : 0) + 0.008 * normal(random);
  },
  // The clock goes down by 10 % and up again, every 5 turns on average.
  hunting: (random) => {
    let low = random() < 0.5;
    return () => {
      if (random() < 0.2) low = !low;
      return (low ? 0.1 : 0) + 0.008 * normal(random);
    };
  },
  // Rests between rounds: whatever comes in the second half of one is 4 % slower.
  'second is slower': (random) => (at) => (at.place >= 0.5 ? 0.04 : 0) + 0.005 * normal(random),
} satisfies Record<string, SimulatedMachine>;

function resultOf(kernel: string, samples: Sample[]): VariantResult {
  const variant = { kernel, precision: 'f32' as const, threads: 1, parameters: {} };
  return { variant, backend: 'native', status: 'done', samples };
}

export interface SimulatedRun {
  /** Seconds per step of each variant; where the order holds one more, it is a control of the first. */
  readonly seconds: readonly number[];
  readonly order: readonly (readonly number[])[];
  readonly seed: number;
  readonly id?: number;
}

/** The run as the machine would measure it; the k-th turn of a variant is its round k. */
export function simulateRun(machine: SimulatedMachine, { seconds, order, seed, id = 1 }: SimulatedRun): RunRecord {
  const slowness = machine(randomGenerator(seed));
  const samples: Sample[][] = [...seconds, 0].map(() => []);
  let turn = 0;
  for (const round of order) {
    for (const [position, variant] of round.entries()) {
      const factor = Math.exp(slowness({ turn, place: position / round.length }));
      const own = samples[variant]!;
      own.push({ round: own.length, index: 0, steps: 1, seconds: (seconds[variant] ?? seconds[0]!) * factor });
      turn++;
    }
  }
  const variants = seconds.map((_, index) => resultOf(`kernel_${index}`, samples[index]!));
  const twin = samples[seconds.length]!;
  return {
    ...{ id, startedAt: '2026-06-23T08:00:00.000Z', status: 'done', orderSeed: seed, machine: 0, variants },
    order: order.map((round) => [...round]),
    request: {
      ...{ convention: DEFAULT_CONVENTION, grid: { rows: 8, cols: 8 }, steps: 1, rounds: samples[0]!.length, display: false },
      ...{ flushSubnormals: true, pin: false, keepField: false, variants: variants.map(({ variant }) => variant) },
    },
    ...(twin.length > 0 && { control: { variant: 0, samples: twin } }),
  };
}
