import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BOUNDARY_IDS,
  type Convention,
  DEFAULT_CONVENTION,
  DEFAULT_GRID,
  type Field,
  type Grid,
  NAMED_CONVENTIONS,
  STENCIL_IDS,
  STENCILS,
  seedField,
} from './model.ts';
import { kokkosCourseRun, referenceRun } from './reference.ts';

const convention = (change: Partial<Convention>): Convention => ({ ...DEFAULT_CONVENTION, precision: 'f64', ...change });

const sum = (values: Iterable<number>) => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const mean = (values: Float32Array | Float64Array) => sum(values) / values.length;

function largestDifference(a: Field, b: Field): number {
  let largest = 0;
  for (const species of ['u', 'v'] as const)
    for (const [at, value] of a[species].entries()) largest = Math.max(largest, Math.abs(value - b[species][at]!));
  return largest;
}

/** The field whose cell (row, col) is that of `field` at (toRow, toCol). */
function moved(field: Field, grid: Grid, from: (row: number, col: number) => [number, number]): Field {
  const result = { u: new Float64Array(field.u.length), v: new Float64Array(field.v.length) };
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      const [fromRow, fromCol] = from(row, col);
      const at = row * grid.cols + col;
      result.u[at] = field.u[fromRow * grid.cols + fromCol]!;
      result.v[at] = field.v[fromRow * grid.cols + fromCol]!;
    }
  }
  return result;
}

const stencil = fc.constantFrom(...STENCIL_IDS);
const side = fc.integer({ min: 1, max: 12 });

/** A grid with any concentrations between 0 and 1. */
const gridAndField = fc.tuple(side, side).chain(([rows, cols]) => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: rows * cols, maxLength: rows * cols });
  return fc.record({
    grid: fc.constant({ rows, cols }),
    field: fc.record({ u: values.map((u) => Float64Array.from(u)), v: values.map((v) => Float64Array.from(v)) }),
  });
});

describe('properties', () => {
  test('the uniform background (u 1, v 0) is a fixed point where the border allows it', () => {
    fc.assert(
      fc.property(side, side, stencil, fc.constantFrom('background', 'clipped', 'periodic', 'frozen'), (rows, cols, id, boundary) => {
        const start = { u: new Float64Array(rows * cols).fill(1), v: new Float64Array(rows * cols) };
        expect(referenceRun(start, { rows, cols }, convention({ stencil: id, boundary }), 3)).toEqual(start);
      }),
      { numRuns: 50 },
    );
    const leaking = referenceRun(
      { u: Float64Array.of(1), v: Float64Array.of(0) },
      { rows: 1, cols: 1 },
      convention({ boundary: 'zero' }),
      1,
    );
    expect(leaking.u[0]).toBeLessThan(1);
  });

  test('a mirrored start gives the mirrored result under every boundary', () => {
    fc.assert(
      fc.property(gridAndField, stencil, fc.constantFrom(...BOUNDARY_IDS), ({ grid, field }, id, boundary) => {
        const numerics = convention({ stencil: id, boundary });
        for (const mirror of [
          (row: number, col: number): [number, number] => [grid.rows - 1 - row, col],
          (row: number, col: number): [number, number] => [row, grid.cols - 1 - col],
        ]) {
          const mirrored = referenceRun(moved(field, grid, mirror), grid, numerics, 2);
          expect(largestDifference(mirrored, moved(referenceRun(field, grid, numerics, 2), grid, mirror))).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a periodic grid has no origin: a shifted start gives the shifted result', () => {
    fc.assert(
      fc.property(gridAndField, stencil, fc.nat(11), fc.nat(11), ({ grid, field }, id, down, right) => {
        const numerics = convention({ stencil: id, boundary: 'periodic' });
        const shift = (row: number, col: number): [number, number] => [(row + down) % grid.rows, (col + right) % grid.cols];
        const shifted = referenceRun(moved(field, grid, shift), grid, numerics, 2);
        expect(largestDifference(shifted, moved(referenceRun(field, grid, numerics, 2), grid, shift))).toBeLessThan(1e-12);
      }),
      { numRuns: 50 },
    );
  });

  test('a frozen border never changes, and what lies inside does', () => {
    fc.assert(
      fc.property(gridAndField, ({ grid, field }) => {
        const after = referenceRun(field, grid, convention({ boundary: 'frozen' }), 2);
        for (let at = 0; at < field.u.length; at++) {
          const [row, col] = [Math.floor(at / grid.cols), at % grid.cols];
          if (row > 0 && col > 0 && row < grid.rows - 1 && col < grid.cols - 1) continue;
          expect([after.u[at], after.v[at]]).toEqual([field.u[at], field.v[at]]);
        }
      }),
      { numRuns: 50 },
    );
    const grid = { rows: 5, cols: 5 };
    const start = seedField(grid, 'kokkos', 'f64');
    expect(largestDifference(start, referenceRun(start, grid, convention({ boundary: 'frozen' }), 1))).toBeGreaterThan(0.1);
  });

  test('diffusion alone keeps the amount of each species on a periodic or clipped grid', () => {
    fc.assert(
      fc.property(gridAndField, stencil, fc.constantFrom('periodic', 'clipped'), ({ grid, field }, id, boundary) => {
        const still = { u: field.u, v: new Float64Array(field.v.length) };
        const after = referenceRun(still, grid, convention({ stencil: id, boundary, feed: 0, kill: 0 }), 3);
        expect(sum(after.u)).toBeCloseTo(sum(still.u), 10);
      }),
      { numRuns: 50 },
    );
  });

  test('the start is not changed', () => {
    const grid = { rows: 8, cols: 8 };
    const start = seedField(grid, 'school', 'f32');
    const copy = { u: start.u.slice(), v: start.v.slice() };
    referenceRun(start, grid, DEFAULT_CONVENTION, 5);
    expect(start).toEqual(copy);
  });
});

test('one step on one cell is the formula, worked out by hand for every stencil and boundary', () => {
  // One cell alone: with a neighbour n in all eight places L(u) = 4 (a + b) (n − u).
  const [u, v] = [0.5, 0.25];
  for (const id of STENCIL_IDS) {
    const weight = 4 * (STENCILS[id].a + STENCILS[id].b);
    const outside = { zero: [0, 0], background: [1, 0], clipped: [u, v], periodic: [u, v] } as const;
    for (const [boundary, [outU, outV]] of Object.entries(outside)) {
      const after = referenceRun(
        { u: Float64Array.of(u), v: Float64Array.of(v) },
        { rows: 1, cols: 1 },
        convention({ stencil: id, boundary: boundary as Convention['boundary'], dt: 0.5 }),
        1,
      );
      expect(after.u[0]).toBeCloseTo(u + 0.5 * (0.1 * weight * (outU - u) - u * v * v + 0.014 * (1 - u)), 14);
      expect(after.v[0]).toBeCloseTo(v + 0.5 * (0.05 * weight * (outV - v) + u * v * v - 0.068 * v), 14);
    }
  }
});

describe('published values', () => {
  test('the Kokkos course’s checksums: 10 × 10, 100 steps, its alternating halo', () => {
    const grid = { rows: 10, cols: 10 };
    const { u, v } = kokkosCourseRun(seedField(grid, 'kokkos', 'f64'), grid, NAMED_CONVENTIONS.kokkos.convention, 100);
    expect([sum(u).toFixed(2), sum(v).toFixed(2)]).toEqual(['53.58', '0.60']);
    expect(sum(u)).toBeCloseTo(53.579237, 5);
    expect(sum(v)).toBeCloseTo(0.599407, 5);
  });

  test('a consistent background halo gives other ones, so the alternation matters', () => {
    const grid = { rows: 10, cols: 10 };
    const { u, v } = referenceRun(seedField(grid, 'kokkos', 'f64'), grid, NAMED_CONVENTIONS.kokkos.convention, 100);
    expect(sum(u)).toBeCloseTo(16.478, 3);
    expect(sum(v)).toBeCloseTo(67.68, 2);
  });

  test('the school’s full-HD case after one step', () => {
    const { u, v } = referenceRun(seedField(DEFAULT_GRID, 'school', 'f64'), DEFAULT_GRID, convention({}), 1);
    expect(mean(u)).toBeCloseTo(0.995252045, 9);
    expect(mean(v)).toBeCloseTo(0.003667593, 9);
    expect(Array.from(v).reduce((a, b) => Math.max(a, b))).toBeCloseTo(0.932, 6);
  });
});

describe('published values far from the border', () => {
  /**
   * Nothing travels faster than one cell a step, so at step 32 the seed with 40 cells of background around it holds the
   * same V as full HD, in a sixtieth of the time. Whole grids are checked by the kernels.
   */
  const margin = 40;
  const grid = { rows: 68 + 2 * margin, cols: 120 + 2 * margin };
  const start = { u: new Float64Array(grid.rows * grid.cols).fill(1), v: new Float64Array(grid.rows * grid.cols) };
  for (let row = margin; row < margin + 68; row++) {
    for (let col = margin; col < margin + 120; col++) {
      start.u[row * grid.cols + col] = 0;
      start.v[row * grid.cols + col] = 1;
    }
  }
  test.each([
    ['eight', 0.001243836, 0.523483],
    ['oono-puri', 0.00104733, 0.51206],
    ['patra-karttunen', 0.001047596, 0.511865],
    ['five-point', 0.001048082, 0.514344],
  ] as const)('%s after 32 steps', (id, meanV, maxV) => {
    const { v } = referenceRun(start, grid, convention({ stencil: id, boundary: 'background' }), 32);
    expect(sum(v) / (DEFAULT_GRID.rows * DEFAULT_GRID.cols)).toBeCloseTo(meanV, 9);
    expect(Array.from(v).reduce((a, b) => Math.max(a, b))).toBeCloseTo(maxV, 6);
  });
});
