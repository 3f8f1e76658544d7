/** Draws a roofline: roofs labelled on their lines, points with their intervals and names, arrows along the ladder. */
import { type Box, DIM, INK, innerOf, isNarrow, type Page, type PlacedText, stackLines, wrapped } from '../figures/page.ts';
import { escapeXml, line, lookSwatch, marker, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { type Point, turnedTextBox } from '../figures/turned-box.ts';
import {
  betterWidthOf,
  type Drawing,
  drawHorizontalAxis,
  drawPage,
  flowLegend,
  GLYPH,
  GRID_LINE,
  type LegendItem,
  TICK_SIZE,
  text,
  ticksApart,
} from './drawing.ts';
import type { RooflinePlot } from './plot.ts';
import { layoutRoofline, type PlacedArrow, type PlacedPoint, type PlacedRoof, type RooflineLabel } from './roofline-layout.ts';
import { PREDICTION_SCALE, roofDash, roofWidth, SOFTWARE_RING } from './roofline-look.ts';

const PLOT_HEIGHT = 400;
/** Of a plot on a narrow page, and of one that shares a page of given height with its words. */
const LOW_PLOT_HEIGHT = 250;
const MOST_STRETCH = 400;
const RADIUS = 4.4;
const CAP = 3;
const LABEL_SIZE = 9.5;
const SMALL_SIZE = 8.5;
const ROOF_COLOR = '#5a626c';

const HEAD_LENGTH = 6;
const HEAD_WIDTH = 3;
const DIAMOND = { color: DIM, marker: 'diamond', dash: '' } as const;
const CIRCLE = { color: DIM, marker: 'circle', dash: '' } as const;

const placed = ({ text: content, x, y, size, anchor, angle }: RooflineLabel, color: string): PlacedText => ({
  ...text(content, x, y, { size, anchor, color }),
  ...(angle !== 0 && { angle }),
});

/** White behind letters that lie over lines. */
function ground(label: PlacedText): string {
  const corners = turnedTextBox(label).corners.map(({ x, y }) => `${short(x)} ${short(y)}`);
  return `<path d="M${corners.join('L')}Z" fill="#ffffff" fill-opacity="0.8"/>`;
}

const drawRoof = ({ roof, from, to }: PlacedRoof): string => line(from.x, from.y, to.x, to.y, ROOF_COLOR, roofWidth(roof), roofDash(roof));

/** A head that ends at a point, having come from another. */
function arrowHead(tip: Point, from: Point): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [dx, dy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const corner = (side: number) =>
    `${short(tip.x - HEAD_LENGTH * dx - side * HEAD_WIDTH * dy)} ${short(tip.y - HEAD_LENGTH * dy + side * HEAD_WIDTH * dx)}`;
  return `<path d="M${short(tip.x)} ${short(tip.y)}L${corner(1)}L${corner(-1)}Z" fill="${DIM}"/>`;
}

const drawArrow = ({ from, bend, to }: PlacedArrow): string =>
  [
    `<path d="M${short(from.x)} ${short(from.y)}Q${short(bend.x)} ${short(bend.y)} ${short(to.x)} ${short(to.y)}" fill="none" stroke="${DIM}" stroke-width="0.9"/>`,
    arrowHead(to, bend),
  ].join('');

function drawPoint({ point, x, y, low, high, trail, leader }: PlacedPoint): string {
  const color = escapeXml(point.look.color);
  const ring = marker(
    CIRCLE,
    x,
    y,
    RADIUS + SOFTWARE_RING.beyond,
    `fill="none" stroke="${color}" stroke-width="1" stroke-dasharray="${SOFTWARE_RING.dash}"`,
  );
  return [
    `<g data-point="${escapeXml(point.key)}">`,
    leader === undefined ? '' : line(leader[0].x, leader[0].y, leader[1].x, leader[1].y, '#9aa2ad', 0.7),
    ...trail.map((at) => marker(CIRCLE, x, at, 1.4, `fill="${color}" fill-opacity="0.35"`)),
    line(x, low, x, high, color, 1.6),
    line(x - CAP, low, x + CAP, low, color, 1.2),
    line(x - CAP, high, x + CAP, high, color, 1.2),
    point.software ? ring : '',
    marker(
      point.look,
      x,
      y,
      RADIUS,
      point.trusted ? `fill="${color}" stroke="#ffffff" stroke-width="0.4"` : `fill="#ffffff" stroke="${color}" stroke-width="1.4"`,
    ),
    '</g>',
  ].join('');
}

const drawPrediction = (x: number, y: number, color: string): string =>
  marker(DIAMOND, x, y, RADIUS * PREDICTION_SCALE, `fill="none" stroke="${escapeXml(color)}" stroke-width="1.6"`);

const drawRidge = (x: number, y: number): string => marker(CIRCLE, x, y, 2.6, `fill="#ffffff" stroke="${ROOF_COLOR}" stroke-width="1"`);

/** What the marks mean, of those that are drawn. */
function keyItems(plot: RooflinePlot): LegendItem[] {
  const { key, points, roofs } = plot;
  const item = (shown: boolean, label: string, draw: LegendItem['draw']): LegendItem[] => (shown ? [{ label, draw }] : []);
  const swatch = (width: number, dash: string) => (x: number, y: number) =>
    line(x - GLYPH / 2, y, x + GLYPH / 2, y, ROOF_COLOR, width, dash);
  const own = roofs.filter(({ machine }) => machine === 0);
  return [
    ...item(points.length > 0, key.point, (x, y) => marker(CIRCLE, x, y, RADIUS, `fill="${DIM}"`)),
    ...item(points.length > 0, key.interval, (x, y) =>
      [
        line(x, y - 6, x, y + 6, DIM, 1.6),
        line(x - CAP, y - 6, x + CAP, y - 6, DIM, 1.2),
        line(x - CAP, y + 6, x + CAP, y + 6, DIM, 1.2),
      ].join(''),
    ),
    ...item(
      points.some(({ trusted }) => !trusted),
      key.hollow,
      (x, y) => marker(CIRCLE, x, y, RADIUS, `fill="#ffffff" stroke="${DIM}" stroke-width="1.4"`),
    ),
    ...item(
      points.some(({ software }) => software),
      key.software,
      (x, y) => marker(CIRCLE, x, y, RADIUS + 1.5, `fill="none" stroke="${DIM}" stroke-width="1" stroke-dasharray="${SOFTWARE_RING.dash}"`),
    ),
    ...item(plot.predictions.length > 0, key.prediction, (x, y) => drawPrediction(x, y, DIM)),
    ...item(plot.arrows.length > 0, key.arrow, (x, y) =>
      [line(x - 10, y, x + 8, y, DIM, 0.9), arrowHead({ x: x + 10, y }, { x, y })].join(''),
    ),
    ...item(
      own.some(({ device, thin }) => device === 'processor' && !thin),
      key.team,
      swatch(roofWidth({ thin: false }), ''),
    ),
    ...item(
      own.some(({ thin }) => thin),
      key.thin,
      swatch(roofWidth({ thin: true }), roofDash({ device: 'processor', machine: 0, thin: true })),
    ),
    ...item(
      own.some(({ device }) => device !== 'processor'),
      key.gpu,
      swatch(roofWidth({ thin: false }), roofDash({ device: 'gpu', machine: 0, thin: false })),
    ),
    ...item(plot.ridges.length > 0, key.ridge, drawRidge),
  ];
}

export function drawRoofline(plot: RooflinePlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { margin } = page;
    const edge = page.width - margin;
    const plotHeight = (isNarrow(page) || page.terse ? LOW_PLOT_HEIGHT : PLOT_HEIGHT) + Math.min(MOST_STRETCH, page.stretch);
    const tickWidth = Math.max(0, ...plot.y.ticks.map(({ label }) => textWidth(label, TICK_SIZE)));
    const left = margin + tickWidth + 9;
    const right = edge - 8;
    const title = stackLines(wrapped(plot.y.title, innerOf(page) - betterWidthOf(plot.y) - 20, 10, 400, INK), margin, top);
    const box: Box = { left, right, top: title.bottom + 10, bottom: title.bottom + 10 + plotHeight };
    const layout = layoutRoofline(plot, { box, label: LABEL_SIZE, small: SMALL_SIZE, radius: RADIUS });
    const labels = [
      ...layout.roofs.flatMap(({ label }) => (label === undefined ? [] : [placed(label, ROOF_COLOR)])),
      ...layout.arrows.flatMap(({ label }) => (label === undefined ? [] : [placed(label, DIM)])),
      ...layout.points.flatMap(({ label }) => (label === undefined ? [] : [placed(label, INK)])),
    ];
    const axis = drawHorizontalAxis(plot.x, box, page);
    const ticks = ticksApart(plot.y.ticks, layout.y);
    const better = plot.y.better?.text ?? '';
    const [arrowX, tip] = [edge - 4, top + 1.5];
    const names: LegendItem[] = layout.numbered
      ? plot.points.map(({ number, label, look, trusted }) => ({
          label: `${number}\u00a0 ${label}`,
          draw: (x, y) => lookSwatch(look, x - GLYPH / 2, x + GLYPH / 2, y, trusted),
        }))
      : [];
    const unlabelled: LegendItem[] = layout.unlabelled.map((roof) => ({
      label: roof.label,
      draw: (x, y) => line(x - GLYPH / 2, y, x + GLYPH / 2, y, ROOF_COLOR, roofWidth(roof), roofDash(roof)),
    }));
    const listed = flowLegend([...names, ...unlabelled], axis.bottom + 12, page);
    const key = flowLegend(keyItems(plot), listed.bottom + (names.length + unlabelled.length > 0 ? 4 : 0), page);
    return {
      plot: box,
      shapes: [
        ...plot.x.ticks.map(({ value }) => line(layout.x(value), box.top, layout.x(value), box.bottom, GRID_LINE, 1)),
        ...plot.y.ticks.map(({ value }) => line(left - 4, layout.y(value), right, layout.y(value), GRID_LINE, 1)),
        ...plot.y.minor.map((value) => line(left - 2, layout.y(value), left, layout.y(value), DIM, 1)),
        line(left, box.top, left, box.bottom, DIM, 1),
        line(arrowX, tip + 11, arrowX, tip + 4, INK, 1.4),
        `<path d="M${short(arrowX)} ${short(tip)}l-3 6h6z" fill="${INK}"/>`,
        ...axis.shapes,
        ...layout.roofs.map(drawRoof),
        ...layout.ridges.map(({ x, y }) => drawRidge(x, y)),
        ...layout.arrows.map(drawArrow),
        ...labels.map(ground),
        ...layout.points.map(drawPoint),
        ...layout.predictions.map(({ x, y, prediction }) => drawPrediction(x, y, prediction.look.color)),
      ],
      legend: [...listed.legend, ...key.legend],
      texts: [
        ...title.texts,
        text(better, edge - 13, top + 10, { size: 10, weight: 600, anchor: 'end', color: INK }),
        ...ticks.map(({ value, label }) => text(label, left - 8, layout.y(value) + 3.4, { anchor: 'end' })),
        ...axis.texts,
        ...labels,
        ...listed.texts,
        ...key.texts,
      ],
      bottom: key.bottom,
    };
  });
}
