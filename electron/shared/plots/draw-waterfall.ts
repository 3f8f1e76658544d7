/**
 * Draws bars from one place of the axis to another, a row for each, its words beside it or, on a narrow page, above it.
 * What a bar says is told by its filling: full, hatched, hollow or broken, never by a colour alone.
 */
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
  wrapped,
} from '../figures/page.ts';
import { line, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { type Drawing, drawHorizontalAxis, drawPage, flowLegend, GRID_LINE, placer, text } from './drawing.ts';
import { WATERFALL_KINDS, type WaterfallBar, type WaterfallKind, type WaterfallPlot } from './plot.ts';

const FILL = '#3c4d6e';
const HATCH = 'waterfall-hatch';
const BAR = 12;
const ROW_PADDING = 9;
const GAP = 12;
const LONGEST_LABEL = 0.42;
const MOST_STRETCH = 24;
const LEAST_BAR = 1.5;

const PATTERN = `<defs><pattern id="${HATCH}" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#ffffff"/><path d="M-1 6L6 -1M-1 1L1 -1M4 6L6 4" stroke="${FILL}" stroke-width="1.3"/></pattern></defs>`;

const PAINT: Readonly<Record<WaterfallKind, string>> = {
  longer: `fill="${FILL}" stroke="${FILL}"`,
  shorter: `fill="url(#${HATCH})" stroke="${FILL}"`,
  same: `fill="#ffffff" stroke="${FILL}"`,
  unclear: `fill="#ffffff" stroke="${FILL}" stroke-dasharray="3 2"`,
  start: `fill="${FILL}" stroke="${FILL}"`,
};

function block(left: number, right: number, y: number, kind: WaterfallKind, trusted = true): string {
  const [from, to] = [Math.min(left, right), Math.max(left, right)];
  const paint = trusted ? PAINT[kind] : `fill="#ffffff" stroke="${FILL}" stroke-dasharray="1 2"`;
  const width = Math.max(LEAST_BAR, to - from);
  return `<rect x="${short(from)}" y="${short(y - BAR / 2)}" width="${short(width)}" height="${BAR}" ${paint} stroke-width="1.2"/>`;
}

/** With a white edge, so that it is seen on a full bar too. */
function whisker(low: number, high: number, y: number): string {
  const strokes = (color: string, width: number) =>
    [line(low, y, high, y, color, width), line(low, y - 4, low, y + 4, color, width), line(high, y - 4, high, y + 4, color, width)].join(
      '',
    );
  return strokes('#ffffff', 3.4) + strokes(INK, 1.3);
}

const wordsOf = ({ label, what, module }: WaterfallBar, width: number, terse: boolean): TextLine[] => [
  ...wrapped(label, width, 11.5, 600, INK, 2),
  ...wrapped(what, width, 9.5, 400, DIM, 2),
  ...(terse ? [] : wrapped(module, width, 9.5, 400, DIM, 2)),
];

export function drawWaterfall(plot: WaterfallPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { bars, absent, reference } = plot;
    const narrow = isNarrow(page);
    const inner = innerOf(page);
    const valueWidth = Math.max(0, ...bars.flatMap((bar) => [textWidth(bar.text, 11.5, 600), textWidth(bar.below, 9.5)]));
    const natural = bars.flatMap(({ label, what, module }) => [textWidth(label, 11.5, 600), textWidth(what, 9.5), textWidth(module, 9.5)]);
    const labelWidth = narrow ? inner : Math.min(LONGEST_LABEL * inner, Math.max(60, ...natural));
    const left = narrow ? page.margin : page.margin + labelWidth + GAP;
    const right = page.width - page.margin - valueWidth - GAP;
    const place = placer(plot.x, left, right);
    const stretch = Math.min(MOST_STRETCH, page.stretch / Math.max(1, bars.length));
    const shapes: string[] = [];
    const texts: PlacedText[] = [];
    const strips: Box[] = [];
    const rows = bars.map((bar) => ({ bar, words: wordsOf(bar, labelWidth, page.terse) }));
    let cursor = top + (reference === undefined ? 0 : 14);
    const head = cursor;
    let before: { readonly x: number; readonly y: number } | undefined;
    const marks: string[] = [];
    for (const { bar, words } of rows) {
      const height = narrow ? blockHeight(words) + BAR + 22 : Math.max(blockHeight(words), 29) + ROW_PADDING + stretch;
      const placed = stackLines(words, page.margin, narrow ? cursor : cursor + (height - blockHeight(words)) / 2);
      const y = narrow ? placed.bottom + 9 + BAR / 2 : cursor + height / 2;
      texts.push(...placed.texts);
      const edge = page.width - page.margin;
      texts.push(text(bar.text, edge, y - 2, { size: 11.5, weight: 600, anchor: 'end', color: INK }));
      texts.push(text(bar.below, edge, y + 11.5, { anchor: 'end' }));
      strips.push({ left, right, top: y - BAR / 2 - 4, bottom: y + BAR / 2 + 4 });
      if (bar.to !== undefined) {
        const [from, to] = [place(bar.from ?? bar.to.median), place(bar.to.median)];
        if (plot.chained && before !== undefined) marks.push(line(before.x, before.y + BAR / 2, before.x, y - BAR / 2, DIM, 1, '2 2'));
        marks.push(block(from, to, y, bar.kind, bar.trusted), whisker(place(bar.to.low), place(bar.to.high), y));
        before = { x: to, y };
      }
      cursor += height;
    }
    const box: Box = { left, right, top: head, bottom: cursor };
    for (const { value } of plot.x.ticks)
      for (const strip of strips) shapes.push(line(place(value), strip.top, place(value), strip.bottom, GRID_LINE, 1));
    if (reference !== undefined) {
      const x = place(reference.value);
      for (const strip of strips) shapes.push(line(x, strip.top - 2, x, strip.bottom + 2, INK, 1.2));
      const half = textWidth(reference.label, 9.5, 600) / 2;
      texts.push(text(reference.label, Math.min(right - half, Math.max(left + half, x)), head - 5, { weight: 600, anchor: 'middle' }));
    }
    const axis = drawHorizontalAxis(plot.x, box, page);
    const used = WATERFALL_KINDS.filter((kind) => bars.some((bar) => bar.kind === kind && bar.to !== undefined));
    const key = flowLegend(
      [
        ...used.map((kind) => ({
          label: plot.key.kinds[kind],
          draw: (x: number, y: number) => (kind === 'start' ? block(x - 1, x + 1, y, kind) : block(x - 11, x + 11, y, kind)),
        })),
        { label: plot.key.interval, draw: (x: number, y: number) => whisker(x - 9, x + 9, y) },
      ],
      axis.bottom + 12,
      page,
    );
    const missing = [...new Set(absent.map(({ sentence }) => sentence))];
    const lines =
      missing.length === 0 || page.terse
        ? []
        : [...wrapped(plot.key.absent, inner, 9.5, 600, DIM), ...missing.flatMap((sentence) => wrapped(sentence, inner, 9.5, 400, DIM))];
    const below = stackLines(lines, page.margin, key.bottom + 4);
    return {
      plot: box,
      strips,
      shapes: [PATTERN, ...shapes, ...marks, ...axis.shapes],
      legend: key.legend,
      texts: [...texts, ...axis.texts, ...key.texts, ...below.texts],
      bottom: below.bottom,
    };
  });
}
