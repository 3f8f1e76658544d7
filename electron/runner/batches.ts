/**
 * How many steps to time at once. A batch must be long beside the timer's resolution and short beside a person's
 * patience: display and cancel live between batches.
 */

import { stepsPerTransfer, transferOf } from '../../kernels/transfer.ts';
import type { Variant } from '../shared/run.ts';
import type { KernelInstance } from './backend.ts';
import { throwIfCancelled } from './next-turn.ts';

/** Shortest batch wanted, with a quarter of margin for a clock that speeds up. */
const SHORTEST_SECONDS = 0.02;
const MARGIN = 1.25;
const RESOLUTIONS_PER_BATCH = 200;
const WARM_UP_SECONDS = 0.1;
/** Two batches in a row that agree this well end the warm-up. */
const STEADY = 0.05;
const RECENT = 8;

/** Smallest difference that `performance.now()` shows, in seconds. */
function measureResolution(): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < 20; trial++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    smallest = Math.min(smallest, now - start);
  }
  return smallest / 1000;
}

export const TIMER_RESOLUTION_SECONDS = measureResolution();
export const TARGET_SECONDS = MARGIN * Math.max(SHORTEST_SECONDS, RESOLUTIONS_PER_BATCH * TIMER_RESOLUTION_SECONDS);

/** With fewer in a batch, little of one crosses while the next steps go on. */
const OVERLAPPED_IMAGES = 4;

/**
 * Steps that a batch must be a multiple of, or it would time another tuning than the one asked for: those of a sweep over
 * the grid, the parameter `depth`, or those between two crossings of the state.
 */
export function stepsPerSweep({ parameters }: Variant): number {
  const crossing = stepsPerTransfer(parameters);
  if (crossing !== undefined) return transferOf(parameters) === 'async' ? OVERLAPPED_IMAGES * crossing : crossing;
  return typeof parameters.depth === 'number' ? Math.max(1, parameters.depth) : 1;
}

/** The same, of whole submits besides where one is far shorter than a batch. */
export function wholeSubmits(variant: Variant, secondsPerStep: number): number {
  const { depth, stepsPerSubmit } = variant.parameters;
  const steps = stepsPerSweep(variant);
  if (typeof stepsPerSubmit !== 'number' || stepsPerTransfer(variant.parameters) !== undefined) return steps;
  const submit = steps * Math.max(1, Math.floor(stepsPerSubmit / Number(depth ?? 1)));
  return submit * secondsPerStep < TARGET_SECONDS ? submit : steps;
}

/**
 * Steps of the next batch, so that what remains is cut into equal batches of whole sweeps, of one to two targets each; one
 * batch where all of it is shorter, one sweep where a sweep alone is longer.
 */
export function nextBatch(remaining: number, secondsPerStep: number, sweep: number, targetSeconds = TARGET_SECONDS): number {
  const sweeps = Math.ceil(remaining / sweep);
  const batches = Math.max(1, Math.floor((remaining * secondsPerStep) / targetSeconds));
  return Math.min(remaining, sweep * Math.ceil(sweeps / Math.min(batches, sweeps)));
}

/** Seconds per step as the fastest of the latest batches: a disturbed batch must not make the next one too short. */
export class Pace {
  readonly #recent: number[] = [];

  add(steps: number, seconds: number): void {
    this.#recent.push(seconds / steps);
    if (this.#recent.length > RECENT) this.#recent.shift();
  }

  get secondsPerStep(): number {
    return Math.min(...this.#recent);
  }
}

/** A time below the clock's resolution is that resolution. */
export const atLeastResolution = (seconds: number): number => Math.max(seconds, TIMER_RESOLUTION_SECONDS);

/**
 * Sweeps over whatever state is loaded until two batches agree, 100 ms are spent, or a single sweep takes longer.
 * The state is scratch afterwards.
 */
export async function warmUp(
  instance: KernelInstance,
  sweep: number,
  signal: AbortSignal,
  onPace: (secondsPerStep: number) => void,
): Promise<Pace> {
  const pace = new Pace();
  let batch = sweep;
  let spent = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (;;) {
    throwIfCancelled(signal);
    const began = performance.now();
    const seconds = atLeastResolution((await instance.step(batch)).seconds);
    spent += Math.max(seconds, (performance.now() - began) / 1000);
    const secondsPerStep = seconds / batch;
    pace.add(batch, seconds);
    onPace(secondsPerStep);
    const steady = seconds >= SHORTEST_SECONDS && Math.abs(secondsPerStep - previous) <= STEADY * previous;
    if (steady || spent >= WARM_UP_SECONDS) return pace;
    previous = secondsPerStep;
    // Growing fourfold at most: the first steps are slow for reasons that the later ones do not share.
    batch = Math.min(4 * batch, sweep * Math.ceil(TARGET_SECONDS / (sweep * secondsPerStep)));
  }
}
