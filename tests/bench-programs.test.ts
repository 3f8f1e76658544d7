/** The programs that the benches compile on the spot follow the sources of the kernels: they still compile and run. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadAddon } from '../electron/runner/native/addon.ts';
import { buildBareLoop } from './bench/bare-loop.ts';
import { disagreements, withLoopPrograms } from './bench/ceilings.ts';
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

test.skipIf(!('addon' in loaded))('the loops that ceilings are held against compile and run', async () => {
  await withLoopPrograms(async ({ plain_triad: triad, plain_fma: fma }) => {
    expect(triad(640, 2, 0.01)).toBeGreaterThan(0);
    for (const precision of ['f32', 'f64']) expect(fma(precision, 2, 0.01)).toBeGreaterThan(0);
  });
});

test('measurements of ceilings disagree by the largest over the smallest of each figure', () => {
  const ceilings = (bytesPerSecond: number, flopsPerSecond: number) => ({
    measuredAt: '2026-11-21T12:00:00.000Z',
    memory: [{ level: 'L1' as const, threads: 1, streaming: false, bytesPerSecond }],
    compute: [{ isa: 'scalar' as const, precision: 'f32' as const, operation: 'add' as const, threads: 2, flopsPerSecond }],
    gpu: [],
  });
  const [largest, smallest] = disagreements([ceilings(100, 50), ceilings(101, 40), ceilings(102, 44)]);
  expect(largest).toEqual({ name: 'scalar f32 add, 2 threads', by: 0.25 });
  expect(smallest!.name).toBe('L1, 1 thread');
  expect(smallest!.by).toBeCloseTo(0.02, 9);
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
