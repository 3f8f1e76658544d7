import { describe, expect, it } from 'vitest';
import { allocateField, DEFAULT_CONVENTION, type Field, type Grid, SEED_IDS, type SeedId, seedField } from '../../kernels/model.ts';
import { createReferenceBackend } from '../../tests/support/reference-backend.ts';
import type { KernelInstance, KernelJob } from './backend.ts';
import { loadSeed, readSummary, summariseField } from './field-bands.ts';

/** Several bands, one band, and rows longer than a band. */
const GRIDS: readonly Grid[] = [
  { rows: 301, cols: 701 },
  { rows: 7, cols: 5 },
  { rows: 3, cols: 70_001 },
];

const jobOn = (grid: Grid, seed: SeedId): KernelJob => ({
  variant: { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} },
  convention: { ...DEFAULT_CONVENTION, seed },
  ...{ grid, flushSubnormals: true, pin: false },
});

/** An instance that is a field, given and taken in rows, never whole. */
async function rowsOnly({ grid, ...job }: KernelJob, state: Field): Promise<KernelInstance> {
  const unused = await createReferenceBackend().open({ ...job, grid: { rows: 1, cols: 1 } });
  let next = 0;
  return {
    ...unused,
    load: () => Promise.reject(new Error('loaded whole')),
    read: () => Promise.reject(new Error('read whole')),
    loadRows(rows, firstRow) {
      expect(firstRow).toBe(next);
      next = (firstRow + rows.u.length / grid.cols) % grid.rows;
      for (const species of ['u', 'v'] as const) state[species].set(rows[species], firstRow * grid.cols);
    },
    readRows(rows, firstRow) {
      const begin = firstRow * grid.cols;
      for (const species of ['u', 'v'] as const) rows[species].set(state[species].subarray(begin, begin + rows[species].length));
    },
  };
}

describe.each(GRIDS)('bands of $rows × $cols', (grid) => {
  it.each(SEED_IDS)('make the same seed as the whole field: %s', async (seed) => {
    const state = allocateField(grid, 'f32');
    state.v.fill(7);
    await loadSeed(await rowsOnly(jobOn(grid, seed), state), jobOn(grid, seed));
    expect(state).toEqual(seedField(grid, seed, 'f32'));
  });

  it('have the same summary as the whole field', async () => {
    const state = seedField(grid, 'pearson', 'f32');
    const whole = summariseField(state, grid, 5);
    const summary = await readSummary(await rowsOnly(jobOn(grid, 'pearson'), state), jobOn(grid, 'pearson'), 5);
    expect(summary).toEqual({ ...whole, meanU: expect.closeTo(whole.meanU!, 12), meanV: expect.closeTo(whole.meanV!, 12) });
  });

  it('have no summary of a species with a NaN anywhere', async () => {
    const state = seedField(grid, 'pearson', 'f32');
    state.v[state.v.length - 1] = Number.NaN;
    const summary = await readSummary(await rowsOnly(jobOn(grid, 'pearson'), state), jobOn(grid, 'pearson'), 5);
    expect(summary).toMatchObject({ meanV: null, minV: null, maxV: null, minU: expect.any(Number) });
  });
});
