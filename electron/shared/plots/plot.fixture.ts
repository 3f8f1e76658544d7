/** Made-up sweeps that the plots' tests draw: their rates are chosen, not measured. */

import type { Grid } from '../../../kernels/model.ts';
import { atSpeed, runUnder } from '../conditions.fixture.ts';
import { type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import type { Ladder, Span } from '../run.ts';
import type { Session } from '../session.ts';

export const square = (side: number): Grid => ({ rows: side, cols: side });

const SIDES = [64, 128, 256, 512, 1024, 2048, 4096, 12_288];

/** Rates over the sides of the grid, first to last. */
const overSides = (kernel: string, rates: readonly number[], more: FixtureVariant['variant'] = {}): FixtureVariant[] =>
  rates.map((rate, at) => ({ kernel, rate, variant: { ...more, grid: square(SIDES[at]!), steps: 8 * (at + 1) } }));

/** `speedup(threads)` times 1e9 cell updates per second. */
export const overThreads = (
  kernel: string,
  threads: readonly number[],
  speedup: (threads: number) => number,
  side?: (threads: number) => number,
): FixtureVariant[] =>
  threads.map((count) => ({
    kernel,
    rate: 1e9 * speedup(count),
    variant: { threads: count, ...(side && { grid: square(side(count)) }) },
  }));

const DEPTHS = [1, 2, 4, 8, 12, 16, 24, 32, 64];
const ROWS = [16, 32, 64, 128, 256];
const COLS = [64, 128, 256, 512, 1024, 2048];

export const BLOCKS: readonly FixtureVariant[] = ROWS.flatMap((blockRows, row) =>
  COLS.map((blockCols, col) => ({
    kernel: 'blocked',
    rate: 1.3e9 * Math.exp(-0.06 * (row - 2) ** 2 - 0.09 * (col - 3) ** 2),
    variant: { parameters: { blockRows, blockCols } },
  })),
);

const wrong: FixtureVariant['result'] = { verification: { status: 'failed', maxAbsError: 0.5, tolerance: 5e-6 } };
const weakSide = (threads: number) => Math.round(1024 * Math.sqrt(threads));
/** Six images, each of steps, reading and writing; the last of these beside the steps that follow, or not. */
function imageSpans(overlapped: boolean, rounds = 3): Span[] {
  return Array.from({ length: 6 * rounds }, (_, at) => ({ round: Math.floor(at / 6), image: at % 6 })).flatMap(
    ({ round, image }): Span[] => {
      const begin = (overlapped ? 0.11 : 0.18) * image;
      return [
        { round, image, what: 'steps', begin, end: begin + 0.1 },
        { round, image, what: 'read', begin: begin + 0.1, end: begin + 0.11 },
        { round, image, what: 'write', begin: begin + 0.11, end: begin + 0.18 },
      ];
    },
  );
}

/** Three rounds of 300 steps, each hundred in two batches, and the subnormals between them. */
const observed: FixtureVariant = {
  kernel: 'simd',
  rate: 1e9,
  variant: { steps: 300, observe: { what: 'subnormals', every: 100 } },
  result: {
    samples: [0, 1, 2].flatMap((round) =>
      [1, 3, 2].flatMap((milliseconds, at) =>
        [0, 1].map((half) => ({ round, index: 2 * at + half, steps: 50, seconds: 50e-3 * milliseconds })),
      ),
    ),
    observations: [0, 5000, 800, 7].map((value, at) => ({ round: 0, step: 100 * at, name: 'subnormals', value })),
  },
};

/** A state, what each cause changed alone makes of it, and what could not be changed. */
const COSTS: readonly FixtureVariant[] = [
  { kernel: 'champion', rate: 5e9, variant: { isa: 'avx2', threads: 16, parameters: { depth: 24, strip: 640 } } },
  { kernel: 'champion', rate: 5.001e9, variant: { isa: 'avx2', threads: 16, parameters: { depth: 24, strip: 640 }, pin: false } },
  { kernel: 'soa_window', rate: 8e7 },
  { kernel: 'aos_flat', rate: 1e8 },
  { kernel: 'champion', rate: 2.6e9, variant: { isa: 'baseline', threads: 16, parameters: { depth: 24, strip: 640 } } },
  { kernel: 'champion', rate: 1.2e9, variant: { isa: 'avx2', threads: 16, parameters: { depth: 1, strip: 640 } } },
  { kernel: 'champion', rate: 6e8, variant: { isa: 'avx2', threads: 1, parameters: { depth: 24, strip: 640 } } },
  { kernel: 'champion', rate: 4.7e9, spread: 0.5, variant: { isa: 'avx2', threads: 16, flushSubnormals: false } },
  { kernel: 'soa_split', rate: 2e8 },
  { kernel: 'autovec', rate: 1.5e9, result: wrong },
  { kernel: 'simd', result: { status: 'failed' } },
  { kernel: 'aos_nested', rate: 7e7 },
  { kernel: 'threads_rows', rate: 1.1e9, variant: { threads: 16 } },
];
const LADDER: Ladder = {
  changes: [
    { cause: 'pinning', from: 0, to: 1 },
    { cause: 'layout', from: 2, to: 3 },
    { cause: 'tests', from: 8, to: 2 },
    { cause: 'width', from: 0, to: 4 },
    { cause: 'depth', from: 0, to: 5 },
    { cause: 'threads', from: 0, to: 6 },
    { cause: 'subnormals', from: 0, to: 7 },
    { cause: 'intrinsics', from: 10, to: 9 },
  ],
  climb: [
    { rung: 'naive', variant: 11 },
    { rung: 'layout', variant: 2 },
    { rung: 'tests', variant: 8 },
    { rung: 'vectorising', variant: 9 },
    { rung: 'threads', variant: 12 },
    { rung: 'depth', variant: 0 },
  ],
  unchanged: [
    { cause: 'language', reason: { why: 'unavailable', kernel: 'fortran', reason: 'compiler-missing', detail: 'gfortran' } },
    { cause: 'coalescing', reason: { why: 'software-gpu', adapter: 'A processor posing as a GPU' } },
  ],
};

const oneRun = (variants: readonly FixtureVariant[], exercise?: string) =>
  fixtureSession(fixtureRun({ variants, ...(exercise !== undefined && { request: { exercise } }) }));

export const PLOT_SESSIONS: Readonly<Record<string, Session>> = {
  'a laptop that throttles': fixtureSession(
    runUnder(
      {
        variants: [
          { kernel: 'autovec', rate: 1e9 },
          { kernel: 'simd', rate: 2e9 },
        ],
        rounds: 9,
      },
      (at) => ({
        after: { ...atSpeed(at > 9 ? 0.7 : 1), celsius: 50 + 2 * at },
        energy: { source: 'package', joules: 20 + at, seconds: 1, steps: 8 },
      }),
    ),
  ),
  'processor and card over sizes': oneRun([
    ...overSides('champion', [1.1e9, 2.4e9, 3.1e9, 3.2e9, 3.15e9, 3.1e9, 3.1e9, 3.0e9]),
    ...overSides('gpu_naive', [2e7, 8e7, 3e8, 1.1e9, 2.9e9, 5.1e9, 6.2e9, 6.4e9]),
  ]),
  'four lines of one kernel': oneRun([
    ...overSides('simd_fma', [2.1e9, 2.2e9, 2.2e9, 1.4e9, 1.1e9, 7e8], { parameters: { chains: 1 } }),
    ...overSides('simd_fma', [2.3e9, 2.4e9, 2.4e9, 1.4e9, 1.1e9, 7e8], { parameters: { chains: 2 } }),
    ...overSides('simd_fma', [2.4e9, 2.5e9, 2.45e9, 1.4e9, 1.1e9, 7e8], { parameters: { chains: 4 } }),
    ...overSides('simd_fma', [2e9, 2e9, 2.1e9, 1.4e9, 1.1e9, 7e8], { parameters: { chains: 8 } }),
    ...overSides('simd', [2.5e9, 2.6e9, 2.6e9, 1.4e9, 1.1e9, 7e8]),
  ]),
  'depths of a pyramid, and what it is compared with': oneRun([
    ...DEPTHS.map(
      (depth, at): FixtureVariant => ({
        kernel: 'champion',
        rate: 1e9 * (1 + at) * Math.exp(-0.12 * at),
        variant: { threads: 4, parameters: { depth, strip: 512 } },
      }),
    ),
    { kernel: 'simd', rate: 9e8 },
    { kernel: 'autovec', rate: 7e8 },
  ]),
  'one precision and the other over sizes': oneRun([
    ...overSides('simd', [1.1e9, 2.4e9, 2.3e9, 1.6e9, 1.1e9, 7e8], { precision: 'f32' }),
    ...overSides('simd', [6e8, 1.2e9, 1.1e9, 7e8, 5e8, 3e8], { precision: 'f64' }),
  ]),
  'sizes and threads': oneRun(
    [1, 2, 4].flatMap((threads) =>
      overSides(
        'champion',
        [1e9, 2e9, 2.5e9, 2e9].map((rate) => rate * threads ** 0.8),
        { threads },
      ),
    ),
  ),
  'loops over rows and threads': oneRun(
    [1, 2, 4, 8].flatMap((threads) =>
      ['autovec', 'simd-streaming'].map(
        (rows, at): FixtureVariant => ({
          kernel: 'threads_rows',
          rate: 1e9 * threads ** 0.8 * (1 + at),
          variant: { threads, parameters: { rows } },
        }),
      ),
    ),
  ),
  'more threads than cores': oneRun(overThreads('threads_rows', [1, 2, 4, 8, 16, 32, 64], (threads) => 1 / (0.04 + 0.96 / threads))),
  'strong scaling': oneRun([
    ...overThreads('threads_rows', [1, 2, 4, 8, 16], (threads) => Math.min(5.2, 0.96 * threads ** 0.95)),
    ...overThreads('champion', [1, 2, 4, 8, 16], (threads) => 3 * threads ** 0.93),
  ]),
  'scaling to two threads': oneRun(overThreads('champion', [1, 2], (threads) => 3 * threads ** 0.8)),
  'weak scaling': oneRun([
    ...overThreads('threads_rows', [1, 2, 3, 4], (threads) => threads ** 0.8, weakSide),
    ...overThreads('champion', [1, 2, 3, 4], (threads) => 3 * threads ** 0.96, weakSide),
  ]),
  'blocks, and what they are compared with': oneRun([...BLOCKS, { kernel: 'simd', rate: 1.25e9 }]),
  'blocks of two kernels, one wrong, one unfinished, one missing': oneRun([
    ...BLOCKS.slice(0, 12),
    { ...BLOCKS[12]!, result: wrong },
    { ...BLOCKS[13]!, result: { status: 'cancelled' } },
    { kernel: 'blocked', variant: BLOCKS[14]!.variant!, result: { status: 'failed' } },
    { kernel: 'simd', rate: 1.25e9 },
    { kernel: 'autovec', rate: 3e9, result: wrong },
  ]),
  'a sweep with points that may not be trusted': oneRun([
    ...overSides('champion', [1.1e9, 2.4e9, 3.1e9]),
    { kernel: 'champion', rate: 9e9, variant: { grid: square(512) }, result: wrong },
    { kernel: 'champion', rate: 3e9, variant: { grid: square(1024) }, unverified: true },
    { kernel: 'champion', variant: { grid: square(2048) }, result: { status: 'failed' } },
    { kernel: 'champion', rate: 3e9, variant: { grid: { rows: 1080, cols: 1920 } }, result: { status: 'cancelled' } },
  ]),
  'pinned, free and cold': oneRun([
    { kernel: 'autovec', rate: 1.6e9, spread: 0.02, variant: { pin: true } },
    { kernel: 'autovec', rate: 1.55e9, spread: 0.2 },
    { kernel: 'autovec', rate: 1.1e9, spread: 0.5, variant: { warmUp: false } },
  ]),
  'one round': fixtureSession(fixtureRun({ rounds: 1, variants: overSides('simd', [1e9, 2e9, 1.5e9]) })),
  'two runs of one sweep': fixtureSession(
    fixtureRun({ id: 1, variants: overSides('simd', [1e9, 2e9, 1.5e9]) }),
    fixtureRun({ id: 2, variants: overSides('simd', [1.1e9, 2.1e9, 1.6e9]) }),
  ),
  'twenty lines': oneRun(
    [
      'aos_nested',
      'aos_flat',
      'soa_window',
      'soa_split',
      'autovec',
      'simd',
      'champion',
      'javascript',
      'gpu_naive',
      'gpu_constants',
    ].flatMap((kernel, at) =>
      [1, 2].flatMap((threads) => overSides(kernel, [1e8 * (at + threads), 1.4e8 * (at + threads), 1.2e8 * (at + threads)], { threads })),
    ),
  ),
  'images in turn and overlapped': oneRun([
    { kernel: 'champion', rate: 3e9, variant: { images: { every: 32, writing: 'inline' } }, result: { spans: imageSpans(false) } },
    { kernel: 'champion', rate: 4e9, variant: { images: { every: 32, writing: 'overlapped' } }, result: { spans: imageSpans(true) } },
  ]),
  'what costs what': fixtureSession(fixtureRun({ rounds: 9, variants: COSTS, request: { pin: true, ladder: LADDER } })),
  'a run that is observed': oneRun([observed]),
  'nothing measured yet': oneRun(SIDES.map((side) => ({ kernel: 'simd', variant: { grid: square(side) }, result: { status: 'waiting' } }))),
};
