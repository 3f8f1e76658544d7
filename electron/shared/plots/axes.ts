/** What a variant has along an axis of a plot, and which variants belong on one line of it. */
import { findKernel } from '../../../kernels/catalog.ts';
import type { SweepAxis } from '../../../kernels/exercise.ts';
import { cellsOf, type RunRecord, settingsOf, type VariantResult } from '../run.ts';

/** One variant of one run. */
export interface Measurement {
  readonly run: RunRecord;
  readonly index: number;
  readonly result: VariantResult;
}

export const measurementsOf = (run: RunRecord): Measurement[] => run.variants.map((result, index) => ({ run, index, result }));

/** Undefined for a kernel that does not have the parameter. A word stands where it does among the parameter's choices. */
export function axisValue(axis: SweepAxis, { run, result: { variant } }: Measurement): number | undefined {
  switch (axis.of) {
    case 'cells':
      return cellsOf(settingsOf(run.request, variant).grid);
    case 'threads':
      return variant.threads;
    case 'parameter': {
      const value = variant.parameters[axis.name];
      if (typeof value !== 'string') return value;
      const at =
        findKernel(variant.kernel)
          ?.parameters.find(({ name }) => name === axis.name)
          ?.choices?.indexOf(value) ?? -1;
      return at < 0 ? undefined : at;
    }
  }
}

export const sameAxis = (a: SweepAxis, b: SweepAxis): boolean =>
  a.of === 'parameter' || b.of === 'parameter' ? a.of === b.of && 'name' in a && 'name' in b && a.name === b.name : a.of === b.of;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/**
 * What a variant is apart from its places on `axes`: variants of one kind make one line. Two runs make two, because
 * only variants of one run were interleaved. Steps are left out: a sweep over sizes gives large grids fewer.
 */
export function kindOf({ run, result: { variant } }: Measurement, axes: readonly SweepAxis[]): string {
  const { threads, parameters, grid: _, steps: __, ...rest } = variant;
  const { grid, steps: ___, ...settings } = settingsOf(run.request, variant);
  const moves = (axis: SweepAxis) => axes.some((each) => sameAxis(each, axis));
  const others = Object.entries(parameters).filter(([name]) => !moves({ of: 'parameter', name }));
  return JSON.stringify([
    [run.id, Object.entries({ ...rest, ...settings }).sort(byName)],
    moves({ of: 'cells' }) ? null : [grid.rows, grid.cols],
    moves({ of: 'threads' }) ? null : threads,
    others.sort(byName),
  ]);
}

export interface Placed<M extends Measurement> {
  readonly x: number;
  readonly of: M;
}

/**
 * The lines over an axis, in the order of their first variants, each in the order of x. Measurements without a place
 * on the axis are on none. A second measurement at the same place begins a line of its own.
 */
export function linesOver<M extends Measurement>(axis: SweepAxis, measurements: readonly M[]): Placed<M>[][] {
  const lines = new Map<string, Placed<M>[]>();
  for (const measurement of measurements) {
    const x = axisValue(axis, measurement);
    if (x === undefined) continue;
    const kind = kindOf(measurement, [axis]);
    const taken = (key: string) => lines.get(key)?.some((placed) => placed.x === x) === true;
    let key = kind;
    for (let copy = 2; taken(key); copy++) key = `${kind} ${copy}`;
    lines.set(key, [...(lines.get(key) ?? []), { x, of: measurement }]);
  }
  return [...lines.values()].map((line) => line.toSorted((a, b) => a.x - b.x));
}

/** Lines over threads that begin with one and have more: what a speed-up is drawn of. */
export function scalingLines<M extends Measurement>(measurements: readonly M[]): Placed<M>[][] {
  return linesOver({ of: 'threads' }, measurements).filter((line) => line.length > 1 && line[0]?.x === 1);
}

/** Sides are whole numbers: P times the cells is met to within this share. */
const PER_THREAD_TOLERANCE = 0.05;

/** Lines over threads along which the cells for each thread stay the same, beginning with one thread. */
export function weakScalingLines<M extends Measurement>(measurements: readonly M[]): Placed<M>[][] {
  const kinds = Map.groupBy(measurements, (measurement) => kindOf(measurement, [{ of: 'cells' }, { of: 'threads' }]));
  return [...kinds.values()].flatMap((alike) => {
    const placed = alike.map((of) => ({ of, threads: axisValue({ of: 'threads' }, of)!, cells: axisValue({ of: 'cells' }, of)! }));
    const lines = placed
      .filter(({ threads }) => threads === 1)
      .map((first) => {
        const line = new Map([[1, first.of]]);
        for (const { of, threads, cells } of placed) {
          const wanted = threads * first.cells;
          if (!line.has(threads) && Math.abs(cells - wanted) <= PER_THREAD_TOLERANCE * wanted) line.set(threads, of);
        }
        return [...line].map(([x, of]) => ({ x, of })).sort((a, b) => a.x - b.x);
      });
    return lines.filter((line) => line.length > 1);
  });
}
