import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_CORES_READ, readingSchema } from '../../shared/conditions.ts';
import { LinuxConditions } from './linux.ts';
import {
  clocksOf,
  LAPTOP_ON_BATTERY,
  machineTree,
  packageEnergyOf,
  processOf,
  throttlesOf,
  VIRTUAL_MACHINE,
} from './machine-tree.fixture.ts';

const conditionsOf = (root: string, pids: readonly number[] = []) => new LinuxConditions(() => pids, root);

describe('LinuxConditions', () => {
  it('reads a laptop on battery', async () => {
    const { root } = machineTree(LAPTOP_ON_BATTERY);
    const reading = await conditionsOf(root).reading();
    expect(reading).toEqual({
      clockHertz: [3.4e9, 2.9e9],
      celsius: 71,
      power: 'battery',
      powerMode: 'low-power',
      governor: 'powersave',
      energyPreference: 'balance_power',
      batteryWatts: 15.25,
    });
    expect(readingSchema.parse(reading)).toEqual(reading);
  });

  it('takes the battery’s watts from its current and voltage where it tells no more', async () => {
    const { root, write } = machineTree({});
    write({
      'sys/class/power_supply/BAT1/type': 'Battery',
      'sys/class/power_supply/BAT1/status': 'Discharging',
      'sys/class/power_supply/BAT1/current_now': '1000000',
      'sys/class/power_supply/BAT1/voltage_now': '12000000',
    });
    expect((await conditionsOf(root).reading()).batteryWatts).toBeCloseTo(12, 9);
  });

  it('takes no nominal clock of a virtual machine for a clock, and that of a bare one where no other is', async () => {
    expect(await conditionsOf(machineTree(VIRTUAL_MACHINE).root).reading()).toEqual({});
    const bare = machineTree({ 'proc/cpuinfo': 'flags : fpu avx2\ncpu MHz\t\t: 2596.150\ncpu MHz\t\t: 800.000' });
    expect((await conditionsOf(bare.root).reading()).clockHertz).toEqual([2.59615e9, 8e8]);
  });

  it('reads the hottest core where no sensor is the package’s, and a thermal zone where no sensor is the processor’s', async () => {
    const cores = machineTree({
      'sys/class/hwmon/hwmon2/name': 'cpu_thermal',
      'sys/class/hwmon/hwmon2/temp1_input': '51000',
      'sys/class/hwmon/hwmon2/temp2_input': '53500',
    });
    expect(await conditionsOf(cores.root).reading()).toEqual({ celsius: 53.5 });
    const zones = machineTree({
      'sys/class/thermal/thermal_zone0/type': 'acpitz',
      'sys/class/thermal/thermal_zone0/temp': '20000',
      'sys/class/thermal/thermal_zone1/type': 'x86_pkg_temp',
      'sys/class/thermal/thermal_zone1/temp': '66000',
    });
    expect(await conditionsOf(zones.root).reading()).toEqual({ celsius: 66 });
  });

  it('reads so many cores of a large machine, from the first to the last quarter', async () => {
    const { root } = machineTree(clocksOf(Array.from({ length: 200 }, (_, core) => 1_000_000 + core)));
    const { clockHertz } = await conditionsOf(root).reading();
    expect(clockHertz!.length).toBeLessThanOrEqual(MAX_CORES_READ);
    expect(clockHertz!.length).toBeGreaterThan(MAX_CORES_READ / 2);
    expect(Math.max(...clockHertz!) - Math.min(...clockHertz!)).toBeGreaterThan(150e3);
  });

  it('counts the time of all processors, of it the lab’s own, what was stolen, swapping and throttling', () => {
    const { root } = machineTree({
      ...VIRTUAL_MACHINE,
      ...processOf(70, [1, 2, 3, 4]),
      ...processOf(71, [10, 20, 0, 0]),
      ...throttlesOf([3, 4], 9),
    });
    expect(conditionsOf(root, [70, 71]).counters()).toEqual({
      processor: { busy: 1210, total: 9300, steal: 40, own: 40 },
      swapInPages: 0,
      swapOutPages: 0,
      throttles: 3 + 4 + 9,
    });
    // Of a process that is gone nothing is known, so neither of what was not the lab's.
    expect(conditionsOf(root, [70, 72]).counters().processor).toEqual({ busy: 1210, total: 9300, steal: 40 });
  });

  it('reads the packages’ energy, and not that of their parts or of the board', () => {
    const { root } = machineTree(packageEnergyOf(5_000_000, 9_000_000));
    expect(conditionsOf(root).energy()).toEqual({ joules: [5], wrapsAt: [9] });
  });

  it.skipIf(process.getuid?.() === 0)('says that nobody but the administrator may read it', () => {
    const { root } = machineTree(packageEnergyOf(5_000_000));
    chmodSync(join(root, 'sys/class/powercap/intel-rapl:0/energy_uj'), 0);
    expect(conditionsOf(root).energy()).toBe('no-permission');
  });

  it('knows nothing where nothing can be read', async () => {
    const { root } = machineTree({});
    expect(await conditionsOf(root, [1]).reading()).toEqual({});
    expect(conditionsOf(root, [1]).counters()).toEqual({});
    expect(conditionsOf(root).energy()).toBe('no-counter');
  });
});
