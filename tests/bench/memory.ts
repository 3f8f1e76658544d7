/**
 * Memory that a run takes: the peak of the runner's resident set while a kernel is verified, seeded, stepped and read at
 * 4096 × 4096, beyond that of the same runner before. Two states of two species are 4 values a cell, and more than that nobody
 * needs. Linux, which keeps the peak in /proc.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadAddon } from '../../electron/runner/native/addon.ts';
import type { RoundJob } from '../../electron/runner/protocol.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { defaultParameters, type Kernel } from '../../kernels/kernel.ts';
import { bytesPerValue, DEFAULT_CONVENTION, type Grid, type Precision } from '../../kernels/model.ts';
import { RunnerRounds } from './runner-rounds.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MIB = 2 ** 20;
export const MEASURED_GRID: Grid = { rows: 4096, cols: 4096 };
const THREADS = 2;
/** A step of its own for warming up comes on top. */
const STEPS = 2;
/** A sixteenth of the 4 values for halos and padding, and a little for what does not grow with the grid. */
const PART_BEYOND_VALUES = 1 / 16;
const FIXED_BYTES = 64 * MIB;

export interface MemoryUse {
  readonly kernel: string;
  readonly precision: Precision;
  readonly bytes: number;
  readonly boundBytes: number;
}

/** Largest resident set that the process ever had. */
function peakBytes(pid: number): number {
  const kibibytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  if (kibibytes === undefined) throw new Error(`no peak in /proc/${pid}/status`);
  return Number(kibibytes) * 1024;
}

function jobOf(kernel: Kernel, precision: Precision, grid: Grid): RoundJob {
  const threads = kernel.threaded ? THREADS : 1;
  return {
    ...{ runId: 0, variantIndex: 0, round: 0, grid, steps: STEPS, warmUp: true, verify: true },
    variant: { kernel: kernel.id, precision, threads, parameters: defaultParameters(kernel) },
    convention: { ...DEFAULT_CONVENTION, precision },
    ...{ flushSubnormals: true, pin: false, display: false, wantField: false },
  };
}

/** One round of the kernel in a runner of its own. */
export async function memoryUse(kernel: Kernel, precision: Precision, grid: Grid = MEASURED_GRID): Promise<MemoryUse> {
  const runner = new RunnerRounds(ROOT);
  try {
    await runner.run(jobOf(kernel, precision, { rows: 1, cols: 1 }));
    const before = peakBytes(runner.pid);
    await runner.run(jobOf(kernel, precision, grid));
    const valueBytes = 4 * bytesPerValue(precision) * grid.rows * grid.cols;
    const boundBytes = (1 + PART_BEYOND_VALUES) * valueBytes + FIXED_BYTES;
    return { kernel: kernel.id, precision, bytes: peakBytes(runner.pid) - before, boundBytes };
  } finally {
    runner.close();
  }
}

/** Prints a line a kernel, or all of it as one JSON document. */
export async function benchMemory(json: boolean): Promise<void> {
  const cells = MEASURED_GRID.rows * MEASURED_GRID.cols;
  const uses: MemoryUse[] = [];
  const loaded = loadAddon(ROOT);
  if (!('addon' in loaded)) throw new Error(`the addon is missing: ${loaded.detail}`);
  const compiled = loaded.addon.info().kernels.map(({ id }) => id);
  for (const kernel of KERNELS.filter(({ id }) => compiled.includes(id))) {
    for (const precision of kernel.precisions) {
      const use = await memoryUse(kernel, precision);
      uses.push(use);
      if (json) continue;
      const [used, bound] = [use.bytes, use.boundBytes].map((bytes) => `${(bytes / MIB).toFixed(0)} MiB`);
      const verdict = use.bytes <= use.boundBytes ? 'within' : 'BEYOND';
      process.stdout.write(`${use.kernel} ${precision}: ${used}, ${(use.bytes / cells).toFixed(1)} B a cell; ${verdict} ${bound}\n`);
    }
  }
  if (json) process.stdout.write(`${JSON.stringify({ grid: MEASURED_GRID, uses }, null, 2)}\n`);
}
