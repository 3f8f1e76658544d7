/**
 * Linux tells everything in files, which cannot hang as a program can. Sources: Documentation/ABI/stable/sysfs-devices-system-cpu,
 * Documentation/ABI/testing/sysfs-class-power, os-release(5).
 */
import { access, readdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Hardware, Power } from './machine.ts';

async function text(...parts: string[]): Promise<string | undefined> {
  return readFile(join(...parts), 'utf8').then(
    (content) => content.trim() || undefined,
    () => undefined,
  );
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** "48K" or "32768K" or "8M", in bytes. */
export function parseCacheSize(size: string): number | undefined {
  const [, digits, unit] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[unit as '' | 'K' | 'M' | 'G'];
}

/** More processors than any machine has: a list that names more is none. */
const MOST_PROCESSORS = 4096;

/** The numbers in "0-3,8". */
export function numbersInList(list: string): number[] | undefined {
  const numbers: number[] = [];
  for (const range of list.split(',')) {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range) ?? [];
    if (first === undefined || Number(last) - Number(first) >= MOST_PROCESSORS) return undefined;
    for (let number = Number(first); number <= Number(last); number++) numbers.push(number);
  }
  return numbers.length <= MOST_PROCESSORS ? numbers : undefined;
}

/** How many there are in "0-3,8". */
export const countInList = (list: string): number | undefined => numbersInList(list)?.length;

/** Values of a key of /proc/cpuinfo; arm64 has other keys and none of these. */
export function cpuinfoValue(cpuinfo: string, key: string): string | undefined {
  return new RegExp(`^${key}\\s*:\\s*(.+)$`, 'm').exec(cpuinfo)?.[1]?.trim();
}

/** Caches as the first processor sees them: L1 and L2 its own, L3 the one that it shares. */
async function caches(cpuFolder: string): Promise<Pick<Hardware, 'l1dBytes' | 'l2Bytes' | 'l3Bytes' | 'l2SharedBy' | 'l3SharedBy'>> {
  const sizes = new Map<string, number>();
  const sharers = new Map<string, number>();
  for (const index of await list(join(cpuFolder, 'cpu0/cache'))) {
    const folder = join(cpuFolder, 'cpu0/cache', index);
    const [level, type, size, shared] = await Promise.all(['level', 'type', 'size', 'shared_cpu_list'].map((file) => text(folder, file)));
    const bytes = parseCacheSize(size ?? '');
    if (bytes === undefined || type === 'Instruction') continue;
    sizes.set(level ?? '', bytes);
    const count = countInList(shared ?? '');
    if (count !== undefined) sharers.set(level ?? '', count);
  }
  const known = (from: ReadonlyMap<string, number>, key: string, level: string) => (from.has(level) ? { [key]: from.get(level)! } : {});
  return {
    ...{ ...known(sizes, 'l1dBytes', '1'), ...known(sizes, 'l2Bytes', '2'), ...known(sizes, 'l3Bytes', '3') },
    ...{ ...known(sharers, 'l2SharedBy', '2'), ...known(sharers, 'l3SharedBy', '3') },
  };
}

/** Cores counted by their sets of siblings: a core is named once by each of its threads. */
async function physicalCores(cpuFolder: string): Promise<number | undefined> {
  const processors = (await list(cpuFolder)).filter((name) => /^cpu\d+$/.test(name));
  const siblings = await Promise.all(processors.map((name) => text(cpuFolder, name, 'topology/thread_siblings_list')));
  const distinct = new Set(siblings.filter((set) => set !== undefined));
  return distinct.size || undefined;
}

/**
 * The kinds of processors, as `Hardware` has them. Hybrid processors of Intel have an event source for each kind, whose
 * `cpus` lists those of it (perf, Documentation/admin-guide/perf/intel-hybrid), others `cpu`; elsewhere the scheduler's own
 * measure of each, `cpu_capacity`, where the system keeps one. A virtual machine cannot tell on which its own run.
 */
async function coreKinds(root: string, cpuinfo: string): Promise<readonly number[] | undefined> {
  const cpuFolder = join(root, 'sys/devices/system/cpu');
  const online = numbersInList((await text(cpuFolder, 'online')) ?? '');
  if (online === undefined) return undefined;
  const [fast, slow] = await Promise.all(
    ['cpu_core', 'cpu_atom'].map(async (kind) => numbersInList((await text(root, 'sys/devices', kind, 'cpus')) ?? '')),
  );
  if (fast !== undefined && slow !== undefined) return ranked(online.map((cpu) => (fast.includes(cpu) ? 1 : 0)));
  const capacities = await Promise.all(online.map(async (cpu) => Number(await text(cpuFolder, `cpu${cpu}`, 'cpu_capacity'))));
  if (capacities.every((capacity) => capacity > 0)) return ranked(capacities);
  const isTold = cpuinfoValue(cpuinfo, 'vendor_id') === 'GenuineIntel' && !isUnderHypervisor(cpuinfo);
  return isTold && (await exists(join(root, 'sys/devices/cpu'))) ? [] : undefined;
}

/** The rank of each, the largest being 0; none where all are the same. */
function ranked(values: readonly number[]): number[] {
  const distinct = [...new Set(values)].sort((a, b) => b - a);
  return distinct.length === 1 ? [] : values.map((value) => distinct.indexOf(value));
}

async function container(root: string): Promise<string | undefined> {
  const named = await text(root, 'run/systemd/container');
  if (named !== undefined) return `${named} container`;
  if (await exists(join(root, '.dockerenv'))) return 'docker container';
  if (await exists(join(root, 'run/.containerenv'))) return 'podman container';
  return undefined;
}

const isUnderHypervisor = (cpuinfo: string): boolean => /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo);

async function hypervisor(root: string, cpuinfo: string): Promise<string | undefined> {
  if (/microsoft/i.test(release())) return 'WSL';
  if (!isUnderHypervisor(cpuinfo)) return undefined;
  const [vendor, product] = await Promise.all([text(root, 'sys/class/dmi/id/sys_vendor'), text(root, 'sys/class/dmi/id/product_name')]);
  return [vendor, product].filter(Boolean).join(' ') || 'hypervisor';
}

/** `root` is `/` but in tests. */
export async function linuxHardware(root = '/'): Promise<Hardware> {
  const cpuFolder = join(root, 'sys/devices/system/cpu');
  const cpuinfo = (await text(root, 'proc/cpuinfo')) ?? '';
  const [cores, kinds, cache, release, inContainer, under] = await Promise.all([
    physicalCores(cpuFolder),
    coreKinds(root, cpuinfo),
    caches(cpuFolder),
    text(root, 'etc/os-release'),
    container(root),
    hypervisor(root, cpuinfo),
  ]);
  const os = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(release ?? '')?.[1];
  const cpu = cpuinfoValue(cpuinfo, 'model name');
  const vendor = cpuinfoValue(cpuinfo, 'vendor_id');
  const layers = [under, inContainer].filter((layer) => layer !== undefined);
  // Only x86 has the flag that tells a bare machine from a virtual one.
  const bare = cpuinfoValue(cpuinfo, 'flags') !== undefined ? 'none' : undefined;
  const virtualisation = layers.length > 0 ? layers.join(', ') : bare;
  return {
    ...cache,
    ...(cpu && { cpu }),
    ...(vendor && { vendor }),
    ...(cores && { physicalCores: cores }),
    ...(kinds && { coreKinds: kinds }),
    ...(os && { os }),
    ...(virtualisation && { virtualisation }),
  };
}

async function powerSource(root: string): Promise<Power['power']> {
  const folder = join(root, 'sys/class/power_supply');
  let source: Power['power'];
  for (const name of await list(folder)) {
    const [type, scope, status, online] = await Promise.all(['type', 'scope', 'status', 'online'].map((file) => text(folder, name, file)));
    // A mouse or a headset has a battery of its own.
    if (scope === 'Device') continue;
    if (type === 'Battery' && status === 'Discharging') return 'battery';
    if (type === 'Battery' && status !== undefined && status !== 'Unknown') source = 'mains';
    if (type !== 'Battery' && online === '1') source = 'mains';
  }
  return source;
}

export async function linuxPower(root = '/'): Promise<Power> {
  const [power, governor] = await Promise.all([powerSource(root), text(root, 'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor')]);
  return { ...(power && { power }), ...(governor && { governor }) };
}
