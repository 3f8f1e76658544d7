/** Every native kernel against the reference, on every instruction set of this processor; skipped by name without an addon. */
import { beforeAll, expect, test } from 'vitest';
import { defaultParameters, type Isa, isasWith, type KernelParameter } from '../../../kernels/kernel.ts';
import { allocateField, DEFAULT_CONVENTION, type Grid } from '../../../kernels/model.ts';
import { referenceRun } from '../../../kernels/reference.ts';
import { verifyKernel } from '../verify.ts';
import {
  backend,
  fieldAfter,
  job,
  KEEPING,
  maxAbsError,
  NATIVE,
  ROUNDING,
  reference,
  startOf,
  TOLERANCE,
  withAddon,
} from './native.fixture.ts';

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
