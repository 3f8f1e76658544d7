import { describe, expect, it } from 'vitest';
import { javascript } from '../../../kernels/entries/javascript.ts';
import { type Convention, DEFAULT_CONVENTION, type Grid, type Precision, seedField } from '../../../kernels/model.ts';
import { largestDifference } from '../../../tests/support/largest-difference.ts';
import { asTrouble } from '../../shared/trouble.ts';
import type { KernelJob } from '../backend.ts';
import { createJavascriptBackend } from './backend.ts';

const backend = createJavascriptBackend();
const TOLERANCES: Record<Precision, number> = { f32: 5e-6, f64: 1e-12 };
function jobOf(grid: Grid, convention: Partial<Convention>): KernelJob {
  const complete: Convention = { ...DEFAULT_CONVENTION, seed: 'patch', ...convention };
  const variant = { kernel: 'javascript', precision: complete.precision, threads: 1, parameters: {} };
  return { variant, convention: complete, grid, flushSubnormals: true, pin: false };
}

describe('the JavaScript kernel in its thread', () => {
  for (const precision of javascript.precisions) {
    it(`keeps the state in ${precision} across calls of odd and even length`, async () => {
      const job = jobOf({ rows: 47, cols: 61 }, { precision });
      const instance = await backend.open(job);
      const start = seedField(job.grid, 'patch', precision);
      await instance.load(start);
      for (const steps of [1, 2, 7, 10]) await instance.step(steps);
      const field = await instance.read();
      await instance.close();
      expect(field.u).toBeInstanceOf(precision === 'f32' ? Float32Array : Float64Array);
      expect(largestDifference(field, start, job, 20)).toBeLessThanOrEqual(TOLERANCES[precision]);
    });
  }

  it('cancels a run without end, and runs again after a new start', async () => {
    const job = jobOf({ rows: 300, cols: 300 }, {});
    const instance = await backend.open(job);
    const start = seedField(job.grid, 'patch', 'f32');
    await instance.load(start);
    const endless = instance.step(1_000_000_000).catch(asTrouble);
    setTimeout(() => instance.cancel(), 20);
    expect(await endless).toEqual({ code: 'cancelled' });
    await instance.load(start);
    await instance.step(3);
    expect(largestDifference(await instance.read(), start, job, 3)).toBeLessThanOrEqual(TOLERANCES.f32);
    await instance.close();
  });

  it('times the stepping', async () => {
    const job = jobOf({ rows: 64, cols: 64 }, {});
    const instance = await backend.open(job);
    await instance.load(seedField(job.grid, 'patch', 'f32'));
    const { seconds } = await instance.step(10);
    await instance.close();
    expect(seconds).toBeGreaterThan(0);
  });

  it('says how much it will allocate, and fails to allocate the impossible as out of memory', async () => {
    const impossible = jobOf({ rows: 1_000_000, cols: 1_000_000 }, { precision: 'f64' });
    expect(backend.bytesNeeded(impossible)).toBe(32e12);
    expect(await backend.open(impossible).catch(asTrouble)).toMatchObject({ code: 'out-of-memory' });
  });
});
