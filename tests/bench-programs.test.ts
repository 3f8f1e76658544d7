/** The programs that the benches compile on the spot follow the sources of the kernels: they still compile and run. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadAddon } from '../electron/runner/native/addon.ts';
import { buildBareLoop } from './bench/bare-loop.ts';
import { buildCeilings } from './bench/cpu.ts';
import { firstAdapter, startWebgpuProcess } from './support/webgpu-process.ts';

const ROOT = resolve(import.meta.dirname, '..');
const loaded = loadAddon(ROOT);

test.skipIf(!('addon' in loaded))('the programs of the benches compile and run', () => {
  if (!('addon' in loaded)) return;
  const info = loaded.addon.info();
  const isa = info.kernels.find(({ id }) => id === 'champion')!.isas.at(-1)!;
  const { memory, rowPairs } = buildCeilings(ROOT, info, isa);
  const bare = buildBareLoop(ROOT, info, isa);
  try {
    expect(memory.run(64, 96, 2, 3)[0]).toBeGreaterThan(0);
    expect(rowPairs.run(8, 256, 2, 5)[0]).toBeGreaterThan(0);
    expect(bare.run({ rows: 32, cols: 48 }, 1, 10).meanV).toBeGreaterThan(0);
  } finally {
    for (const program of [memory, rowPairs, bare]) program.remove();
  }
});

const first = await firstAdapter();

test.skipIf('reason' in first)('the copy of the GPU bench copies the whole state', async () => {
  if (!('adapter' in first)) return;
  const copier = await startWebgpuProcess<typeof import('./bench/copy-cases.ts')>(new URL('./bench/copy-cases.ts', import.meta.url));
  try {
    await copier.call('openCopy', first.adapter.id, 300);
    // An odd number: the state lies in the buffers that the copy wrote.
    expect((await copier.call('copy', 3)).seconds).toBeGreaterThan(0);
    expect(await copier.call('isSeedStill', 300)).toBe(true);
  } finally {
    await copier.end();
  }
});
