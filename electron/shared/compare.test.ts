import { expect, test } from 'vitest';
import { findKernel } from '../../kernels/catalog.ts';
import { type Convention, DEFAULT_CONVENTION, type Grid } from '../../kernels/model.ts';
import { compareSessions, rowLabels } from './compare.ts';
import { SOFTWARE_ADAPTER } from './figures/figure.fixture.ts';
import type { Machine } from './machine.ts';
import type { RunRecord, Sample, Variant, VariantResult } from './run.ts';
import type { Session } from './session.ts';
import { summarise } from './statistics.ts';

const MACHINE: Machine = {
  cpu: 'A processor',
  vendor: 'A vendor',
  architecture: 'x64',
  logicalCores: 8,
  physicalCores: 4,
  cacheBytes: { l1d: 32768, l2: 1048576, l3: 'unknown' },
  memoryBytes: 16e9,
  isas: ['baseline', 'avx2'],
  os: 'Linux',
  kernel: '6.1',
  virtualisation: 'none',
  power: 'mains',
  governor: 'performance',
  node: '26.10.0',
  appVersion: '0.1.0',
  compiler: 'GCC 12',
  gpus: [],
};

interface Measured {
  readonly kernel?: string;
  readonly rate: number;
  readonly rounds?: number;
  readonly scatter?: number;
  readonly variant?: Partial<Variant>;
  readonly change?: Partial<VariantResult>;
}

interface RunOptions {
  readonly id?: number;
  readonly grid?: Grid;
  readonly convention?: Partial<Convention>;
}

function resultOf(
  { kernel: id = 'autovec', rate, rounds = 5, scatter = 0.002, variant: tuning, change }: Measured,
  grid: Grid,
): VariantResult {
  const kernel = findKernel(id)!;
  const variant: Variant = { kernel: id, precision: 'f32', isa: 'avx2', threads: 1, parameters: {}, ...tuning };
  const samples: Sample[] = Array.from({ length: rounds }, (_, round) => ({
    round,
    index: 0,
    steps: 10,
    seconds: (10 * grid.rows * grid.cols) / (rate * (1 + scatter * (round - (rounds - 1) / 2))),
  }));
  return {
    variant,
    backend: kernel.backend,
    status: 'done',
    verification: { status: 'passed', maxAbsError: 1e-7, tolerance: 5e-6 },
    samples,
    summary: summarise(kernel, variant, { convention: DEFAULT_CONVENTION, grid }, samples),
    ...change,
  };
}

function runOf(measured: readonly Measured[], { id = 1, grid = { rows: 100, cols: 200 }, convention = {} }: RunOptions = {}): RunRecord {
  const variants = measured.map((one) => resultOf(one, grid));
  return {
    id,
    startedAt: `2026-06-2${id}T08:00:00.000Z`,
    status: 'done',
    request: {
      convention: { ...DEFAULT_CONVENTION, ...convention },
      grid,
      steps: 100,
      rounds: 5,
      display: false,
      flushSubnormals: true,
      pin: false,
      keepField: false,
      variants: variants.map(({ variant }) => variant),
    },
    orderSeed: 1,
    order: [],
    machine: 0,
    variants,
  };
}

function sessionOf(runs: RunRecord[], machine: Partial<Machine> = {}): Session {
  return {
    id: 'a',
    createdAt: '2026-06-23T08:00:00.000Z',
    appVersion: '0.1.0',
    notes: '',
    machines: [{ ...MACHINE, ...machine }],
    runs,
    ceilings: [],
    exercisesDone: [],
  };
}

const single = (measured: Measured, options?: RunOptions, machine?: Partial<Machine>) => sessionOf([runOf([measured], options)], machine);

test('the verdict is B’s beside A, with the ratio of rates and its interval', () => {
  const comparison = compareSessions(single({ rate: 1e9 }), single({ rate: 2e9 }));
  expect(comparison).toMatchObject({ setup: [], onlyInA: [], onlyInB: [] });
  const [row] = comparison.rows;
  expect(row).toMatchObject({ kernel: 'autovec', verdict: { kind: 'faster' }, reasons: [], a: { verified: true, rounds: 5 } });
  expect(row!.ratio!.median).toBeCloseTo(2, 10);
  expect(row!.ratio!.low).toBeGreaterThan(1.9);
  expect(row!.ratio!.high).toBeLessThan(2.1);
  expect(row!.b.cellsPerSecond!.median).toBeCloseTo(2e9, -2);
  expect(row!.b.cellsPerSecond!.low).toBeLessThan(row!.b.cellsPerSecond!.median);
  expect(compareSessions(single({ rate: 2e9 }), single({ rate: 1e9 })).rows[0]!.verdict.kind).toBe('slower');
});

test('a rate is that of the variant’s own grid, and one of a software adapter says so', () => {
  const own = { rows: 200, cols: 400 };
  const gpu: Measured = {
    kernel: 'gpu_naive',
    rate: 1e7,
    variant: { grid: own },
    change: { backend: 'webgpu', adapter: SOFTWARE_ADAPTER },
  };
  const [row] = compareSessions(single(gpu), single({ ...gpu, change: { backend: 'webgpu' } })).rows;
  expect(row).toMatchObject({ a: { grid: own, software: true }, b: { grid: own, software: false } });
  // The samples are those of a grid with a quarter of the cells.
  expect(row!.a.cellsPerSecond!.median).toBeCloseTo(4e7, -2);
});

test('a wide interval that holds 1 tells nothing, and a session that scatters little is no different from itself', () => {
  expect(compareSessions(single({ rate: 1e9, scatter: 0.1 }), single({ rate: 1.02e9, scatter: 0.1 })).rows[0]!.verdict).toEqual({
    kind: 'cannot-tell',
    moreRounds: 10,
  });
  const session = single({ rate: 1e9 });
  expect(compareSessions(session, session).rows[0]).toMatchObject({ verdict: { kind: 'no-difference' }, differences: [] });
});

test.each([
  ['grid', { rate: 2e9 }, { grid: { rows: 101, cols: 200 } }, 'grid'],
  ['stencil', { rate: 2e9 }, { convention: { stencil: 'oono-puri' } }, 'convention'],
  ['boundary', { rate: 2e9 }, { convention: { boundary: 'periodic' } }, 'convention'],
  ['feed', { rate: 2e9 }, { convention: { feed: 0.02 } }, 'convention'],
  ['precision', { rate: 2e9, variant: { precision: 'f64' } }, {}, 'precision'],
] as const)('another %s gives no ratio, and says so', (field, measured, options, reason) => {
  const { rows, setup } = compareSessions(single({ rate: 1e9 }), single(measured, options));
  expect(rows[0]).toMatchObject({ verdict: { kind: 'not-comparable' }, reasons: [reason], ratio: undefined });
  expect(setup.map((difference) => difference.field)).toEqual([field]);
});

test.each([
  ['unverified', { verification: { status: 'failed', maxAbsError: 1, tolerance: 5e-6 } }],
  ['unverified', { verification: undefined }],
  ['unfinished', { status: 'cancelled' }],
] as const)('an %s result gives no ratio', (reason, change) => {
  const comparison = compareSessions(single({ rate: 1e9 }), single({ rate: 2e9, change }));
  expect(comparison.rows[0]).toMatchObject({ verdict: { kind: 'not-comparable' }, reasons: [reason], ratio: undefined });
});

test('one or two rounds have no interval to judge by', () => {
  expect(compareSessions(single({ rate: 1e9 }), single({ rate: 2e9, rounds: 2 })).rows[0]).toMatchObject({
    verdict: { kind: 'not-comparable' },
    reasons: ['too-few-rounds'],
  });
  expect(compareSessions(single({ rate: 1e9, rounds: 3 }), single({ rate: 2e9, rounds: 3 })).rows[0]!.verdict.kind).toBe('faster');
});

test('another machine, thread count or instruction set is told first, and compared', () => {
  const a = single({ rate: 1e9 });
  const b = single({ rate: 2e9, variant: { isa: 'avx512', threads: 4 } }, {}, { cpu: 'Another', power: 'battery', appVersion: '0.2.0' });
  const { setup, rows } = compareSessions(a, b);
  expect(setup).toEqual([
    { field: 'threads', a: ['1'], b: ['4'] },
    { field: 'isa', a: ['avx2'], b: ['avx512'] },
    { field: 'cpu', a: ['A processor'], b: ['Another'] },
    { field: 'power', a: ['mains'], b: ['battery'] },
    { field: 'appVersion', a: ['0.1.0'], b: ['0.2.0'] },
  ]);
  expect(rows[0]).toMatchObject({ verdict: { kind: 'faster' }, differences: setup });
});

test('variants of one kernel are paired by what they have in common', () => {
  const a = sessionOf([
    runOf([
      { rate: 1e9, variant: { isa: 'baseline' } },
      { rate: 4e9, variant: { isa: 'avx512' } },
    ]),
  ]);
  const b = sessionOf([
    runOf([
      { rate: 2e9, variant: { isa: 'avx2' } },
      { rate: 1e9, variant: { isa: 'baseline' } },
    ]),
  ]);
  const pairs = compareSessions(a, b).rows.map((row) => [row.a.variant.isa, row.b.variant.isa, row.verdict.kind]);
  expect(pairs).toEqual([
    ['baseline', 'baseline', 'no-difference'],
    ['avx512', 'avx2', 'slower'],
  ]);
});

test('other parameters are another competitor', () => {
  const wide = { kernel: 'gpu_naive', rate: 1e9, variant: { isa: undefined, parameters: { workgroupX: 32, workgroupY: 4 } } };
  const same = { ...wide, variant: { isa: undefined, parameters: { workgroupY: 4, workgroupX: 32 } } };
  const tall = { ...wide, variant: { isa: undefined, parameters: { workgroupX: 4, workgroupY: 32 } } };
  expect(compareSessions(single(wide), single(same)).rows).toHaveLength(1);
  const { rows, onlyInA, onlyInB } = compareSessions(single(wide), single(tall));
  expect(rows).toEqual([]);
  expect([onlyInA.length, onlyInB.length]).toEqual([1, 1]);
});

test('a kernel measured on two grids is compared on the grid in common, and the other is told apart', () => {
  const small = { grid: { rows: 16, cols: 16 } };
  const a = sessionOf([runOf([{ rate: 1e9 }], { id: 1 }), runOf([{ rate: 3e9 }], { id: 2, ...small })]);
  const b = sessionOf([runOf([{ rate: 6e9 }], { id: 1, ...small })]);
  const { rows, onlyInA } = compareSessions(a, b);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ a: { runId: 2 }, verdict: { kind: 'faster' } });
  expect(onlyInA).toMatchObject([{ runId: 1, grid: { rows: 100, cols: 200 } }]);
});

test('of repeated runs the newest trusted one counts', () => {
  const failed = { rate: 9e9, change: { status: 'failed' } as const };
  const a = sessionOf([runOf([{ rate: 1e9 }], { id: 1 }), runOf([{ rate: 2e9 }], { id: 2 }), runOf([failed], { id: 3 })]);
  expect(compareSessions(a, single({ rate: 2e9 })).rows).toMatchObject([{ a: { runId: 2 }, verdict: { kind: 'no-difference' } }]);
});

test('empty sessions have nothing to compare', () => {
  expect(compareSessions(sessionOf([]), sessionOf([]))).toEqual({ setup: [], rows: [], onlyInA: [], onlyInB: [] });
  expect(compareSessions(sessionOf([]), single({ rate: 1e9 })).onlyInB).toHaveLength(1);
});

test('what a person has hidden is not compared, and a name stands for the label', () => {
  const a = sessionOf([runOf([{ rate: 1e9 }]), runOf([{ rate: 9e9 }], { id: 2 })]);
  const newest = compareSessions(a, single({ rate: 2e9 })).rows[0]!;
  expect(newest.a.cellsPerSecond!.median).toBeCloseTo(9e9, -3);
  const hidden = { ...a, annotations: [{ runId: newest.a.runId, variant: 0, hidden: true as const }] };
  expect(compareSessions(hidden, single({ rate: 2e9 })).rows[0]!.a.cellsPerSecond!.median).toBeCloseTo(1e9, -3);
  const named = { ...single({ rate: 2e9 }), annotations: [{ runId: 1, variant: 0, name: 'mine' }] };
  expect(rowLabels(compareSessions(a, named).rows)).toEqual(['mine']);
  expect(rowLabels(compareSessions(a, single({ rate: 2e9 })).rows)).toEqual(['autovec']);
});
