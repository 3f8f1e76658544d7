/** Where values of a plot's axis stand, in pixels, and which of its ticks have room for their labels. */
import type { FigureTick } from '../../electron/shared/figures/figure.ts';
import { type FontWeight, fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import { thinTicks } from '../../electron/shared/figures/thin-ticks.ts';
import type { PlotAxis } from '../../electron/shared/plots/plot.ts';

export type Place = (value: number) => number;

/** From the axis' low end at `from` to its high end at `to`. */
export function placeOn({ scale, domain }: Pick<PlotAxis, 'scale' | 'domain'>, from: number, to: number): Place {
  const along = scale === 'log' ? Math.log : (value: number) => value;
  const [low, high] = domain;
  return (value) => from + ((to - from) * (along(value) - along(low))) / (along(high) - along(low));
}

/** Ticks of a horizontal axis whose labels do not touch. */
export const ticksAlong = ({ ticks }: Pick<PlotAxis, 'ticks'>, place: Place, size: number): readonly FigureTick[] =>
  thinTicks(ticks, place, size);

/** Heights that a label needs, as a share of the size of its text. */
const LINE = 1.5;

/** Ticks of a vertical axis whose labels do not touch: all, or every second, third, … counted from the lowest. */
export function ticksUp({ ticks }: Pick<PlotAxis, 'ticks'>, place: Place, size: number): readonly FigureTick[] {
  for (let every = 1; every < ticks.length; every++) {
    const chosen = ticks.filter((_, index) => index % every === 0);
    const clear = chosen.every((tick, index) => index === 0 || place(chosen[index - 1]!.value) - place(tick.value) >= LINE * size);
    if (clear) return chosen;
  }
  return ticks.slice(0, 1);
}

/** The title of an axis; where it is too long, without what follows its comma. */
export function titleWithin(title: string, width: number, size: number): string {
  const short = title.split(', ')[0] ?? title;
  return textWidth(title, size) <= width ? title : fitText(short, width, size);
}

export const widestLabel = (labels: readonly string[], size: number, weight: FontWeight = 400): number =>
  Math.ceil(Math.max(0, ...labels.map((label) => textWidth(label, size, weight))));
