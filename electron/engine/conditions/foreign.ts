/**
 * macOS and Windows tell these things through programs, which take up to a second and a core: they are asked before a
 * round alone, seldom, and each with a time limit. Between, the last answer stands.
 */
import { cpus } from 'node:os';
import type { NoEnergyReason, Reading } from '../../shared/conditions.ts';
import { ask } from '../machine/other.ts';
import type { ConditionSource, Counters } from './source.ts';

const ASK_AGAIN_SECONDS = 30;

const positive = (value: number | null | undefined): number | undefined => (value && value > 0 ? value : undefined);

async function askAll(): Promise<Omit<Reading, 'loopHertz'>> {
  const [speed, temperature, battery] = await Promise.all([
    ask(({ cpuCurrentSpeed }) => cpuCurrentSpeed()),
    ask(({ cpuTemperature }) => cpuTemperature()),
    ask(({ battery }) => battery()),
  ]);
  const clocks = (speed?.cores ?? []).flatMap((gigahertz) => (positive(gigahertz) === undefined ? [] : [1e9 * gigahertz]));
  const celsius = positive(temperature?.main);
  return {
    ...(clocks.length > 0 && { clockHertz: clocks.slice(0, 64) }),
    ...(celsius && { celsius }),
    ...(battery?.hasBattery && { power: battery.acConnected ? 'mains' : 'battery' }),
  };
}

export class ForeignConditions implements ConditionSource {
  #latest: { readonly at: number; readonly reading: Omit<Reading, 'loopHertz'> } | undefined;

  async reading(): Promise<Omit<Reading, 'loopHertz'>> {
    const now = performance.now();
    if (this.#latest === undefined || now - this.#latest.at > 1000 * ASK_AGAIN_SECONDS) this.#latest = { at: now, reading: await askAll() };
    return this.#latest.reading;
  }

  /** What the lab's own processes had is not to be known, so neither is what others had. */
  counters(): Counters {
    const times = cpus().map(({ times }) => times);
    if (times.length === 0) return {};
    const sum = (of: (time: (typeof times)[number]) => number) => times.reduce((total, time) => total + of(time), 0);
    const busy = sum(({ user, nice, sys, irq }) => user + nice + sys + irq);
    return { processor: { busy, total: busy + sum(({ idle }) => idle) } };
  }

  energy(): NoEnergyReason {
    return 'no-counter';
  }
}
