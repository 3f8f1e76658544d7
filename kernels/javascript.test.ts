import { describe, expect, it } from 'vitest';
import { javascript } from './entries/javascript.ts';
import { stepRows } from './javascript.ts';
import { allocateField, type Convention, DEFAULT_CONVENTION, type Grid, seedField } from './model.ts';
import { referenceRun } from './reference.ts';

const TOLERANCES = { f32: 5e-6, f64: 1e-12 };
const STEPS = 200;
const AWKWARD_GRIDS = [
  [1, 1],
  [1, 65],
  [65, 1],
  [2, 63],
  [63, 2],
  [3, 17],
  [15, 15],
].map(([rows, cols]) => ({ rows: rows!, cols: cols! }));

/** Over both species after `STEPS` steps, each in two bands of rows; NaN when any value is. */
function differenceFromReference(grid: Grid, convention: Convention): number {
  const start = seedField(grid, convention.seed, convention.precision);
  let from = seedField(grid, convention.seed, convention.precision);
  let to = allocateField(grid, convention.precision);
  const middle = Math.floor(grid.rows / 2);
  for (let step = 0; step < STEPS; step++) {
    stepRows(from, to, grid, convention, middle, grid.rows);
    stepRows(from, to, grid, convention, 0, middle);
    [from, to] = [to, from];
  }
  const reference = referenceRun(start, grid, convention, STEPS);
  const differences = (['u', 'v'] as const).flatMap((species) =>
    [...reference[species]].map((value, at) => Math.abs(value - from[species][at]!)),
  );
  return Math.max(...differences);
}

describe.each(javascript.precisions)('javascript in %s', (precision) => {
  for (const boundary of javascript.boundaries) {
    for (const stencil of javascript.stencils) {
      it(`${stencil}, ${boundary}: 47 × 61 follows the reference`, () => {
        const convention: Convention = { ...DEFAULT_CONVENTION, precision, boundary, stencil, seed: 'patch' };
        expect(differenceFromReference({ rows: 47, cols: 61 }, convention)).toBeLessThanOrEqual(TOLERANCES[precision]);
      });
    }
    it(`${boundary}: awkward grids follow the reference`, () => {
      for (const [index, grid] of AWKWARD_GRIDS.entries()) {
        const stencil = javascript.stencils[index % javascript.stencils.length]!;
        const convention: Convention = { ...DEFAULT_CONVENTION, precision, boundary, stencil, seed: 'patch' };
        expect(differenceFromReference(grid, convention), JSON.stringify({ grid, stencil })).toBeLessThanOrEqual(TOLERANCES[precision]);
      }
    });
  }
});
