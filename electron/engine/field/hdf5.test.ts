import h5wasm from 'h5wasm';
import { expect, test } from 'vitest';
import { encodeHdf5 } from './hdf5.ts';

const grid = { rows: 3, cols: 5 };
const ramp = (offset: number) => Array.from({ length: 15 }, (_, i) => offset + i / 7);

test.each([
  ['32-bit', Float32Array, '<f'],
  ['64-bit', Float64Array, '<d'],
] as const)('%s images are read back as the school lays them out', async (_, ArrayType, dtype) => {
  const images = [ArrayType.from(ramp(0)), ArrayType.from(ramp(100))];
  const bytes = await encodeHdf5(images, grid);
  const { FS } = await h5wasm.ready;
  FS.writeFile('read.h5', bytes);
  const file = new h5wasm.File('read.h5', 'r');
  const matrix = file.get('matrix') as InstanceType<typeof h5wasm.Dataset>;
  expect(file.keys()).toEqual(['matrix']);
  expect(matrix.dtype).toBe(dtype);
  expect(matrix.shape).toEqual([2, 3, 5]);
  expect(matrix.metadata.chunks).toEqual([1, 3, 5]);
  expect(matrix.value).toEqual(ArrayType.from([...images[0]!, ...images[1]!]));
  file.close();
});

test('images of another size or of mixed types are refused', async () => {
  await expect(encodeHdf5([], grid)).rejects.toThrow(RangeError);
  await expect(encodeHdf5([new Float32Array(14)], grid)).rejects.toThrow(RangeError);
  await expect(encodeHdf5([new Float32Array(15), new Float64Array(15)], grid)).rejects.toThrow(RangeError);
});
