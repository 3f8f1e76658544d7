/**
 * The machine record that every run carries. What cannot be read is `unknown`, never guessed; what never changes is read
 * once, the power state anew for each run, because an unplugged laptop is another machine.
 */
import { arch, availableParallelism, cpus, release, totalmem } from 'node:os';
import type { Machine } from '../../shared/machine.ts';
import type { Adapter } from '../../shared/run.ts';
import type { Offered } from '../runners/availability.ts';
import { linuxHardware, linuxPower } from './linux.ts';
import { foreignHardware, foreignPower } from './other.ts';

/** What the platform's own sources tell; absent where they do not. */
export interface Hardware {
  readonly cpu?: string;
  readonly vendor?: string;
  readonly physicalCores?: number;
  /** As a machine has them. */
  readonly coreKinds?: readonly number[];
  readonly l1dBytes?: number;
  readonly l2Bytes?: number;
  readonly l3Bytes?: number;
  /** Logical processors that share one cache of that level. */
  readonly l2SharedBy?: number;
  readonly l3SharedBy?: number;
  readonly os?: string;
  readonly virtualisation?: string;
}

export interface Power {
  readonly power?: 'mains' | 'battery';
  readonly governor?: string;
}

let hardware: Promise<Hardware> | undefined;

const readHardware = (): Promise<Hardware> => {
  hardware ??= process.platform === 'linux' ? linuxHardware() : foreignHardware();
  return hardware;
};

/** What decides how a micro-kernel's arrays are cut for the caches. */
export interface CacheShape extends Pick<Hardware, 'l1dBytes' | 'l2Bytes' | 'l3Bytes' | 'l2SharedBy' | 'l3SharedBy'> {
  /** That this process may use. */
  readonly logicalCores: number;
  readonly physicalCores: number;
  /** Caches may then be shared with strangers. */
  readonly isVirtual: boolean;
}

export async function readCacheShape(): Promise<CacheShape> {
  const { virtualisation, ...hardware } = await readHardware();
  const isVirtual = virtualisation !== undefined && virtualisation !== 'none';
  return { ...hardware, logicalCores: availableParallelism(), physicalCores: await defaultThreads(), isVirtual };
}

const readPower = (): Promise<Power> => (process.platform === 'linux' ? linuxPower() : foreignPower());

function gpuName({ name, type }: Adapter): string {
  return type === 'software' ? `${name} (software)` : name;
}

/** Threads that a team starts with: the physical cores where they are known and fewer than this process may use. */
export async function defaultThreads(): Promise<number> {
  const usable = availableParallelism();
  const { physicalCores } = await readHardware();
  return physicalCores === undefined ? usable : Math.min(physicalCores, usable);
}

/** Within about a second the first time, then at once. */
export async function readMachine(appVersion: string, offered: Offered): Promise<Machine> {
  const [known, { power = 'unknown', governor = 'unknown' }] = await Promise.all([readHardware(), readPower()]);
  const cores = cpus();
  return {
    cpu: known.cpu ?? (cores[0]?.model.trim() || 'unknown'),
    vendor: known.vendor ?? 'unknown',
    architecture: arch(),
    logicalCores: cores.length || 'unknown',
    physicalCores: known.physicalCores ?? 'unknown',
    ...(known.coreKinds && { coreKinds: [...known.coreKinds] }),
    cacheBytes: { l1d: known.l1dBytes ?? 'unknown', l2: known.l2Bytes ?? 'unknown', l3: known.l3Bytes ?? 'unknown' },
    memoryBytes: totalmem(),
    isas: [...offered.isas],
    os: known.os ?? process.platform,
    kernel: release(),
    virtualisation: known.virtualisation ?? 'unknown',
    power,
    governor,
    node: process.version,
    appVersion,
    compiler: offered.compiler,
    gpus: offered.adapters.map(gpuName),
  };
}
