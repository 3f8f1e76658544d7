/**
 * Linux tells the machine's state in files that cost microseconds to read. Which of them there are is looked up once.
 * Sources: Documentation/ABI/testing/sysfs-devices-system-cpu, sysfs-class-powercap, sysfs-class-power,
 * Documentation/hwmon/sysfs-interface.rst, Documentation/driver-api/thermal/sysfs-api.rst, proc(5).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_CORES_READ, type NoEnergyReason, type Reading } from '../../shared/conditions.ts';
import { cpuinfoValue, linuxPower } from '../machine/linux.ts';
import type { ConditionSource, Counters, PackageEnergy } from './source.ts';

/** Sensors of a processor, by the name of their driver, in the order of preference. */
const PROCESSOR_SENSORS = ['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'cpu'];
const PACKAGE_LABEL = /^(Package id|Tctl|Tdie)/;
const PROCESSOR_ZONES = ['x86_pkg_temp', 'cpu-thermal', 'cpu_thermal', 'soc-thermal', 'cpu0-thermal'];
/** RAPL's folder of a package; a colon more is a part of one. */
const PACKAGE_FOLDER = /^intel-rapl:\d+$/;

function textOf(...parts: string[]): string | undefined {
  try {
    return readFileSync(join(...parts), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function numberOf(...parts: string[]): number | undefined {
  const text = textOf(...parts);
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

const known = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** As many of them as are read, evenly spread. */
function spread<T>(values: readonly T[]): T[] {
  const stride = Math.ceil(values.length / MAX_CORES_READ);
  return values.filter((_, at) => at % stride === 0);
}

function sensorPaths(root: string): string[] {
  const folder = join(root, 'sys/class/hwmon');
  const sensors = list(folder).map((name) => ({ path: join(folder, name), driver: textOf(folder, name, 'name') ?? '' }));
  for (const wanted of PROCESSOR_SENSORS) {
    const inputs = sensors
      .filter(({ driver }) => driver === wanted)
      .flatMap(({ path }) =>
        list(path)
          .filter((file) => /^temp\d+_input$/.test(file))
          .map((file) => ({ path: join(path, file), label: textOf(path, file.replace('_input', '_label')) ?? '' })),
      );
    const packages = inputs.filter(({ label }) => PACKAGE_LABEL.test(label));
    if (inputs.length > 0) return (packages.length > 0 ? packages : inputs).map(({ path }) => path);
  }
  const zones = join(root, 'sys/class/thermal');
  const ofProcessor = list(zones).filter((name) => PROCESSOR_ZONES.includes(textOf(zones, name, 'type') ?? ''));
  return ofProcessor.map((name) => join(zones, name, 'temp'));
}

interface Paths {
  readonly processors: readonly string[];
  readonly clocks: readonly string[];
  /** Where a hypervisor is, /proc/cpuinfo tells a nominal clock that never changes. */
  readonly clockInCpuinfo: boolean;
  readonly sensors: readonly string[];
  readonly throttles: readonly string[];
  readonly packages: readonly string[];
  readonly wrapsAt: readonly number[];
}

function findPaths(root: string): Paths {
  const folder = join(root, 'sys/devices/system/cpu');
  const processors = list(folder)
    .filter((name) => /^cpu\d+$/.test(name))
    .map((name) => join(folder, name));
  const clocks = processors.map((path) => join(path, 'cpufreq/scaling_cur_freq')).filter((path) => numberOf(path) !== undefined);
  const flags = cpuinfoValue(textOf(root, 'proc/cpuinfo') ?? '', 'flags') ?? '';
  const firstOfPackage = [...Map.groupBy(processors, (path) => textOf(path, 'topology/physical_package_id')).values()].map(
    ([first]) => first!,
  );
  const throttles = [
    ...processors.map((path) => join(path, 'thermal_throttle/core_throttle_count')),
    ...firstOfPackage.map((path) => join(path, 'thermal_throttle/package_throttle_count')),
  ].filter((path) => numberOf(path) !== undefined);
  const powercap = join(root, 'sys/class/powercap');
  const packages = list(powercap)
    .filter((name) => PACKAGE_FOLDER.test(name) && textOf(powercap, name, 'name')?.startsWith('package'))
    .map((name) => join(powercap, name));
  return {
    processors,
    clocks: spread(clocks),
    clockInCpuinfo: clocks.length === 0 && !/\bhypervisor\b/.test(flags),
    sensors: sensorPaths(root),
    throttles,
    packages,
    wrapsAt: packages.map((path) => 1e-6 * (numberOf(path, 'max_energy_range_uj') ?? Number.POSITIVE_INFINITY)),
  };
}

/** Watts that the batteries give together; undefined unless one discharges and tells how much. */
function batteryWatts(root: string): number | undefined {
  const folder = join(root, 'sys/class/power_supply');
  const watts = list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (textOf(path, 'type') !== 'Battery' || textOf(path, 'scope') === 'Device' || textOf(path, 'status') !== 'Discharging') return [];
    const power = numberOf(path, 'power_now');
    if (power !== undefined) return [1e-6 * Math.abs(power)];
    const [current, voltage] = [numberOf(path, 'current_now'), numberOf(path, 'voltage_now')];
    return current === undefined || voltage === undefined ? [] : [1e-12 * Math.abs(current * voltage)];
  });
  return watts.length === 0 ? undefined : watts.reduce((sum, value) => sum + value, 0);
}

/** Ticks that a process and the children that it waited for have had. */
function processTicks(root: string, pid: number): number | undefined {
  // The program's name, in brackets, may hold spaces.
  const fields = textOf(root, 'proc', String(pid), 'stat')?.split(') ').at(-1)?.split(' ');
  const ticks = fields?.slice(11, 15).map(Number);
  return ticks?.length === 4 && ticks.every(Number.isFinite) ? ticks.reduce((sum, value) => sum + value, 0) : undefined;
}

export class LinuxConditions implements ConditionSource {
  readonly #root: string;
  readonly #pids: () => readonly number[];
  #found: Paths | undefined;

  /** `pids` are the lab's processes; `root` is `/` but in tests. */
  constructor(pids: () => readonly number[], root = '/') {
    this.#pids = pids;
    this.#root = root;
  }

  get #paths(): Paths {
    this.#found ??= findPaths(this.#root);
    return this.#found;
  }

  async reading(): Promise<Omit<Reading, 'loopHertz'>> {
    const root = this.#root;
    const clockHertz = this.#clocks();
    const celsius = known(this.#paths.sensors.map((path) => numberOf(path))).map((value) => value / 1000);
    const powerMode = textOf(root, 'sys/firmware/acpi/platform_profile');
    const energyPreference = textOf(root, 'sys/devices/system/cpu/cpu0/cpufreq/energy_performance_preference');
    const { power, governor } = await linuxPower(root);
    const watts = power === 'battery' ? batteryWatts(root) : undefined;
    return {
      ...(clockHertz.length > 0 && { clockHertz }),
      ...(celsius.length > 0 && { celsius: Math.max(...celsius) }),
      ...(power && { power }),
      ...(governor && { governor }),
      ...(powerMode && { powerMode }),
      ...(energyPreference && { energyPreference }),
      ...(watts !== undefined && { batteryWatts: watts }),
    };
  }

  counters(): Counters {
    const processor = this.#processor();
    const vmstat = textOf(this.#root, 'proc/vmstat') ?? '';
    const pages = (key: string) => new RegExp(`^${key} (\\d+)$`, 'm').exec(vmstat)?.[1];
    const [swapIn, swapOut] = [pages('pswpin'), pages('pswpout')];
    const throttles = known(this.#paths.throttles.map((path) => numberOf(path)));
    return {
      ...(processor && { processor }),
      ...(swapIn !== undefined && { swapInPages: Number(swapIn) }),
      ...(swapOut !== undefined && { swapOutPages: Number(swapOut) }),
      ...(throttles.length > 0 && { throttles: throttles.reduce((sum, count) => sum + count, 0) }),
    };
  }

  energy(): PackageEnergy | NoEnergyReason {
    const { packages, wrapsAt } = this.#paths;
    if (packages.length === 0) return 'no-counter';
    const joules: number[] = [];
    for (const path of packages) {
      try {
        joules.push(1e-6 * Number(readFileSync(join(path, 'energy_uj'), 'utf8')));
      } catch (error) {
        return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'no-permission' : 'no-counter';
      }
    }
    return joules.every(Number.isFinite) ? { joules, wrapsAt } : 'no-counter';
  }

  #clocks(): number[] {
    const { clocks, clockInCpuinfo } = this.#paths;
    if (!clockInCpuinfo) return known(clocks.map((path) => numberOf(path))).map((kilohertz) => 1e3 * kilohertz);
    const lines = (textOf(this.#root, 'proc/cpuinfo') ?? '').matchAll(/^cpu MHz\s*:\s*([\d.]+)$/gm);
    return spread([...lines].map(([, megahertz]) => 1e6 * Number(megahertz)).filter((hertz) => hertz > 0));
  }

  #processor(): Counters['processor'] {
    const ticks = /^cpu +(.*)$/m
      .exec(textOf(this.#root, 'proc/stat') ?? '')?.[1]
      ?.split(' ')
      .map(Number);
    if (ticks === undefined || ticks.length < 8 || !ticks.every(Number.isFinite)) return undefined;
    // What guests had is in user and nice already.
    const [user, nice, system, idle, wait, irq, softIrq, steal] = ticks as [number, number, number, number, number, number, number, number];
    const busy = user + nice + system + irq + softIrq;
    const own = this.#pids().map((pid) => processTicks(this.#root, pid));
    const ownTicks = own.includes(undefined) ? undefined : known(own).reduce((sum, value) => sum + value, 0);
    return { busy, total: busy + idle + wait + steal, steal, ...(ownTicks !== undefined && { own: ownTicks }) };
  }
}
