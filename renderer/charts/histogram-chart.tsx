/**
 * How the times of the samples are spread: a row of bars for each variant, one below the other over the same axis, with
 * the median, its interval and the fastest sample marked under the bars.
 */

import type { Language } from '../../electron/shared/contract.ts';
import { isSuspect } from '../../electron/shared/figures/figure.ts';
import { markerPath } from '../../electron/shared/figures/markers.ts';
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import type { HistogramPlot, HistogramSeries } from '../../electron/shared/plots/plot.ts';
import { formatSeconds } from '../../electron/shared/units.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, type TipHandlers, useTip } from './hover-tip.tsx';
import { AxisBelow } from './plot-axis.tsx';
import { LegendItem, MarksKey, Swatch } from './plot-legend.tsx';
import { type Place, placeOn } from './plot-place.ts';
import { CHART_TEXTS } from './texts.ts';
import type { Box } from './use-box.ts';

/** In em. */
const LEAST_ROW = 5;
const MOST_ROW = 11;
const FOOT = 3.2;
/** Under the bars of a row: the median's tick and its interval. */
const STRIP = 1.4;

interface RowProps {
  readonly series: HistogramSeries;
  readonly top: number;
  readonly rowHeight: number;
  readonly left: number;
  readonly right: number;
  readonly em: number;
  readonly projector: boolean;
  readonly most: number;
  readonly x: Place;
  /** Values with a line up through the bars. */
  readonly ticks: readonly number[];
  readonly language: Language;
  readonly over: (lines: readonly string[]) => TipHandlers;
}

function Row({ series, top, rowHeight, left, right, em, projector, most, x, ticks, language, over }: RowProps) {
  const texts = CHART_TEXTS[language];
  const small = SMALL * em;
  const { color } = series.look;
  const floor = top + rowHeight - STRIP * em;
  const ceiling = top + 1.5 * em;
  const strip = floor + 0.45 * em;
  const heading = fitText(series.label, 0.45 * (right - left), em, 600);
  const suspect = series.mark !== undefined && isSuspect(series.mark.kind);
  const numbers = [series.mark?.text ?? '', series.medianText].filter((text) => text !== '').join(' · ');
  const room = right - left - textWidth(heading, em, 600) - 2 * em;
  const whole = `${numbers} · ${series.countText}`;
  const facts = textWidth(whole, small) <= room ? whole : fitText(numbers, room, small);
  return (
    <g>
      {ticks.map((value) => (
        <line key={value} x1={x(value)} x2={x(value)} y1={ceiling} y2={floor} stroke="var(--gs-line)" />
      ))}
      <line x1={left} x2={right} y1={floor} y2={floor} stroke="var(--gs-line-strong)" />
      <text x={left} y={top + em} fontSize={em} fontWeight={600} fill="var(--gs-text)">
        {heading}
      </text>
      <text x={right} y={top + em} fontSize={small} textAnchor="end" fill={suspect ? 'var(--gs-error)' : 'var(--gs-text-dim)'}>
        {facts}
      </text>
      {series.bins.map(({ from, to, count }) => {
        const height = ((floor - ceiling) * count) / most;
        return (
          <rect
            key={from}
            x={x(from) + 0.5}
            width={Math.max(1, x(to) - x(from) - 1)}
            y={floor - height}
            height={height}
            fill={series.trusted ? color : 'none'}
            stroke={color}
            strokeWidth={series.trusted ? 0 : 1.5}
            {...over([series.label, texts.bin(formatSeconds(from, language), formatSeconds(to, language)), texts.inBin(count)])}
          />
        );
      })}
      <line x1={x(series.median.low)} x2={x(series.median.high)} y1={strip} y2={strip} stroke={color} strokeWidth={projector ? 5 : 3} />
      <rect x={x(series.median.median) - 1.5} y={floor + 0.05 * em} width={3} height={0.75 * em} fill="var(--gs-text)" />
      <path
        d={markerPath('triangle', 0.28 * em)}
        transform={`translate(${x(series.least)} ${floor + 1.1 * em})`}
        fill="var(--gs-text-dim)"
      />
    </g>
  );
}

function Drawing({ plot, projector, width, height, em }: Box & { readonly plot: HistogramPlot; readonly projector: boolean }) {
  const { tip, over } = useTip();
  const [left, right] = [1.5 * em, width - 1.5 * em];
  const top = 0.2 * em;
  const rowHeight = Math.min(MOST_ROW * em, (height - top - FOOT * em) / Math.max(1, plot.series.length));
  const bottom = top + rowHeight * plot.series.length;
  const x = placeOn(plot.x, left, right);
  const most = Math.max(1, plot.y.domain[1]);
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <AxisBelow axis={plot.x} place={x} left={left} right={right} top={bottom} bottom={bottom} em={em} />
        {plot.series.map((series, index) => (
          <Row
            key={series.key}
            top={top + index * rowHeight}
            {...{ series, rowHeight, left, right, em, projector, most, x, over }}
            ticks={plot.x.ticks.map(({ value }) => value)}
            language={plot.language}
          />
        ))}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

export function HistogramChart({ plot, projector }: { readonly plot: HistogramPlot; readonly projector: boolean }) {
  const { key, series } = plot;
  const rows = Math.max(1, series.length);
  return (
    <>
      <ChartFrame
        label={[plot.conclusion, ...plot.notices].join(' ')}
        least={({ em }) => (0.2 + FOOT + LEAST_ROW * rows) * em}
        most={({ em }) => (0.2 + FOOT + MOST_ROW * rows) * em}
      >
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
      <MarksKey>
        <LegendItem
          mark={
            <Swatch>
              <path d="M4 10V5H8V10ZM8 10V1H12V10ZM12 10V4H16V10Z" fill="var(--gs-text-dim)" stroke="var(--gs-surface)" strokeWidth={0.6} />
            </Swatch>
          }
        >
          {key.bar}
        </LegendItem>
        <LegendItem
          mark={
            <Swatch>
              <path d="M2 5H18" stroke="var(--gs-text-dim)" strokeWidth={1.6} />
              <path d="M10 1V9" stroke="var(--gs-text)" strokeWidth={2} />
            </Swatch>
          }
        >
          {key.median}, {key.interval}
        </LegendItem>
        <LegendItem
          mark={
            <Swatch>
              <path d={markerPath('triangle', 3)} transform="translate(10 6)" fill="var(--gs-text-dim)" />
            </Swatch>
          }
        >
          {key.least}
        </LegendItem>
      </MarksKey>
    </>
  );
}
