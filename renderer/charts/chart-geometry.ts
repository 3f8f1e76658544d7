/**
 * Where the parts of a chart on screen stand, in pixels. Text is measured with the widths of the exported figures; what
 * a narrow panel has no room for is left out from the right: first the rates, then the ranges.
 */
import type { Figure, FigureRow, FigureTick } from '../../electron/shared/figures/figure.ts';
import { textWidth } from '../../electron/shared/figures/text-width.ts';
import { thinTicks } from '../../electron/shared/figures/thin-ticks.ts';

/** Sizes of text as shares of 1 em. */
export const SMALL = 0.85;
const LEAST_PLOT = 220;

export interface ChartGeometry {
  readonly height: number;
  /** The plot's frame. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly swatchLeft: number;
  readonly swatchRight: number;
  readonly labelLeft: number;
  readonly labelWidth: number;
  /** What tells the variants of a kernel apart stands at the end of a label: where that would be cut, it takes the line below. */
  readonly breaksLabels: boolean;
  /** Right edge of the column of rates; null where there is no room for it. */
  readonly rateRight: number | null;
  readonly ratioRight: number;
  readonly showRange: boolean;
  /** Width of the column of ratios. */
  readonly ratioColumn: number;
  readonly rowHeight: number;
  /** The hint stands under the axis' title, for want of room beside the ticks. */
  readonly hintBelow: boolean;
  readonly ticks: readonly FigureTick[];
}

/** Heights of a row, in em: the least that can be read, and the most that still is one row. */
const LEAST_ROW = 2.5;
const MOST_ROW = 5;
const LONGEST_HEADER = 7;

/** A label as its kernel and what tells the variant from the others of that kernel. */
export function labelParts({ label, kernel }: Pick<FigureRow, 'label' | 'kernel'>): readonly [string, string] {
  return label.startsWith(`${kernel} `) ? [kernel, label.slice(kernel.length + 1)] : [label, ''];
}

export function chartGeometry(figure: Figure, width: number, em: number, wantedHeight: number | undefined): ChartGeometry {
  const small = SMALL * em;
  const widest = (widths: readonly number[]) => Math.ceil(Math.max(0, ...widths));
  const rateWidth = widest(figure.rows.map(({ rateText }) => textWidth(rateText, em)));
  const ratioWidth = widest(
    figure.rows.flatMap(({ ratioText, mark }) => [textWidth(ratioText, em, 600), textWidth(mark?.text ?? '', small, 600)]),
  );
  const rangeWidth = widest(figure.rows.map(({ ratioRangeText }) => textWidth(ratioRangeText, small)));
  const swatchLeft = 0;
  const swatchRight = 2 * em;
  const labelLeft = swatchRight + 0.5 * em;
  const natural = widest(figure.rows.flatMap(({ label, details }) => [textWidth(label, em, 600), textWidth(details.join(' · '), small)]));
  const mostLabel = Math.max(0.3 * width, 7 * em);
  const breaksLabels = figure.rows.some(({ label }) => textWidth(label, em, 600) > mostLabel);
  const broken = widest(
    figure.rows.flatMap((row) => {
      const [first, rest] = labelParts(row);
      return [textWidth(first, em, 600), textWidth([rest, ...row.details].join(' · '), small)];
    }),
  );
  const labelWidth = breaksLabels ? Math.min(broken, Math.max(0.36 * width, 7 * em)) : Math.min(natural, mostLabel);
  const left = Math.ceil(labelLeft + labelWidth + 0.75 * em);
  const ratioRight = width - 1;
  const gap = 0.9 * em;
  const plotWith = (columns: number) => ratioRight - columns - gap - left;
  const showRange = plotWith(Math.max(ratioWidth, rangeWidth)) >= LEAST_PLOT;
  const headerWidth = Math.min(LONGEST_HEADER * em, textWidth(figure.columns.ratio, small, 600));
  const lastColumn = Math.max(ratioWidth, showRange ? Math.max(rangeWidth, headerWidth) : 0);
  const showRate = plotWith(lastColumn + gap + rateWidth) >= LEAST_PLOT;
  const rateRight = showRate ? ratioRight - lastColumn - gap : null;
  const right = Math.max(left + 40, (rateRight === null ? ratioRight - lastColumn : rateRight - rateWidth) - gap);
  const top = Math.ceil(1.8 * em);
  const hintBelow = ratioRight - right - 2 * em < textWidth(figure.axis.hint, small, 600) + em;
  const foot = (hintBelow ? 4.8 : 3.5) * em;
  const rows = Math.max(1, figure.rows.length);
  const rowHeight = Math.min(MOST_ROW * em, Math.max(LEAST_ROW * em, ((wantedHeight ?? 0) - top - foot) / rows));
  const bottom = Math.round(top + rows * rowHeight);
  const [low, high] = figure.axis.domain;
  const place = (value: number) => left + ((right - left) * Math.log(value / low)) / Math.log(high / low);
  return {
    height: Math.ceil(bottom + foot),
    left,
    right,
    top,
    bottom,
    swatchLeft,
    swatchRight,
    labelLeft,
    labelWidth,
    breaksLabels,
    rateRight,
    ratioRight,
    showRange,
    rowHeight,
    hintBelow,
    ratioColumn: lastColumn,
    ticks: thinTicks(figure.axis.ticks, place, small),
  };
}
