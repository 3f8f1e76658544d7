import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { expectSameFrame } from '../../../tests/support/same-frame.ts';
import { firstAdapter, startWebgpuProcess } from '../../../tests/support/webgpu-process.ts';
import { decodeFrame, type FrameView } from '../../shared/frame.ts';
import { FRAME_BINDINGS, FRAME_ENTRY_POINT, FRAME_SOURCE, statisticsOf } from './frame-pass.ts';

type Cases = typeof import('../../../tests/support/webgpu-frame-cases.ts');

const first = await firstAdapter();
const skipped = 'reason' in first ? ` (skipped: ${first.reason})` : '';
const view: FrameView = { species: 'v', maxRows: 30, maxCols: 40, low: 0, high: 0.5 };

/** As different from each other as the shader's cases are: above and below the range, negative, tiny, subnormal, ties. */
const cell = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: 0, max: 1, noNaN: true }) },
  { weight: 2, arbitrary: fc.float({ min: -16, max: 16, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0.25, 0.5, 1, 16, -16, 1e-20, 1e-40, -1e-40, 2 ** -30, 2 ** -45, 2 ** -60) },
);

describe.skipIf(skipped)(`frames made on the GPU${skipped}`, async () => {
  const gpu = await startWebgpuProcess<Cases>(new URL('../../../tests/support/webgpu-frame-cases.ts', import.meta.url));
  afterAll(async () => void (await gpu.end()));

  /** Uneven in both directions and unlike in every block. */
  const waves = (rows: number, cols: number) =>
    Float32Array.from({ length: rows * cols }, (_, at) => 0.3 + 0.29 * Math.sin(0.37 * at) * Math.cos(0.011 * (at % cols) + at / cols));

  for (const [rows, cols, why] of [
    [1, 1, 'a single cell'],
    [1, 2, 'a single pair'],
    [5, 3, 'an odd number of pixels'],
    [30, 40, 'exactly the view'],
    [29, 41, 'larger in one direction only'],
    [1, 977, 'a single row'],
    [977, 1, 'a single column'],
    [331, 257, 'blocks of all four sizes'],
    [70_001, 3, 'tall blocks'],
  ] as const) {
    it(`are makeFrame’s, pixel for pixel: ${rows} × ${cols}, ${why}`, async () => {
      const values = waves(rows, cols);
      const ranges = [
        [0, 0.5],
        [0, 1],
        [0.2, 0.45],
        [0.3, 0.3001],
        [-1, 3],
      ] as const;
      const views = ranges.flatMap(([low, high]) => (['u', 'v'] as const).map((species) => ({ ...view, species, low, high })));
      for (const { gpu: made, cpu } of await gpu.call('framesOf', values, { rows, cols }, views)) expectSameFrame(made, cpu, 0);
    });
  }

  it('are made where there are more pixels than invocations', async () => {
    const whole = { ...view, maxRows: 8192, maxCols: 8192 };
    const [frames] = await gpu.call('framesOf', waves(401, 403), { rows: 401, cols: 403 }, [whole]);
    expectSameFrame(frames!.gpu, frames!.cpu, 0);
    expect(decodeFrame(frames!.gpu!)!.pixels.length).toBe(401 * 403);
  });

  it('follow a view that changes its size', async () => {
    const sizes = [3, 64, 3, 200].map((side) => ({ ...view, maxRows: side, maxCols: side + 1 }));
    const frames = await gpu.call('framesOf', waves(90, 91), { rows: 90, cols: 91 }, sizes);
    for (const { gpu: made, cpu } of frames) expectSameFrame(made, cpu, 0);
  });

  it('differ by one level at most, whatever the cells and the range', async () => {
    const side = fc.integer({ min: 1, max: 24 });
    const end = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: -16, max: 16, noNaN: true }));
    const field = fc.tuple(side, side).chain(([rows, cols]) =>
      fc.record({
        grid: fc.constant({ rows, cols }),
        values: fc.array(cell, { minLength: rows * cols, maxLength: rows * cols }).map((cells) => Float32Array.from(cells)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(field, side, side, end, end, async ({ grid, values }, maxRows, maxCols, one, other) => {
        fc.pre(Math.abs(one - other) > 1e-6);
        const asked = { ...view, maxRows, maxCols, low: Math.min(one, other), high: Math.max(one, other) };
        const [frames] = await gpu.call('framesOf', values, grid, [asked]);
        expectSameFrame(frames!.gpu, frames!.cpu, 1);
      }),
      { numRuns: 200 },
    );
  });

  it('are declined where a cell is no number, or beyond what the sums hold', async () => {
    for (const wild of [Number.NaN, -Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 16.001, -16.001, 3e38]) {
      const values = waves(7, 9);
      values[31] = wild;
      const [frames] = await gpu.call('framesOf', values, { rows: 7, cols: 9 }, [view]);
      expect(frames!.gpu, String(wild)).toBeUndefined();
    }
  });
});

describe('the host’s half of the frame shader', () => {
  const source = readFileSync(new URL(`../../../${FRAME_SOURCE}`, import.meta.url), 'utf8');

  it('has the bindings and the entry point of the text', () => {
    expect(source).toContain('must match electron/runner/webgpu/frame-pass.ts');
    const bindings = [...source.matchAll(/@group\(0\) @binding\((\d+)\) var<[^>]*> (\w+):/g)];
    expect(Object.fromEntries(bindings.map(([, binding, name]) => [name, Number(binding)]))).toEqual(FRAME_BINDINGS);
    expect(source).toContain(`fn ${FRAME_ENTRY_POINT}(`);
  });

  it('adds up 96 bits of either sign', () => {
    // 1.0 and -0.5 in the order of unsigned numbers.
    const [one, minusHalf] = [0xbf80_0000, 0x40ff_ffff];
    expect(statisticsOf(Uint32Array.of(minusHalf, one, 0, 1, 0, 0), 2, 32)).toEqual({ min: -0.5, max: 1, mean: 0.5 });
    expect(statisticsOf(Uint32Array.of(minusHalf, one, 0, 0xffff_ffff, 0xffff_ffff, 0), 4, 32)?.mean).toBe(-0.25);
    expect(statisticsOf(Uint32Array.of(minusHalf, one, 0, 0, 1, 0), 1, 60)?.mean).toBe(16);
  });
});
