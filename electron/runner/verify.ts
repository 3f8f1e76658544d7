/**
 * Compares a kernel with the oracle, as it will run: same tuning parameters, threads, instruction set and convention,
 * on a small awkward grid, over the whole length from the convention's seed.
 *
 * Diffusion forgives: a fault at the border, where nothing happens in most seeds, is gone from a late image. So a short
 * run from a seed that is disturbed in every cell comes first, compared step by step, where every border and corner counts.
 */
import { findKernel } from '../../kernels/catalog.ts';
import { type Convention, type Field, type Grid, type Precision, seedField } from '../../kernels/model.ts';
import type { Variant, Verification } from '../shared/run.ts';
import type { KernelInstance, KernelJob, RunnerBackend } from './backend.ts';
import { nextTurn, throwIfCancelled } from './next-turn.ts';
import { oracleFrom } from './oracle.ts';
import { disturbedSeed, maxAbsDifference } from './verify-fields.ts';
import { worstStoredError } from './verify-stored.ts';
import { withInstance } from './with-instance.ts';

export const VERIFICATION_STEPS = 200;
export const TOLERANCES: Readonly<Record<Precision, number>> = { f32: 5e-6, f64: 1e-12 };
/** No multiple of any vector, tile or work-group. */
const SMALLEST_GRID: Grid = { rows: 47, cols: 61 };
const DISTURBED_CHECKPOINTS = [1, 2, 20];
const CACHED_CELLS = 1_000_000;

/** The grid for a variant: large enough for every thread to have a row, and for more than one tile of each extent. */
export function verificationGrid(variant: Variant): Grid {
  let rows = Math.max(SMALLEST_GRID.rows, variant.threads + 23);
  let cols = SMALLEST_GRID.cols;
  for (const [name, value] of Object.entries(variant.parameters)) {
    if (typeof value !== 'number') continue;
    // Extents end in the axis that they tile: workgroupX, tileY, blockRows.
    if (/(X|Cols)$/.test(name)) cols = Math.max(cols, value + 23);
    else if (/(Y|Rows)$/.test(name)) rows = Math.max(rows, value + 23);
  }
  const tile = findKernel(variant.kernel)?.gpu?.tile?.(variant.parameters);
  if (tile !== undefined) {
    rows = Math.max(rows, tile.rows + 23);
    cols = Math.max(cols, tile.cols + 23);
  }
  return { rows, cols };
}

/** About half a second of the oracle. */
const AFFORDABLE_UPDATES = 2e7;
const FEWEST_STEPS = 4;

/**
 * As many steps as `VERIFICATION_STEPS` where the grid is small. Large tiles need a large grid, on which every border and
 * seam is wrong after the first steps or not at all; but what takes `depth` steps at once is seen through twice.
 */
export function verificationSteps({ parameters: { depth } }: Variant, { rows, cols }: Grid): number {
  const affordable = Math.floor(AFFORDABLE_UPDATES / (rows * cols));
  const twice = typeof depth === 'number' ? 2 * depth + 1 : 0;
  return Math.min(VERIFICATION_STEPS, Math.max(FEWEST_STEPS, twice, affordable));
}

/** A run of kernel and oracle side by side, compared after each of the checkpoints. */
interface Stretch {
  readonly start: (grid: Grid, convention: Convention, precision: Precision) => Field;
  readonly checkpoints: readonly number[];
}

const stretchesOf = (steps: number): Stretch[] => [
  { start: disturbedSeed, checkpoints: DISTURBED_CHECKPOINTS.filter((checkpoint) => checkpoint <= steps) },
  { start: (grid, { seed }, precision) => seedField(grid, seed, precision), checkpoints: [steps] },
];

/** The oracle's states, stretch by stretch and checkpoint by checkpoint; the most recently used entry last. */
const cache = new Map<string, { readonly cells: number; readonly states: readonly Field[][] }>();

function remember(key: string, cells: number, states: readonly Field[][]): void {
  cache.set(key, { cells, states });
  let total = [...cache.values()].reduce((sum, entry) => sum + entry.cells, 0);
  for (const [oldest, entry] of cache) {
    if (total <= CACHED_CELLS || oldest === key) break;
    cache.delete(oldest);
    total -= entry.cells;
  }
}

/** The oracle's states at the checkpoints of one stretch. */
async function oracleStates(stretch: Stretch, grid: Grid, convention: Convention, signal: AbortSignal): Promise<Field[]> {
  const oracleAt = oracleFrom(stretch.start(grid, convention, 'f64'), grid, convention, signal);
  const states: Field[] = [];
  for (const checkpoint of stretch.checkpoints) {
    const { u, v } = await oracleAt(checkpoint);
    states.push({ u: u.slice(), v: v.slice() });
  }
  return states;
}

/** What the kernel is compared with; shared between kernels of a convention and grid. */
async function referenceStates(grid: Grid, convention: Convention, steps: number, signal: AbortSignal): Promise<readonly Field[][]> {
  const key = JSON.stringify([grid, { ...convention, precision: 'f64' }, steps]);
  const known = cache.get(key);
  if (known !== undefined) {
    cache.delete(key);
    cache.set(key, known);
    return known.states;
  }
  const states: Field[][] = [];
  for (const stretch of stretchesOf(steps)) states.push(await oracleStates(stretch, grid, convention, signal));
  remember(key, grid.rows * grid.cols * states.flat().length, states);
  return states;
}

/** The worst error over one stretch of the kernel. */
async function worstError(
  instance: KernelInstance,
  stretch: Stretch,
  { grid, convention, variant }: KernelJob,
  states: readonly Field[],
  signal: AbortSignal,
): Promise<number | null> {
  await instance.load(stretch.start(grid, convention, variant.precision));
  let worst = 0;
  let done = 0;
  for (const [index, checkpoint] of stretch.checkpoints.entries()) {
    throwIfCancelled(signal);
    await instance.step(checkpoint - done);
    done = checkpoint;
    const error = maxAbsDifference(await instance.read(), states[index]!);
    if (error === null) return null;
    worst = Math.max(worst, error);
    await nextTurn(signal);
  }
  return worst;
}

/** The worst error of a kernel that keeps what it computes. */
async function worstErrorOf(instance: KernelInstance, job: KernelJob, steps: number, signal: AbortSignal): Promise<number | null> {
  const states = await referenceStates(job.grid, job.convention, steps, signal);
  let worst = 0;
  for (const [index, stretch] of stretchesOf(steps).entries()) {
    const error = await worstError(instance, stretch, job, states[index]!, signal);
    if (error === null) return null;
    worst = Math.max(worst, error);
  }
  return worst;
}

/** Opens the kernel on the job's grid, runs `steps` steps beside the oracle, and closes it. Rejects with a `TroubleError`. */
export async function verifyKernel(backend: RunnerBackend, job: KernelJob, steps: number, signal: AbortSignal): Promise<Verification> {
  const tolerance = TOLERANCES[job.variant.precision];
  const { storage, broken } = findKernel(job.variant.kernel) ?? {};
  const worst = storage === undefined ? worstErrorOf : worstStoredError;
  const maxAbsError = await withInstance(backend, job, signal, (instance) => worst(instance, job, steps, signal));
  const passed = !broken && maxAbsError !== null && maxAbsError <= tolerance;
  return { status: passed ? 'passed' : 'failed', maxAbsError, tolerance };
}
