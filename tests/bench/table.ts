/**
 * The rate of every native kernel over grid sizes and threads, as the page that docs/cpu-table.md keeps:
 * `npm run -s bench -- table > docs/cpu-table.md`. f32, default tuning, every kernel verified before each cell of the table.
 *
 * Steps follow what a kernel reached on the grid before, so that each round takes about as long whatever the kernel and the
 * size: at least one step or sweep, and the whole in minutes.
 */
import type { Lab } from '../../electron/engine/lab.ts';
import { stepsPerSweep } from '../../electron/runner/batches.ts';
import type { Machine } from '../../electron/shared/machine.ts';
import { median } from '../../electron/shared/statistics.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { defaultParameters, type Kernel } from '../../kernels/kernel.ts';
import { labRounds, withBenchLab } from './lab-rounds.ts';

const SIDES = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 12288];
const TEAMS = [1, 2];
/** Timed stepping in one round. */
const ROUND_SECONDS = 0.12;
/** Grids that take long to set up and to look at get one round: there the kernels differ by more than rounds do. */
const ROUNDS = 3;
const LARGEST_SIDE_IN_ROUNDS = 2048;
/** Before anything is known of a kernel; less than the slowest reaches. */
const FIRST_RATE = 20e6;

/** One row of the table: a kernel on a number of threads. */
interface Competitor {
  readonly kernel: Kernel;
  readonly threads: number;
}

interface Cell {
  readonly kernel: string;
  readonly threads: number;
  readonly side: number;
  readonly steps: number;
  /** By round; empty where it did not run. */
  readonly cellsPerSecond: readonly number[];
  readonly trouble?: string;
}

export interface CpuTable {
  readonly machine: Machine;
  readonly date: string;
  readonly seconds: number;
  readonly cells: readonly Cell[];
}

async function measureCell(lab: Lab, { kernel, threads }: Competitor, side: number, rate: number): Promise<Cell> {
  const sweep = stepsPerSweep({ kernel: kernel.id, precision: 'f32', threads, parameters: defaultParameters(kernel) });
  const steps = sweep * Math.max(1, Math.round((ROUND_SECONDS * rate) / (side * side * sweep)));
  const about = { kernel: kernel.id, threads, side, steps };
  const rounds = side <= LARGEST_SIDE_IN_ROUNDS ? ROUNDS : 1;
  try {
    const measured = await labRounds(lab, { kernel: kernel.id, threads, precision: 'f32' }, { rows: side, cols: side }, steps, rounds);
    return { ...about, cellsPerSecond: measured.cellsPerSecond };
  } catch (error) {
    return { ...about, cellsPerSecond: [], trouble: error instanceof Error ? error.message : String(error) };
  }
}

async function measureTable(lab: Lab, sides: readonly number[]): Promise<CpuTable> {
  const began = performance.now();
  const { machine, kernels } = await lab.hello();
  const compiled = KERNELS.filter(({ id, backend }) => backend === 'native' && kernels.find(({ kernel }) => kernel === id)?.available);
  const competitors = compiled.flatMap((kernel) => (kernel.threaded ? TEAMS : [1]).map((threads) => ({ kernel, threads })));
  const cells: Cell[] = [];
  const latest = new Map<Competitor, number>();
  for (const side of sides) {
    for (const competitor of competitors) {
      const cell = await measureCell(lab, competitor, side, latest.get(competitor) ?? FIRST_RATE);
      if (cell.cellsPerSecond.length > 0) latest.set(competitor, median(cell.cellsPerSecond));
      cells.push(cell);
    }
    process.stderr.write(`${side} × ${side}: done after ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  }
  return { machine, date: new Date().toISOString().slice(0, 10), seconds: (performance.now() - began) / 1000, cells };
}

const bytes = (value: number | 'unknown'): string =>
  value === 'unknown'
    ? 'unknown'
    : value < 2 ** 20
      ? `${value / 2 ** 10} KiB`
      : value < 2 ** 30
        ? `${value / 2 ** 20} MiB`
        : `${(value / 2 ** 30).toFixed(0)} GiB`;

/** Text with a vertical bar would end a cell. */
const inCell = (text: string): string => text.replaceAll('|', '\\|');

export function markdownOf({ machine, date, seconds, cells }: CpuTable): string {
  const sides = [...new Set(cells.map(({ side }) => side))];
  const rows = Map.groupBy(cells, ({ kernel, threads }) => `${kernel} | ${threads}`);
  const rate = ({ cellsPerSecond }: Cell) => (cellsPerSecond.length === 0 ? 'no' : (median(cellsPerSecond) / 1e6).toFixed(0));
  const lines = [...rows].map(
    ([name, row]) => `| ${name} | ${sides.map((side) => rate(row.find((cell) => cell.side === side)!)).join(' | ')} |`,
  );
  const troubles = cells.filter(({ trouble }) => trouble !== undefined);
  const { l1d, l2, l3 } = machine.cacheBytes;
  return [
    '# CPU kernels over grid sizes',
    '',
    'Million cell updates per second, f32, default tuning, on square grids of the side that heads the column.',
    '',
    `${machine.cpu}, ${machine.logicalCores} logical cores; caches ${bytes(l1d)}, ${bytes(l2)}, ${bytes(l3)}; memory ${bytes(machine.memoryBytes)};`,
    // The compiler's first flags are those of all kernels but `autovec` at other levels.
    `virtualisation ${machine.virtualisation}; ${machine.compiler.split(';')[0]}. ${date}, by \`npm run -s bench -- table > docs/cpu-table.md\`, in ${seconds.toFixed(0)} s.`,
    `Every kernel was verified before each number. Median of ${ROUNDS} rounds up to ${LARGEST_SIDE_IN_ROUNDS}, one round beyond.`,
    '',
    `| kernel | threads | ${sides.map((side) => `${side}²`).join(' | ')} |`,
    `|---|--:|${sides.map(() => '--:|').join('')}`,
    ...lines,
    '',
    ...(troubles.length > 0 ? ['What did not run:', ''] : []),
    ...troubles.map(({ kernel, threads, side, trouble }) => `- ${kernel}, ${threads} threads, ${side}²: ${inCell(trouble ?? '')}`),
  ]
    .join('\n')
    .trimEnd();
}

/** Prints the page, or the measurements as one JSON document. */
export async function benchTable(json: boolean, sides: readonly number[] = SIDES): Promise<void> {
  const table = await withBenchLab((lab) => measureTable(lab, sides));
  process.stdout.write(`${json ? JSON.stringify(table, null, 2) : markdownOf(table)}\n`);
}
