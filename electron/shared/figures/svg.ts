/**
 * A figure as one self-contained SVG file: legend, fonts and white ground inside, true size in millimetres.
 */
import type { KernelLook } from '../../../kernels/kernel.ts';
import { dotOpacity, dotRadius } from './dots.ts';
import { type Figure, type FigureRow, isMarkedSuspect } from './figure.ts';
import { type FigureLayout, KEY_GLYPH, type KeyItem, layoutFigure, type PlacedRow } from './layout.ts';
import { markerPath, slowedCross } from './markers.ts';
import { DIM, INK, type Page, WARNING, WIDE_PAGE } from './page.ts';
import { drawText, escapeXml, type FigureFonts, line, lookSwatch, marker, short, svgDocument } from './svg-parts.ts';

const DOT_RADIUS = 2.6;
/** From the middle of the row: the band of the dots, and the interval's line with half the median's tick. */
const DOTS_MIDDLE = -5;
const DOTS_HALF = 8;
const INTERVAL_AT = 10;
const MEDIAN_HALF = 6;

/** Interval bar with its ends, and the median's tick across it, below the dots so that neither hides the other. */
function drawInterval({ row, strip, scale }: PlacedRow, place: FigureLayout['place']): string {
  if (row.interval === undefined) return '';
  const y = strip + scale * INTERVAL_AT;
  const [median, low, high] = [place(row.interval.median), place(row.interval.low), place(row.interval.high)];
  const color = escapeXml(row.look.color);
  return [
    line(low, y, high, y, color, 3.5),
    line(low, y - 3.5, low, y + 3.5, INK, 1),
    line(high, y - 3.5, high, y + 3.5, INK, 1),
    line(median, y - scale * MEDIAN_HALF, median, y + scale * MEDIAN_HALF, INK, 2),
  ].join('');
}

const radiusOf = ({ dots }: FigureRow): number => dotRadius(dots.length, DOT_RADIUS);
/** There are thousands of dots: the names of their symbols and their places are as short as they can be. */
const dotId = (row: FigureRow): string => `${row.look.marker}${radiusOf(row) < DOT_RADIUS ? '-s' : ''}`;
const slowedId = (row: FigureRow): string => `${dotId(row)}-x`;
const hasSlowed = ({ dots }: FigureRow): boolean => dots.some(({ slowed }) => slowed);
/** Hollow, in ink: told from every other dot without colour. */
const SLOWED_PAINT = `fill="#ffffff" stroke="${INK}" stroke-width="0.8"`;
const tenth = (value: number): string => String(Number(value.toFixed(1)));

/** One path for each marker in use; `xlink:href` is what every SVG program understands. */
function drawDefinitions(rows: readonly FigureRow[]): string {
  const paths = new Map(
    rows.flatMap((row) => {
      const path = markerPath(row.look.marker, radiusOf(row));
      return [[dotId(row), path] as const, ...(hasSlowed(row) ? [[slowedId(row), `${path}${slowedCross(radiusOf(row))}`] as const] : [])];
    }),
  );
  return `<defs>${[...paths].map(([id, d]) => `<path id="${id}" d="${d}"/>`).join('')}</defs>`;
}

function drawRow(placed: PlacedRow, layout: FigureLayout): string {
  const { row, strip, scale } = placed;
  const { plot, place } = layout;
  const color = escapeXml(row.look.color);
  // Hollow dots tell an untrusted row without colour.
  const paint = row.ranked
    ? `fill="${color}" fill-opacity="${dotOpacity(row.dots.length)}"`
    : `fill="none" stroke="${color}" stroke-width="0.9"`;
  const drawDots = (id: string, slowed: boolean) =>
    row.dots
      .filter((dot) => dot.slowed === slowed)
      .map(
        ({ value, offset }) =>
          `<use xlink:href="#${id}" x="${tenth(place(value))}" y="${tenth(strip + scale * (DOTS_MIDDLE + offset * DOTS_HALF))}"/>`,
      )
      .join('');
  return [
    `<g data-row="${escapeXml(row.key)}">`,
    row.interval === undefined
      ? ''
      : line(plot.left, strip + scale * INTERVAL_AT, place(row.interval.low), strip + scale * INTERVAL_AT, color, 1, row.look.dash),
    `<g ${paint}>${drawDots(dotId(row), false)}</g>`,
    hasSlowed(row) ? `<g ${SLOWED_PAINT}>${drawDots(slowedId(row), true)}</g>` : '',
    drawInterval(placed, place),
    '</g>',
  ].join('');
}

const drawSwatch = ({ row, swatchAt }: PlacedRow, { swatch }: FigureLayout): string =>
  lookSwatch(row.look, swatch.left, swatch.right, swatchAt, row.ranked);

function drawKeyGlyph({ glyph, x, y }: KeyItem): string {
  const middle = x + KEY_GLYPH / 2;
  const gray: KernelLook = { color: DIM, marker: 'circle', dash: '' };
  switch (glyph) {
    case 'dot':
      return [-6, 0, 6].map((shift) => marker(gray, middle + shift, y, DOT_RADIUS, `fill="${DIM}" fill-opacity="0.6"`)).join('');
    case 'slowed':
      return `<path transform="translate(${short(middle)} ${short(y)})" d="${markerPath('circle', DOT_RADIUS)}${slowedCross(DOT_RADIUS)}" ${SLOWED_PAINT}/>`;
    case 'median':
      return line(middle, y - MEDIAN_HALF, middle, y + MEDIAN_HALF, INK, 2);
    case 'interval':
      return [
        line(x, y, x + KEY_GLYPH, y, DIM, 3.5),
        line(x, y - 3.5, x, y + 3.5, INK, 1),
        line(x + KEY_GLYPH, y - 3.5, x + KEY_GLYPH, y + 3.5, INK, 1),
      ].join('');
  }
}

function drawAxis({ axis }: Figure, { plot, place, arrow, rows, strips }: FigureLayout): string {
  /** Down the plot, but not through what is written in it. */
  const down = (value: number, stroke: string, width: number) =>
    strips.map(({ top, bottom }) => line(place(value), top, place(value), bottom, stroke, width)).join('');
  const tick = (value: number, length: number) => line(place(value), plot.bottom, place(value), plot.bottom + length, DIM, 1);
  return [
    ...rows.slice(1).map(({ top }) => line(plot.left, top, plot.right, top, '#f0f1f3', 1)),
    ...axis.ticks.map(({ value }) => down(value, '#dfe2e6', 1)),
    axis.reference === undefined ? '' : down(axis.reference.value, INK, 1.2),
    line(plot.left, plot.bottom, plot.right, plot.bottom, DIM, 1),
    ...axis.ticks.map(({ value }) => tick(value, 5)),
    ...axis.minor.map((value) => tick(value, 3)),
    line(arrow.x - 11, arrow.y, arrow.x - 4, arrow.y, INK, 1.4),
    `<path d="M${short(arrow.x)} ${short(arrow.y)}l-6 -3v6z" fill="${INK}"/>`,
  ].join('');
}

const drawBand = ({ row, top, bottom }: PlacedRow, { plot }: FigureLayout): string =>
  !isMarkedSuspect(row)
    ? ''
    : `<rect x="${short(plot.left)}" y="${short(top)}" width="${short(plot.right - plot.left)}" height="${short(bottom - top)}" fill="${WARNING}" fill-opacity="0.06"/>`;

/** `fonts.family` and the faces come from the program's own assets; everything of the figure is escaped. */
export function figureSvg(figure: Figure, fonts: FigureFonts, page: Page = WIDE_PAGE, metadata = ''): string {
  const layout = layoutFigure(figure, page);
  return svgDocument(figure, fonts, { page, height: layout.height, metadata }, [
    drawDefinitions(figure.rows),
    ...layout.rows.map((placed) => drawBand(placed, layout)),
    drawAxis(figure, layout),
    `<g id="legend" aria-label="${escapeXml(figure.key.title)}">`,
    ...layout.rows.map((placed) => drawSwatch(placed, layout)),
    ...layout.keyItems.map(drawKeyGlyph),
    '</g>',
    ...layout.rows.map((placed) => drawRow(placed, layout)),
    ...layout.texts.map(drawText),
  ]);
}
