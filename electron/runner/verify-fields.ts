/** What both ways of verifying share: a start where every cell counts, and the difference of two fields. */
import { type Convention, cellNoise, type Field, type Grid, type Precision, seedField } from '../../kernels/model.ts';

/** The convention's seed with 5 % of noise in every cell. */
export function disturbedSeed(grid: Grid, convention: Convention, precision: Precision): Field {
  const field = seedField(grid, convention.seed, precision);
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      const at = row * grid.cols + col;
      field.u[at]! *= 1 - 0.05 * Math.abs(cellNoise(row, col, 0));
      field.v[at] = field.v[at]! * 0.95 + 0.05 * Math.abs(cellNoise(row, col, 1));
    }
  }
  return field;
}

/** Largest absolute difference over both species; null when `field` holds a value that is no finite number. */
export function maxAbsDifference(field: Field, reference: Field): number | null {
  let worst = 0;
  for (const species of ['u', 'v'] as const) {
    const values = field[species];
    const expected = reference[species];
    for (let at = 0; at < expected.length; at++) {
      const difference = Math.abs(values[at]! - expected[at]!);
      if (!Number.isFinite(difference)) return null;
      if (difference > worst) worst = difference;
    }
  }
  return worst;
}
