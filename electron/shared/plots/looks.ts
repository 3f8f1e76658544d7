/**
 * The one place that looks come from. A kernel has its own in every chart, and what else is of one kernel has the same colour
 * with another marker and dash: the second variant of a run looks the same in every chart of it.
 */
import { findKernel, KERNELS } from '../../../kernels/catalog.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';

const MARKERS = [
  'circle',
  'square',
  'diamond',
  'triangle',
  'cross',
  'plus',
  'star',
  'wye',
] as const satisfies readonly KernelLook['marker'][];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3', '4 2 1 2'] as const;

/** For kernels that this build does not know. */
export const UNKNOWN_LOOK: KernelLook = { color: '#555555', marker: 'circle', dash: '2 2' };

export const lookOf = (kernel: string): KernelLook => findKernel(kernel)?.look ?? UNKNOWN_LOOK;

const name = ({ color, marker, dash }: KernelLook): string => `${color} ${marker} ${dash}`;

/** Kept for the kernels themselves, whether they are drawn or not: otherwise a look would change with what stands beside it. */
const KERNELS_OWN: ReadonlySet<string> = new Set([...KERNELS.map(({ look }) => look), UNKNOWN_LOOK].map(name));

/** The looks of its colour after this one, in the order in which they are given out. */
function after({ color, marker, dash }: KernelLook): KernelLook[] {
  const [markerAt, dashAt] = [MARKERS.indexOf(marker), Math.max(0, DASHES.indexOf(dash as (typeof DASHES)[number]))];
  return Array.from({ length: MARKERS.length * DASHES.length }, (_, step) => ({
    color,
    marker: MARKERS[(markerAt + step + 1) % MARKERS.length]!,
    // Once through the markers, then with every dash one further: all pairs come before any comes again.
    dash: DASHES[(dashAt + (step % MARKERS.length) + 1 + Math.floor(step / MARKERS.length)) % DASHES.length]!,
  }));
}

/** Every look as it is, unless one before has the same: then the next free one, while there are markers and dashes left. */
export function apart(looks: readonly KernelLook[]): KernelLook[] {
  const kept = new Set([...KERNELS_OWN, ...looks.map(name)]);
  const given = new Set<string>();
  return looks.map((look) => {
    if (!given.has(name(look))) {
      given.add(name(look));
      return look;
    }
    const free = after(look).find((other) => !kept.has(name(other)) && !given.has(name(other))) ?? look;
    given.add(name(free));
    return free;
  });
}

/** One look for each of its kernel, in their order; no two are the same while there are markers and dashes left. */
export const looksOf = (kernels: readonly string[]): KernelLook[] => apart(kernels.map(lookOf));
