/** The words above a chart with rows: what its columns hold, and whose rate the line of a speed-up stands for. */
import type { Figure } from '../../electron/shared/figures/figure.ts';
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import { type ChartGeometry, SMALL } from './chart-geometry.ts';

export interface Heading {
  readonly text: string;
  /** Left end. */
  readonly x: number;
  readonly width: number;
}

/** From left to right, none over another. */
export function chartHeadings(figure: Figure, geometry: ChartGeometry, em: number): Heading[] {
  const size = SMALL * em;
  const gap = 0.6 * em;
  const { reference, domain } = figure.axis;
  const { left, right, rateRight, ratioRight, ratioColumn } = geometry;
  const widthOf = (text: string) => textWidth(text, size, 600);
  const endingAt = (end: number, text: string): Heading[] => (text === '' ? [] : [{ text, x: end - widthOf(text), width: widthOf(text) }]);
  const ratio = figure.baseline === undefined ? '' : figure.columns.ratio;
  const isAlone = rateRight === null && reference === undefined;
  // Where it does not fit beside the reference, that names the same baseline.
  const isSaid = rateRight === null && reference !== undefined && widthOf(ratio) > ratioColumn;
  const columns = [
    ...(rateRight === null ? [] : endingAt(rateRight, figure.columns.rate)),
    ...(isSaid ? [] : endingAt(ratioRight, fitText(ratio, isAlone ? ratioRight - left : ratioColumn, size, 600))),
  ];
  if (reference === undefined) return columns;
  const most = columns[0] === undefined ? ratioRight : columns[0].x - gap;
  const text = fitText(reference.label, most, size, 600);
  const width = widthOf(text);
  const at = left + ((right - left) * Math.log(reference.value / domain[0])) / Math.log(domain[1] / domain[0]);
  return [{ text, width, x: Math.max(0, Math.min(at - width / 2, most - width)) }, ...columns];
}
