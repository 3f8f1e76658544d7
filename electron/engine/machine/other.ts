/**
 * macOS and Windows tell these things through programs only, which `systeminformation` knows how to ask. Each question has
 * a time limit of its own, so that one that hangs costs one answer.
 */
import type { Hardware, Power } from './machine.ts';
import { withinTime } from './within-time.ts';

const QUESTION_MILLISECONDS = 1200;

export const ask = <T>(question: (information: typeof import('systeminformation')) => Promise<T>): Promise<T | undefined> =>
  withinTime(
    import('systeminformation').then((module) => question(module)),
    QUESTION_MILLISECONDS,
  );

const positive = (value: number | null | undefined): number | undefined => (value && value > 0 ? value : undefined);

export async function foreignHardware(): Promise<Hardware> {
  const [cpu, system, os] = await Promise.all([ask(({ cpu }) => cpu()), ask(({ system }) => system()), ask(({ osInfo }) => osInfo())]);
  const physicalCores = positive(cpu?.physicalCores);
  const l1dBytes = positive(cpu?.cache.l1d);
  const l2Bytes = positive(cpu?.cache.l2);
  const l3Bytes = positive(cpu?.cache.l3);
  return {
    ...(cpu?.brand && { cpu: `${cpu.manufacturer} ${cpu.brand}`.trim() }),
    ...(cpu?.vendor && { vendor: cpu.vendor }),
    ...(physicalCores && { physicalCores }),
    ...(l1dBytes && { l1dBytes }),
    ...(l2Bytes && { l2Bytes }),
    ...(l3Bytes && { l3Bytes }),
    ...(os && { os: `${os.distro} ${os.release}`.trim() }),
    ...(system && { virtualisation: system.virtual ? (system.virtualHost ?? 'hypervisor') : 'none' }),
  };
}

export async function foreignPower(): Promise<Power> {
  const battery = await ask(({ battery }) => battery());
  if (!battery?.hasBattery) return {};
  return { power: battery.acConnected ? 'mains' : 'battery' };
}
