/**
 * Finds the fastest of a kernel's `candidates` on this machine for the variants of a run that leave their parameters open,
 * and remembers it. All open variants of one kernel, precision, instruction set and adapter get one tuning, that of the
 * largest grid and team among them: a curve over sizes or threads must not change its kernel on the way.
 *
 * Where the search fails the defaults run, and tell what is wrong if they meet it too.
 */
import type { Kernel } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import { stepsPerSweep } from '../../runner/batches.ts';
import type { Machine } from '../../shared/machine.ts';
import {
  type Adapter,
  cellsOf,
  type ResolvedRequest,
  type RunRequest,
  settingsOf,
  type Variant,
  type VariantRequest,
} from '../../shared/run.ts';
import { asTrouble, TroubleError } from '../../shared/trouble.ts';
import type { Runners } from '../runners/runner.ts';
import type { LabEvents } from './events.ts';
import { requireKernel } from './requests.ts';
import type { Circumstances, TuningMemory } from './tuning-memory.ts';
import { fastestCandidate, type Setting, type TryJob } from './tuning-search.ts';

/** 4 MiB of f32: what is smaller stays in the caches of the cores, and is over before a search would pay. */
const FEWEST_CELLS = 2 ** 18;
/** 64 MiB of f32: more than most caches. A large team gets more, so that each member's part is not all margin. */
const CELLS_OF_A_TEAM = 2 ** 22;
const CELLS_OF_A_THREAD = 2 ** 20;
const MOST_CELLS = 2 ** 24;
/** 128 MiB of f32: more than a GPU's caches. */
const CELLS_ON_A_GPU = 2 ** 23;
/** A processor that plays the part of a GPU is slow, and its tuning of little use. */
const CELLS_ON_SOFTWARE = FEWEST_CELLS;

export interface TunerDependencies {
  readonly runners: Runners;
  readonly memory: TuningMemory;
  readonly events: LabEvents;
}

/** What is to be tuned, and how it is tried: as it will run, on a grid of the same size or, where that is large, shape. */
interface Task {
  readonly kernel: Kernel;
  /** Those that the run has steps for, maybe none. */
  readonly candidates: readonly Setting[];
  /** Steps, of the candidates' longest. */
  readonly longestSweep: number;
  readonly grid: Grid;
  readonly adapter: Adapter | undefined;
  readonly job: TryJob;
}

export const gridClass = (grid: Grid): number => Math.round(Math.log2(cellsOf(grid)));

export function mostCells(threads: number, adapter?: Pick<Adapter, 'type'>): number {
  if (adapter !== undefined) return adapter.type === 'gpu' ? CELLS_ON_A_GPU : CELLS_ON_SOFTWARE;
  return Math.min(MOST_CELLS, Math.max(CELLS_OF_A_TEAM, CELLS_OF_A_THREAD * threads));
}

export function tuningGrid({ rows, cols }: Grid, most: number): Grid {
  const scale = Math.min(1, Math.sqrt(most / (rows * cols)));
  return { rows: Math.max(1, Math.floor(rows * scale)), cols: Math.max(1, Math.floor(cols * scale)) };
}

/** Whether the request leaves all that would be tuned to us. */
function isOpen({ candidates = [] }: Kernel, { parameters = {} }: VariantRequest): boolean {
  return candidates.length > 0 && Object.keys(candidates[0]!).every((name) => parameters[name] === undefined);
}

const equal = (one: Setting, other: Setting): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, value]) => other[name] === value);

function taskOf(request: ResolvedRequest, variants: readonly Variant[], adapters: readonly Adapter[]): Task {
  const largest = variants.reduce((one, other) =>
    cellsOf(settingsOf(request, other).grid) > cellsOf(settingsOf(request, one).grid) ? other : one,
  );
  const threads = Math.max(...variants.map((variant) => variant.threads));
  const { kernel: id, precision, isa, adapter: adapterId, parameters } = largest;
  const adapter = adapters.find((one) => one.id === adapterId);
  const { convention, grid, flushSubnormals, pin } = settingsOf(request, largest);
  const kernel = requireKernel(id);
  const fewestSteps = Math.min(...variants.map((variant) => settingsOf(request, variant).steps));
  const sweepOf = (candidate: Setting) => stepsPerSweep({ ...largest, parameters: { ...parameters, ...candidate } });
  // A sweep that the run never makes in full was tried for nothing.
  const candidates = (kernel.candidates ?? []).filter((candidate) => sweepOf(candidate) <= fewestSteps);
  return {
    kernel,
    candidates,
    longestSweep: Math.max(...candidates.map(sweepOf)),
    grid,
    adapter,
    job: {
      ...{
        runId: 0,
        variantIndex: 0,
        variant: { kernel: id, precision, threads, parameters, ...(isa && { isa }), ...(adapterId && { adapter: adapterId }) },
      },
      ...{ convention, grid: tuningGrid(grid, mostCells(threads, adapter)), flushSubnormals, pin, warmUp: false },
      ...{ display: false, verify: false, wantField: false },
    },
  };
}

export class Tuner {
  readonly #dependencies: TunerDependencies;
  #search: AbortController | undefined;

  constructor(dependencies: TunerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Ends the search in progress: `tune` rejects with `cancelled`. */
  cancel(): void {
    this.#search?.abort();
  }

  /** The request with the tunings in it. `asked` tells what was left open. */
  async tune(asked: RunRequest, resolved: ResolvedRequest, machine: Machine, adapters: readonly Adapter[]): Promise<ResolvedRequest> {
    const variants = [...resolved.variants];
    const isSought = (index: number) => isOpen(requireKernel(variants[index]!.kernel), asked.variants[index]!);
    // Where one cause is changed at a time, the tuning is not.
    const follows = (index: number) => asked.ladder !== undefined && index > 0 && variants[index]!.kernel === variants[0]!.kernel;
    const open = [...variants.keys()].filter((index) => isSought(index) && !follows(index));
    const alike = Map.groupBy(open, (index) => {
      const { kernel, precision, isa, adapter } = variants[index]!;
      return [kernel, precision, isa, adapter].join();
    });
    for (const indices of alike.values()) {
      const task = taskOf(
        resolved,
        indices.map((index) => variants[index]!),
        adapters,
      );
      const isSmall = cellsOf(task.grid) < FEWEST_CELLS;
      if (!isSmall && task.candidates.length === 0) continue;
      const { adapter } = task;
      const { variant, convention } = task.job;
      const search = () =>
        this.#settingFor(task, {
          ...{ cpu: machine.cpu, logicalCores: machine.logicalCores, build: `${machine.compiler} ${machine.appVersion}` },
          ...{ kernel: variant.kernel, precision: variant.precision, ...(variant.isa && { isa: variant.isa }) },
          ...(adapter && { adapter: `${adapter.name}, ${adapter.driver}` }),
          ...{ threads: variant.threads, gridClass: gridClass(task.grid), periodic: convention.boundary === 'periodic' },
          ...{ stencil: convention.stencil, longestSweep: task.longestSweep },
        });
      const setting = isSmall ? task.kernel.untuned?.(task.grid, variant.threads) : await search();
      for (const index of indices) variants[index] = { ...variants[index]!, parameters: { ...variants[index]!.parameters, ...setting } };
    }
    const tuned = variants.map((variant, index) => {
      if (!follows(index)) return variant;
      const { candidates = [] } = requireKernel(variant.kernel);
      const sought = Object.keys(candidates[0] ?? {}).filter((name) => asked.variants[index]!.parameters?.[name] === undefined);
      const found = Object.fromEntries(sought.map((name) => [name, variants[0]!.parameters[name]!]));
      return { ...variant, parameters: { ...variant.parameters, ...found } };
    });
    return { ...resolved, variants: tuned };
  }

  /** Remembered, or found; nothing where the search fails. */
  async #settingFor({ kernel, candidates, job }: Task, circumstances: Circumstances): Promise<Setting> {
    const { runners, memory, events } = this.#dependencies;
    const remembered = memory.recall(circumstances);
    // The file is within anybody's reach: only what the kernel itself names is believed.
    const known = candidates.find((candidate) => remembered !== undefined && equal(candidate, remembered));
    if (known !== undefined) return known;
    const began = performance.now();
    const search = new AbortController();
    this.#search = search;
    let found: Setting | undefined;
    try {
      found = await fastestCandidate({
        ...{ runner: runners[kernel.backend], job, candidates, signal: search.signal },
        onFraction: (fraction) => events.emit('tuning', { kernel: kernel.id, fraction }),
      });
      memory.remember(circumstances, { ...found });
      return found;
    } catch (error) {
      if (search.signal.aborted) throw new TroubleError({ code: 'cancelled' });
      console.error(`The tuning of ${kernel.id} was not found:`, asTrouble(error));
      return {};
    } finally {
      this.#search = undefined;
      const seconds = (performance.now() - began) / 1000;
      events.emit('tuned', { kernel: kernel.id, seconds, ...(found && { parameters: { ...found } }) });
    }
  }
}
