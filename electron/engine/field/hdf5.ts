/**
 * HDF5 in the school's layout, so that its own tools draw our fields: one dataset `matrix` of [images, rows, cols] in
 * chunks of one image, in the element type of the field. The school stores V; which species is given is the caller's.
 */
import type { FieldArray, Grid } from '../../../kernels/model.ts';
import { TroubleError } from '../../shared/trouble.ts';

/** The library builds the file in WebAssembly memory, which ends at 4 GiB and holds it more than once. */
const MAX_BYTES = 1024 ** 3;

let fileCount = 0;

/**
 * @param images row-major, all of the same element type, each of rows × cols values.
 * @throws TroubleError `out-of-memory` when they are more than can be written.
 */
export async function encodeHdf5(images: readonly FieldArray[], grid: Grid): Promise<Uint8Array> {
  const { rows, cols } = grid;
  const first = images[0];
  if (first === undefined || images.some((image) => image.length !== rows * cols || image.constructor !== first.constructor))
    throw new RangeError('images must be of one grid and one element type');
  if (images.length * first.byteLength > MAX_BYTES)
    throw new TroubleError({ code: 'out-of-memory', detail: `HDF5 files are written up to ${MAX_BYTES} bytes` });
  const data =
    first instanceof Float32Array ? new Float32Array(images.length * first.length) : new Float64Array(images.length * first.length);
  images.forEach((image, index) => {
    data.set(image, index * rows * cols);
  });
  // Loaded when first needed: four megabytes that most runs of the engine do without.
  const { File, ready } = await import('h5wasm');
  const { FS } = await ready;
  // A file of the library's own memory; the name only keeps two calls apart.
  const name = `field-${fileCount++}.h5`;
  const file = new File(name, 'w');
  try {
    file.create_dataset({
      name: 'matrix',
      data,
      shape: [images.length, rows, cols],
      chunks: [1, rows, cols],
      dtype: first instanceof Float32Array ? '<f' : '<d',
    });
  } finally {
    file.close();
  }
  try {
    return FS.readFile(name);
  } finally {
    FS.unlink(name);
  }
}
