/** The start of a run as a picture, so that the field shows what will be computed before anything is. */
import type { Species } from '../../electron/shared/frame.ts';
import { type Grid, type SeedId, seedField } from '../../kernels/model.ts';
import type { Picture } from './painter.ts';

/** Larger grids are not drawn before they run: allocating them only for a preview would be noticed. */
export const LARGEST_PREVIEW_CELLS = 6_000_000;
const LONGEST_SIDE = 1024;

/** Null for grids beyond the preview's limit. Every value lies in [0, 1], which is the picture's range. */
export function seedPicture(grid: Grid, seed: SeedId, species: Species): Picture | null {
  if (grid.rows * grid.cols > LARGEST_PREVIEW_CELLS) return null;
  const field = seedField(grid, seed, 'f32')[species];
  const stride = Math.max(1, Math.ceil(Math.max(grid.rows, grid.cols) / LONGEST_SIDE));
  const rows = Math.ceil(grid.rows / stride);
  const cols = Math.ceil(grid.cols / stride);
  const pixels = new Uint16Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      pixels[row * cols + col] = Math.round(65535 * Math.min(1, Math.max(0, field[row * stride * grid.cols + col * stride]!)));
    }
  }
  return { header: { rows, cols, gridRows: grid.rows, gridCols: grid.cols, low: 0, high: 1, species }, pixels };
}
