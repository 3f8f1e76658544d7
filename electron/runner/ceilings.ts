/**
 * Measures ceilings: each case in several slots that lie apart in time, so that a moment in which the machine was busy with
 * something else costs one slot and not the case. A slot is many short samples, the fastest of which found the machine to
 * themselves; a case is settled once its two best slots agree, and those that are not are tried on while there is time.
 */
import { asTrouble, type Trouble, TroubleError } from '../shared/trouble.ts';
import type { Ceiling, CeilingCase, RunnerBackend } from './backend.ts';
import type { CeilingsJob, FromRunner, MeasuredRate } from './protocol.ts';

/** A sample this much shorter than wanted still counts. */
const SHORTEST_SAMPLE = 0.5;
/** From one sample to the next, while the pace is not known. */
const LARGEST_GROWTH = 8;
const FEWEST_SAMPLES = 5;
/** From the top: one or two samples may have met a clock that jumped. */
const RANK = 3;
const FEWEST_SLOTS = 3;
/** Between the two best slots of a case that is settled. */
const AGREEMENT = 0.01;
const MILLISECONDS_BETWEEN_PROGRESS = 100;

/** A case whose best slots lie further apart is told to be unsteady. */
const STEADINESS = 0.03;

/** What costs the one case that it befalls; anything else ends the measurement. */
const OF_ONE_CASE: ReadonlySet<Trouble['code']> = new Set(['kernel-unavailable', 'not-supported', 'out-of-memory', 'grid-too-large']);

export interface CeilingsPort {
  send(message: Extract<FromRunner, { type: 'ceilingsProgress' }>): void;
  /** Seconds, for tests. */
  readonly clock?: () => number;
}

const descending = (values: readonly number[]) => values.toSorted((one, other) => other - one);

const throwIfCancelled = (signal: AbortSignal) => {
  if (signal.aborted) throw new TroubleError({ code: 'cancelled' });
};

/** Work per second in samples of about `sampleSeconds`, which take `slotSeconds` together or however long a few of them do. */
async function rateOfSlot(
  ceiling: Ceiling,
  { sampleSeconds, slotSeconds }: CeilingsJob,
  clock: () => number,
  signal: AbortSignal,
): Promise<number> {
  const rates: number[] = [];
  const began = clock();
  let fastest = Number.POSITIVE_INFINITY;
  for (let steps = 1; rates.length < FEWEST_SAMPLES || clock() - began < slotSeconds; ) {
    throwIfCancelled(signal);
    const { seconds } = await ceiling.step(steps);
    // Of the fastest sample: one that was held up says nothing of how many steps make a sample.
    fastest = Math.min(fastest, seconds / steps);
    if (steps * fastest >= SHORTEST_SAMPLE * sampleSeconds) rates.push((steps * ceiling.workPerStep) / seconds);
    steps = Math.max(1, Math.round(Math.min(LARGEST_GROWTH * steps, sampleSeconds / fastest)));
  }
  return descending(rates)[RANK - 1]!;
}

async function slotOf(
  backend: RunnerBackend,
  one: CeilingCase,
  job: CeilingsJob,
  clock: () => number,
  signal: AbortSignal,
): Promise<number> {
  const ceiling = await backend.openCeiling?.(one);
  if (ceiling === undefined) throw new TroubleError({ code: 'kernel-unavailable', kernel: one.kind, reason: 'addon-failed', detail: '' });
  const cancel = () => ceiling.cancel();
  signal.addEventListener('abort', cancel);
  try {
    return await rateOfSlot(ceiling, job, clock, signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    await ceiling.close();
  }
}

/** The rates of one case, a slot each; null once it turned out that it cannot be measured here. */
type Slots = number[] | null;

/** Whether the two best slots lie so close together. */
function agrees(slots: readonly number[], within: number): boolean {
  const [best = 0, second = 0] = descending(slots);
  return second >= (1 - within) * best;
}

const isSettled = (slots: Slots): boolean => slots === null || (slots.length >= FEWEST_SLOTS && agrees(slots, AGREEMENT));

/** The best slot: what disturbs makes slower, and slips of the clock are out already. */
function rateOf(slots: Slots): MeasuredRate | null {
  if (slots === null || slots.length === 0) return null;
  return { perSecond: Math.max(...slots), ...(!agrees(slots, STEADINESS) && { unsteady: true }) };
}

/** The rate of each case, null where it cannot be measured here. Rejects with `cancelled`, and when a driver fails. */
export async function measureCeilings(
  backend: RunnerBackend,
  job: CeilingsJob,
  signal: AbortSignal,
  { send, clock = () => performance.now() / 1000 }: CeilingsPort,
): Promise<(MeasuredRate | null)[]> {
  const { cases, limitSeconds } = job;
  const measured: Slots[] = cases.map(() => []);
  const began = clock();
  let told = Number.NEGATIVE_INFINITY;
  let fraction = 0;
  const tell = (done: number, left: number) => {
    const now = clock();
    fraction = Math.max(fraction, done / (done + left));
    if (1000 * (now - told) < MILLISECONDS_BETWEEN_PROGRESS) return;
    told = now;
    send({ type: 'ceilingsProgress', fraction, secondsLeft: (left * (now - began)) / Math.max(1, done) });
  };
  const tried: number[] = cases.map(() => 0);
  for (let round = 0; ; round++) {
    const inPlan = round < FEWEST_SLOTS;
    const open = [...cases.keys()].filter((index) => (inPlan ? measured[index] !== null : !isSettled(measured[index]!)));
    if (open.length === 0) break;
    for (const [place, index] of open.entries()) {
      throwIfCancelled(signal);
      const roundsLeft = inPlan ? FEWEST_SLOTS - round - 1 : 0;
      tell(
        tried.reduce((sum, slots) => sum + slots, 0),
        open.length - place + roundsLeft * open.length,
      );
      // Two slots of each there must be; more only in time.
      if (round >= 2 && clock() - began > limitSeconds) return measured.map(rateOf);
      tried[index]!++;
      try {
        measured[index]?.push(await slotOf(backend, cases[index]!, job, clock, signal));
      } catch (error) {
        if (!OF_ONE_CASE.has(asTrouble(error).code)) throw error;
        measured[index] = null;
      }
    }
  }
  return measured.map(rateOf);
}
