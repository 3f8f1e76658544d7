/** Whether a job fits an adapter, decided from its limits alone, before a single byte is allocated on it. */
import type { Kernel } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { Transfer } from '../../../kernels/transfer.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type AdapterLimits, largestCells } from './adapters.ts';
import type { Tuning } from './interface.ts';

/** u and v, each twice. */
const STATE_BUFFERS = 4;
/** Of u and v between the passes of a step. */
const SCRATCH_BUFFERS = 2;
/** Read-back goes through a mapped buffer of at most this size, or of a row where that is longer. */
export const STAGING_BYTES = 32 * 2 ** 20;

const isHalf = ({ gpu }: Pick<Kernel, 'gpu'>) => gpu?.state === 'f16-buffers';
const bytesPerValue = (kernel: Pick<Kernel, 'gpu'>) => (isHalf(kernel) ? 2 : Float32Array.BYTES_PER_ELEMENT);

/** Of a species, with the padding that the kernel asks for. */
export function paddedCols({ cols }: Grid, { gpu = {} }: Pick<Kernel, 'gpu'>): number {
  // WebGPU copies whole multiples of 4 bytes.
  const multiple = Math.max(gpu.rowMultiple ?? 1, 4 / bytesPerValue({ gpu }));
  return Math.ceil(cols / multiple) * multiple;
}

/** A state crosses from buffers as two planes, from a texture as one that is twice as large; an image is the last plane. */
function transferBytes(fieldBytes: number, texture: boolean, transfer: Transfer): number {
  const state = 2 * fieldBytes;
  const image = texture ? state : fieldBytes;
  // What both sides see, and the host's own copy.
  return 2 * { once: 0, 'per-image': image, 'per-step': state, async: 2 * image }[transfer];
}

export function bytesNeeded(grid: Grid, kernel: Pick<Kernel, 'gpu'>, transfer: Transfer = 'once'): number {
  const cells = grid.rows * paddedCols(grid, kernel);
  const fieldBytes = cells * bytesPerValue(kernel);
  const scratchBytes = kernel.gpu?.scratch ? SCRATCH_BUFFERS * cells * Float32Array.BYTES_PER_ELEMENT : 0;
  const crossing = transferBytes(fieldBytes, kernel.gpu?.state === 'texture', transfer);
  return STATE_BUFFERS * fieldBytes + scratchBytes + Math.min(fieldBytes, STAGING_BYTES) + crossing;
}

/** Throws `bad-value` for a workgroup that the adapter cannot run, `grid-too-large` for a grid that it cannot hold. */
export function requireFit(kernel: Pick<Kernel, 'id' | 'gpu'>, grid: Grid, tuning: Tuning, limits: AdapterLimits): void {
  requireWorkgroup(tuning, limits);
  if (kernel.gpu?.state === 'texture') requireTexture(grid, tuning, limits);
  const cells = grid.rows * paddedCols(grid, kernel);
  // What lies between two passes is f32 whatever the state is.
  const halves = isHalf(kernel) && !kernel.gpu?.scratch;
  const largest = kernel.gpu?.state === 'texture' ? (limits.maxTextureDimension2D - 2) ** 2 : largestCells(limits, halves ? 2 : 4);
  if (cells > largest)
    throw new TroubleError({ code: 'grid-too-large', kernel: kernel.id, limit: 'adapter', largestCells: largest, cells });
  const groupsOfColumns = Math.ceil(grid.cols / tuning.tile.cols);
  if (groupsOfColumns > limits.maxComputeWorkgroupsPerDimension) {
    const most = limits.maxComputeWorkgroupsPerDimension * tuning.tile.cols;
    throw badValue('cols', `at most ${most} with work-groups this narrow on this adapter`, String(grid.cols));
  }
}

function requireWorkgroup({ workgroup: { x, y }, workgroupBytes, tile }: Tuning, limits: AdapterLimits): void {
  requireAtMost('workgroupX', x, limits.maxComputeWorkgroupSizeX);
  requireAtMost('workgroupY', y, limits.maxComputeWorkgroupSizeY);
  const invocations = x * y;
  if (invocations > limits.maxComputeInvocationsPerWorkgroup) {
    throw badValue(
      'workgroupX × workgroupY',
      `at most ${limits.maxComputeInvocationsPerWorkgroup} on this adapter`,
      `${x} × ${y} = ${invocations}`,
    );
  }
  if (workgroupBytes > limits.maxComputeWorkgroupStorageSize)
    throw badValue(
      'tile',
      `at most ${limits.maxComputeWorkgroupStorageSize} bytes of work-group memory on this adapter`,
      `${workgroupBytes} bytes`,
    );
  if (tile.rows < 1 || tile.cols < 1)
    throw badValue('depth', 'a tile that is larger than its margins', `${tile.rows} × ${tile.cols} cells left`);
}

function requireTexture({ rows, cols }: Grid, { transfer }: Tuning, { maxTextureDimension2D, maxBufferSize }: AdapterLimits): void {
  const most = maxTextureDimension2D - 2;
  const expected = `at most ${most} in a texture on this adapter`;
  if (rows > most) throw badValue('rows', expected, String(rows));
  if (cols > most) throw badValue('cols', expected, String(cols));
  // Between the steps it crosses whole, through one buffer, with its border and rows of whole 256 bytes.
  const bytes = (rows + 2) * Math.ceil((cols + 2) / 32) * 256;
  if (transfer !== 'once' && bytes > maxBufferSize)
    throw badValue('transfer', `once, for more than ${maxBufferSize} bytes in one texture on this adapter`, transfer);
}

function requireAtMost(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw badValue(name, `a whole number from 1 to ${most} on this adapter`, String(value));
  }
}

function badValue(name: string, expected: string, received: string): TroubleError {
  return new TroubleError({ code: 'bad-value', name, expected, received });
}
