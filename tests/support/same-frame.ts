import { expect } from 'vitest';
import { decodeFrame } from '../../electron/shared/frame.ts';

/** Equal in every byte, but for levels that are `mostLevels` apart and for the mean's last digits. */
export function expectSameFrame(made: Uint8Array | undefined, expected: Uint8Array, mostLevels: number): void {
  const frame = decodeFrame(made!)!;
  const { header, pixels } = decodeFrame(expected)!;
  // A zero may have either sign.
  expect({ ...frame.header, mean: 0, min: frame.header.min + 0, max: frame.header.max + 0 }).toEqual({
    ...{ ...header, mean: 0, min: header.min + 0, max: header.max + 0 },
  });
  expect(Math.abs(frame.header.mean - header.mean)).toBeLessThanOrEqual(1e-9);
  const apart = pixels.map((pixel, at) => Math.abs(pixel - frame.pixels[at]!));
  expect(apart.reduce((most, difference) => Math.max(most, difference), 0)).toBeLessThanOrEqual(mostLevels);
}
