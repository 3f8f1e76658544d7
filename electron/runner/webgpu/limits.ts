/** Whether a job fits an adapter, decided from its limits alone, before a single byte is allocated on it. */
import type { Grid } from '../../../kernels/model.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type AdapterLimits, largestCells } from './adapters.ts';
import type { Tuning } from './interface.ts';

/** u and v, each twice. */
const STATE_BUFFERS = 4;
/** Read-back goes through a mapped buffer of at most this size. */
export const STAGING_BYTES = 32 * 2 ** 20;

export function bytesNeeded(grid: Grid): number {
  const fieldBytes = grid.rows * grid.cols * Float32Array.BYTES_PER_ELEMENT;
  return STATE_BUFFERS * fieldBytes + Math.min(fieldBytes, STAGING_BYTES);
}

/** Throws `bad-value` for a workgroup that the adapter cannot run, `grid-too-large` for a grid that it cannot hold. */
export function requireFit(kernel: string, grid: Grid, tuning: Tuning, limits: AdapterLimits): void {
  const { workgroupX, workgroupY } = tuning;
  requireAtMost('workgroupX', workgroupX, limits.maxComputeWorkgroupSizeX);
  requireAtMost('workgroupY', workgroupY, limits.maxComputeWorkgroupSizeY);
  const invocations = workgroupX * workgroupY;
  if (invocations > limits.maxComputeInvocationsPerWorkgroup) {
    throw badValue(
      'workgroupX × workgroupY',
      `at most ${limits.maxComputeInvocationsPerWorkgroup} on this adapter`,
      `${workgroupX} × ${workgroupY} = ${invocations}`,
    );
  }
  const cells = grid.rows * grid.cols;
  const largest = largestCells(limits);
  if (cells > largest) throw new TroubleError({ code: 'grid-too-large', kernel, limit: 'adapter', largestCells: largest, cells });
  const groupsOfColumns = Math.ceil(grid.cols / workgroupX);
  if (groupsOfColumns > limits.maxComputeWorkgroupsPerDimension) {
    const least = Math.ceil(grid.cols / limits.maxComputeWorkgroupsPerDimension);
    throw badValue('workgroupX', `at least ${least} for ${grid.cols} columns on this adapter`, String(workgroupX));
  }
}

function requireAtMost(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw badValue(name, `a whole number from 1 to ${most} on this adapter`, String(value));
  }
}

function badValue(name: string, expected: string, received: string): TroubleError {
  return new TroubleError({ code: 'bad-value', name, expected, received });
}
