/** Draws lines with their intervals. A label stands where its line ends, if there is room for all; else in a legend. */
import { type Box, DIM, INK, innerOf, isNarrow, type Page, type PlacedText, stackLines, wrapped } from '../figures/page.ts';
import { escapeXml, line, lookSwatch, marker, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import {
  betterWidthOf,
  type Drawing,
  drawHorizontalAxis,
  drawPage,
  flowLegend,
  GLYPH,
  GRID_LINE,
  type LegendItem,
  placer,
  TICK_SIZE,
  text,
  ticksApart,
} from './drawing.ts';
import { guideLook } from './guide-look.ts';
import { type PlacedLandmark, placeLandmarks, rowsOf } from './landmarks.ts';
import type { LinesPlot, PlotGuide, PlotPoint, PlotSeries } from './plot.ts';

const PLOT_HEIGHT = 300;
/** Of a plot on a narrow page, and of one that shares a page of given height with its words. */
const LOW_PLOT_HEIGHT = 190;
const MOST_STRETCH = 400;
const LONGEST_LABEL = 170;
const LABEL_SIZE = 10.5;
const LABEL_LEADING = 13;
const LABEL_GAP = 4;
const MARKER_RADIUS = 4.4;
const CAP = 3;

const LANDMARK_LEADING = 13;
const LANDMARK_DASH = '3 3';

function guideStroke(guide: PlotGuide, plot: LinesPlot): { color: string; dash: string } {
  const { of, dash } = guideLook(guide, plot);
  return { color: of === undefined ? DIM : escapeXml(of.look.color), dash };
}

interface EndLabel {
  readonly series: PlotSeries;
  readonly lines: readonly string[];
  readonly height: number;
  /** Where the line ends. */
  readonly from: { readonly x: number; readonly y: number };
  /** Middle of the label. */
  y: number;
}

const labelLines = (label: string): string[] => wrapped(label, LONGEST_LABEL, LABEL_SIZE, 400, INK).map((each) => each.text);

/** Moves labels apart as little as a pass down and a pass up need; they fit between top and bottom. */
function spread(labels: EndLabel[], top: number, bottom: number): void {
  labels.sort((a, b) => a.y - b.y);
  let edge = top;
  for (const label of labels) {
    label.y = Math.max(label.y, edge + label.height / 2);
    edge = label.y + label.height / 2;
  }
  edge = bottom;
  for (const label of labels.toReversed()) {
    label.y = Math.min(label.y, edge - label.height / 2);
    edge = label.y - label.height / 2;
  }
}

interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function drawPoint({ x, y, trusted }: PlotPoint, { look }: PlotSeries, place: Places): string {
  const color = escapeXml(look.color);
  const [at, low, high] = [place.x(x), place.y(y.low), place.y(y.high)];
  return [
    line(at, low, at, high, color, 1.6),
    line(at - CAP, low, at + CAP, low, color, 1.2),
    line(at - CAP, high, at + CAP, high, color, 1.2),
    marker(
      look,
      at,
      place.y(y.median),
      MARKER_RADIUS,
      trusted ? `fill="${color}" stroke="#ffffff" stroke-width="0.4"` : `fill="#ffffff" stroke="${color}" stroke-width="1.4"`,
    ),
  ].join('');
}

function drawSeries(series: PlotSeries, place: Places): string {
  const onLine = series.points.filter(({ ranked }) => ranked);
  const path = onLine.map(({ x, y }) => `${short(place.x(x))} ${short(place.y(y.median))}`).join('L');
  const dash = series.look.dash === '' ? '' : ` stroke-dasharray="${escapeXml(series.look.dash)}"`;
  return [
    `<g data-series="${escapeXml(series.key)}">`,
    onLine.length > 1 ? `<path d="M${path}" fill="none" stroke="${escapeXml(series.look.color)}" stroke-width="1.8"${dash}/>` : '',
    ...series.points.map((point) => drawPoint(point, series, place)),
    '</g>',
  ].join('');
}

function drawGuide(guide: PlotGuide, plot: LinesPlot, place: Places): string {
  const { color, dash } = guideStroke(guide, plot);
  const path = guide.points.map(({ x, y }) => `${short(place.x(x))} ${short(place.y(y))}`).join('L');
  return `<path d="M${path}" fill="none" stroke="${color}" stroke-width="1.2" stroke-dasharray="${dash}"/>`;
}

/** Verticals through the plot, each label over its own; a line leads to those in upper rows. */
function drawLandmarks(placed: readonly PlacedLandmark[], box: Box): { shapes: string[]; texts: PlacedText[] } {
  const baseline = (row: number) => box.top - 5 - row * LANDMARK_LEADING;
  return {
    shapes: placed.map(({ at, row }) => line(at, row === 0 ? box.top - 2 : box.top, at, box.bottom, DIM, 0.9, LANDMARK_DASH)),
    texts: placed.map(({ label, middle, row }) => text(label, middle, baseline(row), { anchor: 'middle' })),
  };
}

function keyItems(plot: LinesPlot): LegendItem[] {
  const { key, guides } = plot;
  const gray = { color: DIM, marker: 'circle', dash: '' } as const;
  return [
    { label: key.point, draw: (x, y) => marker(gray, x, y, MARKER_RADIUS, `fill="${DIM}"`) },
    ...(key.interval === undefined
      ? []
      : [
          {
            label: key.interval,
            draw: (x: number, y: number) =>
              [
                line(x, y - 6, x, y + 6, DIM, 1.6),
                line(x - CAP, y - 6, x + CAP, y - 6, DIM, 1.2),
                line(x - CAP, y + 6, x + CAP, y + 6, DIM, 1.2),
              ].join(''),
          },
        ]),
    ...(key.hollow === undefined
      ? []
      : [
          {
            label: key.hollow,
            draw: (x: number, y: number) => marker(gray, x, y, MARKER_RADIUS, `fill="#ffffff" stroke="${DIM}" stroke-width="1.4"`),
          },
        ]),
    ...guides.map((guide): LegendItem => {
      const { color, dash } = guideStroke(guide, plot);
      return { label: guide.label, draw: (x, y) => line(x - GLYPH / 2, y, x + GLYPH / 2, y, color, 1.2, dash) };
    }),
  ];
}

export function drawLines(plot: LinesPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { margin } = page;
    const edge = page.width - margin;
    const plotHeight = (isNarrow(page) || page.terse ? LOW_PLOT_HEIGHT : PLOT_HEIGHT) + Math.min(MOST_STRETCH, page.stretch);
    const shown = plot.series.filter(({ points }) => points.length > 0);
    const labels = shown.map((series) => ({ series, lines: labelLines(series.label) }));
    const heightOf = (lines: readonly string[]) => lines.length * LABEL_LEADING + LABEL_GAP;
    const atEnds = !isNarrow(page) && labels.reduce((sum, { lines }) => sum + heightOf(lines), 0) <= plotHeight;
    const labelWidth = Math.max(0, ...labels.flatMap(({ lines }) => lines.map((each) => textWidth(each, LABEL_SIZE))));

    const tickWidth = Math.max(0, ...plot.y.ticks.map(({ label }) => textWidth(label, TICK_SIZE)));
    const left = margin + tickWidth + 9;
    const labelLeft = edge - labelWidth;
    const right = atEnds && shown.length > 0 ? labelLeft - GLYPH - 6 - 20 : edge - 12;
    const { better } = plot.y;
    const title = stackLines(wrapped(plot.y.title, innerOf(page) - betterWidthOf(plot.y) - 20, 10, 400, INK), margin, top);
    const placeX = placer(plot.x, left, right);
    const landmarks = placeLandmarks(plot.landmarks ?? [], placeX, { left, right: edge, size: TICK_SIZE });
    const plotTop = title.bottom + 10 + rowsOf(landmarks) * LANDMARK_LEADING;
    const box: Box = { left, right, top: plotTop, bottom: plotTop + plotHeight };
    const place: Places = { x: placeX, y: placer(plot.y, box.bottom, box.top) };
    const shapes: string[] = [];
    const texts: PlacedText[] = [...title.texts];
    if (better !== undefined) {
      const turn = better.end === 'low' ? 1 : -1;
      const [x, tip] = [edge - 4, top + 7 + 5.5 * turn];
      texts.push(text(better.text, edge - 13, top + 10, { size: 10, weight: 600, anchor: 'end', color: INK }));
      shapes.push(
        line(x, tip - 11 * turn, x, tip - 4 * turn, INK, 1.4),
        `<path d="M${short(x)} ${short(tip)}l-3 ${-6 * turn}h6z" fill="${INK}"/>`,
      );
    }
    for (const { value, label } of ticksApart(plot.y.ticks, place.y)) {
      shapes.push(
        line(left, place.y(value), right, place.y(value), GRID_LINE, 1),
        line(left - 4, place.y(value), left, place.y(value), DIM, 1),
      );
      texts.push(text(label, left - 8, place.y(value) + 3.4, { anchor: 'end' }));
    }
    shapes.push(
      ...plot.y.minor.map((value) => line(left - 2, place.y(value), left, place.y(value), DIM, 1)),
      line(left, box.top, left, box.bottom, DIM, 1),
    );
    const axis = drawHorizontalAxis(plot.x, box, page);
    const marks = drawLandmarks(landmarks, box);
    shapes.push(...axis.shapes, ...marks.shapes, ...plot.guides.map((guide) => drawGuide(guide, plot, place)));
    texts.push(...axis.texts, ...marks.texts);

    const legend: string[] = [];
    let listed: LegendItem[] = [];
    if (atEnds) {
      const ends = labels.map(({ series, lines }): EndLabel => {
        const last = series.points.findLast(({ ranked }) => ranked) ?? series.points.at(-1)!;
        const from = { x: place.x(last.x), y: place.y(last.y.median) };
        return { series, lines, height: heightOf(lines), from, y: from.y };
      });
      spread(ends, box.top, box.bottom);
      for (const { series, lines, from, y } of ends) {
        const swatchLeft = labelLeft - 6 - GLYPH;
        shapes.push(line(from.x + MARKER_RADIUS + 2, from.y, swatchLeft - 4, y, '#b9c0c9', 0.8));
        legend.push(
          lookSwatch(
            series.look,
            swatchLeft,
            swatchLeft + GLYPH,
            y,
            series.points.some(({ trusted }) => trusted),
          ),
        );
        const first = y - ((lines.length - 1) * LABEL_LEADING) / 2 + 3.6;
        texts.push(...lines.map((each, index) => text(each, labelLeft, first + index * LABEL_LEADING, { size: LABEL_SIZE, color: INK })));
      }
    } else {
      listed = labels.map(({ series }) => ({
        label: series.label,
        draw: (x, y) =>
          lookSwatch(
            series.look,
            x - GLYPH / 2,
            x + GLYPH / 2,
            y,
            series.points.some(({ trusted }) => trusted),
          ),
      }));
    }
    shapes.push(...shown.map((series) => drawSeries(series, place)));
    const names = flowLegend(listed, axis.bottom + 12, page);
    const key = flowLegend(keyItems(plot), names.bottom + (listed.length > 0 ? 4 : 0), page);
    return {
      plot: box,
      shapes,
      legend: [...legend, ...names.legend, ...key.legend],
      texts: [...texts, ...names.texts, ...key.texts],
      bottom: key.bottom,
    };
  });
}
