/**
 * Watches the machine over one round: a reading before it and one after it, outside of what is timed, the difference of
 * the counters between, and the energy from the first timed batch to the last, which alone is read while the round goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Energy, NoEnergyReason, PresentConditions, Reading, RoundCondition } from '../../shared/conditions.ts';
import type { ConditionSource, Counters, PackageEnergy } from './source.ts';
import { loopHertz } from './speed-loop.ts';

/** Over which the load is looked at where no round is. */
const LOAD_MILLISECONDS = 250;

/** Joules between two states of counters that start again from zero at their ends. */
export function joulesBetween(from: PackageEnergy, to: PackageEnergy): number {
  return to.joules.reduce((sum, joules, at) => {
    const change = joules - from.joules[at]!;
    return sum + (change >= 0 ? change : change + from.wrapsAt[at]!);
  }, 0);
}

const rise = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined || to < from ? undefined : to - from;

const clamped = (share: number): number => Math.min(1, Math.max(0, share));

type Change = Pick<RoundCondition, 'otherLoad' | 'steal' | 'swapInPages' | 'swapOutPages' | 'throttles'>;

export function changeOf(from: Counters, to: Counters): Change {
  const total = rise(from.processor?.total, to.processor?.total);
  const shareOf = (ticks: number | undefined) => (ticks === undefined || !total ? undefined : clamped(ticks / total));
  const own = rise(from.processor?.own, to.processor?.own);
  const busy = rise(from.processor?.busy, to.processor?.busy);
  const change: Change = {
    otherLoad: shareOf(busy === undefined || own === undefined ? undefined : busy - own),
    steal: shareOf(rise(from.processor?.steal, to.processor?.steal)),
    swapInPages: rise(from.swapInPages, to.swapInPages),
    swapOutPages: rise(from.swapOutPages, to.swapOutPages),
    throttles: rise(from.throttles, to.throttles),
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

interface TimedStretch {
  readonly began: number;
  readonly from: PackageEnergy | NoEnergyReason;
  ended?: number;
  to?: PackageEnergy | NoEnergyReason;
}

export class RoundWatch {
  readonly #source: ConditionSource;
  readonly #steps: number;
  readonly #before: Reading;
  readonly #counters: Counters;
  #stepsLeft: number;
  #timed: TimedStretch | undefined;

  private constructor(source: ConditionSource, steps: number, before: Reading) {
    this.#source = source;
    this.#steps = steps;
    this.#stepsLeft = steps;
    this.#before = before;
    this.#counters = source.counters();
  }

  /** Reads the machine before a round of so many timed steps. */
  static async begin(source: ConditionSource, steps: number): Promise<RoundWatch> {
    const loop = loopHertz();
    return new RoundWatch(source, steps, { ...(await source.reading()), loopHertz: loop });
  }

  /** The first timed batch is about to begin. */
  timing(): void {
    this.#timed ??= { began: performance.now(), from: this.#source.energy() };
  }

  /** So many more steps have been timed. */
  timed(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft > 0 || this.#timed === undefined || this.#timed.ended !== undefined) return;
    this.#timed.ended = performance.now();
    this.#timed.to = this.#source.energy();
  }

  /** Reads the machine after the round. */
  async end(): Promise<Omit<RoundCondition, 'round' | 'variant' | 'begin' | 'end'>> {
    const change = changeOf(this.#counters, this.#source.counters());
    // At once, while the clock is still that of the work.
    const loop = loopHertz();
    const after = { ...(await this.#source.reading()), loopHertz: loop };
    return { before: this.#before, after, ...change, ...this.#energy(after) };
  }

  #energy(after: Reading): { energy: Energy } | { noEnergy: NoEnergyReason } | undefined {
    const { began, ended, from, to } = this.#timed ?? {};
    if (began === undefined || ended === undefined || from === undefined || to === undefined) return undefined;
    const seconds = (ended - began) / 1000;
    if (!(seconds > 0)) return undefined;
    if (typeof from !== 'string' && typeof to !== 'string')
      return { energy: { source: 'package', joules: joulesBetween(from, to), seconds, steps: this.#steps } };
    const { batteryWatts: first } = this.#before;
    const { batteryWatts: last } = after;
    if (first !== undefined && last !== undefined)
      return { energy: { source: 'battery', joules: ((first + last) / 2) * seconds, seconds, steps: this.#steps } };
    return { noEnergy: typeof from === 'string' ? from : (to as NoEnergyReason) };
  }
}

/** What is known before a run, within about a third of a second. */
export async function presentConditions(source: ConditionSource): Promise<PresentConditions> {
  const from = source.counters();
  await sleep(LOAD_MILLISECONDS);
  const { otherLoad } = changeOf(from, source.counters());
  return { reading: await source.reading(), ...(otherLoad !== undefined && { otherLoad }) };
}
