/** How the roofs of a roofline are drawn, in files and on screen alike: by width and dash, so that no colour is needed. */
import type { RooflineRoof } from './plot.ts';

/** A team's is whole and one thread's dotted, another machine's dashed: at column width the widths alone are too alike. */
export function roofDash({ device, machine, thin }: Pick<RooflineRoof, 'device' | 'machine' | 'thin'>): string {
  if (thin) return machine === 0 ? '1.5 2' : '6 2 1.5 2';
  if (device === 'processor') return machine === 0 ? '' : '7 3';
  return machine === 0 ? '9 3 2 3' : '2 3';
}

export const roofWidth = ({ thin }: Pick<RooflineRoof, 'thin'>): number => (thin ? 0.9 : 1.8);

/** Around the marker of what a processor standing in for a GPU reached. */
export const SOFTWARE_RING = { beyond: 3, dash: '1.5 2' } as const;

/** A prediction's diamond against the marker of a point. */
export const PREDICTION_SCALE = 1.7;

/** The head of an arrow that ends at the origin and comes from the left. */
export const ARROW_HEAD = 'M0 0L-6 -3V3Z';
