/**
 * Where everything of an exported figure stands. All text is measured before it is placed, so that no two texts overlap
 * whatever the language; the drawing only draws what is listed here.
 */
import { type Figure, type FigureRow, SEPARATOR } from './figure.ts';
import {
  type Box,
  blockHeight,
  breakable,
  DIM,
  FIGURE_WIDTH,
  INK,
  INNER,
  MARGIN,
  type PlacedText,
  placeHeading,
  stackLines,
  type TextLine,
  WARNING,
  wrapped,
} from './page.ts';
import { type FontWeight, fitText, textWidth } from './text-width.ts';
import { thinTicks } from './thin-ticks.ts';

const SWATCH = 30;
const GAP = 12;
const LONGEST_LABEL = 186;
const LONGEST_HEADER = 84;
const LEAST_ROW = 36;
const ROW_PADDING = 10;
export interface PlacedRow {
  readonly row: FigureRow;
  readonly top: number;
  readonly bottom: number;
  readonly center: number;
}

export interface KeyItem {
  readonly glyph: 'dot' | 'median' | 'interval';
  /** Left end of the glyph; it is `KEY_GLYPH` wide. */
  readonly x: number;
  readonly y: number;
}

export const KEY_GLYPH = 22;

export interface FigureLayout {
  readonly height: number;
  readonly plot: Box;
  readonly swatch: { readonly left: number; readonly right: number };
  readonly rows: readonly PlacedRow[];
  readonly keyItems: readonly KeyItem[];
  /** Tip of the arrow that points where better is. */
  readonly arrow: { readonly x: number; readonly y: number };
  readonly texts: readonly PlacedText[];
  /** Horizontal place of a value on the axis. */
  readonly place: (value: number) => number;
}

/** Label, kernel's title and details of a row; the title only where the row above is of another kernel. */
function labelLines(row: FigureRow, previous: FigureRow | undefined, width: number): TextLine[] {
  const title = previous?.kernel === row.kernel ? '' : row.title;
  return [
    ...wrapped(row.label, width, 12, 600, INK, 3),
    ...wrapped(title, width, 9.5, 400, DIM, 2),
    ...wrapped(breakable(row.details.join(SEPARATOR), width, 9.5), width, 9.5, 400, DIM, 3),
  ];
}

/** The arrow beside the hint, with the space before it. */
const ARROW = 18;
const TICK_SIZE = 9.5;

export function layoutFigure(figure: Figure): FigureLayout {
  const heading = placeHeading(figure);
  const texts: PlacedText[] = [...heading.texts];
  let cursor = heading.bottom;
  const stack = (lines: readonly TextLine[], x: number, top: number) => {
    const stacked = stackLines(lines, x, top);
    texts.push(...stacked.texts);
    return stacked.bottom;
  };

  const natural = figure.rows.flatMap((row) => [
    textWidth(row.label, 12, 600),
    textWidth(row.title, 9.5),
    ...row.details.map((detail) => textWidth(detail, 9.5)),
  ]);
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(60, ...natural));
  const rateWidth = Math.max(textWidth(figure.columns.rate, 9.5, 600), ...figure.rows.map(({ rateText }) => textWidth(rateText, 11)));
  const ratioWidth = Math.max(
    Math.min(LONGEST_HEADER, textWidth(figure.columns.ratio, 9.5, 600)),
    ...figure.rows.flatMap((row) => [
      textWidth(row.ratioText, 11.5, 600),
      textWidth(row.ratioRangeText, 9),
      textWidth(row.mark?.text ?? '', 9.5, 600),
    ]),
  );
  const ratioRight = FIGURE_WIDTH - MARGIN;
  const rateRight = ratioRight - ratioWidth - GAP;
  const labelLeft = MARGIN + SWATCH + 8;
  const left = labelLeft + labelWidth + GAP;
  // The hint stands under the columns, clear of the last tick's label.
  const hintWidth = textWidth(figure.axis.hint, 10, 600) + ARROW;
  const right = Math.min(rateRight - rateWidth, ratioRight - hintWidth - 18) - GAP;
  const [low, high] = figure.axis.domain;
  const place = (value: number) => left + ((right - left) * Math.log(value / low)) / Math.log(high / low);

  const header = (text: string, x: number, anchor: PlacedText['anchor']) =>
    texts.push({ text, x, y: cursor, size: 9.5, weight: 600, anchor, color: DIM });
  header(figure.columns.rate, rateRight, 'end');
  header(fitText(figure.columns.ratio, ratioWidth, 9.5, 600), ratioRight, 'end');
  if (figure.axis.reference !== undefined) {
    const label = fitText(figure.axis.reference.label, right - left, 9.5, 600);
    const half = textWidth(label, 9.5, 600) / 2;
    header(label, Math.min(right - half, Math.max(left + half, place(figure.axis.reference.value))), 'middle');
  }
  cursor += 7;

  const plotTop = cursor;
  const rows = figure.rows.map((row, index): PlacedRow => {
    const lines = labelLines(row, figure.rows[index - 1], labelWidth);
    const height = Math.max(LEAST_ROW, blockHeight(lines) + ROW_PADDING);
    const top = cursor;
    const center = top + height / 2;
    cursor += height;
    stack(lines, labelLeft, center - blockHeight(lines) / 2);
    const atRight = (text: string, x: number, y: number, size: number, weight: FontWeight, color: string) => {
      if (text !== '') texts.push({ text, x, y, size, weight, anchor: 'end', color });
    };
    const twoLines = row.ratioRangeText !== '' || (row.mark !== undefined && row.ratioText !== '');
    const first = twoLines ? center - 1 : center + 4;
    atRight(row.rateText, rateRight, first, 11, 400, row.ranked ? INK : DIM);
    if (row.ratioText === '' && row.mark === undefined && row.rateText !== '') atRight('–', ratioRight, first, 11.5, 400, DIM);
    atRight(row.ratioText, ratioRight, first, 11.5, 600, INK);
    atRight(row.ratioRangeText, ratioRight, center + 11, 9, 400, DIM);
    if (row.mark !== undefined) {
      const below = row.ratioRangeText === '' ? ratioRight : rateRight;
      atRight(row.mark.text, below, row.ratioText === '' ? first : center + 11, 9.5, 600, row.ranked ? DIM : WARNING);
    }
    return { row, top, bottom: cursor, center };
  });
  const plot: Box = { left, right, top: plotTop, bottom: cursor };

  cursor += 17;
  for (const { value, label } of thinTicks(figure.axis.ticks, place, TICK_SIZE)) {
    texts.push({ text: label, x: place(value), y: cursor, size: TICK_SIZE, weight: 400, anchor: 'middle', color: DIM });
  }
  texts.push({ text: figure.axis.hint, x: ratioRight - ARROW, y: cursor, size: 10, weight: 600, anchor: 'end', color: INK });
  const arrow = { x: ratioRight, y: cursor - 3.5 };
  const titleLines = wrapped(figure.axis.title, FIGURE_WIDTH - MARGIN - left, 10, 400, INK);
  cursor = stack(titleLines, left, cursor + 6) + 14;

  const keyItems: KeyItem[] = [];
  let keyX = MARGIN;
  for (const glyph of ['dot', 'median', 'interval'] as const) {
    const text = figure.key[glyph];
    keyItems.push({ glyph, x: keyX, y: cursor });
    texts.push({ text, x: keyX + KEY_GLYPH + 6, y: cursor + 3.5, size: 10, weight: 400, anchor: 'start', color: INK });
    keyX += KEY_GLYPH + 6 + textWidth(text, 10) + 20;
  }
  cursor = stack(wrapped(figure.caption, INNER, 9.5, 400, DIM), MARGIN, cursor + 14);
  const swatch = { left: MARGIN, right: MARGIN + SWATCH };
  return { height: Math.ceil(cursor + MARGIN - 6), plot, swatch, rows, keyItems, arrow, texts, place };
}
