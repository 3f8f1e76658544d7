import { describe, expect, it } from 'vitest';
import { gpuNaive } from '../../../kernels/entries/gpu_naive.ts';
import type { Grid } from '../../../kernels/model.ts';
import { asTrouble, type Trouble } from '../../shared/trouble.ts';
import type { AdapterLimits } from './adapters.ts';
import { tuningOf } from './interface.ts';
import { bytesNeeded, requireFit, STAGING_BYTES } from './limits.ts';

/** What WebGPU guarantees of any adapter. */
const LEAST: AdapterLimits = {
  maxBufferSize: 256 * 2 ** 20,
  maxStorageBufferBindingSize: 128 * 2 ** 20,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupSizeY: 256,
  maxComputeWorkgroupSizeZ: 64,
  maxComputeWorkgroupsPerDimension: 65_535,
  maxTextureDimension2D: 8192,
};
const LARGEST = (128 * 2 ** 20) / 4;

function troubleOf(grid: Grid, workgroupX: number, workgroupY: number): Trouble | undefined {
  try {
    requireFit(gpuNaive, grid, tuningOf(gpuNaive, { workgroupX, workgroupY }), LEAST);
    return undefined;
  } catch (error) {
    return asTrouble(error);
  }
}

describe('requireFit', () => {
  it('takes a grid up to the last cell that a binding holds, and names that number beyond it', () => {
    expect(troubleOf({ rows: 1, cols: 1 }, 16, 8)).toBeUndefined();
    expect(troubleOf({ rows: LARGEST / 1024, cols: 1024 }, 16, 8)).toBeUndefined();
    expect(troubleOf({ rows: LARGEST / 1024 + 1, cols: 1024 }, 16, 8)).toEqual({
      code: 'grid-too-large',
      kernel: 'gpu_naive',
      limit: 'adapter',
      largestCells: LARGEST,
      cells: LARGEST + 1024,
    });
  });

  it('refuses workgroups by side and by product', () => {
    const grid = { rows: 100, cols: 100 };
    expect(troubleOf(grid, 256, 1)).toBeUndefined();
    expect(troubleOf(grid, 257, 1)).toMatchObject({ code: 'bad-value', name: 'workgroupX', received: '257' });
    expect(troubleOf(grid, 1, 257)).toMatchObject({ code: 'bad-value', name: 'workgroupY' });
    expect(troubleOf(grid, 16, 17)).toMatchObject({ code: 'bad-value', received: '16 × 17 = 272' });
    expect(troubleOf(grid, 0, 8)).toMatchObject({ code: 'bad-value', name: 'workgroupX' });
    expect(troubleOf(grid, 2.5, 8)).toMatchObject({ code: 'bad-value', name: 'workgroupX' });
  });

  it('refuses more columns than a row of workgroups covers, and says what would do', () => {
    expect(troubleOf({ rows: 1, cols: 65_536 }, 1, 1)).toMatchObject({
      code: 'bad-value',
      name: 'cols',
      expected: expect.stringContaining('at most 65535'),
    });
    expect(troubleOf({ rows: 1, cols: 65_536 }, 2, 1)).toBeUndefined();
    expect(troubleOf({ rows: 1_000_000, cols: 1 }, 1, 1)).toBeUndefined();
  });
});

describe('bytesNeeded', () => {
  it('counts two states of two species and the staging buffer', () => {
    expect(bytesNeeded({ rows: 10, cols: 10 }, gpuNaive)).toBe(5 * 400);
    expect(bytesNeeded({ rows: 10_000, cols: 10_000 }, gpuNaive)).toBe(4 * 4e8 + STAGING_BYTES);
    expect(bytesNeeded({ rows: 10, cols: 10 }, gpuNaive, 'per-image')).toBe(7 * 400);
    expect(bytesNeeded({ rows: 10, cols: 10 }, gpuNaive, 'per-step')).toBe(9 * 400);
    expect(bytesNeeded({ rows: 10, cols: 10 }, gpuNaive, 'async')).toBe(9 * 400);
  });
});
