import { describe, expect, test } from 'vitest';
import { distanceToRounding, neighbouringHalf } from './half.ts';

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
