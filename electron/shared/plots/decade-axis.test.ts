import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decadeScale } from './decade-axis.ts';

const magnitude = fc.double({ min: -12, max: 15, noNaN: true }).map((exponent) => 10 ** exponent);

test('ticks are decades inside the axis, two at least, and the axis holds every value', () => {
  fc.assert(
    fc.property(fc.array(magnitude, { maxLength: 8 }), (values) => {
      const { domain, ticks, minor } = decadeScale(values);
      const [low, high] = domain;
      expect(low).toBeGreaterThan(0);
      for (const value of values) expect(value >= low && value <= high).toBe(true);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const tick of ticks) {
        expect(tick >= low && tick <= high).toBe(true);
        // Exactly the number that a reader writes.
        expect(Number.isInteger(Math.log10(tick))).toBe(true);
        expect(tick).toBe(Number(`1e${Math.round(Math.log10(tick))}`));
      }
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
      for (const value of minor) expect(value > low && value < high && !ticks.includes(value)).toBe(true);
    }),
  );
});

test('what has no logarithm is left out', () => {
  expect(decadeScale([0, -3, Number.NaN, Number.POSITIVE_INFINITY])).toEqual(decadeScale([]));
  expect(decadeScale([]).ticks).toEqual([0.1, 1, 10]);
});

test('one value has the nearer decade beside it', () => {
  expect(decadeScale([2]).ticks).toEqual([1, 10]);
  expect(decadeScale([8]).ticks).toEqual([1, 10]);
  expect(decadeScale([1]).ticks).toEqual([0.1, 1]);
});
