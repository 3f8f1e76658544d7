/**
 * Where everything of an exported figure stands. All text is measured before it is placed, so that no two texts overlap
 * whatever the language; the drawing only draws what is listed here. On a narrow page a row's words stand above its
 * strip, on a wide one beside it.
 */
import { type Figure, type FigureRow, isMarkedSuspect, SEPARATOR } from './figure.ts';
import {
  type Box,
  blockHeight,
  breakable,
  DIM,
  INK,
  innerOf,
  isNarrow,
  type Page,
  type PlacedText,
  placeCaption,
  placeHeading,
  stackLines,
  type TextLine,
  WARNING,
  WIDE_PAGE,
  wrapped,
} from './page.ts';
import { type FontWeight, fitText, textWidth } from './text-width.ts';
import { insidePage, thinTicks } from './thin-ticks.ts';

const SWATCH = 30;
const NARROW_SWATCH = 22;
const GAP = 12;
const LONGEST_LABEL = 186;
const LONGEST_HEADER = 84;
const LEAST_ROW = 36;
const ROW_PADDING = 10;
/** Of dots, interval and median: what is drawn of a row. */
const STRIP = 36;
/** No row is worth more of a page's free height than this. */
const MOST_STRETCH = 30;

export interface PlacedRow {
  readonly row: FigureRow;
  readonly top: number;
  readonly bottom: number;
  /** Middle of what is drawn. */
  readonly strip: number;
  readonly swatchAt: number;
  /** Of what is drawn across the row, as a share of its usual height. */
  readonly scale: number;
}

const KEY_GLYPHS = ['dot', 'slowed', 'median', 'interval'] as const;

export interface KeyItem {
  readonly glyph: (typeof KEY_GLYPHS)[number];
  /** Left end of the glyph; it is `KEY_GLYPH` wide. */
  readonly x: number;
  readonly y: number;
}

export const KEY_GLYPH = 22;

export interface FigureLayout {
  readonly height: number;
  readonly plot: Box;
  /** The parts of the plot that no text stands in. */
  readonly strips: readonly Box[];
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
function labelLines(row: FigureRow, previous: FigureRow | undefined, width: number, terse: boolean): TextLine[] {
  const title = terse || previous?.kernel === row.kernel ? '' : row.title;
  return [
    ...wrapped(row.label, width, 12, 600, INK, 3),
    ...wrapped(title, width, 9.5, 400, DIM, 2),
    ...wrapped(breakable(row.details.join(SEPARATOR), width, 9.5), width, 9.5, 400, DIM, terse ? 1 : 3),
  ];
}

/** The arrow beside the hint, with the space before it. */
const ARROW = 18;
const TICK_SIZE = 9.5;

/** The plot and its rows, with the texts in and above them. */
interface Body {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly place: (value: number) => number;
  readonly rows: PlacedRow[];
  readonly strips: readonly Box[];
  readonly texts: PlacedText[];
  readonly swatch: { readonly left: number; readonly right: number };
}

const placerOf = ({ axis: { domain } }: Figure, left: number, right: number) => {
  const [low, high] = domain;
  return (value: number) => left + ((right - left) * Math.log(value / low)) / Math.log(high / low);
};

/** The baseline's label above its line, kept on the page. */
function referenceText(
  { axis: { reference } }: Figure,
  { left, right, place }: Pick<Body, 'left' | 'right' | 'place'>,
  y: number,
): PlacedText[] {
  if (reference === undefined) return [];
  const text = fitText(reference.label, right - left, 9.5, 600);
  const half = textWidth(text, 9.5, 600) / 2;
  const x = Math.min(right - half, Math.max(left + half, place(reference.value)));
  return [{ text, x, y, size: 9.5, weight: 600, anchor: 'middle', color: DIM }];
}

function wideBody(figure: Figure, page: Page, top: number): Body {
  const texts: PlacedText[] = [];
  const natural = figure.rows.flatMap((row) => [
    textWidth(row.label, 12, 600),
    page.terse ? 0 : textWidth(row.title, 9.5),
    ...row.details.map((detail) => textWidth(detail, 9.5)),
  ]);
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(60, ...natural));
  const rateWidth = Math.max(textWidth(figure.columns.rate, 9.5, 600), ...figure.rows.map(({ rateText }) => textWidth(rateText, 11)));
  const ratioWidth = Math.max(
    Math.min(LONGEST_HEADER, textWidth(figure.columns.ratio, 9.5, 600)),
    ...figure.rows.flatMap((row) => [
      textWidth(row.ratioText, 11.5, 600),
      textWidth(row.ratioRangeText, 9.5),
      textWidth(row.mark?.text ?? '', 9.5, 600),
    ]),
  );
  const ratioRight = page.width - page.margin;
  const rateRight = ratioRight - ratioWidth - GAP;
  const labelLeft = page.margin + SWATCH + 8;
  const left = labelLeft + labelWidth + GAP;
  // The hint stands under the columns, clear of the last tick's label.
  const hintWidth = textWidth(figure.axis.hint, 10, 600) + ARROW;
  const right = Math.min(rateRight - rateWidth, ratioRight - hintWidth - 18) - GAP;
  const place = placerOf(figure, left, right);

  const header = (text: string, x: number) => texts.push({ text, x, y: top, size: 9.5, weight: 600, anchor: 'end', color: DIM });
  header(figure.columns.rate, rateRight);
  header(fitText(figure.columns.ratio, ratioWidth, 9.5, 600), ratioRight);
  texts.push(...referenceText(figure, { left, right, place }, top));

  let cursor = top + 7;
  const stretch = Math.min(MOST_STRETCH, page.stretch / Math.max(1, figure.rows.length));
  const rows = figure.rows.map((row, index): PlacedRow => {
    const lines = labelLines(row, figure.rows[index - 1], labelWidth, page.terse);
    const height = Math.max(LEAST_ROW, blockHeight(lines) + ROW_PADDING) + stretch;
    const rowTop = cursor;
    const center = rowTop + height / 2;
    cursor += height;
    texts.push(...stackLines(lines, labelLeft, center - blockHeight(lines) / 2).texts);
    const atRight = (text: string, x: number, y: number, size: number, weight: FontWeight, color: string) => {
      if (text !== '') texts.push({ text, x, y, size, weight, anchor: 'end', color });
    };
    const twoLines = row.ratioRangeText !== '' || (row.mark !== undefined && row.ratioText !== '');
    const first = twoLines ? center - 1 : center + 4;
    atRight(row.rateText, rateRight, first, 11, 400, row.ranked ? INK : DIM);
    if (row.ratioText === '' && row.mark === undefined && row.rateText !== '') atRight('–', ratioRight, first, 11.5, 400, DIM);
    atRight(row.ratioText, ratioRight, first, 11.5, 600, INK);
    atRight(row.ratioRangeText, ratioRight, center + 11.5, 9.5, 400, DIM);
    if (row.mark !== undefined) {
      const below = row.ratioRangeText === '' ? ratioRight : rateRight;
      atRight(row.mark.text, below, row.ratioText === '' ? first : center + 11.5, 9.5, 600, isMarkedSuspect(row) ? WARNING : DIM);
    }
    return { row, top: rowTop, bottom: cursor, strip: center, swatchAt: center, scale: 1 };
  });
  const swatch = { left: page.margin, right: page.margin + SWATCH };
  const strips = [{ left, right, top: top + 7, bottom: cursor }];
  return { left, right, top: top + 7, bottom: cursor, place, rows, strips, texts, swatch };
}

/** With more rows on a page of given height than this, each has one line of words: on several their letters were too small. */
const FEW_ROWS = 6;
const DENSE_ROW = 24;
const MOST_LABELS = 0.36;

/** On a page of given height: everything that is said of a row stands on one line. */
function denseBody(figure: Figure, page: Page, top: number): Body {
  const texts: PlacedText[] = [];
  const widest = (widths: readonly number[]) => Math.max(0, ...widths);
  const detailsOf = ({ details }: FigureRow) => details.join(SEPARATOR);
  const wordsWidth = (row: FigureRow) => textWidth(row.label, 12, 600) + (row.details.length > 0 ? 9 + textWidth(detailsOf(row), 9.5) : 0);
  const labelWidth = Math.min(MOST_LABELS * page.width, widest(figure.rows.map(wordsWidth)));
  /** The range of the ratio, or the mark where there is a ratio too. */
  const besideOf = (row: FigureRow) => (row.mark !== undefined && row.ratioText !== '' ? row.mark.text : row.ratioRangeText);
  const besideWidth = widest(figure.rows.map((row) => textWidth(besideOf(row), 9.5, row.mark === undefined ? 400 : 600)));
  const edge = page.width - page.margin;
  const ratioRight = besideWidth === 0 ? edge : edge - besideWidth - 6;
  const ratioWidth = widest(
    figure.rows.map(({ ratioText, mark }) => (ratioText === '' ? textWidth(mark?.text ?? '', 9.5, 600) : textWidth(ratioText, 11.5, 600))),
  );
  const columnWidth = Math.max(edge - ratioRight + ratioWidth, Math.min(LONGEST_HEADER, textWidth(figure.columns.ratio, 9.5, 600)));
  const rateRight = edge - columnWidth - GAP;
  const rateWidth = widest([textWidth(figure.columns.rate, 9.5, 600), ...figure.rows.map(({ rateText }) => textWidth(rateText, 11))]);
  const labelLeft = page.margin + SWATCH + 8;
  const left = labelLeft + labelWidth + GAP;
  const hintWidth = textWidth(figure.axis.hint, 10, 600) + ARROW;
  const right = Math.min(rateRight - rateWidth, edge - hintWidth - 18) - GAP;
  const place = placerOf(figure, left, right);
  const end = { anchor: 'end', color: DIM } as const;
  texts.push({ text: figure.columns.rate, x: rateRight, y: top, size: 9.5, weight: 600, ...end });
  texts.push({ text: fitText(figure.columns.ratio, columnWidth, 9.5, 600), x: edge, y: top, size: 9.5, weight: 600, ...end });
  texts.push(...referenceText(figure, { left, right, place }, top));

  let cursor = top + 7;
  const height = DENSE_ROW + Math.min(MOST_STRETCH, page.stretch / Math.max(1, figure.rows.length));
  const rows = figure.rows.map((row): PlacedRow => {
    const rowTop = cursor;
    cursor += height;
    const center = rowTop + height / 2;
    const y = center + 4;
    const add = (text: string, x: number, size: number, weight: FontWeight, color: string, anchor: PlacedText['anchor'] = 'end') => {
      if (text !== '') texts.push({ text, x, y, size, weight, anchor, color });
    };
    const label = fitText(row.label, labelWidth, 12, 600);
    const labelEnd = textWidth(label, 12, 600) + 8;
    add(label, labelLeft, 12, 600, INK, 'start');
    if (labelWidth - labelEnd > 24) add(fitText(detailsOf(row), labelWidth - labelEnd, 9.5), labelLeft + labelEnd, 9.5, 400, DIM, 'start');
    const warning = isMarkedSuspect(row) ? WARNING : DIM;
    add(row.rateText, rateRight, 11, 400, row.ranked ? INK : DIM);
    if (row.ratioText !== '') add(row.ratioText, ratioRight, 11.5, 600, INK);
    else if (row.mark !== undefined) add(row.mark.text, ratioRight, 9.5, 600, warning);
    else if (row.rateText !== '') add('–', ratioRight, 11.5, 400, DIM);
    if (row.mark !== undefined && row.ratioText !== '') add(row.mark.text, edge, 9.5, 600, warning);
    else add(row.ratioRangeText, edge, 9.5, 400, DIM);
    return { row, top: rowTop, bottom: cursor, strip: center, swatchAt: center, scale: Math.min(1, height / LEAST_ROW) };
  });
  const swatch = { left: page.margin, right: page.margin + SWATCH };
  const strips = [{ left, right, top: top + 7, bottom: cursor }];
  return { left, right, top: top + 7, bottom: cursor, place, rows, strips, texts, swatch };
}

/** What stands at the right of the words of a narrow row: rate, then ratio and mark below each other. */
function narrowValues(row: FigureRow): TextLine[] {
  const line = (text: string, size: number, weight: FontWeight, color: string): TextLine[] =>
    text === '' ? [] : [{ text, size, weight, color }];
  return [
    ...line(row.rateText, 11, 400, row.ranked ? INK : DIM),
    ...line([row.ratioText, row.ratioRangeText].filter((part) => part !== '').join(' '), 9.5, 600, INK),
    ...line(row.mark?.text ?? '', 9.5, 600, isMarkedSuspect(row) ? WARNING : DIM),
  ];
}

function narrowBody(figure: Figure, page: Page, top: number): Body {
  const texts: PlacedText[] = [];
  const [left, right] = [page.margin + 4, page.width - page.margin - 4];
  const place = placerOf(figure, left, right);
  const inner = innerOf(page);
  const header = stackLines(wrapped(`${figure.columns.rate}${SEPARATOR}${figure.columns.ratio}`, inner, 9.5, 600, DIM), 0, top - 10);
  texts.push(...header.texts.map((text) => ({ ...text, x: page.width - page.margin, anchor: 'end' as const })));
  const reference = referenceText(figure, { left, right, place }, header.bottom + 9.5);
  texts.push(...reference);
  const plotTop = header.bottom + (reference.length > 0 ? 16 : 4);
  let cursor = plotTop;
  const labelLeft = page.margin + NARROW_SWATCH + 6;
  const rows = figure.rows.map((row, index): PlacedRow => {
    const values = narrowValues(row);
    const valuesWidth = Math.max(0, ...values.map(({ text, size, weight }) => textWidth(text, size, weight)));
    const lines = labelLines(row, figure.rows[index - 1], page.width - page.margin - valuesWidth - 8 - labelLeft, page.terse);
    const wordsTop = cursor + 5;
    texts.push(...stackLines(lines, labelLeft, wordsTop).texts);
    const right = stackLines(values, 0, wordsTop);
    texts.push(...right.texts.map((text) => ({ ...text, x: page.width - page.margin, anchor: 'end' as const })));
    const rowTop = cursor;
    cursor = wordsTop + Math.max(blockHeight(lines), blockHeight(values)) + 2 + STRIP;
    return { row, top: rowTop, bottom: cursor, strip: cursor - STRIP / 2 - 1, swatchAt: wordsTop + 8, scale: 1 };
  });
  const strips = rows.map(({ bottom }) => ({ left, right, top: bottom - STRIP, bottom }));
  const swatch = { left: page.margin, right: page.margin + NARROW_SWATCH };
  return { left, right, top: plotTop, bottom: cursor, place, rows, strips, texts, swatch };
}

export function layoutFigure(figure: Figure, page: Page = WIDE_PAGE): FigureLayout {
  const narrow = isNarrow(page);
  const heading = placeHeading(figure, page);
  const dense = page.terse && figure.rows.length > FEW_ROWS;
  const body = (narrow ? narrowBody : dense ? denseBody : wideBody)(figure, page, heading.bottom);
  const { left, right, place } = body;
  const texts: PlacedText[] = [...heading.texts, ...body.texts];
  const edge = page.width - page.margin;

  let cursor = body.bottom + 17;
  const labelPlace = insidePage(figure.axis.ticks, place, TICK_SIZE, page.width);
  for (const { value, label } of thinTicks(figure.axis.ticks, labelPlace, TICK_SIZE)) {
    texts.push({ text: label, x: labelPlace(value), y: cursor, size: TICK_SIZE, weight: 400, anchor: 'middle', color: DIM });
  }
  if (narrow) cursor += 15;
  texts.push({ text: figure.axis.hint, x: edge - ARROW, y: cursor, size: 10, weight: 600, anchor: 'end', color: INK });
  const arrow = { x: edge, y: cursor - 3.5 };
  const titleLeft = narrow ? page.margin : left;
  const title = stackLines(wrapped(figure.axis.title, edge - titleLeft, 10, 400, INK), titleLeft, cursor + 6);
  texts.push(...title.texts);
  cursor = title.bottom + 14;

  const keyItems: KeyItem[] = [];
  let keyX = page.margin;
  for (const glyph of KEY_GLYPHS) {
    const text = figure.key[glyph];
    if (text === undefined) continue;
    const width = KEY_GLYPH + 6 + textWidth(text, 10);
    if (keyX > page.margin && keyX + width > edge) [keyX, cursor] = [page.margin, cursor + 16];
    keyItems.push({ glyph, x: keyX, y: cursor });
    texts.push({ text, x: keyX + KEY_GLYPH + 6, y: cursor + 3.5, size: 10, weight: 400, anchor: 'start', color: INK });
    keyX += width + 20;
  }
  const caption = placeCaption(figure.caption, cursor + 14, page);
  texts.push(...caption.texts);
  const plot: Box = { left, right, top: body.top, bottom: body.bottom };
  return { height: caption.height, plot, strips: body.strips, swatch: body.swatch, rows: body.rows, keyItems, arrow, texts, place };
}
