import { describe, expect, test } from 'vitest';
import type { Grid } from '../../../kernels/model.ts';
import { type FixtureVariant, fixtureRun, TOUR } from '../figures/figure.fixture.ts';
import { linesOver, measurementsOf, scalingLines, weakScalingLines } from './axes.ts';
import { chartsOf, mapAxesOf, mapOf, sweepAxisOf } from './charts-of.ts';

const square = (side: number): Grid => ({ rows: side, cols: side });
const SIDES = [64, 256, 1024, 4096];
const BLOCKS: FixtureVariant[] = [16, 64, 256].flatMap((blockRows) =>
  [128, 512, 2048].map((blockCols) => ({ kernel: 'blocked', rate: 1e9, variant: { parameters: { blockRows, blockCols } } })),
);
const overSides = (kernel: string): FixtureVariant[] => SIDES.map((side) => ({ kernel, rate: 1e9, variant: { grid: square(side) } }));
const overThreads = (threads: readonly number[], side?: (threads: number) => number): FixtureVariant[] =>
  threads.map((count) => ({
    kernel: 'threads_rows',
    rate: 1e9 * count,
    variant: { threads: count, ...(side && { grid: square(side(count)) }) },
  }));

const run = (variants: readonly FixtureVariant[]) => fixtureRun({ variants });

describe('the charts of a run', () => {
  test('of different kernels: those with rows, and how the times are spread', () => {
    expect(chartsOf(run(TOUR))).toEqual(['timings', 'speedup', 'roofline', 'histogram']);
  });

  test('no histogram without samples', () => {
    expect(chartsOf(run([{ kernel: 'autovec' }]))).toEqual(['timings', 'speedup', 'roofline']);
  });

  test('of a run that goes on: those that it will have', () => {
    const begun = (parameters: Record<string, string>) =>
      chartsOf({ ...run([{ kernel: 'gpu_naive', variant: { parameters } }]), status: 'running' });
    expect(begun({})).toEqual(['timings', 'speedup', 'roofline', 'histogram']);
    expect(begun({ transfer: 'async' })).toEqual(['timings', 'speedup', 'histogram', 'timeline', 'transfers']);
    expect(chartsOf(run([{ kernel: 'gpu_naive', variant: { parameters: { transfer: 'async' } } }]))).toEqual(['timings', 'speedup']);
  });

  test('a sweep over sizes', () => {
    expect(chartsOf(run([...overSides('simd'), ...overSides('autovec')]))).toEqual([
      'timings',
      'speedup',
      'roofline',
      'sweep',
      'histogram',
    ]);
    expect(sweepAxisOf(run(overSides('simd')))).toEqual({ of: 'cells' });
    expect(chartsOf(run(overSides('simd').slice(0, 2)))).not.toContain('sweep');
  });

  test('scaling begins with one thread', () => {
    expect(chartsOf(run(overThreads([1, 2])))).toEqual(['timings', 'speedup', 'roofline', 'scaling', 'histogram']);
    expect(chartsOf(run(overThreads([1, 2, 4])))).toContain('sweep');
    expect(chartsOf(run(overThreads([2, 4])))).not.toContain('scaling');
  });

  test('weak scaling: the grid grows along, as far as whole sides allow', () => {
    const weak = run(overThreads([1, 2, 3, 4], (threads) => Math.round(512 * Math.sqrt(threads))));
    expect(chartsOf(weak)).toEqual(['timings', 'speedup', 'roofline', 'weak-scaling', 'histogram']);
    expect(weakScalingLines(measurementsOf(weak)).map((line) => line.map(({ x }) => x))).toEqual([[1, 2, 3, 4]]);
    expect(chartsOf(run(overThreads([1, 2, 4], (threads) => 512 * threads)))).not.toContain('weak-scaling');
  });

  test('a map has more than one row and column, and is at least half full', () => {
    expect(chartsOf(run(BLOCKS))).toEqual(['timings', 'speedup', 'roofline', 'sweep', 'heat-map', 'histogram']);
    expect(mapAxesOf(run(BLOCKS))).toEqual({ x: { of: 'parameter', name: 'blockCols' }, y: { of: 'parameter', name: 'blockRows' } });
    expect(chartsOf(run(BLOCKS.slice(0, 3)))).not.toContain('heat-map');
    expect(chartsOf(run([BLOCKS[0]!, BLOCKS[4]!, BLOCKS[8]!]))).not.toContain('heat-map');
  });

  test('a kernel without the parameters has no place on the map', () => {
    const measurements = measurementsOf(run([{ kernel: 'simd', rate: 1e9 }, ...BLOCKS]));
    expect(mapOf(mapAxesOf(run(BLOCKS))!, measurements)).toHaveLength(9);
  });
});

describe('lines', () => {
  const named = (variants: readonly FixtureVariant[]) =>
    linesOver({ of: 'cells' }, measurementsOf(run(variants))).map((line) => line.map(({ of }) => of.index));

  test('join what differs along the axis and in nothing else, in the order of the axis', () => {
    const mixed = [
      ...overSides('simd').toReversed(),
      ...overSides('simd').map((each) => ({ ...each, variant: { ...each.variant, threads: 2 } })),
    ];
    expect(named(mixed)).toEqual([
      [3, 2, 1, 0],
      [4, 5, 6, 7],
    ]);
  });

  test('steps may differ, and a repeated place begins another line', () => {
    const [first, second, third] = overSides('simd');
    expect(named([first!, { ...second!, variant: { ...second!.variant, steps: 3 } }, third!, second!])).toEqual([[0, 1, 2], [3]]);
  });

  test('never join two runs', () => {
    const measurements = [
      ...measurementsOf(run(overThreads([1, 2]))),
      ...measurementsOf(fixtureRun({ id: 2, variants: overThreads([1, 2]) })),
    ];
    expect(scalingLines(measurements)).toHaveLength(2);
  });
});
