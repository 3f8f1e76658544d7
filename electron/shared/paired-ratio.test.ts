import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreOf, pairedRatio, REPEATED, signedRankBound, studentQuantile } from './paired-ratio.ts';
import { randomGenerator } from './statistics.ts';

const logarithms = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 20 });

/** Box and Muller. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('signedRankBound', () => {
  it('is what printed tables of the signed-rank test give for 2.5 % on each side', () => {
    const bounds = [3, 4, 5, 6, 7, 8, 9, 10, 15, 20].map((rounds) => signedRankBound(rounds));
    expect(bounds).toEqual([-1, -1, -1, 0, 2, 3, 5, 8, 25, 52]);
  });

  it('is what they give for 0.25 % where one looks more than once', () => {
    expect([8, 9, 10, 12, 15, 20].map((rounds) => signedRankBound(rounds, REPEATED))).toEqual([-1, 0, 1, 5, 12, 32]);
  });

  it('goes on smoothly where it is no longer counted out', () => {
    // The tables: 264 for 40 rounds, 434 for 50.
    expect(signedRankBound(40)).toBe(264);
    expect(Math.abs(signedRankBound(41) - 279)).toBeLessThanOrEqual(1);
    expect(Math.abs(signedRankBound(50) - 434)).toBeLessThanOrEqual(1);
  });
});

it('studentQuantile agrees with printed tables', () => {
  const table: [values: number, quantile: number][] = [
    [3, 4.303],
    [5, 2.776],
    [6, 2.571],
    [7, 2.447],
    [10, 2.262],
    [21, 2.086],
    [121, 1.98],
  ];
  for (const [values, quantile] of table) expect(Math.abs(studentQuantile(values) / quantile - 1)).toBeLessThan(0.003);
  // Of 0.25 % on each side.
  const repeated = [
    [3, 14.089],
    [8, 4.029],
    [9, 3.833],
    [11, 3.581],
    [21, 3.153],
  ] as const;
  for (const [values, quantile] of repeated) expect(Math.abs(studentQuantile(values, REPEATED) / quantile - 1)).toBeLessThan(0.005);
});

describe('centreOf', () => {
  it('holds its centre within its ends, turns with the sign and moves with the values', () => {
    fc.assert(
      fc.property(logarithms, (values) => {
        const { median, low, high } = centreOf(values);
        expect(low).toBeLessThanOrEqual(median);
        expect(high).toBeGreaterThanOrEqual(median);
        const turned = centreOf(values.map((value) => -value));
        expect(turned.median).toBeCloseTo(-median, 10);
        expect(turned.low).toBeCloseTo(-high, 10);
        const moved = centreOf(values.map((value) => value + 1));
        expect(moved.median).toBeCloseTo(median + 1, 10);
        expect(moved.high).toBeCloseTo(high + 1, 10);
      }),
    );
    expect(() => centreOf([])).toThrow(RangeError);
  });

  it('is the value for one, the ends for two, Student’s for five and the ordered pair means from six on', () => {
    expect(centreOf([0.5])).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
    expect(centreOf([1, 2])).toEqual({ median: 1.5, low: 1, high: 2 });
    // Mean 3, deviation √2.5: 2.776 × 1.5811 ÷ √5 = 1.963.
    const five = centreOf([5, 1, 4, 2, 3]);
    expect(five.median).toBe(3);
    expect(five.low).toBeCloseTo(3 - 1.963, 3);
    expect(centreOf([3, 1, 2, 6, 5, 4])).toEqual({ median: 3.5, low: 1, high: 6 });
    // Of seven the third smallest pair mean: (1 + 1) ÷ 2, (1 + 2) ÷ 2, then (1 + 3) ÷ 2.
    expect(centreOf([1, 2, 3, 4, 5, 6, 7])).toEqual({ median: 4, low: 2, high: 6 });
  });

  it('is not moved by one bad round of nine', () => {
    const quiet = [0.028, 0.03, 0.031, 0.029, 0.032, 0.03, 0.027, 0.033];
    const { median, low } = centreOf([...quiet, 2]);
    expect(median).toBeCloseTo(0.03, 2);
    expect(low).toBeGreaterThan(0.02);
  });

  const tails: readonly [string, (random: () => number) => number][] = [
    ['normal', normal],
    ['Student’s with two degrees', (random) => normal(random) / Math.sqrt(-Math.log(1 - random()))],
    ['outlying once in seven', (random) => normal(random) + (random() < 0.15 ? 60 * (random() - 0.5) : 0)],
  ];
  it.each(tails)('covers the centre of few rounds 95 times in 100: %s', (_, draw) => {
    for (const rounds of [3, 5, 7, 9]) {
      const random = randomGenerator(rounds);
      const trials = 2000;
      let covered = 0;
      for (let trial = 0; trial < trials; trial++) {
        const { low, high } = centreOf(Array.from({ length: rounds }, () => draw(random)));
        if (low <= 0 && high >= 0) covered++;
      }
      // Three standard deviations of a share of 95 % in so many trials.
      expect(covered / trials).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / trials));
    }
  });
});

describe('pairedRatio', () => {
  it('divides round by round, leaves out what one lacks, and cancels what both suffered', () => {
    const over = new Map([0, 1, 2, 3, 5].map((round) => [round, 10 * 1.5 ** round]));
    const of = new Map([0, 1, 2, 3, 4].map((round) => [round, 20 * 1.5 ** round]));
    const ratio = pairedRatio(of, over)!;
    expect(ratio.rounds).toBe(4);
    for (const value of [ratio.median, ratio.low, ratio.high]) expect(value).toBeCloseTo(2, 10);
    expect(pairedRatio(new Map([[0, 1]]), new Map([[1, 1]]))).toBeUndefined();
  });
});
