/** Made-up sessions that the figures' tests draw: their rates are chosen, not measured. */
import { findKernel } from '../../../kernels/catalog.ts';
import { DEFAULT_CONVENTION, type Grid } from '../../../kernels/model.ts';
import type { Machine } from '../machine.ts';
import type { Adapter, ResolvedRequest, RunRecord, Sample, Variant, VariantResult } from '../run.ts';
import type { Session } from '../session.ts';
import { randomGenerator, summarise } from '../statistics.ts';

export const FIXTURE_MACHINE: Machine = {
  cpu: 'A processor of an imaginary maker, 16 cores at 3.5 GHz',
  vendor: 'unknown',
  architecture: 'x64',
  logicalCores: 16,
  physicalCores: 8,
  cacheBytes: { l1d: 49152, l2: 1048576, l3: 'unknown' },
  memoryBytes: 2 ** 34,
  isas: ['baseline', 'avx2'],
  os: 'Some GNU/Linux 12',
  kernel: '6.1',
  virtualisation: 'none',
  power: 'mains',
  governor: 'unknown',
  node: '26.10.0',
  appVersion: '0.1.0',
  compiler: 'unknown',
  gpus: [],
};

export const SOFTWARE_ADAPTER: Adapter = {
  id: 'vulkan:0',
  name: 'A processor posing as a GPU',
  backend: 'vulkan',
  type: 'software',
  driver: 'unknown',
  usable: true,
  features: [],
};

export interface FixtureVariant {
  readonly kernel: string;
  /** Cell updates per second around which the samples lie; none without it. */
  readonly rate?: number;
  /** Relative width of the scatter. */
  readonly spread?: number;
  readonly variant?: Partial<Variant>;
  readonly result?: Partial<VariantResult>;
  /** Not verified at all. */
  readonly unverified?: boolean;
}

export interface FixtureRun {
  readonly id?: number;
  readonly variants: readonly FixtureVariant[];
  readonly rounds?: number;
  readonly batches?: number;
  readonly grid?: Grid;
  readonly request?: Partial<ResolvedRequest>;
}

const STEPS = 8;

function fixtureSamples(rate: number, spread: number, grid: Grid, rounds: number, batches: number, seed: number): Sample[] {
  const random = randomGenerator(seed);
  return Array.from({ length: rounds * batches }, (_, at) => ({
    round: Math.floor(at / batches),
    index: at % batches,
    steps: STEPS,
    seconds: (grid.rows * grid.cols * STEPS) / (rate * (1 + spread * (random() - 0.5))),
  }));
}

function fixtureResult(asked: FixtureVariant, runGrid: Grid, rounds: number, batches: number, seed: number): VariantResult {
  const kernel = findKernel(asked.kernel);
  const backend = kernel?.backend ?? 'native';
  const grid = asked.variant?.grid ?? runGrid;
  const variant: Variant = {
    kernel: asked.kernel,
    precision: 'f32',
    threads: kernel?.threaded === true ? 16 : 1,
    parameters: {},
    ...(backend === 'native' ? { isa: 'baseline' as const } : {}),
    ...asked.variant,
  };
  const samples = asked.rate === undefined ? [] : fixtureSamples(asked.rate, asked.spread ?? 0.02, grid, rounds, batches, seed);
  const summary = kernel === undefined ? undefined : summarise(kernel, variant, { convention: DEFAULT_CONVENTION, grid }, samples);
  return {
    variant,
    backend,
    ...(backend === 'webgpu' ? { adapter: SOFTWARE_ADAPTER } : {}),
    status: 'done',
    ...(asked.unverified === true ? {} : { verification: { status: 'passed' as const, maxAbsError: 4e-7, tolerance: 5e-6 } }),
    samples,
    ...(summary === undefined ? {} : { summary }),
    ...asked.result,
  };
}

export function fixtureRun({
  id = 1,
  variants,
  rounds = 5,
  batches = 4,
  grid = { rows: 1080, cols: 1920 },
  request,
}: FixtureRun): RunRecord {
  const results = variants.map((asked, index) => fixtureResult(asked, grid, rounds, batches, 100 * id + index));
  return {
    id,
    startedAt: '2026-07-01T10:00:00Z',
    finishedAt: '2026-07-01T10:01:00Z',
    status: 'done',
    request: {
      convention: DEFAULT_CONVENTION,
      grid,
      steps: STEPS * batches,
      rounds,
      display: false,
      flushSubnormals: true,
      pin: false,
      keepField: false,
      variants: results.map(({ variant }) => variant),
      ...request,
    },
    orderSeed: 1,
    order: [],
    machine: 0,
    variants: results,
  };
}

export function fixtureSession(...runs: readonly RunRecord[]): Session {
  return {
    id: 'fixture',
    createdAt: '2026-07-01T10:00:00Z',
    appVersion: '0.1.0',
    notes: '',
    machines: [FIXTURE_MACHINE],
    runs: [...runs],
    ceilings: [],
    exercisesDone: [],
  };
}

/** Two orders of magnitude over every look: the tour that most figures are of. */
export const TOUR: readonly FixtureVariant[] = [
  { kernel: 'aos_nested', rate: 1.2e8 },
  { kernel: 'soa_window', rate: 2e8 },
  { kernel: 'soa_split', rate: 3.1e8 },
  { kernel: 'autovec', rate: 1.6e9 },
  { kernel: 'threads_rows', rate: 3e9 },
  { kernel: 'javascript', rate: 1.7e8 },
  { kernel: 'gpu_naive', rate: 2.7e7 },
  { kernel: 'gpu_constants', rate: 3.3e7 },
];
