/** The course's own values at full size, and the flags with which a loop was compiled. */
import { expect, test } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import type { Isa } from '../../../kernels/kernel.ts';
import { type FieldArray, STENCIL_IDS, type StencilId, seedField } from '../../../kernels/model.ts';
import type { KernelJob } from '../backend.ts';
import { backend, job, loaded, withAddon } from './native.fixture.ts';

function meanOf(values: FieldArray): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function maxOf(values: FieldArray): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) max = Math.max(max, value);
  return max;
}

/** Means and maximum from 1080 × 1920, f64, halo of zeros; the table of the course's own values. */
const GOLDEN: readonly { stencil: StencilId; step: number; meanU: number; meanV: number; maxV: number }[] = [
  { stencil: 'eight', step: 1, meanU: 0.995252045, meanV: 0.003667593, maxV: 0.932 },
  { stencil: 'eight', step: 32, meanU: 0.988308092, meanV: 0.001243836, maxV: 0.523483 },
  { stencil: 'eight', step: 34, meanU: 0.98812821, meanV: 0.001182082, maxV: 0.508887 },
  { stencil: 'eight', step: 320, meanU: 0.987390638, meanV: 0.000127821, maxV: 0.348222 },
  { stencil: 'oono-puri', step: 32, meanU: 0.9923646, meanV: 0.00104733, maxV: 0.51206 },
  { stencil: 'patra-karttunen', step: 32, meanU: 0.992364073, meanV: 0.001047596, maxV: 0.511865 },
  { stencil: 'five-point', step: 32, meanU: 0.99236311, meanV: 0.001048082, maxV: 0.514344 },
];

withAddon('levels of optimisation', () => {
  const autovec = KERNELS.find(({ id }) => id === 'autovec')!;
  const grid = { rows: 3, cols: 3 };
  const withFlags = (flags: string, isa?: Isa): KernelJob => {
    const one = job(autovec, grid, isa && { isa });
    return { ...one, variant: { ...one.variant, parameters: { flags } } };
  };

  test('the addon says with which flags each was compiled', async () => {
    if (!('addon' in loaded)) return;
    const { levels, flags, kernels } = loaded.addon.info();
    const choices = autovec.parameters.flatMap(({ choices }) => choices ?? []);
    expect(['native', ...Object.keys(levels)]).toEqual(choices);
    const narrowest = kernels.find(({ id }) => id === 'autovec')!.isas[0]!;
    expect(levels.O3).toBe(flags[narrowest]);
    const lower = [levels.O0, levels.O1, levels.O2];
    const named = process.platform === 'win32' ? ['/Od', '/O1', '/O2'] : ['-O0', '-O1', '-O2'];
    expect(lower.map((words) => words?.split(' ')[0])).toEqual(named);
    const { compiler } = await backend.probe();
    for (const [level, words] of Object.entries(levels)) expect(compiler).toContain(`flags=${level}: ${words}`);
  });

  test('exist for the narrowest instruction set only, which is what runs', async () => {
    const isas = (await backend.probe()).kernels.find(({ kernel }) => kernel === 'autovec')!.isas!;
    const refused = (why: string) => ({ trouble: { detail: expect.stringContaining(why) } });
    for (const flags of ['O0', 'O1', 'O2', 'O3']) {
      await (await backend.open(withFlags(flags))).close();
      for (const wider of isas.slice(1)) {
        await expect(backend.open(withFlags(flags, wider)), `${flags} ${wider}`).rejects.toMatchObject(refused('baseline only'));
      }
    }
    await expect(backend.open(withFlags('O9'))).rejects.toMatchObject(refused('O9'));
  });
});

withAddon('full HD', () => {
  test.each(STENCIL_IDS)('reproduces the golden values of %s', async (stencil) => {
    const grid = { rows: 1080, cols: 1920 };
    const kernel = KERNELS.find(({ id }) => id === 'threads_rows')!;
    const instance = await backend.open(job(kernel, grid, { stencil, precision: 'f64', threads: 2 }));
    await instance.load(seedField(grid, 'school', 'f64'));
    let step = 0;
    for (const golden of GOLDEN.filter((one) => one.stencil === stencil)) {
      await instance.step(golden.step - step);
      step = golden.step;
      const { u, v } = await instance.read();
      expect(meanOf(u)).toBeCloseTo(golden.meanU, 8);
      expect(meanOf(v)).toBeCloseTo(golden.meanV, 8);
      expect(maxOf(v)).toBeCloseTo(golden.maxV, 5);
    }
    await instance.close();
  });
});
