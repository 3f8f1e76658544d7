/**
 * Makes the picture of a running field: block means down to what the screen shows, then 16-bit values.
 *
 * Rows and columns are reduced independently, so a picture need not have the grid's aspect; the header carries both
 * sizes. A field is never enlarged. A value that is no number makes the statistics NaN and its pixel 0.
 */
import type { Field, FieldArray, Grid } from '../../kernels/model.ts';
import { encodeFrame, type FrameHeader, type FrameView } from './frame.ts';

const LAST_LEVEL = 65_535;

export interface Extent {
  /** All three are NaN when the field holds a NaN. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** First cell of each of `parts` blocks of nearly equal length, and the end. */
function blockBounds(length: number, parts: number): Uint32Array {
  return Uint32Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * length) / parts));
}

export interface Reduced extends Extent {
  readonly rows: number;
  readonly cols: number;
  /** Block means, row-major. */
  readonly means: Float64Array;
}

/** Block means on at most `maxRows` × `maxCols`, with the extent of the whole field, in one pass over it. */
export function reduceField(values: FieldArray, grid: Grid, maxRows: number, maxCols: number): Reduced {
  const rows = Math.min(grid.rows, maxRows);
  const cols = Math.min(grid.cols, maxCols);
  const rowBounds = blockBounds(grid.rows, rows);
  const colBounds = blockBounds(grid.cols, cols);
  const means = new Float64Array(rows * cols);
  // Sums of the block row's columns: whole rows are added to it in one plain loop, whatever the blocks' width.
  const line = new Float64Array(grid.cols);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const rowBegin = rowBounds[row]!;
    const rowEnd = rowBounds[row + 1]!;
    line.fill(0);
    for (let gridRow = rowBegin; gridRow < rowEnd; gridRow++) {
      const from = gridRow * grid.cols;
      for (let col = 0; col < grid.cols; col++) {
        const value = values[from + col]!;
        line[col]! += value;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    let at = 0;
    for (let col = 0; col < cols; col++) {
      const begin = at;
      let sum = 0;
      for (const end = colBounds[col + 1]!; at < end; at++) sum += line[at]!;
      total += sum;
      means[row * cols + col] = sum / ((rowEnd - rowBegin) * (at - begin));
    }
  }
  // Only a NaN, or infinities of both signs, makes the sum NaN; comparisons alone would skip it.
  if (Number.isNaN(total)) return { rows, cols, means, min: Number.NaN, max: Number.NaN, mean: Number.NaN };
  return { rows, cols, means, min, max, mean: total / (grid.rows * grid.cols) };
}

/** Maps [low, high] to 0 … 65535, clamped; NaN gives 0, and an empty range a threshold at `low`. */
export function quantise(values: Float64Array, low: number, high: number): Uint16Array {
  const pixels = new Uint16Array(values.length);
  const scale = LAST_LEVEL / (high - low);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value >= high && value > low) pixels[at] = LAST_LEVEL;
    else if (value > low) pixels[at] = ((value - low) * scale + 0.5) | 0;
  }
  return pixels;
}

export type FramePlace = Pick<FrameHeader, 'runId' | 'variant' | 'round' | 'step'>;

/** The encoded frame of a field as `view` asks for it. */
export function makeFrame(field: Field, grid: Grid, view: FrameView, place: FramePlace): Uint8Array {
  const { means, rows, cols, min, max, mean } = reduceField(field[view.species], grid, view.maxRows, view.maxCols);
  const { species, low, high } = view;
  const header = { ...place, rows, cols, gridRows: grid.rows, gridCols: grid.cols, species, low, high, min, max, mean };
  return encodeFrame({ header, pixels: quantise(means, low, high) });
}
