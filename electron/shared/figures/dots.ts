/**
 * The dots of a row. Their place across the row is the order of measurement, not chance: a machine that warms up
 * shows as a slope. Beyond the budget only some are drawn, chosen so that the distribution stays what it was.
 */
import type { FigureDot } from './figure.ts';

/** Dots in one figure: more are slow on screen and too heavy in a file. */
export const MOST_DOTS = 2000;

/** `values` in the order of measurement as at most `most` dots (2 or more): both extremes, and equal steps of rank between. */
export function placeDots(values: readonly number[], most: number): FigureDot[] {
  const last = Math.max(1, values.length - 1);
  const all = values.map((value, index) => ({ value, offset: values.length === 1 ? 0 : (2 * index) / last - 1 }));
  if (all.length <= most) return all;
  const byValue = all.toSorted((a, b) => a.value - b.value);
  return Array.from({ length: most }, (_, index) => byValue[Math.round((index * (all.length - 1)) / (most - 1))]!);
}

/** How many dots each row may draw, in proportion to its samples. */
export function shareDots(sampleCounts: readonly number[], most = MOST_DOTS): number[] {
  const total = sampleCounts.reduce((sum, count) => sum + count, 0);
  return sampleCounts.map((count) => (total <= most ? count : Math.max(2, Math.floor((most * count) / total))));
}

/** Beyond this many dots in a row they are drawn smaller and fainter, so that where they crowd still shows. */
const CROWD = 150;
const FEW = 30;

export const dotRadius = (dots: number, usual: number): number => (dots > CROWD ? 0.73 * usual : usual);

export const dotOpacity = (dots: number): number => (dots > CROWD ? 0.3 : dots > FEW ? 0.6 : 0.8);
