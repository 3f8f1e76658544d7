import { describe, expect, it } from 'vitest';
import { findKernel, KERNELS } from '../../../kernels/catalog.ts';
import { ScriptedRunner } from '../../../tests/support/scripted-runner.ts';
import { verifyCaseSchema } from '../../shared/verify.ts';
import { AWKWARD_GRIDS, planCases, variantsOf, verifyCases } from './verify-all.ts';

const candidate = (id: string) => {
  const kernel = findKernel(id)!;
  return { kernel, variants: variantsOf(kernel, { kernel: id, threads: 1, parameters: {} }, id === 'autovec' ? ['baseline', 'avx2'] : []) };
};

const runners = () => ({ native: new ScriptedRunner(), webgpu: new ScriptedRunner(), javascript: new ScriptedRunner() });

describe('planCases', () => {
  it('takes every stencil, declared boundary, precision, instruction set and grid once', () => {
    const planned = planCases(['autovec', 'javascript', 'gpu_naive'].map(candidate));
    const grids = AWKWARD_GRIDS.length;
    expect(planned.length).toBe(4 * 3 * 4 * grids + 4 * 5 * 2 * grids + 4 * 5 * grids);
    const keys = planned.map(({ job: { variant, convention, grid } }) => JSON.stringify([variant, convention, grid]));
    expect(new Set(keys).size).toBe(planned.length);
    expect(planned.every(({ kernel, job }) => kernel.boundaries.includes(job.convention.boundary))).toBe(true);
    expect(planned.every(({ job }) => job.convention.precision === job.variant.precision && job.steps === 200)).toBe(true);
  });

  it('keeps cases of one oracle together', () => {
    const planned = planCases(KERNELS.map(({ id }) => candidate(id)));
    const oracles = planned.map(({ job: { convention, grid } }) => JSON.stringify([{ ...convention, precision: '' }, grid]));
    const changes = oracles.filter((oracle, index) => oracle !== oracles[index - 1]).length;
    expect(changes).toBe(new Set(oracles).size);
  });

  it('has the grids that nothing divides', () => {
    const sides = new Set(AWKWARD_GRIDS.flatMap(({ rows, cols }) => [rows, cols]));
    expect([...sides].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 15, 17, 47, 61, 63, 65]);
  });
});

describe('verifyCases', () => {
  const planned = planCases([candidate('gpu_constants'), candidate('javascript')]).slice(0, 60);

  it('gives each case to its backend and the results in the plan’s order', async () => {
    const all = runners();
    const fractions: number[] = [];
    const cases = await verifyCases(planned, all, new AbortController().signal, (_, fraction) => fractions.push(fraction));
    expect(cases.map(({ kernel }) => kernel)).toEqual(planned.map(({ kernel }) => kernel.id));
    for (const found of cases) expect(verifyCaseSchema.parse(found)).toEqual(found);
    expect(all.javascript.verified.length + all.webgpu.verified.length).toBe(60);
    expect(all.native.verified).toEqual([]);
    expect(fractions.at(-1)).toBe(1);
  });

  it('counts a runner that dies as a case that failed, and goes on', async () => {
    const all = runners();
    all.webgpu.verify = () => Promise.reject(new Error('dead'));
    const cases = await verifyCases(planned, all, new AbortController().signal, () => {});
    for (const { kernel, status, maxAbsError, trouble } of cases) {
      if (kernel === 'javascript') expect(status).toBe('passed');
      else expect([status, maxAbsError, trouble?.code]).toEqual(['failed', null, 'internal']);
    }
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    let heard = 0;
    const cases = verifyCases(planned, runners(), controller.signal, () => ++heard === 5 && controller.abort());
    await expect(cases).rejects.toMatchObject({ trouble: { code: 'cancelled' } });
    expect(heard).toBeLessThan(10);
  });
});
