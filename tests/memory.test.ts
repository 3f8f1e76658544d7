/** A run takes the memory of its two states and little more: no copy of the field, of its seed or of its result beside them. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadAddon } from '../electron/runner/native/addon.ts';
import { KERNELS } from '../kernels/catalog.ts';
import { memoryUse } from './bench/memory.ts';

const loaded = loadAddon(resolve(import.meta.dirname, '..'));
const compiled = 'addon' in loaded ? loaded.addon.info().kernels.map(({ id }) => id) : [];
const kernels = KERNELS.filter(({ id }) => compiled.includes(id));

test.skipIf(process.platform !== 'linux' || kernels.length === 0).each(kernels)('$id takes 4 values a cell', async (kernel) => {
  const { bytes, boundBytes } = await memoryUse(kernel, 'f32');
  expect(bytes).toBeLessThanOrEqual(boundBytes);
});
