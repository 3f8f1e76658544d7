/** An instance that is stepped, cancelled, closed and asked for what cannot be. */
import { expect, test } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { defaultParameters, type Kernel } from '../../../kernels/kernel.ts';
import { seedField } from '../../../kernels/model.ts';
import type { KernelInstance } from '../backend.ts';
import { backend, fieldAfter, job, loaded, maxAbsError, NATIVE, withAddon } from './native.fixture.ts';

withAddon('an instance', () => {
  const grid = { rows: 1024, cols: 1024 };
  const endless = 10_000_000;
  const cancelled = { trouble: { code: 'cancelled' } };

  async function stepping(kernel: Kernel): Promise<{ instance: KernelInstance; step: Promise<unknown> }> {
    const instance = await backend.open(job(kernel, grid));
    await instance.load(seedField(grid, 'school', 'f32'));
    const step = instance.step(endless);
    step.catch(() => undefined);
    await new Promise((wake) => setTimeout(wake, 20));
    return { instance, step };
  }

  test.each(NATIVE)('$id stops when cancelled, and goes on from a new state', async (kernel) => {
    const { instance, step } = await stepping(kernel);
    instance.cancel();
    await expect(step).rejects.toMatchObject(cancelled);
    const start = seedField(grid, 'school', 'f32');
    await instance.load(start);
    expect((await instance.step(1)).seconds).toBeGreaterThan(0);
    const once = await fieldAfter(job(kernel, grid), start, [1]);
    expect(maxAbsError(await instance.read(), once)).toBe(0);
    await instance.close();
  });

  test.each(NATIVE)('$id closes in the middle of a step', async (kernel) => {
    const { instance, step } = await stepping(kernel);
    await instance.close();
    await expect(step).rejects.toMatchObject(cancelled);
  });

  test('a cancel without a step changes nothing', async () => {
    const instance = await backend.open(job(NATIVE[0]!, { rows: 3, cols: 3 }));
    instance.cancel();
    await instance.load(seedField({ rows: 3, cols: 3 }, 'patch', 'f32'));
    expect((await instance.step(1)).seconds).toBeGreaterThan(0);
    await instance.close();
  });

  test('rows beyond the grid, parts of rows and species of different length are refused', async () => {
    const grid = { rows: 3, cols: 4 };
    const instance = await backend.open(job(NATIVE[0]!, grid));
    const rows = (count: number) => seedField({ rows: count, cols: grid.cols }, 'patch', 'f32');
    expect(() => instance.loadRows!(rows(2), 1)).not.toThrow();
    expect(() => instance.loadRows!(rows(2), 2)).toThrow('whole rows');
    expect(() => instance.readRows!(rows(4), 0)).toThrow('whole rows');
    expect(() => instance.readRows!(rows(1), -1)).toThrow('whole rows');
    expect(() => instance.loadRows!({ u: new Float32Array(5), v: new Float32Array(5) }, 0)).toThrow('whole rows');
    expect(() => instance.loadRows!({ u: rows(2).u, v: rows(1).v }, 0)).toThrow('whole rows');
    expect(() => instance.loadRows!(seedField(grid, 'patch', 'f64'), 0)).toThrow('precision');
    await instance.close();
  });

  test('subnormal numbers are flushed when asked, and only then', async () => {
    const small = { rows: 3, cols: 3 };
    const kernel = KERNELS.find(({ id }) => id === 'autovec')!;
    const run = async (flushSubnormals: boolean) => {
      const start = seedField(small, 'patch', 'f32');
      start.v.fill(1e-39);
      const one = { ...job(kernel, small, { diffusionU: 0, diffusionV: 0, feed: 0, kill: 0 }), flushSubnormals };
      return (await fieldAfter(one, start, [1])).v[0];
    };
    expect(await run(true)).toBe(0);
    expect(await run(false)).toBeCloseTo(1e-39, 44);
  });

  test('a grid that cannot fit is refused before anything is allocated', async () => {
    const huge = { rows: 1_000_000, cols: 1_000_000 };
    for (const kernel of NATIVE) {
      expect(backend.bytesNeeded(job(kernel, huge))).toBeGreaterThanOrEqual(kernel.storage === undefined ? 16e12 : 8e12);
      const open = backend.open(job(kernel, huge));
      await expect(open).rejects.toMatchObject({ trouble: { code: 'grid-too-large', cells: 1e12, limit: 'memory' } });
    }
  });

  test.skipIf(process.platform !== 'linux')('a refused allocation is an error, not a crash', () => {
    if (!('addon' in loaded)) return;
    const { addon } = loaded;
    // A vector of vectors takes its memory row by row, which the system does not refuse until it is spent.
    for (const kernel of NATIVE.filter(({ id }) => id !== 'aos_nested')) {
      const { variant, convention } = job(kernel, grid);
      const open = () =>
        new addon.Instance({
          ...convention,
          ...variant,
          kernel: kernel.id,
          parameters: defaultParameters(kernel),
          isa: kernel.isas!.find((isa) => isa === 'baseline' || isa === 'neon')!,
          rows: 1_000_000,
          cols: 1_000_000,
          a: 1,
          b: 1,
          pin: false,
          flushSubnormals: true,
        });
      expect(open, kernel.id).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
    }
  });
});
