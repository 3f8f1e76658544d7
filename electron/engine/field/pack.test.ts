import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CONVENTION, seedField } from '../../../kernels/model.ts';
import { referenceRun } from '../../../kernels/reference.ts';
import { packedBound, packPart, partCount, unpackPart, VALUES_PER_PART } from './pack.ts';

test('every 32-bit pattern comes back bit for bit, NaN payloads and subnormals too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 4000 }), (bytes) => {
      const floats = new Float32Array(bytes.slice(0, bytes.length - (bytes.length % 4)).buffer);
      const packed = packPart(floats, 0);
      expect(packed.length).toBeLessThanOrEqual(packedBound(floats.length));
      const back = new Float32Array(floats.length);
      unpackPart(packed, back);
      expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(floats.buffer))).toBe(0);
    }),
  );
});

test('64-bit values are rounded to 32-bit ones', () => {
  const values = Float64Array.of(1 / 3, Math.PI, 1e-40);
  const back = new Float32Array(3);
  unpackPart(packPart(values, 0), back);
  expect([...back]).toEqual([...values].map(Math.fround));
});

test('a field is split into parts of a bounded size', () => {
  expect([1, VALUES_PER_PART, VALUES_PER_PART + 1].map(partCount)).toEqual([1, 1, 2]);
  const values = new Float32Array(VALUES_PER_PART + 3).fill(1);
  values[VALUES_PER_PART + 2] = 7;
  const tail = new Float32Array(3);
  unpackPart(packPart(values, 1), tail);
  expect([...tail]).toEqual([1, 1, 7]);
});

test('a pattern packs to less than half', () => {
  const grid = { rows: 120, cols: 160 };
  const { v } = referenceRun(seedField(grid, 'school', 'f64'), grid, DEFAULT_CONVENTION, 100);
  expect(packPart(v, 0).length).toBeLessThan(grid.rows * grid.cols * 2);
});

test('packed bytes that unpack to more, to less or to nothing are refused without inflating past the length', () => {
  const packed = packPart(new Float32Array(VALUES_PER_PART), 0);
  expect(packed.length).toBeLessThan(10_000);
  expect(() => unpackPart(packed, new Float32Array(10))).toThrow();
  expect(() => unpackPart(packPart(new Float32Array(9), 0), new Float32Array(10))).toThrow();
  expect(() => unpackPart(packed.subarray(0, 20), new Float32Array(VALUES_PER_PART))).toThrow();
  expect(() => unpackPart(Uint8Array.of(1, 2, 3), new Float32Array(10))).toThrow();
});
