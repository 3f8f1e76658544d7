/** Files of /proc and /sys as machines of several kinds have them, written under a folder of the test's own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export type Files = Readonly<Record<string, string>>;

export function machineTree(files: Files): { root: string; write: (files: Files) => void } {
  const root = mkdtempSync(join(tmpdir(), 'gslab-conditions-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const write = (more: Files) => {
    for (const [path, content] of Object.entries(more)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `${content}\n`);
    }
  };
  write(files);
  return { root, write };
}

const CPU = 'sys/devices/system/cpu';
const THROTTLE = 'thermal_throttle/core_throttle_count';

/** `ticks`: user, nice, system, idle, iowait, irq, softirq, steal. */
export const statOf = (ticks: readonly number[]): Files => ({ 'proc/stat': `cpu  ${ticks.join(' ')} 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0` });

/** Of a process whose name is awkward: user, system, and those of its children. */
export const processOf = (pid: number, ticks: readonly [number, number, number, number]): Files => ({
  [`proc/${pid}/stat`]: `${pid} (a (b) c) S 1 1 1 0 -1 4194304 1 2 3 4 ${ticks.join(' ')} 20 0 7 0 100 1 2`,
});

export const swapOf = (pagesIn: number, pagesOut: number): Files => ({
  'proc/vmstat': `pgpgin 5\npswpin ${pagesIn}\npswpout ${pagesOut}\npgfault 9`,
});

export const clocksOf = (kilohertz: readonly number[]): Files =>
  Object.fromEntries(kilohertz.map((clock, core) => [`${CPU}/cpu${core}/cpufreq/scaling_cur_freq`, String(clock)]));

export const throttlesOf = (cores: readonly number[], ofPackage: number): Files => ({
  ...Object.fromEntries(cores.map((count, core) => [`${CPU}/cpu${core}/${THROTTLE}`, String(count)])),
  ...Object.fromEntries(cores.map((_, core) => [`${CPU}/cpu${core}/thermal_throttle/package_throttle_count`, String(ofPackage)])),
  ...Object.fromEntries(cores.map((_, core) => [`${CPU}/cpu${core}/topology/physical_package_id`, '0'])),
});

export const packageEnergyOf = (microjoules: number, wrapsAt = 262_143_328_850): Files => ({
  'sys/class/powercap/intel-rapl:0/name': 'package-0',
  'sys/class/powercap/intel-rapl:0/energy_uj': String(microjoules),
  'sys/class/powercap/intel-rapl:0/max_energy_range_uj': String(wrapsAt),
  // A part of the package, and the whole board: neither is to be added.
  'sys/class/powercap/intel-rapl:0:0/name': 'core',
  'sys/class/powercap/intel-rapl:0:0/energy_uj': '77',
  'sys/class/powercap/intel-rapl:1/name': 'psys',
  'sys/class/powercap/intel-rapl:1/energy_uj': '88',
});

/** Two cores, unplugged, saving energy. */
export const LAPTOP_ON_BATTERY: Files = {
  ...clocksOf([3_400_000, 2_900_000]),
  ...throttlesOf([3, 4], 9),
  ...statOf([1000, 0, 200, 8000, 50, 0, 10, 0]),
  ...swapOf(10, 20),
  'proc/cpuinfo': 'flags : fpu avx2',
  'sys/class/hwmon/hwmon0/name': 'acpitz',
  'sys/class/hwmon/hwmon0/temp1_input': '20000',
  'sys/class/hwmon/hwmon1/name': 'coretemp',
  'sys/class/hwmon/hwmon1/temp1_input': '71000',
  'sys/class/hwmon/hwmon1/temp1_label': 'Package id 0',
  'sys/class/hwmon/hwmon1/temp2_input': '74000',
  'sys/class/hwmon/hwmon1/temp2_label': 'Core 0',
  'sys/class/power_supply/AC/type': 'Mains',
  'sys/class/power_supply/AC/online': '0',
  'sys/class/power_supply/BAT0/type': 'Battery',
  'sys/class/power_supply/BAT0/status': 'Discharging',
  'sys/class/power_supply/BAT0/power_now': '15250000',
  'sys/firmware/acpi/platform_profile': 'low-power',
  [`${CPU}/cpu0/cpufreq/scaling_governor`]: 'powersave',
  [`${CPU}/cpu0/cpufreq/energy_performance_preference`]: 'balance_power',
};

/** A virtual machine: no sensor, no clock but the nominal one, a hypervisor that may take time away. */
export const VIRTUAL_MACHINE: Files = {
  ...statOf([1000, 0, 200, 8000, 50, 0, 10, 40]),
  ...swapOf(0, 0),
  'proc/cpuinfo': 'flags : fpu hypervisor avx2\ncpu MHz\t\t: 2596.150\ncpu MHz\t\t: 2596.150',
};
