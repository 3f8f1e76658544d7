/**
 * Which micro-kernels are run on this machine, and on arrays of what size. A level's arrays fill half of it, so that they
 * stay there, and are twice as large as the level before it, so that they do not stay in that one. What the machine does not
 * tell is taken small enough for any; a level that is not there, or has no room between the two, is left out.
 */
import type { Isa } from '../../../kernels/kernel.ts';
import { PRECISION_IDS } from '../../../kernels/model.ts';
import type { CeilingCase } from '../../runner/backend.ts';
import { COMPUTE_OPERATIONS, type ComputeUnit, type MemoryLevel } from '../../shared/ceilings.ts';
import type { CacheShape } from '../machine/machine.ts';

export type TriadCase = Extract<CeilingCase, { kind: 'triad' }> & { readonly level: MemoryLevel };
export type ComputeCase = Extract<CeilingCase, { kind: 'compute' }>;

/** Three arrays of f64. */
const BYTES_PER_VALUE = 24;
/** `TRIAD_VALUES` and `TRIAD_PIECE` of native/src/ceilings/loops.h. */
const VALUES_MULTIPLE = 64;
const VALUES_OF_PIECE = 65_536;
const FILLED = 0.5;
/** Of a cache that several virtual machines may share. */
const FILLED_IF_SHARED_WITH_STRANGERS = 0.25;
/** Where half of a cache is too little to be beyond the one before it. */
const FILLED_AT_MOST = 0.75;
const BEYOND_THE_LEVEL_BEFORE = 2;
const BEYOND_L3 = 4;
const LEAST_MEMORY_BYTES = 256 * 2 ** 20;
const PART_OF_FREE_MEMORY = 0.5;
/** As small as any processor has that runs this. */
const L1_BYTES = 32 * 2 ** 10;
const L2_BYTES = 256 * 2 ** 10;

/** 1, 2, 4 … the physical cores, and all logical ones. */
export function threadCounts({ physicalCores, logicalCores }: Pick<CacheShape, 'physicalCores' | 'logicalCores'>): number[] {
  const powers: number[] = [];
  for (let threads = 1; threads < physicalCores; threads *= 2) powers.push(threads);
  return [...new Set([...powers, physicalCores, logicalCores])];
}

/** A cache, and how many of the threads may come to share one at worst. */
interface Cache {
  readonly bytes: number;
  readonly crowd: number;
}

function cachesFor(shape: CacheShape, threads: number): { l1: Cache; l2: Cache; l3: Cache | undefined } {
  const { physicalCores, logicalCores, l1dBytes, l2Bytes, l3Bytes } = shape;
  const threadsPerCore = Math.ceil(threads / physicalCores);
  const processorsPerCore = logicalCores / physicalCores;
  const crowdOf = (sharedBy: number) => Math.min(threads, Math.max(1, Math.ceil((sharedBy * threadsPerCore) / processorsPerCore)));
  // Not told: L2 may be a core's own or one for all, and L3 usually is one for all.
  const l2 = l2Bytes === undefined ? L2_BYTES : shape.l2SharedBy === undefined ? l2Bytes / physicalCores : l2Bytes;
  return {
    l1: { bytes: l1dBytes ?? L1_BYTES, crowd: threadsPerCore },
    l2: { bytes: l2, crowd: crowdOf(shape.l2SharedBy ?? processorsPerCore) },
    l3: l3Bytes === undefined ? undefined : { bytes: l3Bytes, crowd: crowdOf(shape.l3SharedBy ?? logicalCores) },
  };
}

const shareOf = ({ bytes, crowd }: Cache) => bytes / crowd;

/** Bytes of one thread's arrays at that level; undefined where none would lie there. */
function between(before: Cache, level: Cache, filled: number): number | undefined {
  const least = BEYOND_THE_LEVEL_BEFORE * shareOf(before);
  if (least > FILLED_AT_MOST * shareOf(level)) return undefined;
  return Math.max(filled * shareOf(level), least);
}

/** As many as there can be in equal pieces. */
function wholeValues(values: number): number {
  const multiple = Math.ceil(values / VALUES_OF_PIECE) * VALUES_MULTIPLE;
  return Math.max(1, Math.floor(values / multiple)) * multiple;
}

function bytesPerThread(level: MemoryLevel, threads: number, shape: CacheShape, freeBytes: number): number | undefined {
  const { l1, l2, l3 } = cachesFor(shape, threads);
  switch (level) {
    case 'L1':
      return FILLED * shareOf(l1);
    case 'L2':
      return between(l1, l2, FILLED);
    case 'L3':
      return l3 && between(l2, l3, shape.isVirtual ? FILLED_IF_SHARED_WITH_STRANGERS : FILLED);
    case 'memory': {
      // As many as the threads can spread over.
      const caches = Math.min(threads, Math.ceil(shape.logicalCores / (shape.l3SharedBy ?? shape.logicalCores)));
      const wanted = Math.max(LEAST_MEMORY_BYTES, BEYOND_L3 * (l3?.bytes ?? 0) * caches);
      const bytes = Math.min(wanted, PART_OF_FREE_MEMORY * freeBytes);
      return bytes < BEYOND_THE_LEVEL_BEFORE * (l3?.bytes ?? shareOf(l2)) * caches ? undefined : bytes / threads;
    }
  }
}

/** `isas`: those that some kernel is compiled for and this processor has; none where there is no addon. */
export function planTriads(shape: CacheShape, isas: readonly Isa[], freeBytes: number): TriadCase[] {
  if (isas.length === 0) return [];
  // Where vectors cannot be stored past the caches there is nothing to tell apart.
  const stores = isas.includes('neon') ? [false] : [false, true];
  return (['L1', 'L2', 'L3', 'memory'] as const).flatMap((level) =>
    threadCounts(shape).flatMap((threads) => {
      const bytes = bytesPerThread(level, threads, shape, freeBytes);
      if (bytes === undefined) return [];
      const valuesPerThread = wholeValues(bytes / BYTES_PER_VALUE);
      return stores.map((streaming): TriadCase => ({ kind: 'triad', level, threads, streaming, valuesPerThread }));
    }),
  );
}

export function planCompute(shape: CacheShape, isas: readonly Isa[]): ComputeCase[] {
  // Vectors of arm64's baseline are called `neon`.
  const vectors = isas.includes('neon') ? isas.filter((isa) => isa !== 'baseline') : isas;
  const units: readonly ComputeUnit[] = vectors.length === 0 ? [] : ['scalar', ...vectors];
  return units.flatMap((unit) =>
    PRECISION_IDS.flatMap((precision) =>
      COMPUTE_OPERATIONS.flatMap((operation) =>
        threadCounts(shape).map((threads): ComputeCase => ({ kind: 'compute', unit, precision, operation, threads })),
      ),
    ),
  );
}
