/** Draws strips one below the other over one axis of turns; a turn in which the processor was slowed is hollow and crossed. */
import { markerPath, slowedCross } from '../figures/markers.ts';
import { type Box, DIM, INK, innerOf, type Page, type PlacedText, stackLines, wrapped } from '../figures/page.ts';
import { line, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { type Drawing, drawHorizontalAxis, drawPage, flowLegend, GRID_LINE, placer, TICK_SIZE, text, ticksApart } from './drawing.ts';
import type { StripsPlot } from './plot.ts';

const HEIGHT = 62;
const GAP = 12;
const RADIUS = 2.6;
const MOST_STRETCH = 60;
/** With more the points of a strip touch, and the line alone tells. */
const MOST_POINTS = 200;

const SLOWED_PAINT = `fill="#ffffff" stroke="${INK}" stroke-width="1.2"`;
/** A turn has a mark on every strip: each is drawn once and placed by its name. */
const SYMBOLS = `<defs><path id="turn" d="${markerPath('circle', RADIUS)}"/><path id="slowed" d="${markerPath('circle', RADIUS + 0.8)}${slowedCross(RADIUS + 0.6)}"/></defs>`;

const turn = (x: number, y: number, slowed: boolean): string =>
  `<use xlink:href="#${slowed ? 'slowed' : 'turn'}" x="${short(x)}" y="${short(y)}"/>`;

const painted = (turns: readonly string[], slowed: boolean): string =>
  turns.length === 0 ? '' : `<g ${slowed ? SLOWED_PAINT : `fill="${INK}"`}>${turns.join('')}</g>`;

export function drawStrips(plot: StripsPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { strips } = plot;
    const height = HEIGHT + Math.min(MOST_STRETCH, page.stretch / Math.max(1, strips.length));
    const labels = strips.flatMap(({ y }) => y.ticks.map(({ label }) => label));
    const left = page.margin + Math.max(0, ...labels.map((label) => textWidth(label, TICK_SIZE))) + 9;
    const right = page.width - page.margin - 12;
    const place = placer(plot.x, left, right);
    const shapes: string[] = [];
    const texts: PlacedText[] = [];
    const boxes: Box[] = [];
    let cursor = top;
    for (const { y, points } of strips) {
      const title = stackLines(wrapped(y.title, innerOf(page), 10, 600, INK), page.margin, cursor);
      const box = { left, right, top: title.bottom + 9, bottom: title.bottom + 9 + height };
      const up = placer(y, box.bottom, box.top);
      texts.push(...title.texts);
      for (const { value, label } of ticksApart(y.ticks, up)) {
        shapes.push(line(left, up(value), right, up(value), GRID_LINE, 1));
        texts.push(text(label, left - 8, up(value) + 3.4, { anchor: 'end' }));
      }
      shapes.push(line(left, box.top, left, box.bottom, DIM, 1));
      const path = points.map((point) => `${short(place(point.x))} ${short(up(point.y))}`).join('L');
      if (points.length > 1) shapes.push(`<path d="M${path}" fill="none" stroke="${DIM}" stroke-width="1"/>`);
      for (const slowed of [false, true]) {
        const marked = points.filter((point) => point.slowed === slowed && (slowed || points.length <= MOST_POINTS));
        shapes.push(
          painted(
            marked.map((point) => turn(place(point.x), up(point.y), slowed)),
            slowed,
          ),
        );
      }
      boxes.push(box);
      cursor = box.bottom + GAP;
    }
    const plotBox: Box = { left, right, top, bottom: cursor - GAP };
    const axis = drawHorizontalAxis(plot.x, plotBox, page);
    const anySlowed = strips.some(({ points }) => points.some(({ slowed }) => slowed));
    const items = [
      { label: plot.key.point, draw: (x: number, y: number) => painted([turn(x, y, false)], false) },
      ...(anySlowed ? [{ label: plot.key.slowed, draw: (x: number, y: number) => painted([turn(x, y, true)], true) }] : []),
    ];
    const key = flowLegend(items, axis.bottom + 12, page);
    return {
      plot: plotBox,
      strips: boxes,
      shapes: [SYMBOLS, ...shapes, ...axis.shapes],
      legend: key.legend,
      texts: [...texts, ...axis.texts, ...key.texts],
      bottom: key.bottom,
    };
  });
}
