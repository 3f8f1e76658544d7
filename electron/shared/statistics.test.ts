import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKernel } from '../../kernels/catalog.ts';
import { DEFAULT_CONVENTION, flopsPerCell } from '../../kernels/model.ts';
import type { Sample, Variant } from './run.ts';
import { bootstrapMedian, bootstrapRatio, median, randomGenerator, secondsPerStepOfRounds, summarise } from './statistics.ts';

const positive = fc.double({ min: 1e-9, max: 1e3, noNaN: true });
const values = fc.array(positive, { minLength: 1, maxLength: 40 });

describe('median', () => {
  it('is the middle value, or the middle of the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
    expect(() => median([])).toThrow(RangeError);
  });

  it('has as many values below as above, in any order', () => {
    fc.assert(
      fc.property(values, (list) => {
        const middle = median(list);
        const below = list.filter((value) => value < middle).length;
        const above = list.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(list.length / 2);
        expect(median(list.toReversed())).toBe(middle);
      }),
    );
  });
});

describe('randomGenerator', () => {
  it('repeats from its seed, stays in [0, 1) and is not lopsided', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const first = randomGenerator(seed);
        const second = randomGenerator(seed);
        let sum = 0;
        for (let index = 0; index < 2000; index++) {
          const value = first();
          expect(value === second() && value >= 0 && value < 1).toBe(true);
          sum += value;
        }
        // Six standard deviations of the mean of 2000 uniform values.
        expect(Math.abs(sum / 2000 - 0.5)).toBeLessThan((6 * Math.sqrt(1 / 12)) / Math.sqrt(2000));
      }),
      { numRuns: 50 },
    );
  });
});

describe('bootstrapMedian', () => {
  it('holds its median, lies within the values, and repeats', () => {
    fc.assert(
      fc.property(values, fc.integer(), (list, seed) => {
        const interval = bootstrapMedian(list, seed);
        expect(interval.median).toBe(median(list));
        expect(interval.low).toBeLessThanOrEqual(interval.median);
        expect(interval.high).toBeGreaterThanOrEqual(interval.median);
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(interval.high).toBeLessThanOrEqual(Math.max(...list));
        expect(bootstrapMedian(list, seed)).toEqual(interval);
      }),
      { numRuns: 40 },
    );
  });

  it('is the value itself for one value and throws on none', () => {
    expect(bootstrapMedian([0.25])).toEqual({ median: 0.25, low: 0.25, high: 0.25 });
    expect(() => bootstrapMedian([])).toThrow(RangeError);
  });

  it('agrees with a slow twin that sorts every resample', () => {
    const list = [5, 1, 4, 1.5, 9, 2.6, 5.3];
    const random = randomGenerator(99);
    const sorted = list.toSorted((a, b) => a - b);
    const draws = Array.from({ length: 2000 }, () => median(sorted.map(() => sorted[Math.floor(random() * sorted.length)]!)));
    draws.sort((a, b) => a - b);
    expect(bootstrapMedian(list, 99)).toEqual({ median: 4, low: draws[50], high: draws[1949] });
  });

  it('covers the true median about 95 times in 100', () => {
    const random = randomGenerator(7);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const { low, high } = bootstrapMedian(
        Array.from({ length: 21 }, () => random()),
        trial,
      );
      if (low <= 0.5 && high >= 0.5) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.88);
  });
});

describe('bootstrapRatio', () => {
  it('is the ratio of the medians and scales with its arguments', () => {
    fc.assert(
      fc.property(values, values, (of, over) => {
        const interval = bootstrapRatio(of, over);
        expect(interval.median).toBe(median(of) / median(over));
        expect(interval.low).toBeLessThanOrEqual(interval.median);
        expect(interval.high).toBeGreaterThanOrEqual(interval.median);
        const doubled = bootstrapRatio(
          of.map((value) => 2 * value),
          over,
        );
        expect(doubled).toEqual({ median: 2 * interval.median, low: 2 * interval.low, high: 2 * interval.high });
      }),
      { numRuns: 40 },
    );
  });

  it('excludes 1 only where the two lists stand apart', () => {
    expect(bootstrapRatio([10, 10.1, 10.2, 9.9, 10.3], [5, 5.1, 4.9, 5.2, 5]).low).toBeGreaterThan(1);
    const same = bootstrapRatio([5, 5.3, 4.8, 5.1, 5.2], [5, 5.1, 4.9, 5.2, 5]);
    expect(same.low).toBeLessThanOrEqual(1);
    expect(same.high).toBeGreaterThanOrEqual(1);
  });
});

const samples: Sample[] = [
  { round: 1, index: 0, steps: 10, seconds: 2 },
  { round: 0, index: 0, steps: 10, seconds: 1 },
  { round: 0, index: 1, steps: 30, seconds: 2 },
];

describe('summarise', () => {
  it('weighs the batches of a round by their steps, round by round', () => {
    expect(secondsPerStepOfRounds(samples)).toEqual([3 / 40, 0.2]);
  });

  it('derives the rates from the median and the declared cost', () => {
    const kernel = findKernel('autovec')!;
    const variant: Variant = { kernel: 'autovec', precision: 'f64', threads: 1, parameters: {} };
    const summary = summarise(kernel, variant, { convention: DEFAULT_CONVENTION, grid: { rows: 10, cols: 20 } }, samples)!;
    expect(summary.rounds).toBe(2);
    expect(summary.cellsPerSecond).toBe(200 / summary.secondsPerStep.median);
    expect(summary.bytesPerSecond).toBe(32 * summary.cellsPerSecond);
    expect(summary.flopsPerSecond).toBe(flopsPerCell('eight') * summary.cellsPerSecond);
    expect(summarise(kernel, variant, { convention: DEFAULT_CONVENTION, grid: { rows: 10, cols: 20 } }, [])).toBeUndefined();
  });
});
