import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longerOrder, roundOrder } from './round-order.ts';

describe('roundOrder', () => {
  it('has every variant once in each round, and repeats from its seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (variants, rounds, seed) => {
          const order = roundOrder(variants, rounds, seed);
          expect(order.length).toBe(rounds);
          for (const round of order) expect(round.toSorted((a, b) => a - b)).toEqual([...Array(variants).keys()]);
          expect(roundOrder(variants, rounds, seed)).toEqual(order);
        },
      ),
    );
  });

  it('favours no order: each of the six of three variants comes about as often', () => {
    const counts = new Map<string, number>();
    for (const round of roundOrder(3, 6000, 42)) counts.set(String(round), (counts.get(String(round)) ?? 0) + 1);
    expect(counts.size).toBe(6);
    // Five standard deviations of a binomial count of 6000 at 1/6.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((6000 * 5) / 36));
  });

  it('has each of a pair first in two of every four rounds, whoever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }), (entries, seed) => {
        const order = roundOrder(entries, 12, seed);
        for (let from = 0; from < order.length; from += 4) {
          const four = order.slice(from, from + 4);
          for (let a = 0; a < entries; a++)
            for (let b = 0; b < a; b++) expect(four.filter((round) => round.indexOf(a) < round.indexOf(b))).toHaveLength(2);
        }
      }),
    );
  });

  it('draws which rounds are the mirrors of which', () => {
    const mirrorOfFirst = Array.from({ length: 300 }, (_, seed) => {
      const [first, ...others] = roundOrder(5, 4, seed);
      return others.findIndex((round) => String(round.toReversed()) === String(first));
    });
    for (const place of [0, 1, 2]) expect(mirrorOfFirst.filter((at) => at === place).length).toBeGreaterThan(60);
    expect(mirrorOfFirst).not.toContain(-1);
  });

  it('goes on from a shorter one as if it had been drawn at once', () => {
    expect(longerOrder(roundOrder(3, 5, 7), 3, 13, 7)).toEqual(roundOrder(3, 13, 7));
  });
});
