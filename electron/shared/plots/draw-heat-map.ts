/** Draws a map: a shade and a number in each cell, the best outlined, and what cannot be told from it dotted. */
import { SEPARATOR } from '../figures/figure.ts';
import {
  type Box,
  blockHeight,
  DIM,
  INK,
  innerOf,
  isNarrow,
  type Page,
  type PlacedText,
  stackLines,
  type TextLine,
  WARNING,
  wrapped,
} from '../figures/page.ts';
import { line, lookSwatch, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { insidePage, thinTicks } from '../figures/thin-ticks.ts';
import { type Drawing, drawPage, flowLegend, GLYPH, type LegendItem, TICK_SIZE, text, ticksApart } from './drawing.ts';
import type { HeatMapCell, HeatMapPlot } from './plot.ts';
import { inkOn, shadeColor } from './shades.ts';

const CELL_HEIGHT = 34;
const LOW_CELL = 26;
const WIDEST_CELL = 92;
const TEXT_SIZES = [10.5, 9.5] as const;
const MOST_STRETCH = 40;
const TEXT_ROOM = 6;
const BAR_WIDTH = 14;
const LOW_BAR = 10;
const BAR_STEPS = 32;
const NEAR_INSET = 3.5;

const rect = (x: number, y: number, width: number, height: number, paint: string): string =>
  `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${paint}/>`;

const HATCHED = `fill="url(#untrusted)" stroke="${WARNING}" stroke-width="1"`;
const HATCH = [
  '<defs><pattern id="untrusted" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
  '<rect width="6" height="6" fill="#ffffff"/><path d="M0 0V6" stroke="#c9ced6" stroke-width="1.8"/></pattern></defs>',
].join('');

const outline = ({ left, top, right, bottom }: Box): string =>
  [
    rect(left + 1, top + 1, right - left - 2, bottom - top - 2, 'fill="none" stroke="#ffffff" stroke-width="4"'),
    rect(left + 1, top + 1, right - left - 2, bottom - top - 2, `fill="none" stroke="${INK}" stroke-width="2.2"`),
  ].join('');

const dotted = ({ left, top, right, bottom }: Box, ink: string): string =>
  rect(
    left + NEAR_INSET,
    top + NEAR_INSET,
    right - left - 2 * NEAR_INSET,
    bottom - top - 2 * NEAR_INSET,
    `fill="none" stroke="${ink}" stroke-width="1" stroke-dasharray="2 2"`,
  );

function drawGround(cell: HeatMapCell, { left, top, right, bottom }: Box): string {
  if (cell.shade !== undefined) return rect(left, top, right - left, bottom - top, `fill="${shadeColor(cell.shade)}"`);
  const paint = cell.hatched ? HATCHED : 'fill="#ffffff" stroke="#e3e6ea" stroke-width="1" stroke-dasharray="3 2"';
  return rect(left + 1.5, top + 1.5, right - left - 3, bottom - top - 3, paint);
}

/** The size in which every number fits its cell, if one does. */
function textSize(cells: readonly HeatMapCell[], width: number): number | undefined {
  return TEXT_SIZES.find((size) => cells.every((cell) => textWidth(cell.text, size) <= width - TEXT_ROOM));
}

interface DrawnScale {
  readonly shapes: string[];
  readonly texts: PlacedText[];
  readonly bottom: number;
}

/** Beside the map, the brightest at the top. */
function drawScale({ scale }: HeatMapPlot, x: number, top: number, height: number): DrawnScale {
  const place = (value: number) =>
    scale.low < scale.high ? top + height * (1 - Math.log(value / scale.low) / Math.log(scale.high / scale.low)) : top;
  const steps = Array.from({ length: BAR_STEPS }, (_, step) =>
    // Half a unit more, so that no gap shows between two.
    rect(x, top + (height * step) / BAR_STEPS, BAR_WIDTH, height / BAR_STEPS + 0.5, `fill="${shadeColor(1 - (step + 0.5) / BAR_STEPS)}"`),
  );
  const shown = ticksApart(scale.ticks, place);
  return {
    shapes: [...steps, ...shown.map(({ value }) => line(x + BAR_WIDTH, place(value), x + BAR_WIDTH + 4, place(value), DIM, 1))],
    texts: [...shown.map(({ value, label }) => text(label, x + BAR_WIDTH + 7, place(value) + 3.4))],
    bottom: top + height,
  };
}

/** Below the map of a narrow page, the brightest at the right, what it stands for above it. */
function drawScaleBelow({ scale, key }: HeatMapPlot, left: number, width: number, top: number): DrawnScale {
  const title = stackLines(wrapped(key.shade, width, TICK_SIZE, 400, INK), left, top);
  const y = title.bottom + 3;
  const place = (value: number) =>
    scale.low < scale.high ? left + (width * Math.log(value / scale.low)) / Math.log(scale.high / scale.low) : left;
  const steps = Array.from({ length: BAR_STEPS }, (_, step) =>
    rect(left + (width * step) / BAR_STEPS, y, width / BAR_STEPS + 0.5, LOW_BAR, `fill="${shadeColor((step + 0.5) / BAR_STEPS)}"`),
  );
  const labelPlace = insidePage(scale.ticks, place, TICK_SIZE, left + width + 8);
  const shown = thinTicks(scale.ticks, labelPlace, TICK_SIZE);
  return {
    shapes: [...steps, ...shown.map(({ value }) => line(place(value), y + LOW_BAR, place(value), y + LOW_BAR + 4, DIM, 1))],
    texts: [...title.texts, ...shown.map(({ value, label }) => text(label, labelPlace(value), y + LOW_BAR + 14, { anchor: 'middle' }))],
    bottom: y + LOW_BAR + 18,
  };
}

export function drawHeatMap(plot: HeatMapPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { x, y, cells, scale } = plot;
    const { margin } = page;
    const narrow = isNarrow(page);
    const scaleWidth = Math.max(74, BAR_WIDTH + 7 + Math.max(0, ...scale.ticks.map(({ label }) => textWidth(label, TICK_SIZE))));
    const labelWidth = Math.max(0, ...y.values.map(({ label }) => textWidth(label, TICK_SIZE)));
    const left = margin + labelWidth + 8;
    const room = page.width - margin - (narrow ? 0 : scaleWidth + 18) - left;
    const width = Math.min(WIDEST_CELL, room / x.values.length);
    const right = left + width * x.values.length;
    const titleLines = wrapped(y.title, (narrow ? page.width - margin : right) - margin, 10, 400, INK);
    const keyLines = narrow ? [] : wrapped(plot.key.shade, scaleWidth, TICK_SIZE, 400, INK);
    const boxTop = top + Math.max(blockHeight(titleLines), blockHeight(keyLines)) + 8;
    const above = (lines: readonly TextLine[], x: number) => stackLines(lines, x, boxTop - 8 - blockHeight(lines)).texts;
    const cellHeight = (page.terse ? LOW_CELL : CELL_HEIGHT) + Math.min(MOST_STRETCH, page.stretch / Math.max(1, y.values.length));
    const box: Box = { left, right, top: boxTop, bottom: boxTop + cellHeight * y.values.length };
    const boxOf = (cell: Pick<HeatMapCell, 'x' | 'y'>): Box => {
      const bottom = box.bottom - cell.y * cellHeight;
      return { left: left + cell.x * width, right: left + (cell.x + 1) * width, top: bottom - cellHeight, bottom };
    };
    const size = textSize(cells, width);
    const middle = ({ left: from, right: to }: Box) => (from + to) / 2;
    const numbers = cells.flatMap((cell): PlacedText[] => {
      if (size === undefined || cell.text === '') return [];
      const at = boxOf(cell);
      const color = cell.shade === undefined ? DIM : inkOn(cell.shade);
      return [
        text(cell.text, middle(at), (at.top + at.bottom) / 2 + 0.36 * size, {
          size,
          anchor: 'middle',
          color,
          weight: cell.best ? 600 : 400,
        }),
      ];
    });
    const every = Math.ceil(Math.max(...x.values.map(({ label }) => textWidth(label, TICK_SIZE) + 4)) / width);
    const columns = x.values.flatMap(({ label }, at) =>
      at % every === 0 ? [text(label, left + (at + 0.5) * width, box.bottom + 14, { anchor: 'middle' })] : [],
    );
    const rows = y.values.map(({ label }, at) => text(label, left - 8, box.bottom - (at + 0.5) * cellHeight + 3.4, { anchor: 'end' }));
    const below = stackLines(wrapped(x.title, innerOf(page) - (left - margin), 10, 400, INK), left, box.bottom + 20);
    const shaded = cells.some(({ shade }) => shade !== undefined);
    const bar = narrow
      ? drawScaleBelow(plot, left, page.width - margin - left - 8, below.bottom + 8)
      : drawScale(plot, right + 18, box.top, box.bottom - box.top);
    const best = cells.filter((cell) => cell.best);
    const hatched = cells.some((cell) => cell.hatched);
    const shapes = [
      ...(hatched ? [HATCH] : []),
      ...cells.map((cell) => drawGround(cell, boxOf(cell))),
      ...cells.filter((cell) => cell.near).map((cell) => dotted(boxOf(cell), inkOn(cell.shade ?? 1))),
      ...best.map((cell) => outline(boxOf(cell))),
      ...(shaded ? bar.shapes : []),
    ];
    const glyph = (cx: number, cy: number): Box => ({ left: cx - 11, right: cx + 11, top: cy - 6, bottom: cy + 6 });
    const marks: LegendItem[] = [
      ...(best.length > 0 ? [{ label: plot.key.best, draw: (cx: number, cy: number) => outline(glyph(cx, cy)) }] : []),
      ...(cells.some(({ near }) => near) ? [{ label: plot.key.near, draw: (cx: number, cy: number) => dotted(glyph(cx, cy), INK) }] : []),
      ...(hatched ? [{ label: plot.key.hatched, draw: (cx: number, cy: number) => rect(cx - 11, cy - 6, 22, 12, HATCHED) }] : []),
    ];
    const others = plot.others.map(
      ({ label, rateText, look }): LegendItem => ({
        label: `${label}${SEPARATOR}${rateText}`,
        draw: (cx, cy) => lookSwatch(look, cx - GLYPH / 2, cx + GLYPH / 2, cy, true),
      }),
    );
    const key = flowLegend(marks, (narrow && shaded ? bar.bottom : below.bottom) + 12, page);
    const compared = flowLegend(others, key.bottom + 2, page);
    return {
      plot: box,
      shapes,
      legend: [...key.legend, ...compared.legend],
      texts: [
        ...above(titleLines, margin),
        ...(shaded ? above(keyLines, right + 18) : []),
        ...numbers,
        ...columns,
        ...rows,
        ...below.texts,
        ...(shaded ? bar.texts : []),
        ...key.texts,
        ...compared.texts,
      ],
      bottom: compared.bottom,
    };
  });
}
