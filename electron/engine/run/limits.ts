/**
 * Whether a job fits this machine, decided before anything is allocated, with the largest grid that would. An operating
 * system that runs out of memory kills processes, ours or another's, instead of saying no.
 */
import type { Kernel } from '../../../kernels/kernel.ts';
import { bytesPerValue, type Grid, type Precision } from '../../../kernels/model.ts';
import { largestCellsOn } from '../../shared/adapters.ts';
import type { Adapter } from '../../shared/run.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { withinTime } from '../machine/within-time.ts';

/** Left to the rest of the machine. */
const USABLE_PART = 0.9;
const MEMORY_MILLISECONDS = 1000;
/** A field travels between processes as one message, whose length is 32-bit. */
const LARGEST_MESSAGE_BYTES = 2 ** 31 - 2 ** 20;
/** Copies of u and v outside the kernel: the seed and what is read for display and summary. */
const FIELDS_IN_RUNNER = 2;
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

export interface MemoryDemand {
  readonly kernel: string;
  readonly grid: Grid;
  readonly precision: Precision;
  readonly keepField: boolean;
  /** Of this machine's memory by the kernel itself; 0 for a GPU with its own. */
  readonly kernelBytes: number;
}

/** Throws `grid-too-large` unless everything that the job allocates fits into the available bytes. */
export function requireMemory({ kernel, grid, precision, keepField, kernelBytes }: MemoryDemand, availableBytes: number): void {
  const cells = grid.rows * grid.cols;
  const fieldBytesPerCell = 2 * bytesPerValue(precision);
  const fields = FIELDS_IN_RUNNER + (keepField ? FIELDS_WHEN_KEPT : 0);
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
