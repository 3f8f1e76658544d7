/** A plot ready to be written: every shape, and apart from them every text with its place, so that none may overlap. */
import type { FigureTick } from '../figures/figure.ts';
import {
  type Box,
  DIM,
  INK,
  innerOf,
  type Page,
  type PlacedText,
  placeCaption,
  placeHeading,
  stackLines,
  wrapped,
} from '../figures/page.ts';
import { line, short } from '../figures/svg-parts.ts';
import { type FontWeight, textWidth } from '../figures/text-width.ts';
import { insidePage, thinTicks } from '../figures/thin-ticks.ts';
import type { Plot, PlotAxis } from './plot.ts';

export interface Drawing {
  readonly height: number;
  readonly plot: Box;
  /** Where nothing but marks stands: the plot, or its parts. */
  readonly strips: readonly Box[];
  readonly texts: readonly PlacedText[];
  readonly shapes: readonly string[];
  /** The shapes that the legend consists of. */
  readonly legend: readonly string[];
}

export const TICK_SIZE = 9.5;
export const GRID_LINE = '#dfe2e6';
/** The glyph of an item of the legend, which is drawn around the middle of this width. */
export const GLYPH = 30;

export const text = (
  content: string,
  x: number,
  y: number,
  {
    size = TICK_SIZE,
    weight = 400,
    anchor = 'start',
    color = DIM,
  }: { size?: number; weight?: FontWeight; anchor?: PlacedText['anchor']; color?: string } = {},
): PlacedText => ({ text: content, x, y, size, weight, anchor, color });

/** Value to place, from `start` to `end`; either may be the greater. */
export function placer(
  { scale, domain: [low, high] }: Pick<PlotAxis, 'scale' | 'domain'>,
  start: number,
  end: number,
): (value: number) => number {
  const share = (value: number) => (scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  return (value) => start + (end - start) * share(value);
}

const LEAST_TICK_GAP = 1.4 * TICK_SIZE;

/** Ticks whose labels stand apart on a vertical axis, from the lowest on. */
export function ticksApart(ticks: readonly FigureTick[], place: (value: number) => number): FigureTick[] {
  const chosen: FigureTick[] = [];
  for (const tick of ticks) {
    const below = chosen.at(-1);
    if (below === undefined || place(below.value) - place(tick.value) >= LEAST_TICK_GAP) chosen.push(tick);
  }
  return chosen;
}

/** What the words for the better end of an axis take, with the arrow beside them. */
export const betterWidthOf = ({ better }: Pick<PlotAxis, 'better'>): number =>
  better === undefined ? 0 : textWidth(better.text, 10, 600) + 18;

/** The horizontal axis under a box: line, ticks, labels, title, and an arrow to the better side where one is better. */
export function drawHorizontalAxis(axis: PlotAxis, plot: Box, page: Page): { shapes: string[]; texts: PlacedText[]; bottom: number } {
  const place = placer(axis, plot.left, plot.right);
  const tick = (value: number, length: number) => line(place(value), plot.bottom, place(value), plot.bottom + length, DIM, 1);
  const labelPlace = insidePage(axis.ticks, place, TICK_SIZE, page.width);
  const labels = thinTicks(axis.ticks, labelPlace, TICK_SIZE);
  const baseline = plot.bottom + 17;
  const { better } = axis;
  const betterWidth = betterWidthOf(axis);
  const title = stackLines(wrapped(axis.title, plot.right - plot.left - betterWidth - 12, 10, 400, INK), plot.left, baseline + 6);
  const y = baseline + 16;
  const isLow = better?.end === 'low';
  const tip = isLow ? plot.right - betterWidth : plot.right;
  const turn = isLow ? -1 : 1;
  return {
    shapes: [
      line(plot.left, plot.bottom, plot.right, plot.bottom, DIM, 1),
      ...axis.ticks.map(({ value }) => tick(value, labels.some((label) => label.value === value) ? 5 : 3)),
      ...axis.minor.map((value) => tick(value, 3)),
      ...(better === undefined
        ? []
        : [
            line(tip - turn * 11, y - 3.5, tip - turn * 4, y - 3.5, INK, 1.4),
            `<path d="M${short(tip)} ${short(y - 3.5)}l${-6 * turn} -3v6z" fill="${INK}"/>`,
          ]),
    ],
    texts: [
      ...labels.map(({ value, label }) => text(label, labelPlace(value), baseline, { anchor: 'middle' })),
      ...title.texts,
      ...(better === undefined
        ? []
        : [text(better.text, isLow ? plot.right : plot.right - 18, y, { size: 10, weight: 600, anchor: 'end', color: INK })]),
    ],
    bottom: Math.max(title.bottom, y + 4),
  };
}

export interface LegendItem {
  readonly label: string;
  /** The glyph around a point. */
  readonly draw: (x: number, y: number) => string;
}

/** Items beside each other, on as many lines as they need. */
export function flowLegend(
  items: readonly LegendItem[],
  top: number,
  page: Page,
): { legend: string[]; texts: PlacedText[]; bottom: number } {
  const legend: string[] = [];
  const texts: PlacedText[] = [];
  const { margin } = page;
  const inner = innerOf(page);
  let [x, y] = [margin, top];
  for (const { label, draw } of items) {
    const lines = wrapped(label, inner - GLYPH - 6, 10, 400, INK);
    const width = GLYPH + 6 + Math.max(...lines.map((each) => textWidth(each.text, 10)));
    if (x > margin && x + width > margin + inner) [x, y] = [margin, y + 16];
    legend.push(draw(x + GLYPH / 2, y + 6));
    const placed = stackLines(lines, x + GLYPH + 6, y);
    texts.push(...placed.texts);
    x += width + 20;
    if (lines.length > 1) [x, y] = [margin, y + 13 * lines.length + 3];
  }
  return { legend, texts, bottom: x > margin ? y + 16 : y };
}

/** Heading above and caption below what `draw` puts between them. */
export function drawPage(
  plot: Plot,
  page: Page,
  draw: (top: number) => { plot: Box; strips?: readonly Box[]; shapes: string[]; legend: string[]; texts: PlacedText[]; bottom: number },
): Drawing {
  const heading = placeHeading(plot, page);
  const middle = draw(heading.bottom);
  const caption = placeCaption(plot.caption, middle.bottom + 8, page);
  return {
    height: caption.height,
    plot: middle.plot,
    strips: middle.strips ?? [middle.plot],
    texts: [...heading.texts, ...middle.texts, ...caption.texts],
    shapes: middle.shapes,
    legend: middle.legend,
  };
}
