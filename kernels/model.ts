/**
 * The Gray-Scott model in one place: what is computed, from which start, under which convention.
 *
 *   u' = u + dt (Du L(u) − u v² + F (1 − u))
 *   v' = v + dt (Dv L(v) + u v² − (F + k) v)
 *   L(x) = a (N+S+E+W − 4x) + b (NE+NW+SE+SW − 4x),   dx = 1
 *
 * Explicit Euler, double buffer, row-major grids of rows × cols. The courses of the school disagree on the
 * stencil, the border and the seed, so all three are part of the convention that every plot prints.
 */

/** A text in both languages of the app. */
export interface Text {
  readonly en: string;
  readonly fr: string;
}

export interface StencilWeights {
  /** Weight of the four edge neighbours. */
  readonly a: number;
  /** Weight of the four corner neighbours. */
  readonly b: number;
}

/** Stencil weights; `eight` is the C++, SYCL, Kokkos and Fortran default, `oono-puri` that of Rust and Julia. */
export const STENCILS = {
  eight: { a: 1, b: 1 },
  'oono-puri': { a: 1 / 2, b: 1 / 4 },
  'patra-karttunen': { a: 2 / 3, b: 1 / 6 },
  'five-point': { a: 1, b: 0 },
} as const satisfies Record<string, StencilWeights>;

export type StencilId = keyof typeof STENCILS;
export const STENCIL_IDS = Object.keys(STENCILS) as StencilId[];

/**
 * What stands outside the grid. `zero`: u = 0, v = 0. `background`: u = 1, v = 0. `clipped`: a missing
 * neighbour contributes nothing. `periodic`: wraps. `frozen`: border cells never change.
 */
export const BOUNDARY_IDS = ['zero', 'background', 'clipped', 'periodic', 'frozen'] as const;
export type BoundaryId = (typeof BOUNDARY_IDS)[number];

export const PRECISION_IDS = ['f32', 'f64'] as const;
export type Precision = (typeof PRECISION_IDS)[number];

export const SEED_IDS = ['school', 'kokkos', 'patch', 'pearson'] as const;
export type SeedId = (typeof SEED_IDS)[number];

/** The numerics of a run, whole: two results may be compared only where these agree. */
export interface Convention {
  readonly stencil: StencilId;
  readonly boundary: BoundaryId;
  readonly seed: SeedId;
  readonly precision: Precision;
  readonly diffusionU: number;
  readonly diffusionV: number;
  readonly feed: number;
  readonly kill: number;
  readonly dt: number;
}

export interface Grid {
  readonly rows: number;
  readonly cols: number;
}

export const DEFAULT_CONVENTION: Convention = {
  stencil: 'eight',
  boundary: 'zero',
  seed: 'school',
  precision: 'f32',
  diffusionU: 0.1,
  diffusionV: 0.05,
  feed: 0.014,
  kill: 0.054,
  dt: 1,
};

/** Full HD: the image that the school's reference programs write. */
export const DEFAULT_GRID: Grid = { rows: 1080, cols: 1920 };
export const STEPS_PER_IMAGE = 32;

/** Conventions under the names of the courses that use them. */
export const NAMED_CONVENTIONS = {
  cpp: { title: 'C++ / SYCL', convention: DEFAULT_CONVENTION },
  // Kokkos alternates its halo between background and zero; `background` is the nearest of ours.
  kokkos: {
    title: 'Kokkos',
    convention: { ...DEFAULT_CONVENTION, boundary: 'background', seed: 'kokkos', precision: 'f64' },
  },
  rust: { title: 'Rust', convention: { ...DEFAULT_CONVENTION, stencil: 'oono-puri' } },
  fortran: { title: 'Fortran', convention: { ...DEFAULT_CONVENTION, boundary: 'frozen' } },
  numpy: {
    title: 'NumPy',
    convention: { ...DEFAULT_CONVENTION, stencil: 'five-point', boundary: 'periodic', seed: 'patch' },
  },
} as const satisfies Record<string, { title: string; convention: Convention }>;

export interface Preset {
  readonly id: string;
  readonly title: Text;
  readonly feed: number;
  readonly kill: number;
  /** Part of the preset: many (F, k) pairs give no pattern from another start. */
  readonly seed: SeedId;
}

/** Named patterns at Du 0.1, Dv 0.05, stencil `eight`. */
export const PRESETS: readonly Preset[] = [
  { id: 'spots', title: { en: 'Spots (the school’s)', fr: 'Taches (celles de l’école)' }, feed: 0.014, kill: 0.054, seed: 'school' },
  { id: 'labyrinth', title: { en: 'Labyrinth', fr: 'Labyrinthe' }, feed: 0.037, kill: 0.06, seed: 'patch' },
  { id: 'pulsating', title: { en: 'Pulsating spots', fr: 'Taches pulsantes' }, feed: 0.025, kill: 0.06, seed: 'patch' },
  { id: 'worms', title: { en: 'Worms', fr: 'Vers' }, feed: 0.078, kill: 0.061, seed: 'patch' },
  { id: 'holes', title: { en: 'Holes', fr: 'Trous' }, feed: 0.039, kill: 0.058, seed: 'patch' },
  { id: 'chaos', title: { en: 'Intermittent chaos', fr: 'Chaos intermittent' }, feed: 0.034, kill: 0.056, seed: 'patch' },
];

export type FieldArray = Float32Array | Float64Array;

/** Both species of one grid, row-major, length rows × cols each. */
export interface Field {
  readonly u: FieldArray;
  readonly v: FieldArray;
}

/** A rectangle of cells, the upper bounds excluded, with the concentrations inside it. */
interface SeedPatch {
  readonly rowBegin: number;
  readonly rowEnd: number;
  readonly colBegin: number;
  readonly colEnd: number;
  readonly u: number;
  readonly v: number;
  /** Relative amplitude of uniform noise on u and v; 0 for none. */
  readonly noise: number;
}

/** Pearson's start: a 20 × 20 square at the centre, (1/2, 1/4) ± 1 %. */
const PEARSON_SIDE = 20;

function seedPatch(seed: SeedId, { rows, cols }: Grid): SeedPatch {
  const part = (length: number, numerator: number, denominator: number) => Math.floor((numerator * length) / denominator);
  switch (seed) {
    case 'school':
      return {
        rowBegin: Math.max(0, part(rows, 7, 16) - 4),
        rowEnd: Math.max(0, part(rows, 8, 16) - 4),
        colBegin: part(cols, 7, 16),
        colEnd: part(cols, 8, 16),
        u: 0,
        v: 1,
        noise: 0,
      };
    case 'kokkos':
      return {
        rowBegin: Math.max(0, part(rows, 1, 2) - 1),
        rowEnd: part(rows, 1, 2) + 1,
        colBegin: Math.max(0, part(cols, 1, 2) - 1),
        colEnd: part(cols, 1, 2) + 1,
        u: 0,
        v: 1,
        noise: 0,
      };
    case 'patch':
      return {
        rowBegin: part(rows, 4, 10),
        rowEnd: part(rows, 6, 10),
        colBegin: part(cols, 4, 10),
        colEnd: part(cols, 6, 10),
        u: 0.7,
        v: 0.25,
        noise: 0,
      };
    case 'pearson': {
      const half = PEARSON_SIDE / 2;
      const middleRow = part(rows, 1, 2);
      const middleCol = part(cols, 1, 2);
      return {
        rowBegin: Math.max(0, middleRow - half),
        rowEnd: Math.min(rows, middleRow + half),
        colBegin: Math.max(0, middleCol - half),
        colEnd: Math.min(cols, middleCol + half),
        u: 0.5,
        v: 0.25,
        noise: 0.01,
      };
    }
  }
}

/**
 * Uniform noise in [−1, 1) from the cell's place alone, so that a seed is the same on every machine and
 * in every order of evaluation. The mixing is that of MurmurHash3's 32-bit finaliser (public domain).
 */
export function cellNoise(row: number, col: number, species: 0 | 1): number {
  let h = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(col + 1, 0x85ebca77) ^ Math.imul(species + 1, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 0) / 2 ** 31 - 1;
}

export function allocateField({ rows, cols }: Grid, precision: Precision): Field {
  const make = () => (precision === 'f32' ? new Float32Array(rows * cols) : new Float64Array(rows * cols));
  return { u: make(), v: make() };
}

/** The state at step 0: u = 1, v = 0 everywhere but in the seed's patch. */
export function seedField(grid: Grid, seed: SeedId, precision: Precision): Field {
  const field = allocateField(grid, precision);
  seedRows(field, grid, seed, 0);
  return field;
}

/** The same for the rows of the grid from `firstRow` on that `field` has room for. */
export function seedRows(field: Field, grid: Grid, seed: SeedId, firstRow: number): void {
  field.u.fill(1);
  field.v.fill(0);
  const patch = seedPatch(seed, grid);
  const rowBegin = Math.max(patch.rowBegin, firstRow);
  const rowEnd = Math.min(patch.rowEnd, firstRow + field.u.length / grid.cols);
  const colEnd = Math.min(patch.colEnd, grid.cols);
  for (let row = rowBegin; row < rowEnd; row++) {
    for (let col = patch.colBegin; col < colEnd; col++) {
      const at = (row - firstRow) * grid.cols + col;
      field.u[at] = patch.u * (patch.noise === 0 ? 1 : 1 + patch.noise * cellNoise(row, col, 0));
      field.v[at] = patch.v * (patch.noise === 0 ? 1 : 1 + patch.noise * cellNoise(row, col, 1));
    }
  }
}

export const bytesPerValue = (precision: Precision): number => (precision === 'f32' ? 4 : 8);

/**
 * Floating-point operations per cell and step, counted on the formulas above with the weights folded: the
 * Laplacians of both species, 2 for u v², 7 for u', 6 for v'. A kernel that recomputes does more; this is the
 * useful work, so that GFLOP/s stay comparable between kernels.
 */
export function flopsPerCell(stencil: StencilId): number {
  const { a, b } = STENCILS[stencil];
  // One weight: n − 1 additions, one product, one subtraction. Two weights: two sums of four, three products.
  const laplacian = b === 0 ? 5 : a === b ? 9 : 11;
  return 2 * laplacian + 15;
}
