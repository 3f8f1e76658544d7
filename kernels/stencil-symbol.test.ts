import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CONVENTION, STENCIL_IDS, STENCILS } from './model.ts';
import { referenceStep } from './reference.ts';
import { anisotropy, stencilScale, stencilSymbol } from './stencil-symbol.ts';

test.each(STENCIL_IDS)('%s: a wave on a periodic grid is multiplied by the symbol', (stencil) => {
  const side = 24;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 }), (nx, ny) => {
      const [kx, ky] = [(2 * Math.PI * nx) / side, (2 * Math.PI * ny) / side];
      const wave = Float64Array.from({ length: side * side }, (_, at) => Math.cos(kx * (at % side) + ky * Math.floor(at / side)));
      const next = { u: new Float64Array(side * side), v: new Float64Array(side * side) };
      const convention = {
        ...DEFAULT_CONVENTION,
        stencil,
        boundary: 'periodic',
        precision: 'f64',
        diffusionU: 1,
        feed: 0,
        dt: 0.1,
      } as const;
      referenceStep({ u: wave, v: new Float64Array(side * side) }, next, { rows: side, cols: side }, convention);
      const factor = 1 + 0.1 * stencilSymbol(stencil, kx, ky);
      for (const at of [0, 5, 100, 575]) expect(next.u[at]).toBeCloseTo(factor * wave[at]!, 10);
    }),
    { numRuns: 30 },
  );
});

test.each(STENCIL_IDS)('%s: long waves know neither grid nor direction', (stencil) => {
  expect(anisotropy(stencil, 1e4)).toBeCloseTo(1, 6);
  const k = 1e-3;
  expect(stencilSymbol(stencil, k, 0) / -(k * k)).toBeCloseTo(stencilScale(stencil), 5);
  const { a, b } = STENCILS[stencil];
  const short = (2 * Math.PI) / 64;
  expect(anisotropy(stencil, 64) - 1).toBeCloseTo((short * short * (a / 24 - b / 6)) / (a + 2 * b), 5);
});

test('only the one with a = 4b is isotropic to the fourth order', () => {
  const off = (cells: number) => STENCIL_IDS.map((stencil) => [stencil, Math.abs(anisotropy(stencil, cells) - 1)] as const);
  expect(off(8).find(([stencil]) => stencil === 'patra-karttunen')?.[1]).toBeLessThan(1e-3);
  for (const [stencil, error] of off(8)) if (stencil !== 'patra-karttunen') expect(error).toBeGreaterThan(1e-2);
});
