/** Draws what happened when: a group for each variant, a lane for each thing that goes on at the same time as others. */
import { type Box, blockHeight, INK, isNarrow, type Page, type PlacedText, stackLines, wrapped } from '../figures/page.ts';
import { line, lookSwatch, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { SPAN_KINDS } from '../run.ts';
import { type Drawing, drawHorizontalAxis, drawPage, flowLegend, GRID_LINE, type LegendItem, placer, text } from './drawing.ts';
import type { SpanKind, TimelinePlot } from './plot.ts';

const SWATCH = 30;
const LONGEST_LABEL = 150;
const LANE = 20;
const BAR = 12;
const GROUP_GAP = 12;
const MOST_STRETCH = 60;

/** Told apart by brightness, and by a pattern of lines across the bar: its spacing. */
const PAINTS: Readonly<Record<SpanKind, { readonly fill: string; readonly lines: number }>> = {
  compile: { fill: '#777777', lines: 3 },
  steps: { fill: '#3c4d6e', lines: 0 },
  read: { fill: '#9a9478', lines: 6 },
  write: { fill: '#e2cb5c', lines: 0 },
  upload: { fill: '#bbaf71', lines: 3 },
  download: { fill: '#fdea45', lines: 6 },
};

function bar(kind: SpanKind, left: number, right: number, middle: number): string {
  const { fill, lines } = PAINTS[kind];
  const width = Math.max(0.6, right - left);
  const strokes = lines === 0 ? 0 : Math.floor((width - 1) / lines);
  return [
    `<rect x="${short(left)}" y="${short(middle - BAR / 2)}" width="${short(width)}" height="${BAR}" fill="${fill}" stroke="${INK}" stroke-width="0.4"/>`,
    ...Array.from({ length: strokes }, (_, at) =>
      line(left + (at + 1) * lines, middle - BAR / 2, left + (at + 1) * lines, middle + BAR / 2, INK, 0.5),
    ),
  ].join('');
}

export function drawTimeline(plot: TimelinePlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { groups } = plot;
    const { margin } = page;
    const narrow = isNarrow(page);
    const natural = groups.map(({ label }) => textWidth(label, 11, 600));
    const labelWidth = Math.min(LONGEST_LABEL, Math.max(60, ...natural));
    const laneWidth = Math.max(0, ...groups.flatMap(({ lanes }) => lanes.map(({ label }) => textWidth(label, 9.5))));
    const labelLeft = margin + SWATCH + 8;
    const left = (narrow ? margin : labelLeft + labelWidth + 12) + laneWidth + 8;
    const right = page.width - margin - 12;
    const stretch = Math.min(MOST_STRETCH, page.stretch / Math.max(1, groups.length));
    const place = placer(plot.x, left, right);
    const texts: PlacedText[] = [];
    const bars: string[] = [];
    const strips: Box[] = [];
    const legend: string[] = [];
    let cursor = top;
    for (const { label, look, lanes } of groups) {
      // On a narrow page the label stands above its lanes.
      const lines = wrapped(label, narrow ? right - labelLeft : labelWidth, 11, 600, INK, 3);
      const above = narrow ? blockHeight(lines) : 0;
      const height = above + (narrow ? lanes.length * LANE : Math.max(lanes.length * LANE, blockHeight(lines))) + GROUP_GAP + stretch;
      const middle = cursor + above + (height - above) / 2;
      const labelTop = narrow ? cursor : middle - blockHeight(lines) / 2;
      texts.push(...stackLines(lines, labelLeft, labelTop).texts);
      legend.push(lookSwatch(look, margin, margin + SWATCH, narrow ? cursor + 7 : middle, true));
      strips.push({ left, right, top: cursor + above, bottom: cursor + height });
      lanes.forEach((lane, at) => {
        const y = middle + (at - (lanes.length - 1) / 2) * LANE;
        texts.push(text(lane.label, left - 8, y + 3.4, { anchor: 'end' }));
        bars.push(...lane.spans.map(({ what, from, to }) => bar(what, place(from), place(to), y)));
      });
      cursor += height;
    }
    const box: Box = { left, right, top, bottom: cursor };
    const axis = drawHorizontalAxis(plot.x, box, page);
    const used = new Set(groups.flatMap(({ lanes }) => lanes.flatMap(({ spans }) => spans.map(({ what }) => what))));
    const items = SPAN_KINDS.filter((kind) => used.has(kind)).map(
      (kind): LegendItem => ({ label: plot.key.spans[kind], draw: (x, y) => bar(kind, x - 12, x + 12, y) }),
    );
    const key = flowLegend(items, axis.bottom + 12, page);
    return {
      plot: box,
      strips,
      shapes: [
        ...plot.x.ticks.flatMap(({ value }) =>
          strips.map((strip) => line(place(value), strip.top, place(value), strip.bottom, GRID_LINE, 1)),
        ),
        ...bars,
        ...axis.shapes,
      ],
      legend: [...legend, ...key.legend],
      texts: [...texts, ...axis.texts, ...key.texts],
      bottom: key.bottom,
    };
  });
}
