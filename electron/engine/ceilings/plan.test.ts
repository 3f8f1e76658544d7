import { describe, expect, it } from 'vitest';
import type { CacheShape } from '../machine/machine.ts';
import { planCompute, planTriads, threadCounts } from './plan.ts';

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const FREE = 64 * 2 ** 30;

/** 8 cores of two threads each, one L3. */
const LAPTOP: CacheShape = {
  ...{ logicalCores: 16, physicalCores: 8, isVirtual: false },
  ...{ l1dBytes: 32 * KIB, l2Bytes: MIB, l3Bytes: 32 * MIB, l2SharedBy: 2, l3SharedBy: 16 },
};
const X64 = ['baseline', 'avx2', 'avx512'] as const;

/** Bytes of the arrays of one thread. */
const bytesOf = (shape: CacheShape, level: string, threads: number, freeBytes = FREE) => {
  const found = planTriads(shape, X64, freeBytes).find((one) => one.level === level && one.threads === threads && !one.streaming);
  return found && found.valuesPerThread * 24;
};

describe('threadCounts', () => {
  it.each([
    [2, 2, [1, 2]],
    [1, 1, [1]],
    [8, 16, [1, 2, 4, 8, 16]],
    [6, 12, [1, 2, 4, 6, 12]],
    [14, 20, [1, 2, 4, 8, 14, 20]],
  ])('%i physical and %i logical cores', (physicalCores, logicalCores, counts) => {
    expect(threadCounts({ physicalCores, logicalCores })).toEqual(counts);
  });
});

describe('planTriads', () => {
  it('has every level with every count of threads, with and without streaming stores', () => {
    const cases = planTriads(LAPTOP, X64, FREE);
    const keys = cases.map(({ level, threads, streaming }) => `${level} ${threads} ${streaming}`);
    expect(keys).toHaveLength(4 * 5 * 2);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { valuesPerThread } of cases) expect(valuesPerThread % (64 * Math.ceil(valuesPerThread / 65_536))).toBe(0);
  });

  it('fills half of each cache, which two threads of a core share', () => {
    for (const threads of [1, 2, 4, 8]) {
      expect(bytesOf(LAPTOP, 'L1', threads)).toBe(15 * KIB);
      expect(bytesOf(LAPTOP, 'L2', threads)! / (MIB / 2)).toBeCloseTo(1, 2);
    }
    expect(bytesOf(LAPTOP, 'L1', 16)).toBe(7.5 * KIB);
    expect(bytesOf(LAPTOP, 'L2', 16)! / (MIB / 4)).toBeCloseTo(1, 2);
    expect(bytesOf(LAPTOP, 'L3', 1)! / (16 * MIB)).toBeCloseTo(1, 2);
    expect(bytesOf(LAPTOP, 'L3', 8)! / (2 * MIB)).toBeCloseTo(1, 2);
  });

  it('is a quarter of an L3 that strangers may share, and never within the L2 of its threads', () => {
    const virtual = { ...LAPTOP, isVirtual: true };
    expect(bytesOf(virtual, 'L3', 1)! / (8 * MIB)).toBeCloseTo(1, 2);
    expect(bytesOf(virtual, 'L3', 8)! / (2 * MIB)).toBeCloseTo(1, 2);
  });

  it('leaves a level out that has no room beyond the one before it', () => {
    const crowded = { ...LAPTOP, l2Bytes: 2 * MIB, l3Bytes: 24 * MIB };
    expect(bytesOf(crowded, 'L3', 2)).toBeDefined();
    expect(bytesOf(crowded, 'L3', 8)).toBeUndefined();
    expect(bytesOf({ ...LAPTOP, l3Bytes: undefined } as unknown as CacheShape, 'L3', 1)).toBeUndefined();
  });

  it('is four times all L3 that the threads can spread over in memory, at least 256 MiB, at most half of what is free', () => {
    const total = (shape: CacheShape, threads: number, free = FREE) =>
      Math.round((bytesOf(shape, 'memory', threads, free)! * threads) / MIB);
    expect([1, 2, 16].map((threads) => total(LAPTOP, threads))).toEqual([256, 256, 256]);
    const server = { ...LAPTOP, logicalCores: 64, physicalCores: 64, l3Bytes: 96 * MIB, l3SharedBy: 8, l2SharedBy: 1 };
    expect([1, 2, 8, 64].map((threads) => total(server, threads))).toEqual([384, 768, 3072, 3072]);
    expect(total(LAPTOP, 1, 300 * MIB)).toBe(150);
    expect(bytesOf(LAPTOP, 'memory', 1, 100 * MIB)).toBeUndefined();
  });

  it('takes sizes that fit anywhere where none are told', () => {
    const unknown: CacheShape = { logicalCores: 4, physicalCores: 4, isVirtual: false };
    expect(new Set(planTriads(unknown, X64, FREE).map(({ level }) => level))).toEqual(new Set(['L1', 'L2', 'memory']));
    expect(bytesOf(unknown, 'L1', 4)).toBe(15 * KIB);
    expect(bytesOf(unknown, 'L2', 4)! / (128 * KIB)).toBeCloseTo(1, 1);
  });

  it('streams nothing where vectors cannot, and measures nothing without an addon', () => {
    expect(planTriads(LAPTOP, ['baseline', 'neon'], FREE).every(({ streaming }) => !streaming)).toBe(true);
    expect(planTriads(LAPTOP, [], FREE)).toEqual([]);
  });
});

describe('planCompute', () => {
  it('has every instruction set and one value at a time, in both precisions, for both operations and all counts of threads', () => {
    const keys = planCompute(LAPTOP, X64).map(({ unit, precision, operation, threads }) => `${unit} ${precision} ${operation} ${threads}`);
    expect(keys).toHaveLength(4 * 2 * 2 * 5);
    expect(new Set(keys).size).toBe(keys.length);
    expect(planCompute(LAPTOP, [])).toEqual([]);
  });

  it('calls the vectors of arm64 by their name', () => {
    expect(new Set(planCompute(LAPTOP, ['baseline', 'neon']).map(({ unit }) => unit))).toEqual(new Set(['scalar', 'neon']));
  });
});
