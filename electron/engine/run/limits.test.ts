import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../shared/trouble.ts';
import { availableMemoryBytes, fieldsInRunner, type MemoryDemand, requireAdapter, requireMemory } from './limits.ts';

function troubleOf(act: () => void): Trouble | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { trouble: Trouble }).trouble;
  }
}

/** A kernel with four f32 arrays. */
const demand = (cells: number, change: Partial<MemoryDemand> = {}): MemoryDemand => ({
  ...{ kernel: 'autovec', grid: { rows: 1, cols: cells }, precision: 'f32', keepField: false, fieldsInRunner: 2, kernelBytes: 16 * cells },
  ...change,
});

describe('requireMemory', () => {
  it('says the largest grid that fits, and that one fits', () => {
    const available = 32_000_000_000;
    const trouble = troubleOf(() => requireMemory(demand(1e9), available));
    // 16 bytes of the kernel, 16 of the seed and the copy read back; a tenth stays free.
    expect(trouble).toEqual({ code: 'grid-too-large', kernel: 'autovec', limit: 'memory', largestCells: 900_000_000, cells: 1e9 });
    expect(troubleOf(() => requireMemory(demand(900_000_000), available))).toBeUndefined();
    expect(troubleOf(() => requireMemory(demand(900_000_001), available))).toMatchObject({ code: 'grid-too-large' });
  });

  it('gives a kernel that nothing else is read of all the memory that it can use', () => {
    const trouble = troubleOf(() => requireMemory(demand(2e9, { fieldsInRunner: 0 }), 32_000_000_000));
    expect(trouble).toMatchObject({ largestCells: 1_800_000_000 });
  });

  it('counts wider numbers and fields that are kept', () => {
    const fits = (change: Partial<MemoryDemand>) => troubleOf(() => requireMemory(demand(1e6, change), 50_000_000)) === undefined;
    expect(fits({})).toBe(true);
    expect(fits({ precision: 'f64' })).toBe(false);
    expect(fits({ keepField: true })).toBe(false);
  });

  it('keeps a field that travels between processes within one message', () => {
    const trouble = troubleOf(() => requireMemory(demand(3e8, { keepField: true }), 1e15));
    expect(trouble).toMatchObject({ code: 'grid-too-large', limit: 'memory' });
    expect(troubleOf(() => requireMemory(demand(3e8), 1e15))).toBeUndefined();
  });
});

describe('fieldsInRunner', () => {
  const plain = { backend: 'native', display: false, keepField: false } as const;
  const images = { every: 8, writing: 'overlapped' } as const;
  it.each([
    [0, {}],
    [1, { display: true }],
    [1, { keepField: true }],
    [2, { display: true, keepField: true }],
    [1, { observe: { what: 'subnormals', every: 8 } }],
    [1, { display: true, observe: { what: 'subnormals', every: 8 } }],
    [2, { observe: { what: 'difference', every: 8 } }],
    [2, { images }],
    [2, { images, display: true }],
    [0, { images: { ...images, writing: 'none' } }],
  ] as const)('is %d for a native kernel with %o', (fields, use) => {
    expect(fieldsInRunner({ ...plain, ...use })).toBe(fields);
  });

  it.each(['webgpu', 'javascript'] as const)('counts seed and state of %s, which takes and gives them whole', (backend) => {
    expect(fieldsInRunner({ ...plain, backend })).toBe(2);
    expect(fieldsInRunner({ ...plain, backend, display: true, keepField: true })).toBe(2);
    expect(fieldsInRunner({ ...plain, backend, images })).toBe(4);
  });
});

describe('requireAdapter', () => {
  it('compares with the adapter’s own limit, where it tells one', () => {
    const adapter = {
      id: 'a',
      name: 'a',
      backend: 'vulkan',
      type: 'gpu' as const,
      driver: '',
      usable: true,
      features: [],
      largestCells: 100,
    };
    expect(troubleOf(() => requireAdapter({ id: 'gpu_naive' }, { rows: 10, cols: 10 }, adapter))).toBeUndefined();
    expect(troubleOf(() => requireAdapter({ id: 'gpu_naive' }, { rows: 11, cols: 10 }, adapter))).toEqual({
      ...{ code: 'grid-too-large', kernel: 'gpu_naive', limit: 'adapter', largestCells: 100, cells: 110 },
    });
  });
});

describe('availableMemoryBytes', () => {
  it('is some of the machine’s memory and not all of it', async () => {
    const available = await availableMemoryBytes();
    expect(available).toBeGreaterThan(1e6);
    expect(available).toBeLessThanOrEqual(totalmem());
  });
});
