/** The looks of a plot's lines: the kernel's own, and for its further lines the same colour with another marker and dash. */
import { findKernel } from '../../../kernels/catalog.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import { UNKNOWN_LOOK } from '../figures/rows.ts';

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

export const lookOf = (kernel: string): KernelLook => findKernel(kernel)?.look ?? UNKNOWN_LOOK;

const name = ({ color, marker, dash }: KernelLook): string => `${color} ${marker} ${dash}`;

/** One look for each line, given its kernel; no two are the same while there are markers and dashes left. */
export function looksOf(kernels: readonly string[]): KernelLook[] {
  const taken = new Set(kernels.map((kernel) => name(lookOf(kernel))));
  const seen = new Set<string>();
  return kernels.map((kernel) => {
    const own = lookOf(kernel);
    if (!seen.has(kernel)) {
      seen.add(kernel);
      return own;
    }
    const marker = MARKERS.indexOf(own.marker);
    const dash = Math.max(0, DASHES.indexOf(own.dash as (typeof DASHES)[number]));
    const others = Array.from({ length: MARKERS.length * DASHES.length }, (_, step): KernelLook => {
      const turn = Math.floor(step / MARKERS.length);
      return {
        color: own.color,
        marker: MARKERS[(marker + step + 1) % MARKERS.length]!,
        dash: DASHES[(dash + step + 1 + turn) % DASHES.length]!,
      };
    });
    const free = others.find((look) => !taken.has(name(look))) ?? own;
    taken.add(name(free));
    return free;
  });
}
