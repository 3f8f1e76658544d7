import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocateField,
  BOUNDARY_IDS,
  DEFAULT_CONVENTION,
  DEFAULT_GRID,
  type Field,
  flopsPerCell,
  type Grid,
  NAMED_CONVENTIONS,
  PRESETS,
  SEED_IDS,
  STENCIL_IDS,
  STENCILS,
  seedField,
} from './model.ts';

/** The rectangle, bounds included, in which the field is not the background (u 1, v 0). */
function patchOf({ u, v }: Field, grid: Grid): { rows: [number, number]; cols: [number, number] } {
  const rows: number[] = [];
  const cols: number[] = [];
  for (let at = 0; at < u.length; at++) {
    if (u[at] === 1 && v[at] === 0) continue;
    rows.push(Math.floor(at / grid.cols));
    cols.push(at % grid.cols);
  }
  const bounds = (values: number[]): [number, number] => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return { rows: bounds(rows), cols: bounds(cols) };
}

test('the school’s seed covers rows 468 to 535 and columns 840 to 959 at full HD', () => {
  const field = seedField(DEFAULT_GRID, 'school', 'f32');
  expect(patchOf(field, DEFAULT_GRID)).toEqual({ rows: [468, 535], cols: [840, 959] });
  const inside = 500 * DEFAULT_GRID.cols + 900;
  expect([field.u[inside], field.v[inside]]).toEqual([0, 1]);
  expect(Array.from(field.v).reduce((sum, value) => sum + value, 0)).toBe(68 * 120);
});

test('the other seeds lie where their courses put them', () => {
  const grid = { rows: 10, cols: 10 };
  expect(patchOf(seedField(grid, 'kokkos', 'f64'), grid)).toEqual({ rows: [4, 5], cols: [4, 5] });
  const patch = seedField(grid, 'patch', 'f64');
  expect(patchOf(patch, grid)).toEqual({ rows: [4, 5], cols: [4, 5] });
  expect([patch.u[44], patch.v[44]]).toEqual([0.7, 0.25]);
  const large = { rows: 60, cols: 80 };
  const pearson = seedField(large, 'pearson', 'f64');
  expect(patchOf(pearson, large)).toEqual({ rows: [20, 39], cols: [30, 49] });
  const centre = 30 * 80 + 40;
  expect(Math.abs(pearson.u[centre]! / 0.5 - 1)).toBeLessThanOrEqual(0.01);
  expect(Math.abs(pearson.v[centre]! / 0.25 - 1)).toBeLessThanOrEqual(0.01);
  expect(new Set(pearson.u).size).toBeGreaterThan(300);
});

test('every seed fits every grid, is the same each time, and leaves concentrations between 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.constantFrom(...SEED_IDS), (rows, cols, seed) => {
      const field = seedField({ rows, cols }, seed, 'f32');
      expect(field.u.length).toBe(rows * cols);
      for (const values of [field.u, field.v]) expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(seedField({ rows, cols }, seed, 'f32')).toEqual(field);
    }),
  );
});

test('precision chooses the arrays, both zero', () => {
  expect(allocateField({ rows: 2, cols: 3 }, 'f32').u).toEqual(new Float32Array(6));
  expect(allocateField({ rows: 2, cols: 3 }, 'f64').v).toEqual(new Float64Array(6));
});

describe('stencils', () => {
  test('are those of the courses', () => {
    const centre = (id: keyof typeof STENCILS) => -4 * (STENCILS[id].a + STENCILS[id].b);
    expect(STENCIL_IDS.map((id) => [id, centre(id)])).toEqual([
      ['eight', -8],
      ['oono-puri', -3],
      ['patra-karttunen', expect.closeTo(-20 / 6, 12)],
      ['five-point', -4],
    ]);
  });

  test('cost what their formula counts', () => {
    expect(STENCIL_IDS.map(flopsPerCell)).toEqual([33, 37, 37, 25]);
  });
});

test('named conventions and presets name stencils, boundaries and seeds that exist, and texts in both languages', () => {
  for (const { convention } of Object.values(NAMED_CONVENTIONS)) {
    expect(STENCIL_IDS).toContain(convention.stencil);
    expect(BOUNDARY_IDS).toContain(convention.boundary);
    expect(SEED_IDS).toContain(convention.seed);
  }
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  for (const { title, feed, kill, seed } of PRESETS) {
    expect(title.en).not.toBe('');
    expect(title.fr).not.toBe('');
    expect(SEED_IDS).toContain(seed);
    expect(feed).toBeGreaterThan(0);
    expect(kill).toBeGreaterThan(0);
  }
  expect(PRESETS.find(({ id }) => id === 'spots')).toMatchObject({ feed: DEFAULT_CONVENTION.feed, kill: DEFAULT_CONVENTION.kill });
});
