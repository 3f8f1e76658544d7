import { expect, it } from 'vitest';
import { sumOfPasses } from './timing.ts';

it('adds up the passes and leaves out what lies between them', () => {
  expect(sumOfPasses(BigUint64Array.of(1000n, 3000n, 10_000n, 11_000n))).toBeCloseTo(3e-6, 12);
});

it('drops a measurement whose clock went backwards, or stood still', () => {
  expect(sumOfPasses(BigUint64Array.of(1000n, 3000n, 11_000n, 10_000n))).toBeUndefined();
  expect(sumOfPasses(BigUint64Array.of(1000n, 1000n))).toBeUndefined();
});
