import { describe, expect, it, test } from 'vitest';
import { BOUNDARY_IDS, type Convention, DEFAULT_CONVENTION, STENCIL_IDS } from '../../kernels/model.ts';
import { createReferenceBackend, type ReferenceBackendOptions } from '../../tests/support/reference-backend.ts';
import type { Variant } from '../shared/run.ts';
import { verificationGrid, verificationSteps, verifyKernel } from './verify.ts';
import { maxAbsDifference } from './verify-fields.ts';

const variant = { kernel: 'autovec', precision: 'f32' as const, threads: 1, parameters: {} };
const signal = new AbortController().signal;

function verify(options: ReferenceBackendOptions, convention: Partial<Convention> = {}, precision: 'f32' | 'f64' = 'f32', steps = 200) {
  const job = {
    variant: { ...variant, precision },
    convention: { ...DEFAULT_CONVENTION, ...convention, precision },
    grid: { rows: 47, cols: 61 },
    flushSubnormals: true,
    pin: false,
  };
  return verifyKernel(createReferenceBackend(options), job, steps, signal);
}

describe('verifyKernel', () => {
  it('passes a right kernel in f32 with room to spare, under every stencil and boundary', async () => {
    for (const stencil of STENCIL_IDS) {
      for (const boundary of BOUNDARY_IDS) {
        const { status, maxAbsError, tolerance } = await verify({}, { stencil, boundary, seed: 'patch' });
        expect([status, tolerance]).toEqual(['passed', 5e-6]);
        expect(maxAbsError).toBeGreaterThan(0);
        expect(maxAbsError).toBeLessThan(tolerance / 2);
      }
    }
  });

  it('is exact for the oracle itself in f64', async () => {
    expect(await verify({}, {}, 'f64')).toEqual({ status: 'passed', maxAbsError: 0, tolerance: 1e-12 });
  });

  it('fails a small error, and a NaN with no number to show', async () => {
    const wrong = await verify({ fault: 'wrong-by-1e-4' });
    expect(wrong.status).toBe('failed');
    expect(wrong.maxAbsError).toBeGreaterThan(0.9e-4);
    expect(await verify({ fault: 'nan' })).toEqual({ status: 'failed', maxAbsError: null, tolerance: 5e-6 });
  });

  it('tells every boundary from every other', async () => {
    for (const boundary of BOUNDARY_IDS) {
      for (const other of BOUNDARY_IDS.filter((id) => id !== boundary)) {
        const backend = createReferenceBackend();
        const convention = { ...DEFAULT_CONVENTION, boundary };
        const cheat = {
          ...backend,
          open: (job: Parameters<typeof backend.open>[0]) => backend.open({ ...job, convention: { ...convention, boundary: other } }),
        };
        const job = { variant, convention, grid: { rows: 47, cols: 61 }, flushSubnormals: true, pin: false };
        const { status } = await verifyKernel(cheat, job, 20, signal);
        expect(status).toBe('failed');
      }
    }
  });

  it('passes on grids too small for their stencil', async () => {
    for (const grid of [
      { rows: 1, cols: 1 },
      { rows: 1, cols: 61 },
      { rows: 2, cols: 3 },
    ]) {
      const job = {
        variant,
        convention: { ...DEFAULT_CONVENTION, boundary: 'periodic' as const },
        grid,
        flushSubnormals: true,
        pin: false,
      };
      expect((await verifyKernel(createReferenceBackend(), job, 200, signal)).status).toBe('passed');
    }
  });

  it('stops when cancelled, in the oracle and in the kernel', async () => {
    for (const options of [{}, { sleepPerStep: 10 }] as const) {
      const controller = new AbortController();
      const job = {
        variant,
        convention: { ...DEFAULT_CONVENTION, feed: Math.random() / 100 },
        grid: { rows: 200, cols: 200 },
        flushSubnormals: true,
        pin: false,
      };
      const verification = verifyKernel(createReferenceBackend(options), job, 200, controller.signal);
      setTimeout(() => controller.abort(), 30);
      await expect(verification).rejects.toMatchObject({ trouble: { code: 'cancelled' } });
    }
  });
});

describe('a kernel that stores halves', () => {
  const job = (convention: Partial<Convention> = {}) => ({
    variant: { ...variant, kernel: 'half_storage' },
    convention: { ...DEFAULT_CONVENTION, ...convention },
    grid: { rows: 47, cols: 61 },
    flushSubnormals: true,
    pin: false,
  });

  it('passes when it rounds each step to the nearest, with the tolerance of its arithmetic', async () => {
    for (const boundary of BOUNDARY_IDS) {
      const { status, tolerance } = await verifyKernel(createReferenceBackend({ halves: 'each-step' }), job({ boundary }), 40, signal);
      expect([status, tolerance]).toEqual(['passed', 5e-6]);
    }
  });

  it('fails when it rounds otherwise, less often, or not at all', async () => {
    const otherwise = ['truncated', 'up-or-down', 'flushed', 'flushed-when-read', 'each-call', 'off-by-two', undefined] as const;
    for (const options of otherwise.map((halves) => (halves === undefined ? {} : { halves }))) {
      expect((await verifyKernel(createReferenceBackend(options), job(), 40, signal)).status, options.halves).toBe('failed');
    }
  });

  it('fails for faults far smaller than a half can show', async () => {
    const right = createReferenceBackend({ halves: 'each-step' });
    const cheats: Partial<Convention>[] = [{ boundary: 'background' }, { feed: DEFAULT_CONVENTION.feed + 2e-5 }, { stencil: 'oono-puri' }];
    for (const cheat of cheats) {
      const wrong = {
        ...right,
        open: (one: Parameters<typeof right.open>[0]) => right.open({ ...one, convention: { ...one.convention, ...cheat } }),
      };
      const { status, maxAbsError } = await verifyKernel(wrong, job(), 40, signal);
      expect(status).toBe('failed');
      expect(maxAbsError).toBeGreaterThan(5e-6);
    }
    const nan = createReferenceBackend({ halves: 'each-step', fault: 'nan' });
    expect(await verifyKernel(nan, job(), 40, signal)).toMatchObject({ status: 'failed', maxAbsError: null });
  });

  it('fails a cell taken from the wrong place', async () => {
    const right = createReferenceBackend({ halves: 'each-step' });
    const shifted = {
      ...right,
      async open(one: Parameters<typeof right.open>[0]) {
        const instance = await right.open(one);
        const read = async () => {
          const field = await instance.read();
          field.v[30 * 61 + 60] = field.v[30 * 61 + 59]!;
          return field;
        };
        return { ...instance, read };
      },
    };
    expect((await verifyKernel(shifted, job(), 40, signal)).status).toBe('failed');
  });
});

describe('a GPU kernel that stores halves', () => {
  const verifyHalves = (options: ReferenceBackendOptions, cheat: Partial<Convention> = {}) => {
    const right = createReferenceBackend(options);
    const open = (one: Parameters<typeof right.open>[0]) => right.open({ ...one, convention: { ...one.convention, ...cheat } });
    const job = {
      variant: { ...variant, kernel: 'gpu_half' },
      ...{ convention: DEFAULT_CONVENTION, grid: { rows: 47, cols: 61 }, flushSubnormals: true, pin: false },
    };
    return verifyKernel({ ...right, open }, job, 40, signal);
  };

  it('passes however it rounds, and with zero for what is subnormal', async () => {
    for (const halves of ['each-step', 'truncated', 'up-or-down', 'flushed', 'flushed-when-read'] as const) {
      expect((await verifyHalves({ halves })).status, halves).toBe('passed');
    }
  });

  it('fails two halves from the nearest in one cell, without rounding, and where the state between calls is another', async () => {
    for (const options of [{ halves: 'off-by-two' }, { halves: 'each-call' }, {}] as const) {
      expect((await verifyHalves(options)).status, options.halves).toBe('failed');
    }
  });

  it('fails another boundary, stencil or constant under any rounding', async () => {
    const cheats: Partial<Convention>[] = [{ boundary: 'background' }, { stencil: 'oono-puri' }, { feed: 2 * DEFAULT_CONVENTION.feed }];
    for (const halves of ['each-step', 'truncated', 'flushed'] as const) {
      for (const cheat of cheats) {
        const { status, maxAbsError } = await verifyHalves({ halves }, cheat);
        expect(status).toBe('failed');
        expect(maxAbsError).toBeGreaterThan(5e-6);
      }
    }
    expect(await verifyHalves({ halves: 'flushed', fault: 'nan' })).toMatchObject({ status: 'failed', maxAbsError: null });
  });
});

test('a kernel that is wrong on purpose does not pass even where its result is right', async () => {
  const parameters = { workgroupX: 16, workgroupY: 8, stepsPerSubmit: 32 };
  const of = (kernel: string) =>
    verifyKernel(
      createReferenceBackend({}),
      {
        variant: { ...variant, kernel, parameters },
        ...{ convention: DEFAULT_CONVENTION, grid: { rows: 20, cols: 20 }, flushSubnormals: true, pin: false },
      },
      20,
      signal,
    );
  const right = await of('gpu_tiled');
  expect(right.status).toBe('passed');
  expect(await of('gpu_tiled_race')).toEqual({ ...right, status: 'failed' });
});

describe('verificationSteps', () => {
  it('is the whole length on small grids, and on large ones enough for every seam and for two sweeps', () => {
    const steps = (parameters: Variant['parameters']) =>
      verificationSteps({ ...variant, parameters }, verificationGrid({ ...variant, parameters }));
    expect(steps({})).toBe(200);
    expect(steps({ blockRows: 64, blockCols: 512, depth: 8 })).toBe(200);
    expect(steps({ blockRows: 1024, blockCols: 4096 })).toBe(4);
    expect(steps({ blockRows: 1024, blockCols: 4096, depth: 16 })).toBe(33);
  });
});

describe('verificationGrid', () => {
  it('is 47 × 61 unless threads or tiles need more', () => {
    expect(verificationGrid(variant)).toEqual({ rows: 47, cols: 61 });
    expect(verificationGrid({ ...variant, threads: 64 })).toEqual({ rows: 87, cols: 61 });
    expect(verificationGrid({ ...variant, parameters: { workgroupX: 256, workgroupY: 4, stepsPerSubmit: 4096 } })).toEqual({
      rows: 47,
      cols: 279,
    });
  });

  it('is larger than what a work-group of several cells per invocation writes', () => {
    const parameters = { workgroupX: 16, workgroupY: 8, cellsY: 9, stepsPerSubmit: 32 };
    expect(verificationGrid({ ...variant, kernel: 'gpu_coarse', parameters })).toEqual({ rows: 95, cols: 87 });
  });
});

describe('maxAbsDifference', () => {
  it('takes the worst of both species and refuses what is no number or too short', () => {
    const reference = { u: Float64Array.of(1, 2), v: Float64Array.of(3, 4) };
    expect(maxAbsDifference({ u: Float32Array.of(1, 2), v: Float32Array.of(3, 4.5) }, reference)).toBe(0.5);
    expect(maxAbsDifference({ u: Float32Array.of(1, Number.POSITIVE_INFINITY), v: Float32Array.of(3, 4) }, reference)).toBeNull();
    expect(maxAbsDifference({ u: Float32Array.of(1), v: Float32Array.of(3, 4) }, reference)).toBeNull();
  });
});
