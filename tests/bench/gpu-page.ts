/** The page that docs/gpu-table.md keeps. */
import { COPY_BYTES_PER_CELL } from '../../electron/runner/webgpu/ceiling-kernels.ts';
import type { Interval } from '../../electron/shared/run.ts';
import { bootstrapMedian, median } from '../../electron/shared/statistics.ts';
import { bytesPerSecond, copiedPerSecond, didRun } from './gpu-relations.ts';
import type { GpuBench, Group, Row } from './gpu-results.ts';
import { ratioOfRounds, sentenceOf } from './relations.ts';

const REFERENCE = 'gpu_naive';
const square = (side: number): string => `${side} × ${side}`;
const plural = (rounds: number): string => `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;

/** Three digits, or all before the point. */
const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function withInterval({ median: middle, low, high }: Interval, scale = 1): string {
  const [value, from, to] = [middle, low, high].map((one) => digits(one / scale));
  return from === to ? value! : `${value} (${from} to ${to})`;
}

const percent = ({ median: share }: Interval): string => `${(100 * share).toFixed(0)} %`;

/** Text with a vertical bar would end a cell. */
const inCell = (text: string): string => text.replaceAll('|', '\\|');

function troublesOf({ side, rows }: Group): string[] {
  const troubled = rows.filter(({ trouble }) => trouble !== undefined);
  return troubled.map(({ name, trouble }) => `- ${name}, ${square(side)}: ${inCell(trouble ?? '')}`);
}

const afterBlank = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

function sizeLines(group: Group): string[] {
  const copied = copiedPerSecond(group);
  const reference = group.rows.find((row) => row.name === REFERENCE && didRun(row));
  const line = (row: Row): string => {
    if (!didRun(row)) return `| ${row.name} | did not run | | | |`;
    const ratio = reference === undefined ? '' : withInterval(ratioOfRounds(row.cellsPerSecond, reference.cellsPerSecond));
    const moved = bytesPerSecond(row);
    const rate = withInterval(bootstrapMedian(row.cellsPerSecond), 1e6);
    return `| ${row.name} | ${rate} | ${ratio} | ${digits(median(moved) / 1e9)} | ${percent(ratioOfRounds(moved, copied))} |`;
  };
  return [
    `## ${square(group.side)}, ${plural(group.rounds)}`,
    '',
    `| kernel | Mcell/s | ÷ ${REFERENCE} | GB/s | of the copy |`,
    '|---|--:|--:|--:|--:|',
    ...group.rows.map(line),
    ...afterBlank(troublesOf(group)),
    '',
  ];
}

function shapeLines({ side, rounds, rows }: Group): string[] {
  const shapeOf = ({ name, kernel }: Row) => name.slice(kernel.length).replace(/ workgroupX (\d+) workgroupY (\d+)/, '$1 × $2');
  const shapes = [...new Set(rows.map(shapeOf))];
  const kernels = Map.groupBy(rows, ({ kernel }) => kernel);
  const rate = (row: Row | undefined) => (row === undefined ? '' : didRun(row) ? digits(median(row.cellsPerSecond) / 1e6) : 'no');
  return [
    `## Work-group shapes at ${square(side)}, ${plural(rounds)}, Mcell/s`,
    '',
    `| kernel | ${shapes.join(' | ')} |`,
    `|---|${shapes.map(() => '--:|').join('')}`,
    ...[...kernels].map(
      ([kernel, own]) => `| ${kernel} | ${shapes.map((shape) => rate(own.find((row) => shapeOf(row) === shape))).join(' | ')} |`,
    ),
    ...afterBlank(troublesOf({ side, rounds, rows, copyCellsPerSecond: [] })),
    '',
  ];
}

function launchLines(groups: readonly Group[]): string[] {
  const lines = groups.flatMap(({ side, rows }) =>
    rows.map(
      (row) =>
        `| ${square(side)} | ${row.name} | ${didRun(row) ? withInterval(bootstrapMedian(row.cellsPerSecond), 1e6) : 'did not run'} |`,
    ),
  );
  return [
    '## Steps per submission',
    '',
    '| grid | kernel | Mcell/s |',
    '|---|---|--:|',
    ...lines,
    ...afterBlank(groups.flatMap(troublesOf)),
    '',
  ];
}

export function markdownOf({ machine, adapter, date, seconds, loads, copy, sizes, shapes, launches, wanted }: GpuBench): string {
  const gigabytes = (cells: readonly number[]) => withInterval(bootstrapMedian(cells.map((rate) => rate * COPY_BYTES_PER_CELL)), 1e9);
  const byGpu = copy.gpuCellsPerSecond.length === 0 ? '' : `, ${gigabytes(copy.gpuCellsPerSecond)} GB/s by the adapter’s own timestamps`;
  const load = loads.some((one) => one > 0) ? `; load average ${loads.map((one) => one.toFixed(1)).join(' before, ')} after` : '';
  const busy = [
    'Other programs wanted the processor at the same time, more than it has cores: where the processor computes, every rate is lower',
    'and less even than a quiet machine gives, and only wide differences mean anything.',
    '',
  ];
  const software = [
    'This adapter is software: the processor computes in a GPU’s place, and no number here says anything of a GPU. It is asked for',
    'fewer and smaller sizes, and nothing is wanted of it.',
    '',
  ];
  return [
    '# GPU kernels over grid sizes and work-group shapes',
    '',
    `${adapter.name}, ${adapter.type === 'software' ? 'software adapter' : 'GPU'}, ${adapter.backend}, ${adapter.driver}; ${machine.cpu}, ${machine.logicalCores} logical cores, ${machine.os};`,
    `virtualisation ${machine.virtualisation}. ${date}, by \`npm run -s bench -- gpu > docs/gpu-table.md\`, in ${seconds.toFixed(0)} s${load}.`,
    '',
    ...(adapter.type === 'software' ? software : []),
    ...(machine.logicalCores !== 'unknown' && Math.max(...loads) > machine.logicalCores ? busy : []),
    `f32, default or tuned parameters unless a name says otherwise. Every kernel was verified before each number; medians of rounds with`,
    `their 95 % intervals, kernels and copy in a new random order every round, ratios taken round by round. GB/s are the bytes that a`,
    `kernel declares, of its cell updates per second by the clock on the wall.`,
    '',
    `Copy of ${square(copy.side)} cells, ${COPY_BYTES_PER_CELL} B each, by vectors of 4 values: ${gigabytes(copy.wallCellsPerSecond)} GB/s by the clock on the wall${byGpu}.`,
    '',
    ...sizes.flatMap(sizeLines),
    ...shapeLines(shapes),
    ...launchLines(launches),
    '## Wanted',
    '',
    ...wanted.map((one) => `- ${sentenceOf(one).replace(/\n\s*/, ': ')}`),
  ].join('\n');
}
