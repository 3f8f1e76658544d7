/**
 * The dots of a row. Their place across the row is the order of measurement, not chance: a machine that warms up
 * shows as a slope. Beyond the budget only some are drawn, chosen so that the distribution stays what it was.
 */
import type { FigureDot } from './figure.ts';

/** Dots in one figure: more are slow on screen and too heavy in a file. */
export const MOST_DOTS = 2000;

/** Both extremes, and equal steps of rank between. */
function thin(dots: readonly FigureDot[], most: number): FigureDot[] {
  if (dots.length <= most) return [...dots];
  const byValue = dots.toSorted((a, b) => a.value - b.value);
  return Array.from({ length: most }, (_, index) => byValue[Math.round((index * (dots.length - 1)) / (most - 1))]!);
}

/**
 * Samples in the order of measurement as about `most` dots (2 or more). Those that were slowed are thinned apart from the
 * others, so that none hides behind them; they come last, to be drawn above.
 */
export function placeDots(samples: readonly Pick<FigureDot, 'value' | 'slowed'>[], most: number): FigureDot[] {
  const last = Math.max(1, samples.length - 1);
  const all = samples.map((sample, index) => ({ ...sample, offset: samples.length === 1 ? 0 : (2 * index) / last - 1 }));
  const kinds = [all.filter(({ slowed }) => !slowed), all.filter(({ slowed }) => slowed)];
  const shares = shareDots(
    kinds.map(({ length }) => length),
    most,
  );
  return kinds.flatMap((dots, kind) => thin(dots, shares[kind]!));
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
