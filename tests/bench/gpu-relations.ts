/** What the GPU kernels are wanted to reach against the copy and against each other. */
import { COPY_BYTES_PER_CELL } from '../../electron/runner/webgpu/ceiling-kernels.ts';
import { median } from '../../electron/shared/statistics.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { type GpuBench, type Group, NOT_ASKED, type Row, type Wanted } from './gpu-results.ts';
import { ratioOfRounds, stateOf } from './relations.ts';

const LARGEST_SIDE = 8192;
const CHAMPION = 'gpu_champion';

export const didRun = ({ cellsPerSecond }: Row): boolean => cellsPerSecond.length > 0;

/** Through memory once a step, in f32: what temporal blocking is to be compared with. */
export const isSingleStep = ({ kernel, parameters }: Row): boolean =>
  Number(parameters.depth ?? 1) === 1 && findKernel(kernel)?.storage === undefined;

export const bytesPerSecond = ({ cellsPerSecond, bytesPerCell }: Row): number[] => cellsPerSecond.map((rate) => rate * bytesPerCell);
export const copiedPerSecond = ({ copyCellsPerSecond }: Group): number[] => copyCellsPerSecond.map((rate) => rate * COPY_BYTES_PER_CELL);

function fastestSingleStep({ rows }: Group): Row | undefined {
  const candidates = rows.filter((row) => didRun(row) && isSingleStep(row));
  return candidates.toSorted((x, y) => median(y.cellsPerSecond) - median(x.cellsPerSecond))[0];
}

type Measured = Pick<GpuBench, 'adapter' | 'sizes' | 'launches'>;

export function wantedOf({ adapter, sizes, launches }: Measured): Wanted[] {
  const wanted = (what: string, names: [of: string, over: string], values: [number[], number[]], atLeast: number): Wanted => {
    const ratio = ratioOfRounds(...values);
    return {
      ...{ what, of: names[0], over: names[1], atLeast, ratio },
      state: adapter.type === 'software' ? NOT_ASKED : stateOf(ratio, atLeast),
    };
  };
  const rates = ({ cellsPerSecond }: Row) => [...cellsPerSecond];
  const found: Wanted[] = [];

  const large = sizes.findLast(({ side, rows }) => side <= LARGEST_SIDE && rows.some(didRun));
  const single = large && fastestSingleStep(large);
  if (large !== undefined && single !== undefined) {
    const at = `at ${large.side} × ${large.side}`;
    const share = `the fastest single-step kernel against the copy, bytes by declared cost, ${at}`;
    found.push(wanted(share, [single.name, 'copy'], [bytesPerSecond(single), copiedPerSecond(large)], 0.8));
    const champion = large.rows.find((row) => row.name === CHAMPION && didRun(row));
    if (champion !== undefined)
      found.push(
        wanted(`fused steps against the fastest single step, ${at}`, [CHAMPION, single.name], [rates(champion), rates(single)], 2),
      );
  }

  for (const { side, rows } of launches) {
    const [one, many] = rows;
    if (one === undefined || many === undefined || !didRun(one) || !didRun(many)) continue;
    found.push(wanted(`steps sent together, at ${side} × ${side}`, [many.name, one.name], [rates(many), rates(one)], 5));
  }
  return found;
}
