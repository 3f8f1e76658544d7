import { resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ISAS, type Isa } from '../../../kernels/kernel.ts';
import { PRECISION_IDS, type Precision } from '../../../kernels/model.ts';
import { COMPUTE_OPERATIONS, type ComputeUnit } from '../../shared/ceilings.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type Addon, type AddonInstance, type AddonJob, loadAddon } from './addon.ts';
import { createNativeBackend } from './backend.ts';
import { openNativeCeiling } from './ceiling.ts';

const loaded = loadAddon(resolve(import.meta.dirname, '../../..'));
const addon = 'addon' in loaded ? loaded.addon : undefined;
const backend = createNativeBackend(resolve(import.meta.dirname, '../../..'));
const isas: readonly Isa[] = addon?.info().ceilings[0]?.isas ?? [];
const units: readonly ComputeUnit[] = ['scalar', ...isas];

/** The addon, telling what instances are made of it. */
function watched(): { addon: Addon; jobs: AddonJob[]; instances: AddonInstance[] } {
  const jobs: AddonJob[] = [];
  const instances: AddonInstance[] = [];
  const Instance = new Proxy(addon!.Instance, {
    construct: (Made, [job]: [AddonJob]) => {
      const made = new Made(job);
      jobs.push(job);
      instances.push(made);
      return made;
    },
  });
  return { addon: { ...addon!, Instance }, jobs, instances };
}

afterEach(() => vi.unstubAllEnvs());

const lanesOf = (unit: ComputeUnit, precision: Precision): number =>
  unit === 'scalar' ? 1 : { baseline: 16, neon: 16, avx2: 32, avx512: 64 }[unit] / (precision === 'f32' ? 4 : 8);

describe.skipIf(addon === undefined)('the triad', () => {
  test.each([false, true])('adds what it reads and writes it where it belongs, streaming: %s', async (streaming) => {
    for (const isa of isas) {
      vi.stubEnv('GS_FORCE_ISA', isa);
      const { addon: own, jobs, instances } = watched();
      const cols = 3 * 64;
      const ceiling = await openNativeCeiling(own, { kind: 'triad', threads: 3, streaming, valuesPerThread: cols });
      expect(jobs[0]).toMatchObject({ isa, precision: 'f64', threads: 3 });
      expect(ceiling.workPerStep).toBe(3 * 8 * 3 * cols);
      const [b, c] = [1, 2].map((factor) => Float64Array.from({ length: 3 * cols }, (_, at) => factor * (at + 1)));
      instances[0]!.load(b!, c!);
      const { seconds } = await ceiling.step(2);
      expect(seconds).toBeGreaterThan(0);
      const [a, again] = [new Float64Array(3 * cols), new Float64Array(3 * cols)];
      instances[0]!.read(a, again);
      expect(a).toEqual(b!.map((value, at) => value + 3 * c![at]!));
      expect(again).toEqual(c);
      await ceiling.close();
    }
  });

  test('goes on from piece to piece of long arrays, round and round', async () => {
    const { addon: own, instances } = watched();
    const piece = 65_536;
    const cols = 3 * piece;
    const ceiling = await openNativeCeiling(own, { kind: 'triad', threads: 2, streaming: true, valuesPerThread: cols });
    expect(ceiling.workPerStep).toBe(3 * 8 * 2 * piece);
    const [a, c] = [new Float64Array(2 * cols), new Float64Array(2 * cols)];
    const computed = () => {
      instances[0]!.read(a, c);
      return [0, 1, 2, 3, 4, 5].map((part) => a.subarray(part * piece, (part + 1) * piece).every((value) => value === 7));
    };
    await ceiling.step(1);
    expect(computed()).toEqual([true, false, false, true, false, false]);
    await ceiling.step(1);
    expect(computed()).toEqual([true, true, false, true, true, false]);
    instances[0]!.load(new Float64Array(2 * cols).fill(4), new Float64Array(2 * cols).fill(1));
    await ceiling.step(2);
    expect(computed()).toEqual([true, true, true, true, true, true]);
    await ceiling.close();
  });

  test('refuses arrays that are cut otherwise', async () => {
    for (const valuesPerThread of [63, 65_536 + 64]) {
      const opening = openNativeCeiling(addon, { kind: 'triad', threads: 1, streaming: false, valuesPerThread });
      await expect(opening).rejects.toBeInstanceOf(TroubleError);
    }
  });
});

describe.skipIf(addon === undefined)('the peak', () => {
  test.each(units)('%s computes every link of every chain', async (unit) => {
    for (const precision of PRECISION_IDS) {
      for (const operation of COMPUTE_OPERATIONS) {
        const { addon: own, instances } = watched();
        const ceiling = await openNativeCeiling(own, { kind: 'compute', unit, precision, operation, threads: 2 });
        const flops = ceiling.workPerStep / 2 / 1000 / (operation === 'fma' ? 2 : 1);
        const chains = flops / lanesOf(unit, precision);
        expect(Number.isInteger(chains)).toBe(true);
        expect(chains).toBeGreaterThanOrEqual(10);
        await ceiling.step(2);
        const Values = precision === 'f32' ? Float32Array : Float64Array;
        const [sums, zeros] = [new Values(2), new Values(2)];
        instances[0]!.read(sums, zeros);
        // x × ½ + ½ tends to 1; ½ added in each of 2000 links is 1000.
        const each = operation === 'fma' ? 1 : 1000;
        for (const sum of sums) expect(sum / (each * flops)).toBeCloseTo(1, 5);
        await ceiling.close();
      }
    }
  });

  test('is what it can be at least: wider vectors have as many operations more in a link', async () => {
    const works = await Promise.all(
      units.map(async (unit) => {
        const ceiling = await backend.openCeiling!({ kind: 'compute', unit, precision: 'f32', operation: 'add', threads: 1 });
        await ceiling.close();
        return ceiling.workPerStep;
      }),
    );
    expect(works).toEqual(works.toSorted((one, other) => one - other));
    expect(new Set(works).size).toBe(works.length);
  });
});

describe('what cannot be measured here', () => {
  const refusedWith = async (promise: Promise<unknown>) => {
    const error = await promise.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TroubleError);
    return (error as TroubleError).trouble;
  };

  test('is said to be unavailable', async () => {
    const one = { kind: 'compute', unit: 'avx512', precision: 'f32', operation: 'fma', threads: 1 } as const;
    expect(await refusedWith(openNativeCeiling(undefined, one))).toMatchObject({ code: 'kernel-unavailable', reason: 'addon-not-built' });
    if (addon === undefined) return;
    const absent = ISAS.find((isa) => !isas.includes(isa));
    expect(await refusedWith(openNativeCeiling(addon, { ...one, unit: absent! }))).toMatchObject({ reason: 'isa-missing' });
    expect(await refusedWith(openNativeCeiling(addon, { kind: 'copy', adapter: 'vulkan:0' }))).toMatchObject({
      code: 'kernel-unavailable',
    });
  });

  test.skipIf(addon === undefined)('a cancel ends a step of any length', async () => {
    for (const one of [
      { kind: 'compute', unit: 'scalar', precision: 'f64', operation: 'add', threads: 2 },
      { kind: 'triad', threads: 2, streaming: false, valuesPerThread: 2 ** 20 },
    ] as const) {
      const ceiling = await backend.openCeiling!(one);
      const stepping = refusedWith(ceiling.step(2 ** 40));
      ceiling.cancel();
      expect(await stepping).toEqual({ code: 'cancelled' });
      await ceiling.close();
    }
  });
});
