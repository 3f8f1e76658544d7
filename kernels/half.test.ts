import { describe, expect, test } from 'vitest';
import { distanceToEitherRounding, distanceToRounding, isSubnormalHalf, neighbouringHalf } from './half.ts';

describe('neighbouringHalf', () => {
  test('crosses binades, zero and the border of the subnormals', () => {
    expect(neighbouringHalf(1, true)).toBe(1 + 2 ** -10);
    expect(neighbouringHalf(1, false)).toBe(1 - 2 ** -11);
    expect(neighbouringHalf(-1, true)).toBe(-1 + 2 ** -11);
    expect(neighbouringHalf(0, true)).toBe(2 ** -24);
    expect(neighbouringHalf(0, false)).toBe(-(2 ** -24));
    expect(neighbouringHalf(2 ** -24, false)).toBe(0);
    expect(neighbouringHalf(2 ** -14, false)).toBe(2 ** -14 - 2 ** -24);
  });
});

describe('distanceToRounding', () => {
  test('is 0 for every number and its nearest half', () => {
    for (const exact of [0, 1, -1, 1 / 3, 0.9997, 3e-6, 1e-9, 65504, -2.5]) {
      expect(distanceToRounding(exact, Math.f16round(exact))).toBe(0);
    }
  });

  test('is what lies beyond the tie with the other half', () => {
    const tie = 1 - 2 ** -12;
    expect(distanceToRounding(tie + 1e-6, 1 - 2 ** -11)).toBeCloseTo(1e-6, 12);
    expect(distanceToRounding(tie - 1e-6, 1)).toBeCloseTo(1e-6, 12);
    // One half too low where the exact value is the background itself.
    expect(distanceToRounding(1, 1 - 2 ** -11)).toBe(2 ** -12);
    expect(distanceToRounding(-1, -1 + 2 ** -11)).toBe(2 ** -12);
  });

  test('refuses what is no half, however near, and what is no number', () => {
    expect(distanceToRounding(0.3, 0.3)).toBe(Number.POSITIVE_INFINITY);
    expect(distanceToRounding(0.3, Number.NaN)).toBeNaN();
    expect(distanceToRounding(1e6, Number.POSITIVE_INFINITY)).toBeNaN();
  });
});

describe('distanceToEitherRounding', () => {
  const below = 1 - 2 ** -11;

  test('is 0 for the half above and the half below, and for the one that is the number itself', () => {
    for (const exact of [below + 1e-6, 1 - 2 ** -12, 1 - 1e-6]) {
      expect([distanceToEitherRounding(exact, 1), distanceToEitherRounding(exact, below)]).toEqual([0, 0]);
      expect([distanceToEitherRounding(-exact, -1), distanceToEitherRounding(-exact, -below)]).toEqual([0, 0]);
    }
    for (const exact of [0, 1, -2.5, 2 ** -24, 65504]) expect(distanceToEitherRounding(exact, exact)).toBe(0);
  });

  test('is what lies beyond the next half', () => {
    expect(distanceToEitherRounding(1 + 1e-4, below)).toBeCloseTo(1e-4, 12);
    expect(distanceToEitherRounding(-1 - 1e-4, -below)).toBeCloseTo(1e-4, 12);
    expect(distanceToEitherRounding(below - 1e-4, 1)).toBeCloseTo(1e-4, 12);
    // Another subnormal than the two around it.
    expect(distanceToEitherRounding(3.5 * 2 ** -24, 5 * 2 ** -24)).toBe(0.5 * 2 ** -24);
  });

  test('lets zero stand for a subnormal, and for nothing larger', () => {
    for (const exact of [1e-9, 3e-5, -3e-5, 2 ** -14 - 2 ** -25]) expect(distanceToEitherRounding(exact, 0)).toBe(0);
    expect(distanceToEitherRounding(-3e-5, -0)).toBe(0);
    expect(distanceToEitherRounding(1e-4, 0)).toBeCloseTo(1e-4 - 2 ** -14, 12);
    expect(distanceToEitherRounding(-1e-4, 0)).toBeCloseTo(1e-4 - 2 ** -14, 12);
  });

  test('refuses what is no half, however near, and what is no number', () => {
    expect(distanceToEitherRounding(0.3, 0.3)).toBe(Number.POSITIVE_INFINITY);
    expect(distanceToEitherRounding(0.3, Number.NaN)).toBeNaN();
    expect(distanceToEitherRounding(1e6, 65504)).toBeNaN();
  });
});

test('isSubnormalHalf', () => {
  expect([2 ** -24, -(2 ** -15), 2 ** -14 - 2 ** -24].every(isSubnormalHalf)).toBe(true);
  expect([0, -0, 2 ** -14, -1].some(isSubnormalHalf)).toBe(false);
});
