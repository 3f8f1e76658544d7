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

/** How many there are in "0-3,8". */
export function countInList(list: string): number | undefined {
  const ranges = list.split(',').map((range) => /^(\d+)(?:-(\d+))?$/.exec(range));
  if (ranges.some((range) => range === null)) return undefined;
  return ranges.reduce((sum, range) => sum + Number(range![2] ?? range![1]) - Number(range![1]) + 1, 0);
}

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

async function container(root: string): Promise<string | undefined> {
  const named = await text(root, 'run/systemd/container');
  if (named !== undefined) return `${named} container`;
  if (await exists(join(root, '.dockerenv'))) return 'docker container';
  if (await exists(join(root, 'run/.containerenv'))) return 'podman container';
  return undefined;
}

async function hypervisor(root: string, cpuinfo: string): Promise<string | undefined> {
  if (/microsoft/i.test(release())) return 'WSL';
  if (!/^flags\s*:.*\bhypervisor\b/m.test(cpuinfo)) return undefined;
  const [vendor, product] = await Promise.all([text(root, 'sys/class/dmi/id/sys_vendor'), text(root, 'sys/class/dmi/id/product_name')]);
  return [vendor, product].filter(Boolean).join(' ') || 'hypervisor';
}

/** `root` is `/` but in tests. */
export async function linuxHardware(root = '/'): Promise<Hardware> {
  const cpuFolder = join(root, 'sys/devices/system/cpu');
  const cpuinfo = (await text(root, 'proc/cpuinfo')) ?? '';
  const [cores, cache, release, inContainer, under] = await Promise.all([
    physicalCores(cpuFolder),
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
