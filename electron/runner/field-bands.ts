/**
 * The seed on its way into a kernel and the summary on its way out, a band of rows at a time: a run on a large grid needs
 * the kernel's memory and no more.
 */
import { allocateField, type Field, type FieldArray, type Grid, seedField, seedRows } from '../../kernels/model.ts';
import { reduceField } from '../shared/frame-make.ts';
import type { FieldSummary } from '../shared/run.ts';
import type { KernelInstance, KernelJob } from './backend.ts';

/** A band then lies in the processor's cache between being made and being copied. */
const CELLS_OF_BAND = 65_536;

/** Calls `use` with the first row of each band and a field of its size, the same memory each time as far as it can be. */
function forEachBand({ grid, variant }: KernelJob, use: (band: Field, firstRow: number) => void): void {
  const rowsOfBand = Math.max(1, Math.min(grid.rows, Math.floor(CELLS_OF_BAND / grid.cols)));
  const whole = allocateField({ rows: rowsOfBand, cols: grid.cols }, variant.precision);
  for (let firstRow = 0; firstRow < grid.rows; firstRow += rowsOfBand) {
    const cells = Math.min(rowsOfBand, grid.rows - firstRow) * grid.cols;
    use({ u: whole.u.subarray(0, cells), v: whole.v.subarray(0, cells) }, firstRow);
  }
}

/** Does the loading or reading itself, as of a whole field, for someone who times it. */
export type Crossing = <T>(work: () => Promise<T>) => Promise<T>;
const untimed: Crossing = (work) => work();

/** Sets the state to the convention's seed. */
export async function loadSeed(instance: KernelInstance, job: KernelJob, cross = untimed): Promise<void> {
  const { grid, convention, variant } = job;
  if (instance.loadRows === undefined) {
    const seed = seedField(grid, convention.seed, variant.precision);
    return cross(() => instance.load(seed));
  }
  forEachBand(job, (band, firstRow) => {
    seedRows(band, grid, convention.seed, firstRow);
    instance.loadRows?.(band, firstRow);
  });
}

interface Statistics {
  readonly cells: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

function statisticsOf(values: FieldArray, cols: number): Statistics {
  return { cells: values.length, ...reduceField(values, { rows: values.length / cols, cols }, 1, 1) };
}

/** Of several bands together; a NaN in one is a NaN in all. */
function together(bands: readonly Statistics[]): Statistics {
  const cells = bands.reduce((sum, band) => sum + band.cells, 0);
  return {
    cells,
    mean: bands.reduce((sum, band) => sum + band.mean * band.cells, 0) / cells,
    min: bands.reduce((least, band) => Math.min(least, band.min), Number.POSITIVE_INFINITY),
    max: bands.reduce((most, band) => Math.max(most, band.max), Number.NEGATIVE_INFINITY),
  };
}

function summaryOf(u: Statistics, v: Statistics, step: number): FieldSummary {
  // JSON has no NaN: a species that holds one has null statistics.
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    step,
    ...{ meanU: finite(u.mean), meanV: finite(v.mean) },
    ...{ minU: finite(u.min), maxU: finite(u.max), minV: finite(v.min), maxV: finite(v.max) },
  };
}

export function summariseField({ u, v }: Field, { cols }: Grid, step: number): FieldSummary {
  return summaryOf(statisticsOf(u, cols), statisticsOf(v, cols), step);
}

/** The summary of the instance's present state. */
export async function readSummary(instance: KernelInstance, job: KernelJob, step: number, cross = untimed): Promise<FieldSummary> {
  const { grid } = job;
  if (instance.readRows === undefined) return summariseField(await cross(() => instance.read()), grid, step);
  const u: Statistics[] = [];
  const v: Statistics[] = [];
  forEachBand(job, (band, firstRow) => {
    instance.readRows?.(band, firstRow);
    u.push(statisticsOf(band.u, grid.cols));
    v.push(statisticsOf(band.v, grid.cols));
  });
  return summaryOf(together(u), together(v), step);
}
