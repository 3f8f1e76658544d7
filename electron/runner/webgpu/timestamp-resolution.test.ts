import { expect, it } from 'vitest';
import { smallestDifference } from './timestamp-resolution.ts';

it('is the smallest step that the clock took, in whatever order the passes were stamped', () => {
  expect(smallestDifference(BigUint64Array.of(5000n, 1000n, 1000n, 3000n, 3080n))).toBeCloseTo(80e-9, 15);
});

it('is unknown of a clock that stood still', () => {
  expect(smallestDifference(BigUint64Array.of(7n, 7n, 7n))).toBeUndefined();
});
