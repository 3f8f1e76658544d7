/** Which adapter a GPU kernel runs on, and how large a grid it takes there: known before anything is allocated. */
import type { GpuFeature, Kernel } from '../../kernels/kernel.ts';
import type { Adapter } from './run.ts';

/** An index into a grid is signed and of 32 bits. */
const MOST_CELLS = 2 ** 31 - 1;

type Needs = Pick<Kernel, 'gpu'>;

export const missingFeatures = ({ gpu }: Needs, { features }: Pick<Adapter, 'features'>): GpuFeature[] =>
  (gpu?.features ?? []).filter((feature) => !features.includes(feature));

/** Usable adapters with what the kernel needs, in the order of the list, which has hardware first. */
export const adaptersServing = (kernel: Needs, adapters: readonly Adapter[]): Adapter[] =>
  adapters.filter((adapter) => adapter.usable && missingFeatures(kernel, adapter).length === 0);

/** The one chosen by hand where it serves, else the first that does. */
export function adapterServing(kernel: Needs, adapters: readonly Adapter[], chosen: string): Adapter | undefined {
  const serving = adaptersServing(kernel, adapters);
  return serving.find(({ id }) => id === chosen) ?? serving[0];
}

/** Cells of the largest grid, where the adapter tells: for f32, and twice as many where a state is of halves. */
export function largestCellsOn({ largestCells }: Adapter, { gpu }: Needs): number | undefined {
  if (largestCells === undefined) return undefined;
  return gpu?.state === 'f16-buffers' && !gpu.scratch ? Math.min(2 * largestCells, MOST_CELLS) : largestCells;
}
