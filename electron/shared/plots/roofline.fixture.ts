/** Made-up ceilings of the figures' imaginary machine, and a ladder under them: chosen, not measured. */
import { type Ceilings, MEMORY_LEVELS } from '../ceilings.ts';
import { type FixtureVariant, fixtureRun, fixtureSession, SOFTWARE_ADAPTER } from '../figures/figure.fixture.ts';
import type { Adapter, RunRecord } from '../run.ts';
import type { Session } from '../session.ts';

export const FIXTURE_GPU: Adapter = { ...SOFTWARE_ADAPTER, id: 'vulkan:1', name: 'A card of an imaginary maker', type: 'gpu' };

const BANDWIDTHS = { L1: 400e9, L2: 220e9, L3: 110e9, memory: 26e9 };
/** How much more a team of 8 or 16 reaches. */
const GAINS = { L1: 7.8, L2: 7.6, L3: 5, memory: 1.9 };

export const FIXTURE_CEILINGS: Ceilings = {
  measuredAt: '2026-07-01T09:00:00Z',
  memory: MEMORY_LEVELS.flatMap((level) =>
    [1, 8, 16].flatMap((threads) =>
      [false, true].map((streaming) => ({
        level,
        threads,
        streaming,
        bytesPerSecond: BANDWIDTHS[level] * (threads === 1 ? 1 : GAINS[level]) * (streaming ? (level === 'memory' ? 1.3 : 0.4) : 1),
      })),
    ),
  ),
  compute: (['baseline', 'avx2'] as const).flatMap((isa) =>
    (['f32', 'f64'] as const).flatMap((precision) =>
      (['fma', 'add'] as const).flatMap((operation) =>
        [1, 8, 16].map((threads) => ({
          ...{ isa, precision, operation, threads },
          flopsPerSecond:
            (112e9 * Math.min(threads, 8) * (isa === 'avx2' ? 1 : 0.25)) / (precision === 'f64' ? 2 : 1) / (operation === 'add' ? 2 : 1),
        })),
      ),
    ),
  ),
  gpu: [
    { adapter: SOFTWARE_ADAPTER.id, name: SOFTWARE_ADAPTER.name, type: 'software', copyBytesPerSecond: 9e9, flopsPerSecond: 20e9 },
    { adapter: FIXTURE_GPU.id, name: FIXTURE_GPU.name, type: 'gpu', copyBytesPerSecond: 400e9, flopsPerSecond: 9e12 },
  ],
};

const native = (kernel: string, rate: number, variant: FixtureVariant['variant'] = {}): FixtureVariant => ({
  kernel,
  rate,
  variant: { isa: 'avx2', ...variant },
});

/** Up to the slope, then along it to the right; half of the intensity in f64. */
export const LADDER: readonly FixtureVariant[] = [
  native('aos_nested', 1.2e8),
  native('soa_window', 2e8),
  native('autovec', 1.1e9),
  native('simd', 1.6e9),
  native('simd', 8.2e8, { precision: 'f64' }),
  native('threads_rows', 3.2e9),
  native('champion', 1.1e10, { parameters: { depth: 24, strip: 640 } }),
];

export const SOFTWARE_LADDER: readonly FixtureVariant[] = [
  ...LADDER,
  { kernel: 'gpu_naive', rate: 2.7e7 },
  { kernel: 'gpu_champion', rate: 6e7, variant: { parameters: { depth: 4 } } },
];

export const CARD_LADDER: readonly FixtureVariant[] = [
  ...LADDER,
  { kernel: 'gpu_naive', rate: 1.6e10, result: { adapter: FIXTURE_GPU } },
  { kernel: 'gpu_champion', rate: 4e10, variant: { parameters: { depth: 4 } }, result: { adapter: FIXTURE_GPU } },
];

const roofed = (...runs: readonly RunRecord[]): Session => ({
  ...fixtureSession(...runs),
  ceilings: [{ machine: 0, ...FIXTURE_CEILINGS }],
});

/** Rates that lie close together, at one intensity: names have no room beside such points. */
const CROWD: readonly FixtureVariant[] = Array.from({ length: 40 }, (_, at) =>
  native('threads_rows', 3e9 * 1.004 ** at, { threads: 1 + (at % 16), grid: { rows: 1080, cols: 1900 + at } }),
);

/** More than can be named. */
const THRONG: readonly FixtureVariant[] = Array.from({ length: 80 }, (_, at) => ({
  kernel: 'blocked',
  rate: 1e8 * (1 + at),
  variant: { parameters: { blockRows: 1 + at, blockCols: 64 } },
}));

export const ROOFLINE_SESSIONS: Readonly<Record<string, Session>> = {
  'a ladder': roofed(fixtureRun({ variants: LADDER })),
  'a ladder without ceilings': fixtureSession(fixtureRun({ variants: LADDER })),
  'a ladder and a software GPU': roofed(fixtureRun({ variants: SOFTWARE_LADDER })),
  'a ladder and a card': roofed(fixtureRun({ variants: CARD_LADDER })),
  'a predicted rate': roofed(fixtureRun({ variants: LADDER, request: { predictedRate: { variant: 6, cellsPerSecond: 8e9 } } })),
  'a crowd': roofed(fixtureRun({ variants: CROWD })),
  'a throng': roofed(fixtureRun({ variants: THRONG })),
  'nothing measured yet': roofed(
    fixtureRun({ variants: LADDER.map(({ rate: _, ...rest }) => ({ ...rest, result: { status: 'waiting' } })) }),
  ),
};
