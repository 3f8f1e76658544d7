/** What fits a cache: the working set of a variant beside the caches of its machine, in marks on an axis of sizes and in words. */
import { findKernel } from '../../../kernels/catalog.ts';
import { stateBytesPerCell } from '../../../kernels/kernel.ts';
import type { Competitor } from '../figures/competitors.ts';
import type { Machine } from '../machine.ts';
import { formatBytes } from '../units.ts';
import type { PlotContext } from './frame.ts';
import type { PlotDetail, PlotLandmark } from './plot.ts';
import type { Line } from './series.ts';

export const CACHE_LEVELS = ['L1', 'L2', 'L3'] as const;
export type CacheLevel = (typeof CACHE_LEVELS)[number];

interface Cache {
  readonly level: CacheLevel;
  readonly bytes: number;
  /** Cores that bring one of their own. */
  readonly copies: number;
}

/** Known caches, smallest first. Each thread has an L1 and an L2 with it, as far as there are cores; L3 is shared. */
export function cachesOf({ cacheBytes, physicalCores }: Pick<Machine, 'cacheBytes' | 'physicalCores'>, threads: number): Cache[] {
  const copies = Math.min(threads, physicalCores === 'unknown' ? threads : physicalCores);
  const caches: { level: CacheLevel; bytes: number | 'unknown'; copies: number }[] = [
    { level: 'L1', bytes: cacheBytes.l1d, copies },
    { level: 'L2', bytes: cacheBytes.l2, copies },
    { level: 'L3', bytes: cacheBytes.l3, copies: 1 },
  ];
  return caches.flatMap(({ bytes, ...rest }) => (typeof bytes === 'number' && bytes > 0 ? [{ ...rest, bytes }] : []));
}

interface Footprint {
  readonly bytesPerCell: number;
  readonly caches: readonly Cache[];
}

/** Undefined on a GPU, whose caches nobody tells, and on a machine that tells none. */
function footprintOf({ run, result: { backend, variant } }: Competitor, { session }: PlotContext): Footprint | undefined {
  const kernel = findKernel(variant.kernel);
  const machine = session.machines[run.machine];
  if (backend === 'webgpu' || kernel === undefined || machine === undefined) return undefined;
  const caches = cachesOf(machine, variant.threads);
  return caches.length === 0 ? undefined : { bytesPerCell: stateBytesPerCell(kernel, variant.precision), caches };
}

/** Different for the lines of a plot whose marks stand elsewhere. */
interface MarkedGroup {
  readonly footprint: Footprint;
  readonly first: Competitor;
  lines: number;
}

const MOST_GROUPS = 2;

function groupsOf(lines: readonly Line[], context: PlotContext): MarkedGroup[] {
  const groups = new Map<string, MarkedGroup>();
  for (const line of lines) {
    const first = line[0]!.of;
    const footprint = footprintOf(first, context);
    if (footprint === undefined) continue;
    const key = JSON.stringify(footprint);
    const group = groups.get(key) ?? { footprint, first, lines: 0 };
    group.lines++;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.lines - a.lines).slice(0, MOST_GROUPS);
}

export interface CacheMarks {
  readonly landmarks: readonly PlotLandmark[];
  /** What they stand for; empty without any. */
  readonly caption: string;
}

/** Of the lines over grids: where u and v, twice each, fill a cache. */
export function cacheMarks(lines: readonly Line[], [low, high]: readonly [number, number], context: PlotContext): CacheMarks {
  const { texts, language } = context;
  const groups = groupsOf(lines, context);
  const precisions = new Set(groups.map(({ first }) => first.result.variant.precision)).size > 1;
  const marks = groups.flatMap(({ footprint: { bytesPerCell, caches }, first: { result } }) =>
    caches.map(({ level, bytes, copies }) => {
      const size = formatBytes(bytes, language);
      const label = texts.cache(level, copies > 1 ? `${copies}\u00a0×\u00a0${size}` : size);
      const x = (bytes * copies) / bytesPerCell;
      return { key: `${level} ${x}`, x, label: precisions ? `${label} (${result.variant.precision})` : label };
    }),
  );
  // A cache that is shared is full at the same grid, whatever the team.
  const landmarks = [...new Map(marks.map((mark) => [mark.key, mark])).values()];
  const within = landmarks.filter(({ x }) => x >= low && x <= high).sort((a, b) => a.x - b.x);
  return { landmarks: within, caption: within.length > 0 ? texts.captionCaches : '' };
}

/** "4 MiB, in L3", "64 MiB, beyond L3"; an empty text where nothing is known. */
export function workingSet(competitor: Competitor, context: PlotContext): PlotDetail {
  const footprint = footprintOf(competitor, context);
  if (footprint === undefined) return { text: '', value: 0 };
  const bytes = footprint.bytesPerCell * competitor.cells;
  const cache = footprint.caches.find((each) => bytes <= each.bytes * each.copies);
  const place = cache === undefined ? context.texts.beyondCache(footprint.caches.at(-1)!.level) : context.texts.inCache(cache.level);
  return { text: `${formatBytes(bytes, context.language)}, ${place}`, value: bytes };
}

/** Whether the state is larger than every cache that is known; undefined where none is. */
export function exceedsCaches(competitor: Competitor, context: PlotContext): boolean | undefined {
  const footprint = footprintOf(competitor, context);
  return footprint?.caches.every(({ bytes, copies }) => footprint.bytesPerCell * competitor.cells > bytes * copies);
}
