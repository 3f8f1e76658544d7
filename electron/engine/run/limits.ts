/**
 * Whether a job fits this machine, decided before anything is allocated, with the largest grid that would. An operating
 * system that runs out of memory kills processes, ours or another's, instead of saying no.
 */
import type { Backend, Kernel } from '../../../kernels/kernel.ts';
import { bytesPerValue, type Grid, type Precision } from '../../../kernels/model.ts';
import { largestCellsOn } from '../../shared/adapters.ts';
import type { Adapter, Images, Observe } from '../../shared/run.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { withinTime } from '../machine/within-time.ts';

/** Left to the rest of the machine. */
const USABLE_PART = 0.9;
const MEMORY_MILLISECONDS = 1000;
/** A field travels between processes as one message, whose length is 32-bit. */
const LARGEST_MESSAGE_BYTES = 2 ** 31 - 2 ** 20;
/** One image is written while the next is read. */
const FIELDS_FOR_IMAGES = 2;
/** A kept field on its way to the session: the message at both ends, the field and its 32-bit copy. */
const FIELDS_WHEN_KEPT = 4;

/** Bytes that can still be allocated without swapping, a container's limit included. */
export async function availableMemoryBytes(): Promise<number> {
  // macOS counts reclaimable caches as used; there the system's own tools know better.
  if (process.platform === 'darwin') {
    const asked = import('systeminformation').then(({ mem }) => mem());
    const memory = await withinTime(asked, MEMORY_MILLISECONDS);
    if (memory !== undefined) return memory.available;
  }
  return process.availableMemory();
}

/** What decides how often the runner holds all of u and v outside the kernel. */
export interface FieldUse {
  readonly backend: Backend;
  /** Frames, made of the whole state. */
  readonly display: boolean;
  readonly keepField: boolean;
  readonly images?: Images;
  readonly observe?: Observe;
}

/**
 * Whole fields in the runner beside the kernel's own. Native kernels are loaded and summed up by bands of rows: only what is
 * asked for beyond that is read in one piece. The other backends take the seed and give the state whole. What is no longer
 * used counts too, for nobody knows when it is freed.
 */
export function fieldsInRunner({ backend, display, keepField, images, observe }: FieldUse): number {
  const forImages = images === undefined || images.writing === 'none' ? 0 : FIELDS_FOR_IMAGES;
  const seedAndSummary = 2;
  if (backend !== 'native') return seedAndSummary + forImages;
  // Frames and observations are read into the same memory; an image round has neither.
  const shown = images === undefined && (display || observe !== undefined) ? 1 : 0;
  // The exact kernel beside it starts from a seed in one piece.
  const exactSeed = observe?.what === 'difference' ? 1 : 0;
  return forImages + shown + exactSeed + (keepField ? 1 : 0);
}

export interface MemoryDemand {
  readonly kernel: string;
  readonly grid: Grid;
  readonly precision: Precision;
  readonly keepField: boolean;
  readonly fieldsInRunner: number;
  /** Of this machine's memory by the kernel itself; 0 for a GPU with its own. */
  readonly kernelBytes: number;
}

/** Throws `grid-too-large` unless everything that the job allocates fits into the available bytes. */
export function requireMemory(
  { kernel, grid, precision, keepField, fieldsInRunner, kernelBytes }: MemoryDemand,
  availableBytes: number,
): void {
  const cells = grid.rows * grid.cols;
  const fieldBytesPerCell = 2 * bytesPerValue(precision);
  const fields = fieldsInRunner + (keepField ? FIELDS_WHEN_KEPT : 0);
  const bytesPerCell = kernelBytes / cells + fields * fieldBytesPerCell;
  const inMemory = Math.floor((USABLE_PART * availableBytes) / bytesPerCell);
  const inMessage = keepField ? Math.floor(LARGEST_MESSAGE_BYTES / fieldBytesPerCell) : inMemory;
  const largestCells = Math.min(inMemory, inMessage);
  if (cells > largestCells) throw new TroubleError({ code: 'grid-too-large', kernel, limit: 'memory', largestCells, cells });
}

/** Throws `grid-too-large` when the adapter's buffers cannot hold the grid. */
export function requireAdapter(kernel: Pick<Kernel, 'id' | 'gpu'>, grid: Grid, adapter: Adapter): void {
  const cells = grid.rows * grid.cols;
  const largestCells = largestCellsOn(adapter, kernel);
  if (largestCells !== undefined && cells > largestCells)
    throw new TroubleError({ code: 'grid-too-large', kernel: kernel.id, limit: 'adapter', largestCells, cells });
}
