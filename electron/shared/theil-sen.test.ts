import { expect, test } from 'vitest';
import { randomGenerator } from './statistics.ts';
import { MOST_POINTS, theilSen } from './theil-sen.ts';

test('finds the slope of a line through wild points, and an interval that holds it', () => {
  const points = Array.from({ length: 21 }, (_, x) => [x, 3 + 2 * x + (x % 7 === 3 ? 500 : 0)] as const);
  const slope = theilSen(points)!;
  expect(slope.median).toBeCloseTo(2, 9);
  expect(slope.low).toBeLessThanOrEqual(2);
  expect(slope.high).toBeGreaterThanOrEqual(2);
});

test('its interval holds no trend for about 95 of 100 lists without one', () => {
  const random = randomGenerator(7);
  let held = 0;
  for (let trial = 0; trial < 400; trial++) {
    const { low, high } = theilSen(Array.from({ length: 12 }, (_, x) => [x, random()] as const))!;
    if (low <= 0 && high >= 0) held++;
  }
  expect(held / 400).toBeGreaterThan(0.92);
});

test('knows nothing of too few points or of one place, and takes some of very many', () => {
  expect(
    theilSen([
      [0, 1],
      [1, 2],
      [2, 3],
    ]),
  ).toBeUndefined();
  expect(theilSen(Array.from({ length: 9 }, () => [1, 2] as const))).toBeUndefined();
  expect(theilSen(Array.from({ length: 5 * MOST_POINTS }, (_, x) => [x, x / 4] as const))!.median).toBeCloseTo(0.25, 9);
});
