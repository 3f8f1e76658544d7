import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineSchema } from '../../shared/machine.ts';
import { countInList, linuxHardware, linuxPower, parseCacheSize } from './linux.ts';
import { defaultThreads, readMachine } from './machine.ts';
import { foreignHardware, foreignPower } from './other.ts';
import { withinTime } from './within-time.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gslab-machine-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${content}\n`);
  }
}

const cache = (index: number, level: string, type: string, size: string) => ({
  [`sys/devices/system/cpu/cpu0/cache/index${index}/level`]: level,
  [`sys/devices/system/cpu/cpu0/cache/index${index}/type`]: type,
  [`sys/devices/system/cpu/cpu0/cache/index${index}/size`]: size,
});

describe('linuxHardware', () => {
  it('reads a laptop with two threads a core', async () => {
    write({
      'proc/cpuinfo': 'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Some(R) Core(TM) i7\nflags\t\t: fpu avx2',
      'etc/os-release': 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
      'sys/devices/system/cpu/cpu0/topology/thread_siblings_list': '0,2',
      'sys/devices/system/cpu/cpu1/topology/thread_siblings_list': '1,3',
      'sys/devices/system/cpu/cpu2/topology/thread_siblings_list': '0,2',
      'sys/devices/system/cpu/cpu3/topology/thread_siblings_list': '1,3',
      ...cache(0, '1', 'Data', '48K'),
      ...cache(1, '1', 'Instruction', '32K'),
      ...cache(2, '2', 'Unified', '1280K'),
      ...cache(3, '3', 'Unified', '12M'),
      'sys/devices/system/cpu/cpu0/cache/index2/shared_cpu_list': '0,2',
      'sys/devices/system/cpu/cpu0/cache/index3/shared_cpu_list': '0-3',
    });
    expect(await linuxHardware(root)).toEqual({
      cpu: 'Some(R) Core(TM) i7',
      vendor: 'GenuineIntel',
      physicalCores: 2,
      l1dBytes: 48 * 1024,
      l2Bytes: 1280 * 1024,
      l3Bytes: 12 * 1024 * 1024,
      l2SharedBy: 2,
      l3SharedBy: 4,
      os: 'Debian GNU/Linux 12 (bookworm)',
      virtualisation: 'none',
    });
  });

  describe('tells the kinds of processors', () => {
    const intel = 'vendor_id\t: GenuineIntel\nflags\t\t: fpu avx2';
    const online = { 'sys/devices/system/cpu/online': '0-5' };
    const capacities = (values: readonly number[]) =>
      Object.fromEntries(values.map((value, cpu) => [`sys/devices/system/cpu/cpu${cpu}/cpu_capacity`, String(value)]));
    const kinds = async (files: Record<string, string>) => {
      write({ ...online, ...files });
      return (await linuxHardware(root)).coreKinds;
    };

    it('of a hybrid processor, from its two event sources', async () => {
      const both = { 'sys/devices/cpu_core/cpus': '0-3', 'sys/devices/cpu_atom/cpus': '4-5' };
      expect(await kinds({ 'proc/cpuinfo': intel, ...both })).toEqual([0, 0, 0, 0, 1, 1]);
    });

    it('of three clusters, from the capacities that the scheduler knows, whatever comes first', async () => {
      expect(await kinds(capacities([250, 250, 600, 600, 600, 1024]))).toEqual([2, 2, 1, 1, 1, 0]);
    });

    it('all alike, where that is said', async () => {
      expect(await kinds(capacities(Array(6).fill(1024)))).toEqual([]);
    });

    it('all alike, where one event source is all there is on a processor that would have two', async () => {
      expect(await kinds({ 'proc/cpuinfo': intel, 'sys/devices/cpu/type': '4' })).toEqual([]);
    });

    it.each([
      ['in a virtual machine', { 'proc/cpuinfo': intel.replace('fpu', 'hypervisor'), 'sys/devices/cpu/type': '4' }],
      ['of another maker', { 'proc/cpuinfo': 'vendor_id\t: AuthenticAMD\nflags\t\t: fpu', 'sys/devices/cpu/type': '4' }],
      ['with capacities of some only', capacities([1024, 1024])],
      ['with a list that is none', { 'sys/devices/system/cpu/online': '0-99999999', 'sys/devices/cpu_core/cpus': '0-3' }],
    ])('not %s', async (_, files) => {
      expect(await kinds(files)).toBeUndefined();
    });
  });

  it('tells a container in a virtual machine', async () => {
    write({
      'proc/cpuinfo': 'flags : fpu hypervisor avx2',
      '.dockerenv': '',
      'sys/class/dmi/id/sys_vendor': 'QEMU',
      'sys/class/dmi/id/product_name': 'Standard PC',
    });
    expect(await linuxHardware(root)).toEqual({ virtualisation: 'QEMU Standard PC, docker container' });
  });

  it('knows nothing where nothing can be read', async () => {
    expect(await linuxHardware(root)).toEqual({});
    expect(await linuxPower(root)).toEqual({});
  });

  it('counts what a list of processors holds', () => {
    expect(['0', '0,2', '0-3', '0-3,8-11,16', '', 'all'].map(countInList)).toEqual([1, 2, 4, 9, undefined, undefined]);
  });

  it('reads sizes with their units', () => {
    expect(['48K', '8M', '512', '1G', 'big', ''].map(parseCacheSize)).toEqual([49152, 8 << 20, 512, 2 ** 30, undefined, undefined]);
  });
});

describe('linuxPower', () => {
  const supply = (name: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([file, content]) => [`sys/class/power_supply/${name}/${file}`, content]));

  it('tells mains from battery, and a mouse from both', async () => {
    write({ ...supply('AC', { type: 'Mains', online: '0' }), ...supply('BAT0', { type: 'Battery', status: 'Discharging' }) });
    expect(await linuxPower(root)).toEqual({ power: 'battery' });
    write({ ...supply('AC', { type: 'Mains', online: '1' }), ...supply('BAT0', { type: 'Battery', status: 'Charging' }) });
    write({ ...supply('hid', { type: 'Battery', scope: 'Device', status: 'Discharging' }) });
    write({ 'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'powersave' });
    expect(await linuxPower(root)).toEqual({ power: 'mains', governor: 'powersave' });
  });
});

describe('readMachine', () => {
  const offered = { kernels: [], isas: ['baseline' as const], compiler: 'gcc', adapters: [] };

  it('is a record that the contract accepts, the same each time', async () => {
    const machine = await readMachine('1.2.3', offered);
    expect(machineSchema.parse(machine)).toEqual(machine);
    expect(machine).toMatchObject({ appVersion: '1.2.3', node: process.version, compiler: 'gcc', isas: ['baseline'] });
    expect(await readMachine('1.2.3', offered)).toEqual(machine);
    expect(await defaultThreads()).toBeGreaterThanOrEqual(1);
  });

  it('labels software renderers among the GPUs', async () => {
    const adapter = { id: 'a', backend: 'vulkan', driver: '', usable: true, features: [] };
    const adapters = [
      { ...adapter, name: 'Fast', type: 'gpu' as const },
      { ...adapter, name: 'SwiftShader', type: 'software' as const },
    ];
    expect((await readMachine('1', { ...offered, adapters })).gpus).toEqual(['Fast', 'SwiftShader (software)']);
  });
});

describe('the other systems', () => {
  it('answer or stay silent, without an error', async () => {
    expect(await foreignHardware()).toBeTypeOf('object');
    expect(await foreignPower()).toBeTypeOf('object');
  });

  it('are given up when they take too long or fail', async () => {
    expect(await withinTime(new Promise(() => {}), 10)).toBeUndefined();
    expect(await withinTime(Promise.reject(new Error('no')), 1000)).toBeUndefined();
    expect(await withinTime(Promise.resolve(5), 1000)).toBe(5);
  });
});
