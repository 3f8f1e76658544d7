/**
 * The GPU kernels over grid sizes and work-group shapes, beside the adapter's own copy bandwidth: `npm run bench -- gpu`. Rounds
 * of kernels in the lab, each verified before it is timed, and of a copy, all in a new random order every round. The page goes
 * to docs/gpu-table.md: `npm run -s bench -- gpu > docs/gpu-table.md`.
 */
import { loadavg } from 'node:os';
import type { Lab } from '../../electron/engine/lab.ts';
import { missingFeatures } from '../../electron/shared/adapters.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import { findKernel, KERNELS } from '../../kernels/catalog.ts';
import { CopyCeiling } from './copy-ceiling.ts';
import { type Competitor, GpuMeasurement } from './gpu-group.ts';
import { markdownOf } from './gpu-page.ts';
import { wantedOf } from './gpu-relations.ts';
import type { GpuBench, Group } from './gpu-results.ts';
import { withBenchLab } from './lab-rounds.ts';

/** How much an adapter is asked: sizes that one gets through in minutes. */
interface Extent {
  readonly sides: readonly number[];
  readonly rounds: number;
  /** Grids from this side on take long to fill and to read back: one round. */
  readonly oneRoundFrom: number;
  readonly shapesSide: number;
  /** Of work-groups, each as high as makes `INVOCATIONS`. */
  readonly widths: readonly number[];
  readonly copySide: number;
}
const INVOCATIONS = 256;
const HARDWARE: Extent = {
  ...{ sides: [256, 512, 1024, 2048, 4096, 8192, 16384], rounds: 5, oneRoundFrom: 16384, copySide: 8192 },
  ...{ shapesSide: 4096, widths: [8, 16, 32, 64, 256] },
};
const SOFTWARE: Extent = {
  ...{ sides: [256, 512, 1024], rounds: 3, oneRoundFrom: 1024, copySide: 4096 },
  ...{ shapesSide: 256, widths: [8, 64] },
};
const LAUNCH_SIDES = [32, 128];
const STEPS_PER_SUBMIT = [1, 256];

export interface GpuOptions {
  /** Its id; absent, the first usable one. */
  readonly adapter?: string;
  readonly json: boolean;
}

/** Every kernel that the adapter runs and that is meant to be right, and the champion without its fused steps. */
function competitorsOf(adapter: Adapter): Competitor[] {
  const running = KERNELS.filter(
    (kernel) => kernel.backend === 'webgpu' && !kernel.broken && missingFeatures(kernel, adapter).length === 0,
  );
  return running.flatMap(({ id, parameters }): Competitor[] => {
    const canBeSingle = id === 'gpu_champion' && parameters.some(({ name, min }) => name === 'depth' && min === 1);
    return [{ kernel: id }, ...(canBeSingle ? [{ kernel: id, parameters: { depth: 1 } }] : [])];
  });
}

/** Shapes that the kernel's parameters allow. */
function shapedCompetitors(competitors: readonly Competitor[], widths: readonly number[]): Competitor[] {
  const shapes = widths.map((workgroupX) => ({ workgroupX, workgroupY: INVOCATIONS / workgroupX }));
  return competitors.flatMap(({ kernel, parameters: given }): Competitor[] => {
    const { parameters } = findKernel(kernel)!;
    const allows = ([name, value]: [string, number]) =>
      parameters.some(({ name: own, min, max }) => own === name && min !== undefined && min <= value && value <= max);
    const allowed = given === undefined ? shapes.filter((shape) => Object.entries(shape).every(allows)) : [];
    return allowed.map((shape) => ({ kernel, parameters: shape }));
  });
}

async function measure(lab: Lab, wanted: string | undefined): Promise<GpuBench> {
  const began = performance.now();
  const load = () => loadavg()[0]!;
  const before = load();
  const { machine, adapters } = await lab.hello();
  const usable = adapters.filter((adapter) => adapter.usable);
  const adapter = wanted === undefined ? usable[0] : usable.find(({ id }) => id === wanted);
  if (adapter === undefined) throw new Error(`expected one of ${usable.map(({ id }) => id).join(', ')}, received ${wanted ?? 'none'}`);
  const extent = adapter.type === 'software' ? SOFTWARE : HARDWARE;
  const holds = (side: number) => side * side <= (adapter.largestCells ?? Number.POSITIVE_INFINITY);
  const sides = extent.sides.filter(holds);
  const copy = await CopyCeiling.open(adapter, holds(extent.copySide) ? extent.copySide : sides.at(-1)!);
  try {
    const measurement = new GpuMeasurement(lab, adapter, copy);
    const competitors = competitorsOf(adapter);
    const sizes: Group[] = [];
    for (const side of sides) sizes.push(await measurement.group(side, side < extent.oneRoundFrom ? extent.rounds : 1, competitors));
    const shapes = await measurement.group(extent.shapesSide, extent.rounds, shapedCompetitors(competitors, extent.widths));
    const launched = STEPS_PER_SUBMIT.map((stepsPerSubmit) => ({ kernel: 'gpu_naive', parameters: { stepsPerSubmit } }));
    const launches: Group[] = [];
    for (const side of LAUNCH_SIDES) launches.push(await measurement.group(side, extent.rounds, launched));
    const measured = { adapter, sizes, shapes, launches };
    return {
      ...{ machine, date: new Date().toISOString().slice(0, 10), seconds: (performance.now() - began) / 1000, loads: [before, load()] },
      ...measured,
      copy: { side: copy.side, wallCellsPerSecond: copy.wallCellsPerSecond, gpuCellsPerSecond: copy.gpuCellsPerSecond },
      wanted: wantedOf(measured),
    };
  } finally {
    await copy.close();
  }
}

/** Prints the page, or the measurements as one JSON document. */
export async function benchGpu({ adapter, json }: GpuOptions): Promise<void> {
  const bench = await withBenchLab((lab) => measure(lab, adapter));
  process.stdout.write(`${json ? JSON.stringify(bench, null, 2) : markdownOf(bench)}\n`);
}
