import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundOrder } from './round-order.ts';

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
});
