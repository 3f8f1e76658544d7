/**
 * The roofs that a machine's ceilings put over a measurement, and which of them holds it: at an intensity of x flop a
 * byte no kernel does more than min(peak, x × bandwidth) (Williams, Waterman and Patterson, "Roofline: an insightful
 * visual performance model", 2009).
 */
import type { Isa } from '../../kernels/kernel.ts';
import type { Precision } from '../../kernels/model.ts';
import { type Ceilings, type ComputeCeiling, type GpuCeiling, MEMORY_LEVELS, type MemoryCeiling, type MemoryLevel } from './ceilings.ts';
import type { Machine } from './machine.ts';
import type { Interval } from './run.ts';

export type Roof =
  | { readonly of: 'memory'; readonly ceiling: MemoryCeiling }
  | { readonly of: 'compute'; readonly ceiling: ComputeCeiling }
  | { readonly of: 'gpu-memory' | 'gpu-compute'; readonly ceiling: GpuCeiling };

/** Sloped: bytes a second. Flat: flop a second. */
export const isSloped = ({ of }: Roof): boolean => of === 'memory' || of === 'gpu-memory';

export function rateOfRoof(roof: Roof): number {
  switch (roof.of) {
    case 'memory':
      return roof.ceiling.bytesPerSecond;
    case 'gpu-memory':
      return roof.ceiling.copyBytesPerSecond;
    default:
      return roof.ceiling.flopsPerSecond;
  }
}

/** Flop a second under the roof at an intensity, in flop a byte. */
export const heightAt = (roof: Roof, intensity: number): number => (isSloped(roof) ? intensity * rateOfRoof(roof) : rateOfRoof(roof));

/** The intensity at which a sloped roof meets a flat one. */
export const ridgeOf = (sloped: Roof, flat: Roof): number => rateOfRoof(flat) / rateOfRoof(sloped);

const fastest = <T>(items: readonly T[], rate: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((best, item) => (best === undefined || rate(item) > rate(best) ? item : best), undefined);

/** Of ceilings with as many threads, else with the next larger team that was measured, else with the largest. */
function withThreads<T extends { readonly threads: number }>(ceilings: readonly T[], threads: number): T[] {
  const counts = [...new Set(ceilings.map((ceiling) => ceiling.threads))].sort((a, b) => a - b);
  const nearest = counts.find((count) => count >= threads) ?? counts.at(-1);
  return ceilings.filter((ceiling) => ceiling.threads === nearest);
}

/** Levels with their fastest ceiling, with streaming stores or without; over all thread counts where none is given. */
export function memoryRoofs({ memory }: Ceilings, threads?: number): Roof[] {
  return MEMORY_LEVELS.flatMap((level): Roof[] => {
    const ofLevel = memory.filter((ceiling) => ceiling.level === level);
    const ceiling = fastest(threads === undefined ? ofLevel : withThreads(ofLevel, threads), ({ bytesPerSecond }) => bytesPerSecond);
    return ceiling === undefined ? [] : [{ of: 'memory', ceiling }];
  });
}

export interface ComputeWish {
  readonly operation: ComputeCeiling['operation'];
  readonly precision: Precision;
  readonly isa: ComputeCeiling['isa'];
  readonly threads?: number;
}

export function computeRoof({ compute }: Ceilings, { operation, precision, isa, threads }: ComputeWish): Roof | undefined {
  const fitting = compute.filter((each) => each.operation === operation && each.precision === precision && each.isa === isa);
  const ceiling = fastest(threads === undefined ? fitting : withThreads(fitting, threads), ({ flopsPerSecond }) => flopsPerSecond);
  return ceiling && { of: 'compute', ceiling };
}

/** Bytes in the levels of a machine's caches, as far as a team of so many threads owns them. */
function levelBytes({ cacheBytes, physicalCores }: Pick<Machine, 'cacheBytes' | 'physicalCores'>, threads: number) {
  const cores = physicalCores === 'unknown' ? threads : Math.min(threads, physicalCores);
  const own = (bytes: number | 'unknown') => (bytes === 'unknown' ? 0 : bytes * cores);
  return { L1: own(cacheBytes.l1d), L2: own(cacheBytes.l2), L3: cacheBytes.l3 === 'unknown' ? 0 : cacheBytes.l3, memory: Infinity };
}

/** The first level that holds so many bytes. A cache of unknown size holds none. */
export function levelOf(bytes: number, machine: Pick<Machine, 'cacheBytes' | 'physicalCores'>, threads: number): MemoryLevel {
  const sizes = levelBytes(machine, threads);
  return MEMORY_LEVELS.find((level) => bytes <= sizes[level])!;
}

/** A measurement as the roofs see it. */
export interface UnderRoofs {
  /** Flop a byte. */
  readonly intensity: number;
  readonly flopsPerSecond: Interval;
  readonly precision: Precision;
  readonly threads: number;
  /** Of native kernels; others compute one value at a time. */
  readonly isa?: Isa;
  readonly adapter?: { readonly id: string; readonly name: string };
  /** Of both states of the grid. */
  readonly bytes: number;
}

export interface Limit {
  readonly roof: Roof;
  /** Of what the roof allows. */
  readonly share: number;
  /** The grid's own level of memory allows less: a faster one must have served it. */
  readonly servedByCache: boolean;
}

function lowest(roofs: readonly Roof[], intensity: number): Roof | undefined {
  return roofs.reduce<Roof | undefined>(
    (found, roof) => (found === undefined || heightAt(roof, intensity) < heightAt(found, intensity) ? roof : found),
    undefined,
  );
}

/**
 * The lowest roof over a measurement. For one on the processor that is the bandwidth of the level that holds the grid,
 * or the peak; where it was faster than that level allows, the next level nearer to the core.
 */
export function limitOf(
  measured: UnderRoofs,
  ceilings: Ceilings,
  machine: Pick<Machine, 'cacheBytes' | 'physicalCores'>,
): Limit | undefined {
  const { intensity, flopsPerSecond, precision, threads, adapter } = measured;
  const under = (roof: Roof, servedByCache: boolean): Limit => ({
    roof,
    share: flopsPerSecond.median / heightAt(roof, intensity),
    servedByCache,
  });
  if (adapter !== undefined) {
    const ceiling = ceilings.gpu.find((each) => each.adapter === adapter.id && each.name === adapter.name);
    if (ceiling === undefined) return undefined;
    const roofs: Roof[] = (['gpu-memory', 'gpu-compute'] as const).map((of) => ({ of, ceiling }));
    return under(lowest(roofs, intensity)!, false);
  }
  const isa = measured.isa ?? 'scalar';
  const peak = computeRoof(ceilings, { operation: 'fma', precision, isa, threads });
  const level = levelOf(measured.bytes, machine, threads);
  const inward = memoryRoofs(ceilings, threads)
    .filter((roof) => roof.of === 'memory' && MEMORY_LEVELS.indexOf(roof.ceiling.level) <= MEMORY_LEVELS.indexOf(level))
    .toReversed();
  const bounds = inward.map((roof) => lowest([roof, ...(peak === undefined ? [] : [peak])], intensity)!);
  const holding = bounds.findIndex((roof) => heightAt(roof, intensity) >= flopsPerSecond.low);
  const found = bounds[holding] ?? bounds.at(-1) ?? peak;
  return found && under(found, holding > 0);
}
