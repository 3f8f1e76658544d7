/** Draws bars from zero, one for each variant, the interval across the end of each. */
import { blockHeight, DIM, INK, isNarrow, type Page, type PlacedText, stackLines, WARNING, wrapped } from '../figures/page.ts';
import { splitInterval } from '../figures/split-interval.ts';
import { escapeXml, line, lookSwatch, short } from '../figures/svg-parts.ts';
import { textWidth } from '../figures/text-width.ts';
import { type Drawing, drawHorizontalAxis, drawPage, flowLegend, GRID_LINE, type LegendItem, placer, TICK_SIZE, text } from './drawing.ts';
import type { BarsPlot } from './plot.ts';

const SWATCH = 30;
const LONGEST_LABEL = 170;
const BAR = 18;
const PADDING = 14;
const CAP = 4;
const MOST_STRETCH = 40;

const barPaint = (trusted: boolean, color: string): string =>
  trusted ? `fill="${color}" fill-opacity="0.85"` : `fill="#ffffff" stroke="${color}" stroke-width="1.2"`;

const interval = (low: number, high: number, y: number): string =>
  [line(low, y, high, y, INK, 1.4), line(low, y - CAP, low, y + CAP, INK, 1.2), line(high, y - CAP, high, y + CAP, INK, 1.2)].join('');

function keyItems({ key }: BarsPlot): LegendItem[] {
  const bar = (label: string, trusted: boolean): LegendItem => ({
    label,
    draw: (x, y) => `<rect x="${short(x - 11)}" y="${short(y - 5)}" width="22" height="10" ${barPaint(trusted, DIM)}/>`,
  });
  return [
    bar(key.bar, true),
    { label: key.interval, draw: (x, y) => interval(x - 11, x + 11, y) },
    ...(key.hollow === undefined ? [] : [bar(key.hollow, false)]),
  ];
}

export function drawBars(plot: BarsPlot, page: Page): Drawing {
  return drawPage(plot, page, (top) => {
    const { margin } = page;
    const edge = page.width - margin;
    const narrow = isNarrow(page);
    const stretch = Math.min(MOST_STRETCH, page.stretch / Math.max(1, plot.bars.length));
    const values = plot.bars.map(({ valueText }) => splitInterval(valueText));
    const valueWidth = Math.max(
      textWidth(plot.key.value, TICK_SIZE, 600),
      ...values.flatMap(([value, range]) => [textWidth(value, 11, 600), textWidth(range, TICK_SIZE)]),
    );
    const natural = plot.bars.flatMap(({ label, mark }) => [textWidth(label, 11, 600), textWidth(mark?.text ?? '', TICK_SIZE, 600)]);
    const labelWidth = Math.min(LONGEST_LABEL, Math.max(60, ...natural));
    const labelLeft = margin + SWATCH + 8;
    const left = narrow ? margin + 4 : labelLeft + labelWidth + 12;
    const right = narrow ? edge - 6 : edge - valueWidth - 14;
    const place = placer(plot.x, left, right);
    const texts: PlacedText[] = [text(plot.key.value, edge, top, { weight: 600, anchor: 'end' })];
    let cursor = top + 7;
    const rows = plot.bars.map((bar, at) => {
      const width = narrow ? edge - valueWidth - 10 - labelLeft : labelWidth;
      const lines = [
        ...wrapped(bar.label, width, 11, 600, INK, 3),
        ...(bar.mark === undefined ? [] : wrapped(bar.mark.text, width, TICK_SIZE, 600, bar.trusted ? DIM : WARNING, 1)),
      ];
      const words = Math.max(blockHeight(lines), 28);
      // On a narrow page the words stand above the bar.
      const height = (narrow ? words + 4 + BAR + PADDING : Math.max(BAR + PADDING, words + 8)) + stretch;
      const middle = narrow ? cursor + height - PADDING / 2 - BAR / 2 : cursor + height / 2;
      const wordsTop = narrow ? cursor + 4 : middle - blockHeight(lines) / 2;
      texts.push(...stackLines(lines, labelLeft, wordsTop).texts);
      const [value, range] = values[at]!;
      const first = narrow ? cursor + 15 : middle - 1;
      texts.push(text(value, edge, first, { size: 11, weight: 600, anchor: 'end', color: bar.trusted ? INK : DIM }));
      if (range !== '') texts.push(text(range, edge, first + 12.5, { anchor: 'end' }));
      const row = {
        bar,
        top: narrow ? middle - BAR / 2 - 3 : cursor,
        bottom: cursor + height,
        middle,
        swatchAt: narrow ? cursor + 11 : middle,
      };
      cursor += height;
      return row;
    });
    const box = { left, right, top: top + 7, bottom: cursor };
    const axis = drawHorizontalAxis(plot.x, box, page);
    const key = flowLegend(keyItems(plot), axis.bottom + 12, page);
    return {
      plot: box,
      strips: rows.map((row) => ({ left, right, top: row.top, bottom: row.bottom })),
      shapes: [
        ...plot.x.ticks.flatMap(({ value }) => rows.map((row) => line(place(value), row.top, place(value), row.bottom, GRID_LINE, 1))),
        ...rows.map(({ bar, middle }) =>
          [
            `<g data-series="${escapeXml(bar.key)}">`,
            `<rect x="${short(place(0))}" y="${short(middle - BAR / 2)}" width="${short(place(bar.value.median) - place(0))}" height="${BAR}" ${barPaint(bar.trusted, escapeXml(bar.look.color))}/>`,
            interval(place(bar.value.low), place(bar.value.high), middle),
            '</g>',
          ].join(''),
        ),
        ...rows.map((row) => line(left, row.top, left, row.bottom, DIM, 1)),
        ...axis.shapes,
      ],
      legend: [...rows.map(({ bar, swatchAt }) => lookSwatch(bar.look, margin, margin + SWATCH, swatchAt, bar.trusted)), ...key.legend],
      texts: [...texts, ...axis.texts, ...key.texts],
      bottom: key.bottom,
    };
  });
}
