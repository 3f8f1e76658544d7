/**
 * NumPy's `.npy`, version 1.0: what `numpy.load` reads without further packages. Values keep their precision.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
import type { FieldArray } from '../../../kernels/model.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0] as const;
/** The header's end is aligned so that the values may be mapped into memory. */
const ALIGNMENT = 64;

/** The values little-endian, whatever the processor. */
function littleEndianBytes(array: FieldArray): Uint8Array {
  const bytes = new Uint8Array(array.byteLength);
  const view = new DataView(bytes.buffer);
  const width = array.BYTES_PER_ELEMENT;
  for (const [index, value] of array.entries()) {
    if (width === 4) view.setFloat32(4 * index, value, true);
    else view.setFloat64(8 * index, value, true);
  }
  return bytes;
}

/**
 * A whole `.npy` file of the array in C order.
 * @throws RangeError when the shape does not hold as many values as the array.
 */
export function encodeNpy(array: FieldArray, shape: readonly number[]): Uint8Array {
  const values = shape.reduce((product, side) => product * side, 1);
  if (values !== array.length) throw new RangeError(`a shape of ${values} values for an array of ${array.length}`);
  const type = array instanceof Float32Array ? '<f4' : '<f8';
  // A tuple of one needs its comma in Python.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefix = MAGIC.length + 2;
  const headerBytes = Math.ceil((prefix + text.length + 1) / ALIGNMENT) * ALIGNMENT - prefix;
  const bytes = new Uint8Array(prefix + headerBytes + array.byteLength);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, headerBytes, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(headerBytes - 1)}\n`), prefix);
  bytes.set(littleEndianBytes(array), prefix + headerBytes);
  return bytes;
}
