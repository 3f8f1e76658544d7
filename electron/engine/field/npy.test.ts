import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeNpy } from './npy.ts';

/** A reader written from the format's description alone. */
function decodeNpy(bytes: Uint8Array): { type: string; shape: number[]; values: number[]; dataOffset: number } {
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const dataOffset = 10 + view.getUint16(8, true);
  const header = Buffer.from(bytes.subarray(10, dataOffset)).toString('latin1');
  expect(header.endsWith('\n')).toBe(true);
  const [, type, order, tuple] = /^\{'descr': '(<f[48])', 'fortran_order': (False), 'shape': \(([\d, ]*)\), \} *\n$/.exec(header)!;
  expect(order).toBe('False');
  const width = type === '<f4' ? 4 : 8;
  const values = Array.from({ length: (bytes.length - dataOffset) / width }, (_, i) =>
    width === 4 ? view.getFloat32(dataOffset + 4 * i, true) : view.getFloat64(dataOffset + 8 * i, true),
  );
  const shape = tuple!
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  return { type: type!, shape, values, dataOffset };
}

test('every value, its type and the shape come back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      fc.double(),
      (rows, cols, single, value) => {
        const cells = Array.from({ length: rows * cols }, (_, index) => (index % 3 === 0 ? value : index / 3));
        const array = single ? Float32Array.from(cells) : Float64Array.from(cells);
        const { type, shape, values, dataOffset } = decodeNpy(encodeNpy(array, [rows, cols]));
        expect({ type, shape, aligned: dataOffset % 64 }).toEqual({ type: single ? '<f4' : '<f8', shape: [rows, cols], aligned: 0 });
        expect(values).toEqual([...array]);
      },
    ),
  );
});

test('the bytes are those that NumPy 2 writes for the same array', () => {
  // numpy.save of numpy.array([[0, 1.5]], dtype='<f4')
  const expected = `\u0093NUMPY\u0001\u0000v\u0000${"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117)}\n\u0000\u0000\u0000\u0000\u0000\u0000\u00c0\u003f`;
  expect(Buffer.from(encodeNpy(Float32Array.of(0, 1.5), [1, 2])).toString('latin1')).toBe(expected);
});

test('a shape of another size is refused, and one side keeps its comma', () => {
  expect(() => encodeNpy(new Float32Array(6), [2, 2])).toThrow(RangeError);
  expect(decodeNpy(encodeNpy(new Float64Array(3), [3])).shape).toEqual([3]);
  expect(Buffer.from(encodeNpy(new Float64Array(3), [3])).toString('latin1')).toContain("'shape': (3,), }");
});
