/** Draws a histogram: a strip for each variant over one axis, with its fastest sample, its median and the interval below. */
import { type Box, blockHeight, DIM, INK, isNarrow, type Page, type PlacedText, stackLines, WARNING, wrapped } from '../figures/page.ts';
import { splitInterval } from '../figures/split-interval.ts';
import { escapeXml, line, lookSwatch, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { type Drawing, drawHorizontalAxis, drawPage, flowLegend, GRID_LINE, type LegendItem, placer, TICK_SIZE, text } from './drawing.ts';
import type { HistogramPlot, HistogramSeries } from './plot.ts';

const SWATCH = 30;
const LONGEST_LABEL = 170;
/** Few strips are taller. */
const LEAST_STRIP = 66;
const TALL_STRIP = 96;
const FEW_STRIPS = 4;
/** From the foot of the bars: the interval's line, clear of the fastest sample's mark, and the end of the strip. */
const INTERVAL_AT = 14;
const FOOT = 23;
const ABOVE = 8;
const COUNT_SIZE = 9.5;
const MOST_STRETCH = 90;

interface Strip {
  readonly series: HistogramSeries;
  readonly top: number;
  /** Foot of the bars. */
  readonly foot: number;
  readonly bottom: number;
  /** Where the words begin that stand above it on a narrow page. */
  readonly label: number;
}

const triangle = (x: number, y: number, color: string): string => `<path d="M${short(x)} ${short(y)}l-3.5 7h7z" fill="${color}"/>`;

function drawStrip({ series, top, foot }: Strip, place: (seconds: number) => number, most: number): string {
  const color = escapeXml(series.look.color);
  const tall = (count: number) => ((foot - top - ABOVE) * count) / most;
  const paint = series.trusted ? `fill="${color}" fill-opacity="0.85"` : `fill="#ffffff" stroke="${color}" stroke-width="1"`;
  const bars = series.bins.map(({ from, to, count }) => {
    const [left, right] = [place(from) + 0.4, place(to) - 0.4];
    return `M${short(left)} ${short(foot)}v${short(-tall(count))}h${short(Math.max(0.8, right - left))}v${short(tall(count))}z`;
  });
  const y = foot + INTERVAL_AT;
  const [median, low, high] = [place(series.median.median), place(series.median.low), place(series.median.high)];
  return [
    `<g data-series="${escapeXml(series.key)}">`,
    `<path d="${bars.join('')}" ${paint}/>`,
    line(low, y, high, y, color, 3.5),
    line(low, y - 3.5, low, y + 3.5, INK, 1),
    line(high, y - 3.5, high, y + 3.5, INK, 1),
    line(median, y - 5, median, y + 5, INK, 2),
    triangle(place(series.least), foot + 1.5, INK),
    '</g>',
  ].join('');
}

function keyItems({ key }: HistogramPlot): LegendItem[] {
  return [
    { label: key.bar, draw: (x, y) => `<path d="M${short(x - 9)} ${short(y + 6)}v-5h6v-6h6v8h6v3z" fill="${DIM}" fill-opacity="0.7"/>` },
    { label: key.least, draw: (x, y) => triangle(x, y - 3.5, INK) },
    { label: key.median, draw: (x, y) => line(x, y - 6, x, y + 6, INK, 2) },
    {
      label: key.interval,
      draw: (x, y) =>
        [
          line(x - 11, y, x + 11, y, DIM, 3.5),
          line(x - 11, y - 3.5, x - 11, y + 3.5, INK, 1),
          line(x + 11, y - 3.5, x + 11, y + 3.5, INK, 1),
        ].join(''),
    },
  ];
}

export function drawHistogram(plot: HistogramPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { margin } = page;
    const edge = page.width - margin;
    const narrow = isNarrow(page);
    const stretch = Math.min(MOST_STRETCH, page.stretch / Math.max(1, plot.series.length));
    const rightTexts = plot.series.map((series) => {
      const [median, range] = splitInterval(series.medianText);
      return { median, range };
    });
    const natural = plot.series.flatMap((series) => [textWidth(series.label, 11, 600), textWidth(series.countText, TICK_SIZE)]);
    const labelWidth = Math.min(LONGEST_LABEL, Math.max(60, ...natural));
    const countTick = plot.y.ticks.at(-1) ?? { value: 1, label: '1' };
    const countWidth = textWidth(countTick.label, COUNT_SIZE);
    const medianWidth = Math.max(
      0,
      ...rightTexts.flatMap(({ median, range }) => [textWidth(median, 11, 600), textWidth(range, TICK_SIZE)]),
    );
    const header = { median: plot.key.medianColumn, count: plot.y.title };
    const labelLeft = margin + SWATCH + 8;
    const left = (narrow ? margin : labelLeft + labelWidth + 12) + countWidth + 8;
    const right = narrow ? edge - 6 : edge - Math.max(medianWidth, textWidth(header.median, TICK_SIZE, 600)) - 14;
    const texts: PlacedText[] = [
      text(header.count, narrow ? margin : left - 8, top, { weight: 600, anchor: narrow ? 'start' : 'end' }),
      text(header.median, edge, top, { weight: 600, anchor: 'end' }),
    ];
    let cursor = top + 7;
    const strips = plot.series.map((series, at): Strip => {
      const width = narrow ? edge - medianWidth - 10 - labelLeft : labelWidth;
      const lines = [
        ...wrapped(series.label, width, 11, 600, INK, 3),
        ...wrapped(series.countText, width, TICK_SIZE, 400, DIM, 1),
        ...(series.mark === undefined ? [] : wrapped(series.mark.text, width, TICK_SIZE, 600, series.trusted ? DIM : WARNING, 1)),
      ];
      // On a narrow page the words stand above the bars.
      const above = narrow ? Math.max(blockHeight(lines), 28) + 4 : 0;
      const bars = plot.series.length > FEW_STRIPS || narrow || page.terse ? LEAST_STRIP : TALL_STRIP;
      const height = above + (narrow ? bars : Math.max(bars, blockHeight(lines) + 12)) + stretch;
      const strip = { series, top: cursor + above, foot: cursor + height - FOOT, bottom: cursor + height, label: cursor };
      const middle = cursor + height / 2;
      texts.push(...stackLines(lines, labelLeft, narrow ? cursor + 4 : middle - blockHeight(lines) / 2).texts);
      const { median, range } = rightTexts[at]!;
      const first = narrow ? cursor + 15 : middle - 1;
      texts.push(text(median, edge, first, { size: 11, weight: 600, anchor: 'end', color: series.trusted ? INK : DIM }));
      if (range !== '') texts.push(text(range, edge, first + 12.5, { anchor: 'end' }));
      cursor += height;
      return strip;
    });
    const box: Box = { left, right, top: top + 7, bottom: cursor };
    const place = placer(plot.x, left, right);
    const most = plot.y.domain[1];
    const tickAt = ({ top: from, foot }: Strip) => foot - ((foot - from - ABOVE) * countTick.value) / most;
    texts.push(...strips.map((strip) => text(countTick.label, left - 8, tickAt(strip) + 3, { size: COUNT_SIZE, anchor: 'end' })));
    const axis = drawHorizontalAxis(plot.x, box, page);
    const key = flowLegend(keyItems(plot), axis.bottom + 12, page);
    return {
      plot: box,
      strips: strips.map((strip) => ({ left, right, top: strip.top, bottom: strip.bottom })),
      shapes: [
        ...plot.x.ticks.flatMap(({ value }) =>
          strips.map((strip) => line(place(value), strip.top, place(value), strip.bottom, GRID_LINE, 1)),
        ),
        ...strips.flatMap((strip) => [
          line(left, strip.foot, right, strip.foot, '#b9c0c9', 0.8),
          line(left - 4, tickAt(strip), left, tickAt(strip), DIM, 1),
          line(left, tickAt(strip), left, strip.foot, DIM, 0.8),
          drawStrip(strip, place, most),
        ]),
        ...axis.shapes,
      ],
      legend: [
        ...strips.map(({ series, top: from, bottom, label }) =>
          lookSwatch(series.look, margin, margin + SWATCH, narrow ? label + 11 : (from + bottom) / 2, series.trusted),
        ),
        ...key.legend,
      ],
      texts: [...texts, ...axis.texts, ...key.texts],
      bottom: key.bottom,
    };
  });
}
