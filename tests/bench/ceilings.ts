/**
 * The app's ceilings beside plain loops that the compiler of this machine makes the best of (`g++ -O3 -march=native`), in
 * turns: the whole measurement of the app, then every loop, three times over. Prints their ratios, and how far the three
 * measurements of the app lie apart.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { planTriads, threadCounts } from '../../electron/engine/ceilings/plan.ts';
import { readCacheShape } from '../../electron/engine/machine/machine.ts';
import { availableMemoryBytes } from '../../electron/engine/run/limits.ts';
import type { Ceilings } from '../../electron/shared/ceilings.ts';
import { median } from '../../electron/shared/statistics.ts';
import { compilerCommand } from './cpp-program.ts';
import { withBenchLab } from './lab-rounds.ts';

const REPEATS = 3;
const SECONDS_OF_A_LOOP = 0.6;
/** Of the app's figure from the loop's, and of the app's own from each other. */
const WANTED_RATIO = 0.1;
const WANTED_AGREEMENT = 0.05;

/** One ceiling, and the loop that stands for it. */
interface Loop {
  readonly name: string;
  readonly program: 'plain_triad' | 'plain_fma';
  readonly args: readonly (string | number)[];
  readonly ofApp: (ceilings: Ceilings) => number | undefined;
}

export type LoopPrograms = Readonly<Record<Loop['program'], (...args: readonly (string | number)[]) => number>>;

/** Calls `use` with the loops as functions of their arguments. */
export async function withLoopPrograms<T>(use: (programs: LoopPrograms) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const build = (name: Loop['program']) => {
    const program = join(folder, name);
    const flags = ['-std=c++20', '-O3', '-march=native', '-Wall', '-Wextra', '-pthread'];
    execFileSync(compilerCommand(), [...flags, join(import.meta.dirname, `${name}.cpp`), '-o', program]);
    return (...args: readonly (string | number)[]) => Number(execFileSync(program, args.map(String), { encoding: 'utf8' }));
  };
  try {
    return await use({ plain_triad: build('plain_triad'), plain_fma: build('plain_fma') });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const threadsText = (threads: number) => `${threads} thread${threads === 1 ? '' : 's'}`;

async function loopsOf(lab: Parameters<Parameters<typeof withBenchLab>[0]>[0]): Promise<Loop[]> {
  const { isas } = (await lab.hello()).machine;
  const shape = await readCacheShape();
  const counts = new Set([1, threadCounts(shape).at(-1)!]);
  const triads = planTriads(shape, isas, await availableMemoryBytes()).filter(
    ({ threads, streaming }) => counts.has(threads) && !streaming,
  );
  const widest = isas.at(-1);
  return [
    ...triads.map(
      ({ level, threads, valuesPerThread }): Loop => ({
        name: `triad ${level}, ${threadsText(threads)}`,
        program: 'plain_triad',
        args: [valuesPerThread, threads, SECONDS_OF_A_LOOP],
        ofApp: ({ memory }) => memory.find((one) => one.level === level && one.threads === threads && !one.streaming)?.bytesPerSecond,
      }),
    ),
    ...(['f32', 'f64'] as const).flatMap((precision) =>
      [...counts].map(
        (threads): Loop => ({
          name: `FMA ${precision}, ${threadsText(threads)}`,
          program: 'plain_fma',
          args: [precision, threads, SECONDS_OF_A_LOOP],
          ofApp: ({ compute }) =>
            compute.find((one) => one.isa === widest && one.precision === precision && one.operation === 'fma' && one.threads === threads)
              ?.flopsPerSecond,
        }),
      ),
    ),
  ];
}

/** Every figure of one measurement by name, GPUs included. */
function figuresOf({ memory, compute, gpu }: Ceilings): Map<string, number> {
  return new Map([
    ...memory.map(
      ({ level, threads, streaming, bytesPerSecond }) =>
        [`${level}${streaming ? ' streaming' : ''}, ${threadsText(threads)}`, bytesPerSecond] as const,
    ),
    ...compute.map(
      ({ isa, precision, operation, threads, flopsPerSecond }) =>
        [`${isa} ${precision} ${operation}, ${threadsText(threads)}`, flopsPerSecond] as const,
    ),
    ...gpu.flatMap(({ name, copyBytesPerSecond, flopsPerSecond }) => [
      [`copy on ${name}`, copyBytesPerSecond] as const,
      [`FMA on ${name}`, flopsPerSecond] as const,
    ]),
  ]);
}

export interface Disagreement {
  readonly name: string;
  /** Of the largest over the smallest, less 1. */
  readonly by: number;
}

/** Of each figure over the measurements, the largest first. */
export function disagreements(measured: readonly Ceilings[]): Disagreement[] {
  const all = measured.map(figuresOf);
  const names = [...(all[0]?.keys() ?? [])];
  return names
    .map((name) => {
      const values = all.flatMap((figures) => figures.get(name) ?? []);
      return { name, by: Math.max(...values) / Math.min(...values) - 1 };
    })
    .sort((one, other) => other.by - one.by);
}

interface CeilingsBench {
  readonly loads: readonly [before: number, after: number];
  /** Of each whole measurement of the app. */
  readonly seconds: readonly number[];
  readonly ratios: readonly { readonly name: string; readonly app: number; readonly loop: number; readonly ratio: number }[];
  readonly disagreements: readonly Disagreement[];
}

async function measure(): Promise<CeilingsBench> {
  return withLoopPrograms((programs) =>
    withBenchLab(async (lab) => {
      const before = loadavg()[0]!;
      const loops = await loopsOf(lab);
      const rates = loops.map((): number[] => []);
      const measured: Ceilings[] = [];
      const seconds: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        process.stderr.write(`measurement ${repeat + 1} of ${REPEATS}\n`);
        const began = performance.now();
        measured.push(await lab.measureCeilings());
        seconds.push((performance.now() - began) / 1000);
        for (const [index, { program, args }] of loops.entries()) rates[index]!.push(programs[program](...args));
      }
      const ratios = loops.flatMap(({ name, ofApp }, index) => {
        const figures = measured.flatMap((ceilings) => ofApp(ceilings) ?? []);
        if (figures.length === 0) return [];
        const [app, loop] = [median(figures), median(rates[index]!)];
        return [{ name, app, loop, ratio: app / loop }];
      });
      return { loads: [before, loadavg()[0]!], seconds, ratios, disagreements: disagreements(measured) };
    }),
  );
}

function print({ loads, seconds, ratios, disagreements: apart }: CeilingsBench): void {
  const line = (text: string) => process.stdout.write(`${text}\n`);
  const giga = (rate: number) => (rate / 1e9).toFixed(1).padStart(8);
  line(
    `load ${loads.map((load) => load.toFixed(1)).join(' before, ')} after; the app's measurement took ${seconds.map((one) => one.toFixed(1)).join(', ')} s`,
  );
  line('     app     loop  ratio  (10⁹ bytes or operations per second, medians of 3)');
  for (const { name, app, loop, ratio } of ratios)
    line(`${giga(app)} ${giga(loop)}  ${ratio.toFixed(3)}  ${name}${Math.abs(ratio - 1) > WANTED_RATIO ? '  (more than 10 % apart)' : ''}`);
  const [largest] = apart;
  if (largest === undefined) return;
  line(`three measurements of the app: largest disagreement ${(100 * largest.by).toFixed(1)} %, ${largest.name}`);
  const beyond = apart.filter(({ by }) => by > WANTED_AGREEMENT);
  line(`${beyond.length} of ${apart.length} figures disagree by more than 5 %`);
  for (const { name, by } of beyond.slice(1)) line(`  ${(100 * by).toFixed(1)} %  ${name}`);
}

export async function benchCeilings(json: boolean): Promise<void> {
  const bench = await measure();
  if (json) process.stdout.write(`${JSON.stringify(bench, null, 2)}\n`);
  else print(bench);
}
