/**
 * The fixed-point numbers of `kernels/wgsl/frame.wgsl`: how many digits a cell keeps, and the ends of the view's range
 * in the same unit. The shader's sums are exact as long as no cell is beyond `LARGEST_CELL` and no 64-bit word overflows,
 * and its quotients as long as a block's range fits 45 bits: the unit is the finest that keeps to both.
 */
import type { Grid } from '../../../kernels/model.ts';
import type { FrameView } from '../../shared/frame.ts';

/** Of the model's order of magnitude; a field that runs away is soon beyond it. */
export const LARGEST_CELL = 16;
const SUM_BITS = 62;
const RANGE_BITS = 45;
/** One invocation reads this many cells one after the other; more would hold up other users of the GPU. */
const MOST_CELLS_PER_BLOCK = 65_536;
const LAST_LEVEL = 65_535;
const LEAST_UNITS_PER_LEVEL = 16;

/** Both in units, times the cells of a block. */
export interface BlockLimits {
  readonly low: bigint;
  readonly range: bigint;
}

export interface FrameLimits {
  /** Of the picture. */
  readonly rows: number;
  readonly cols: number;
  /** The unit is 2 to the minus this. */
  readonly fractionBits: number;
  /** By the block's size: the shorter and the taller of two heights, the narrower and the wider of two widths. */
  readonly blocks: readonly BlockLimits[];
}

/** What the shader needs for this view, or undefined where it could not tell a level of the picture from the next one. */
export function frameLimits(grid: Grid, view: FrameView, mostInvocations: number): FrameLimits | undefined {
  const { low, high } = view;
  const range = high - low;
  if (!(range > 0) || Math.max(Math.abs(low), Math.abs(high)) > LARGEST_CELL) return undefined;
  const rows = Math.min(grid.rows, view.maxRows);
  const cols = Math.min(grid.cols, view.maxCols);
  const height = Math.floor(grid.rows / rows);
  const width = Math.floor(grid.cols / cols);
  const mostCells = (height + 1) * (width + 1);
  if (mostCells > MOST_CELLS_PER_BLOCK) return undefined;
  const pairs = Math.ceil((rows * cols) / 2);
  const cellsPerInvocation = 2 * Math.ceil(pairs / mostInvocations) * mostCells;
  const fractionBits = Math.min(
    Math.floor(SUM_BITS - Math.log2(cellsPerInvocation * LARGEST_CELL)),
    Math.floor(RANGE_BITS - Math.log2(mostCells * range)),
  );
  if (range * 2 ** fractionBits < LEAST_UNITS_PER_LEVEL * LAST_LEVEL) return undefined;
  const units = (value: number) => BigInt(Math.round(value * 2 ** fractionBits));
  const blocks = [height, height + 1].flatMap((tall) =>
    [width, width + 1].map((wide) => ({ low: units(tall * wide * low), range: units(tall * wide * range) })),
  );
  return { rows, cols, fractionBits, blocks };
}
