/** What the GPU bench measured. */
import type { Machine } from '../../electron/shared/machine.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import type { ParameterValues } from '../../kernels/kernel.ts';
import type { Finding } from './relations.ts';

/** A kernel with what tunes it, on the grid of its group. */
export interface Row {
  readonly name: string;
  readonly kernel: string;
  /** As it ran. */
  readonly parameters: ParameterValues;
  /** By round; empty where it did not run. */
  readonly cellsPerSecond: readonly number[];
  /** As the kernel declares. */
  readonly bytesPerCell: number;
  readonly trouble?: string;
}

/** What took turns on one square grid, and the copy among it. */
export interface Group {
  readonly side: number;
  readonly rounds: number;
  readonly copyCellsPerSecond: readonly number[];
  readonly rows: readonly Row[];
}

export const NOT_ASKED = 'software adapter: not asked';

/** A software adapter has neither a GPU's memory nor its launches: what it reaches is told, and nothing is asked of it. */
export type Wanted = Omit<Finding, 'state'> & { readonly state: Finding['state'] | typeof NOT_ASKED };

export interface GpuBench {
  readonly machine: Machine;
  readonly adapter: Adapter;
  readonly date: string;
  readonly seconds: number;
  /** Processes that wanted a core, at the beginning and at the end; zeros where the system does not tell. */
  readonly loads: readonly [before: number, after: number];
  readonly copy: {
    readonly side: number;
    readonly wallCellsPerSecond: readonly number[];
    /** Between the timestamps of its passes; empty where the adapter has none. */
    readonly gpuCellsPerSecond: readonly number[];
  };
  readonly sizes: readonly Group[];
  readonly shapes: Group;
  readonly launches: readonly Group[];
  readonly wanted: readonly Wanted[];
}
