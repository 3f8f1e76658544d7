/**
 * What the CPU kernels are wanted to reach, measured side by side in one run: rounds of kernels in the lab, each verified
 * before it is timed, and of two ceilings in C++ programs compiled on the spot, all in a new random order every round.
 */
import { join, resolve } from 'node:path';
import type { Lab } from '../../electron/engine/lab.ts';
import { type AddonInfo, loadAddon } from '../../electron/runner/native/addon.ts';
import type { VariantRequest } from '../../electron/shared/run.ts';
import { bootstrapMedian, median } from '../../electron/shared/statistics.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { defaultParameters, type Isa } from '../../kernels/kernel.ts';
import type { Grid } from '../../kernels/model.ts';
import { buildCppProgram, type CppProgram } from './cpp-program.ts';
import { interleaved, type Subject } from './interleaved.ts';
import { labRounds, withBenchLab } from './lab-rounds.ts';
import { alike, type Finding, findingOf, type Rates, type Relation, sentenceOf } from './relations.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ROUNDS = 7;
const THREADS = 2;
const square = (side: number): Grid => ({ rows: side, cols: side });
const LARGE = square(4096);
const IN_CACHE: Grid = { rows: 128, cols: 256 };
/** What a kernel moves that goes through memory once a step, in f32: 2 values read, 2 written. */
const BYTES_OF_ONE_PASS = 16;
/** Of the two grids that the row kernel of `champion` keeps in cache: 0.3 MB a thread. */
const SMALL: Grid = { rows: 32, cols: 512 };
const SMALL_STEPS = 30_000;
const MEMORY_PASSES = 40;

const sideOf = ({ rows, cols }: Grid) => `${rows} × ${cols}`;

function kernelSubject(lab: Lab, request: VariantRequest, grid: Grid, steps: number, label = ''): Subject {
  const { kernel, threads = 1, precision = 'f32' } = request;
  const name = `${kernel}${label} ${precision}, ${sideOf(grid)}, ${threads} thread${threads > 1 ? 's' : ''}`;
  return {
    name,
    round: async () => (await labRounds(lab, { threads, precision, pin: true, ...request }, grid, steps, 1)).cellsPerSecond[0]!,
  };
}

/** Kernels that go through memory at least once a step on all threads, as they are by default and tuned for it. */
function withoutTemporalBlocking(): VariantRequest[] {
  const plain = KERNELS.filter((kernel) => {
    const parameters = defaultParameters(kernel);
    const bytes = kernel.cost.bytesPerCell({ precision: 'f32', stencil: 'eight', parameters });
    return kernel.backend === 'native' && kernel.threaded && bytes >= BYTES_OF_ONE_PASS;
  });
  const tuned = { kernel: 'threads_rows', threads: THREADS, parameters: { rows: 'simd-streaming' } };
  return [
    ...plain.map(({ id }) => ({ kernel: id, threads: THREADS })),
    tuned,
    { kernel: 'champion', threads: THREADS, parameters: { depth: 1 } },
  ];
}

const labelOf = ({ parameters = {} }: VariantRequest) =>
  Object.entries(parameters)
    .map(([name, value]) => ` ${name} ${value}`)
    .join('');

/** Native programs for the ceilings. */
interface Ceilings {
  readonly memory: CppProgram;
  readonly rowPairs: CppProgram;
}

export function buildCeilings(root: string, info: AddonInfo, isa: Isa): Ceilings {
  const common = ['page_memory.cpp', 'team.cpp', 'thread_settings.cpp'];
  const own = (name: string) => join(import.meta.dirname, name);
  return {
    memory: buildCppProgram(root, info, isa, { forIsa: [own('memory_ceiling.cpp')], baseline: common }),
    rowPairs: buildCppProgram(root, info, isa, { forIsa: ['kernels/champion_rows.cpp', own('row_pair_ceiling.cpp')], baseline: common }),
  };
}

function ceilingSubjects({ memory, rowPairs }: Ceilings): { memory: Subject; rowPairs: Subject } {
  return {
    memory: {
      name: `memory ceiling, 8 B read and 8 B streamed a cell, ${sideOf(LARGE)}, ${THREADS} threads`,
      round: async () => (MEMORY_PASSES * LARGE.rows * LARGE.cols) / memory.run(LARGE.rows, LARGE.cols, THREADS, MEMORY_PASSES)[0]!,
    },
    rowPairs: {
      name: `champion's row kernel alone f32, ${THREADS} × ${sideOf(SMALL)}, ${THREADS} threads`,
      round: async () => (THREADS * SMALL_STEPS * SMALL.rows * SMALL.cols) / rowPairs.run(SMALL.rows, SMALL.cols, THREADS, SMALL_STEPS)[0]!,
    },
  };
}

interface CpuBench {
  readonly rates: Rates;
  readonly findings: readonly Finding[];
}

async function measure(lab: Lab, ceilings: Ceilings): Promise<CpuBench> {
  const champion = { kernel: 'champion', threads: THREADS };
  const { memory, rowPairs } = ceilingSubjects(ceilings);
  const nested = kernelSubject(lab, { kernel: 'aos_nested' }, LARGE, 2);
  const plain = withoutTemporalBlocking().map((request) => kernelSubject(lab, request, LARGE, 48, labelOf(request)));
  const at1024 = kernelSubject(lab, champion, square(1024), 1536);
  const at4096 = kernelSubject(lab, champion, LARGE, 96);
  const at12288 = kernelSubject(lab, champion, square(12288), 24);
  const f64 = kernelSubject(lab, { ...champion, precision: 'f64' }, LARGE, 48);
  const simd = kernelSubject(lab, { kernel: 'simd' }, IN_CACHE, 16_000);
  const split = kernelSubject(lab, { kernel: 'soa_split' }, IN_CACHE, 4000);
  const rates = await interleaved([nested, ...plain, at1024, at4096, at12288, f64, simd, split, memory, rowPairs], ROUNDS, (round) =>
    process.stderr.write(`round ${round} of ${ROUNDS}\n`),
  );

  const fastestPlain = plain.toSorted((x, y) => median(rates[y.name]!) - median(rates[x.name]!))[0]!;
  const relation = (what: string, of: Subject, over: Subject, atLeast: number): Relation => ({
    what,
    of: of.name,
    over: over.name,
    atLeast,
  });
  const sizes = [at1024, at4096, at12288].map(({ name }) => name);
  const relations = [
    relation('the champion against the formula written down as it is read', at4096, nested, 80),
    relation('temporal blocking against the fastest kernel without it', at4096, fastestPlain, 3),
    relation('the champion against its own inner loop on grids that stay in cache', at4096, rowPairs, 0.65),
    relation('the fastest kernel without temporal blocking against memory', fastestPlain, memory, 0.85),
    relation('explicit vectors in cache, on one thread', simd, split, 4),
    relation('the champion in f64 against f32', f64, at4096, 0.45),
    alike('the champion at three sizes: slowest against fastest', sizes, rates, 0.85),
  ];
  return { rates, findings: relations.map((one) => findingOf(one, rates)) };
}

function printBench({ rates, findings }: CpuBench, info: AddonInfo, isa: Isa): void {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(`${isa}, ${info.compiler}, ${info.flags[isa]}; ${ROUNDS} rounds, every kernel verified; Mcell/s with 95 % intervals`);
  for (const [name, values] of Object.entries(rates)) {
    const { median: rate, low, high } = bootstrapMedian(values);
    const [middle, from, to] = [rate, low, high].map((value) => (value / 1e6).toFixed(0));
    print(`${String(middle).padStart(7)}  (${from} to ${to})  ${name}`);
  }
  for (const finding of findings) print(sentenceOf(finding));
}

/** Prints each rate and each wanted relation with its interval, or all of it as one JSON document. */
export async function benchCpu(json: boolean): Promise<void> {
  const loaded = loadAddon(ROOT);
  if (!('addon' in loaded)) throw new Error(`the addon is missing: ${loaded.detail}`);
  const info = loaded.addon.info();
  const isa = info.kernels.find(({ id }) => id === 'champion')?.isas.at(-1);
  if (isa === undefined) throw new Error('champion does not run on this processor');
  const ceilings = buildCeilings(ROOT, info, isa);
  try {
    const bench = await withBenchLab((lab) => measure(lab, ceilings));
    if (json)
      process.stdout.write(
        `${JSON.stringify({ isa, compiler: info.compiler, flags: info.flags[isa], rounds: ROUNDS, ...bench }, null, 2)}\n`,
      );
    else printBench(bench, info, isa);
  } finally {
    ceilings.memory.remove();
    ceilings.rowPairs.remove();
  }
}
