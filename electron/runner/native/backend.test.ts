/**
 * Every CPU kernel of the catalogue against the oracle, on every instruction set of this processor. Without an addon
 * these tests are skipped by name, except those of the answers that the backend then gives.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { defaultParameters, type Isa, isasWith, type Kernel, type KernelParameter } from '../../../kernels/kernel.ts';
import {
  allocateField,
  type BoundaryId,
  type Convention,
  DEFAULT_CONVENTION,
  type Field,
  type FieldArray,
  type Grid,
  type Precision,
  STENCIL_IDS,
  type StencilId,
  seedField,
} from '../../../kernels/model.ts';
import { referenceRun } from '../../../kernels/reference.ts';
import type { KernelInstance, KernelJob } from '../backend.ts';
import { verifyKernel } from '../verify.ts';
import { type Addon, loadAddon } from './addon.ts';
import { createNativeBackend } from './backend.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const loaded = loadAddon(ROOT);
const ALL_NATIVE = KERNELS.filter((kernel) => kernel.backend === 'native');
const built = 'addon' in loaded ? loaded.addon.info().kernels.map(({ id }) => id) : [];
/** Without those for which there was no compiler. */
const NATIVE = ALL_NATIVE.filter(({ id, compiler }) => compiler === undefined || built.includes(id));
/** Those that keep every digit they compute; the others are compared step by step (verify-stored.ts). */
const KEEPING = NATIVE.filter(({ storage }) => storage === undefined);
const ROUNDING = NATIVE.filter(({ storage }) => storage !== undefined);
const TOLERANCE = { f32: 5e-6, f64: 1e-12 } as const;

const withAddon = 'addon' in loaded ? describe : describe.skip;
const backend = createNativeBackend(ROOT);

/** 200 steps where the shape is large enough to matter, fewer on slivers that exist for their edges. */
const GRIDS: readonly (Grid & { steps: number })[] = [
  { rows: 47, cols: 61, steps: 200 },
  { rows: 1, cols: 1, steps: 200 },
  { rows: 1, cols: 7, steps: 200 },
  { rows: 2, cols: 3, steps: 200 },
  { rows: 3, cols: 1, steps: 200 },
  { rows: 15, cols: 65, steps: 60 },
  { rows: 17, cols: 63, steps: 60 },
  { rows: 65, cols: 16, steps: 60 },
];

/** No constant of the step at its default. */
const CHANGED = { diffusionU: 0.16, diffusionV: 0.08, feed: 0.035, kill: 0.06, dt: 0.5 };

function job(kernel: Kernel, grid: Grid, change: Partial<Convention> & { isa?: Isa; threads?: number } = {}): KernelJob {
  const { isa, threads, ...convention } = change;
  const whole = { ...DEFAULT_CONVENTION, ...convention };
  return {
    variant: {
      kernel: kernel.id,
      precision: whole.precision,
      threads: threads ?? (kernel.threaded ? 3 : 1),
      parameters: defaultParameters(kernel),
      ...(isa === undefined ? {} : { isa }),
    },
    convention: whole,
    grid,
    flushSubnormals: true,
    pin: false,
  };
}

async function fieldAfter(one: KernelJob, start: Field, batches: readonly number[]): Promise<Field> {
  const instance = await backend.open(one);
  try {
    await instance.load(start);
    for (const steps of batches) await instance.step(steps);
    return await instance.read();
  } finally {
    await instance.close();
  }
}

/** NaN when either holds one. */
function maxAbsError(one: Field, other: Field): number {
  let max = 0;
  for (const species of ['u', 'v'] as const) {
    for (const [at, value] of one[species].entries()) {
      const difference = Math.abs(value - other[species][at]!);
      if (!(difference <= max)) max = difference;
    }
  }
  return max;
}

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

const references = new Map<string, Field>();

/** `patch` fills cells on every grid but the smallest, where a corner is set by hand so that both species act. */
function startOf(grid: Grid, precision: Precision): Field {
  const field = seedField(grid, 'patch', precision);
  field.u[0] = 0.5;
  field.v[0] = 0.25;
  return field;
}

function reference(grid: Grid, steps: number, stencil: StencilId, boundary: BoundaryId): Field {
  const key = [grid.rows, grid.cols, steps, stencil, boundary].join(' ');
  let field = references.get(key);
  if (field === undefined) {
    field = referenceRun(startOf(grid, 'f64'), grid, { ...DEFAULT_CONVENTION, stencil, boundary }, steps);
    references.set(key, field);
  }
  return field;
}

afterEach(() => vi.unstubAllEnvs());

withAddon('every native kernel agrees with the reference', () => {
  let isasOf: Map<string, readonly Isa[]>;
  beforeAll(async () => {
    isasOf = new Map((await backend.probe()).kernels.map((report) => [report.kernel, report.isas ?? []]));
  });

  test('every kernel of the catalogue runs here', () => {
    for (const kernel of NATIVE) expect(isasOf.get(kernel.id), kernel.id).not.toEqual([]);
  });

  for (const kernel of KEEPING) {
    for (const boundary of kernel.boundaries) {
      test(`${kernel.id} ${boundary}`, async () => {
        for (const stencil of kernel.stencils) {
          for (const precision of kernel.precisions) {
            for (const { steps, ...grid } of GRIDS) {
              const expected = reference(grid, steps, stencil, boundary);
              for (const isa of isasOf.get(kernel.id) ?? []) {
                const one = job(kernel, grid, { stencil, boundary, precision, isa });
                const field = await fieldAfter(one, startOf(grid, precision), [1, 2, steps - 3]);
                const name = `${stencil} ${precision} ${isa} ${grid.rows} × ${grid.cols}`;
                expect(maxAbsError(field, expected), name).toBeLessThanOrEqual(TOLERANCE[precision]);
              }
            }
          }
        }
      });
    }
  }

  for (const kernel of ROUNDING) {
    test.each(kernel.boundaries)(`${kernel.id} %s`, async (boundary) => {
      for (const stencil of kernel.stencils) {
        for (const { steps, ...grid } of GRIDS) {
          for (const isa of isasOf.get(kernel.id) ?? []) {
            const one = job(kernel, grid, { ...CHANGED, stencil, boundary, seed: 'patch', isa });
            const { status, maxAbsError } = await verifyKernel(backend, one, Math.min(steps, 60), new AbortController().signal);
            expect(status, `${stencil} ${isa} ${grid.rows} × ${grid.cols}: ${maxAbsError}`).toBe('passed');
          }
        }
      }
    });
  }

  for (const kernel of KEEPING) {
    for (const { name, choices } of kernel.parameters) {
      test.each(choices ?? [])(`${kernel.id} ${name}=%s`, async (choice) => {
        for (const { steps, ...grid } of GRIDS.slice(0, 2)) {
          for (const stencil of kernel.stencils) {
            for (const boundary of kernel.boundaries) {
              for (const precision of kernel.precisions) {
                const expected = reference(grid, steps, stencil, boundary);
                const parameters = { ...defaultParameters(kernel), [name]: choice };
                for (const isa of isasWith(kernel, parameters, isasOf.get(kernel.id) ?? [])) {
                  const one = job(kernel, grid, { stencil, boundary, precision, isa });
                  const field = await fieldAfter({ ...one, variant: { ...one.variant, parameters } }, startOf(grid, precision), [steps]);
                  const differs = `${stencil} ${boundary} ${precision} ${isa}`;
                  expect(maxAbsError(field, expected), differs).toBeLessThanOrEqual(TOLERANCE[precision]);
                }
              }
            }
          }
        }
      });
    }
  }

  for (const kernel of KEEPING) {
    test.each(kernel.candidates ?? [])(`${kernel.id} tuned to %o`, async (candidate) => {
      const grid = { rows: 47, cols: 1301 };
      for (const boundary of kernel.boundaries) {
        for (const precision of kernel.precisions) {
          const expected = reference(grid, 60, 'oono-puri', boundary);
          const one = job(kernel, grid, { stencil: 'oono-puri', boundary, precision });
          const parameters = { ...one.variant.parameters, ...candidate };
          const field = await fieldAfter({ ...one, variant: { ...one.variant, parameters } }, startOf(grid, precision), [60]);
          expect(maxAbsError(field, expected), `${boundary} ${precision}`).toBeLessThanOrEqual(TOLERANCE[precision]);
        }
      }
    });
  }

  test('the background stays what it is to the last bit', async () => {
    const grid = { rows: 9, cols: 37 };
    for (const kernel of NATIVE) {
      for (const stencil of kernel.stencils) {
        for (const precision of kernel.precisions) {
          for (const isa of isasOf.get(kernel.id) ?? []) {
            const start = allocateField(grid, precision);
            start.u.fill(1);
            const field = await fieldAfter(
              job(kernel, grid, { stencil, boundary: 'background', precision, isa, diffusionU: 0.4 }),
              start,
              [20],
            );
            expect(maxAbsError(field, start), `${kernel.id} ${stencil} ${precision} ${isa}`).toBe(0);
          }
        }
      }
    }
  });

  test('every half is read, rounded and written as IEEE 754 says', async () => {
    const grid = { rows: 256, cols: 256 };
    const halves = new Float16Array(Uint16Array.from({ length: 65536 }, (_, bits) => bits).buffer);
    for (const kernel of ROUNDING) {
      for (const isa of isasOf.get(kernel.id) ?? []) {
        // Nothing but v (1 − kill) is left of the step, and these products are exact in f32: ties, subnormals, overflow.
        for (const kill of [0, 2 ** -12, -(2 ** -12), -(2 ** -11), 0.5, -3]) {
          const one = job(kernel, grid, { diffusionU: 0, diffusionV: 0, feed: 0, kill, dt: 1, isa });
          const start = allocateField(grid, 'f32');
          start.v.set(halves.map((half) => (Number.isFinite(half) ? half : 0)));
          const { u, v } = await fieldAfter(one, start, [1]);
          expect(
            v.map((value) => value + 0),
            `${isa} ${kill}`,
          ).toEqual(start.v.map((half) => Math.f16round(half * (1 - kill)) + 0));
          expect(u.every((value) => value === 0)).toBe(true);
        }
        for (const special of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          const start = allocateField(grid, 'f32');
          start.v[0] = special;
          expect((await fieldAfter(job(kernel, grid, { isa }), start, [])).v[0]).toBe(special);
          expect((await fieldAfter(job(kernel, grid, { isa }), start, [1])).v[0]).toBeNaN();
        }
      }
    }
  });

  test('the step’s constants are all used', async () => {
    const grid = { rows: 47, cols: 61 };
    for (const kernel of KEEPING) {
      const expected = referenceRun(startOf(grid, 'f64'), grid, { ...DEFAULT_CONVENTION, ...CHANGED }, 50);
      const field = await fieldAfter(job(kernel, grid, { ...CHANGED, precision: 'f64' }), startOf(grid, 'f64'), [50]);
      expect(maxAbsError(field, expected), kernel.id).toBeLessThanOrEqual(TOLERANCE.f64);
    }
  });

  test('blocks of any shape cover the grid', async () => {
    const grid = { rows: 47, cols: 61 };
    const shapes = [
      [1, 1],
      [5, 16],
      [7, 13],
      [46, 60],
      [47, 61],
      [1, 4096],
      [1024, 1],
    ] as const;
    const within = ({ name, ...range }: KernelParameter, value: number) => [
      name,
      Math.min(Math.max(value, Number(range.min)), Number(range.max)),
    ];
    for (const kernel of NATIVE) {
      const sides = ['blockRows', 'blockCols'].map((side) => kernel.parameters.find(({ name }) => name === side));
      if (sides.includes(undefined)) continue;
      for (const shape of shapes) {
        const parameters = { ...defaultParameters(kernel), ...Object.fromEntries(sides.map((side, axis) => within(side!, shape[axis]!))) };
        for (const boundary of kernel.boundaries) {
          const one = job(kernel, grid, { stencil: 'oono-puri', boundary, precision: 'f64' });
          const field = await fieldAfter({ ...one, variant: { ...one.variant, parameters } }, startOf(grid, 'f64'), [1, 39]);
          const expected = reference(grid, 40, 'oono-puri', boundary);
          expect(maxAbsError(field, expected), `${kernel.id} ${boundary} ${shape.join(' × ')}`).toBeLessThanOrEqual(TOLERANCE.f64);
        }
      }
    }
  });

  test('several steps at once are as many as were asked for, however deep and wherever tiles end', async () => {
    const tunings = [
      { depth: 1, blockRows: 16, blockCols: 16, strip: 16 },
      { depth: 2, blockRows: 1, blockCols: 1, strip: 17 },
      { depth: 5, blockRows: 46, blockCols: 60, strip: 31 },
      { depth: 7, blockRows: 11, blockCols: 33, strip: 64 },
      { depth: 64, blockRows: 24, blockCols: 17, strip: 16 },
      { depth: 64, blockRows: 1024, blockCols: 4096, strip: 65536 },
    ];
    const grids = [
      { rows: 47, cols: 61 },
      { rows: 3, cols: 2 },
      { rows: 33, cols: 64 },
    ];
    for (const kernel of NATIVE.filter(({ parameters }) => parameters.some(({ name }) => name === 'depth'))) {
      for (const tuning of tunings) {
        const taken = Object.entries(tuning).filter(([name]) => kernel.parameters.some((parameter) => parameter.name === name));
        const parameters = { ...defaultParameters(kernel), ...Object.fromEntries(taken) };
        for (const boundary of kernel.boundaries) {
          for (const grid of grids) {
            const one = job(kernel, grid, { stencil: 'patra-karttunen', boundary, precision: 'f64' });
            const field = await fieldAfter({ ...one, variant: { ...one.variant, parameters } }, startOf(grid, 'f64'), [1, 70, 6]);
            const expected = reference(grid, 77, 'patra-karttunen', boundary);
            const name = `${kernel.id} ${boundary} ${JSON.stringify(parameters)} ${grid.rows} × ${grid.cols}`;
            expect(maxAbsError(field, expected), name).toBeLessThanOrEqual(TOLERANCE.f64);
          }
        }
      }
    }
  });

  test('a team may have more members than the grid has rows, and be pinned', async () => {
    const grid = { rows: 5, cols: 33 };
    const expected = reference(grid, 40, 'eight', 'periodic');
    for (const kernel of NATIVE.filter((one) => one.threaded)) {
      for (const threads of [1, 2, 5, 9]) {
        const one = { ...job(kernel, grid, { boundary: 'periodic', precision: 'f64', threads }), pin: true };
        const field = await fieldAfter(one, startOf(grid, 'f64'), [40]);
        expect(maxAbsError(field, expected), `${kernel.id} ${threads}`).toBeLessThanOrEqual(TOLERANCE.f64);
      }
    }
  });
});

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
    // A vector of vectors takes its memory row by row, which the system does not refuse until it is spent.
    for (const kernel of NATIVE.filter(({ id }) => id !== 'aos_nested')) {
      const { variant, convention } = job(kernel, grid);
      const open = () =>
        new loaded.addon.Instance({
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

withAddon('GS_FORCE_ISA', () => {
  test('narrows what is offered, and what is run by default', async () => {
    vi.stubEnv('GS_FORCE_ISA', 'baseline');
    const narrow = createNativeBackend(ROOT);
    const allowed: readonly Isa[] = ['baseline', 'neon'];
    for (const report of (await narrow.probe()).kernels) {
      if (report.reason === 'compiler-missing') continue;
      expect(report.isas?.length, report.kernel).toBe(1);
      expect(allowed).toContain(report.isas?.[0]);
    }
    const kernel = KERNELS.find(({ id }) => id === 'autovec')!;
    const grid = { rows: 3, cols: 3 };
    await expect(narrow.open(job(kernel, grid, { isa: 'avx512' }))).rejects.toMatchObject({
      trouble: { code: 'kernel-unavailable', reason: 'isa-missing' },
    });
    const instance = await narrow.open(job(kernel, grid));
    await instance.close();
  });
});

describe('without a usable addon', () => {
  let folder: string;
  const build = () => join(folder, 'native', 'build');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gslab-native-'));
    mkdirSync(join(build(), 'Release'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function expectUnavailable(reason: string, detail: string): Promise<void> {
    const without = createNativeBackend(folder, loadAddon(folder, [folder]));
    const { kernels, adapters } = await without.probe();
    expect(adapters).toEqual([]);
    expect(kernels.map((report) => report.kernel)).toEqual(ALL_NATIVE.map((kernel) => kernel.id));
    for (const report of kernels) {
      expect(report).toMatchObject({ available: false, reason, detail: expect.stringContaining(detail) });
      expect(report.detail).not.toContain('\n');
    }
    const one = job(NATIVE[0]!, { rows: 3, cols: 3 });
    expect(without.bytesNeeded(one)).toBe(0);
    await expect(without.open(one)).rejects.toMatchObject({ trouble: { code: 'kernel-unavailable', reason } });
  }

  test('says which compiler was missing when it was built', async () => {
    class Instance {}
    const addon = {
      info: () => ({ compiler: 'any', flags: {}, levels: {}, kernels: [] }),
      bytesNeeded: () => 0,
      Instance,
    } as unknown as Addon;
    const { kernels } = await createNativeBackend(folder, { addon }).probe();
    for (const { id, compiler } of ALL_NATIVE) {
      const report = kernels.find(({ kernel }) => kernel === id);
      if (compiler === undefined) expect(report).toMatchObject({ available: false, reason: 'addon-not-built' });
      else expect(report).toEqual({ kernel: id, available: false, reason: 'compiler-missing', detail: compiler });
    }
  });

  test('says how to build it', () => expectUnavailable('addon-not-built', 'npm run build:native'));

  test('says why it was not built', async () => {
    writeFileSync(join(build(), 'reason.txt'), 'No C++ compiler was found\n');
    await expectUnavailable('addon-not-built', 'No C++ compiler was found');
  });

  test('says why it does not load', async () => {
    writeFileSync(join(build(), 'Release', 'gray_scott.node'), 'not a library');
    await expectUnavailable('addon-failed', 'gray_scott.node');
  });
});
