/**
 * A figure on screen, in the colours of the theme. Logarithmic axes of recharts need their ticks given and intervals
 * above zero; the figure brings both. Nothing is animated: a chart is redrawn while a run goes on.
 *
 * Props: `figure` what to draw; `projector` thick lines for a projector. Rows grow to fill the frame as far as they stay
 * rows, and never below what can be read. The size of text is `--gs-font-size-chart`. Colours: `--gs-text`,
 * `--gs-text-dim`, `--gs-line`, `--gs-surface`, `--gs-error`.
 */
import { CartesianGrid, ErrorBar, ReferenceLine, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { Figure, FigureRow } from '../../electron/shared/figures/figure.ts';
import { markerPath } from '../../electron/shared/figures/markers.ts';
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import { ChartFrame } from './chart-frame.tsx';
import { type ChartGeometry, chartGeometry, SMALL } from './chart-geometry.ts';
import { chartHeadings } from './chart-headings.ts';
import { ChartNotices } from './chart-notices.tsx';
import { ChartRows, INTERVAL_AT, SlowedDot } from './chart-rows.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { LegendItem, MarksKey, Swatch } from './plot-legend.tsx';
import type { Box } from './use-box.ts';

export interface ChartProps {
  readonly figure: Figure;
  readonly projector?: boolean;
}

export interface MedianPoint {
  readonly x: number;
  readonly y: number;
  /** Distances from the median to the ends of the interval. */
  readonly error: readonly [number, number];
  readonly row: FigureRow;
}

/** In the units of a swatch. */
const SLOWED_RADIUS = 3;

const pointsOf = (row: FigureRow, index: number): MedianPoint[] => {
  if (row.interval === undefined) return [];
  const { median, low, high } = row.interval;
  return [{ x: median, y: index + INTERVAL_AT, error: [median - low, high - median], row }];
};

/** Words over the columns, and the axis' title with its hint. */
function Words({ figure, geometry, em }: { figure: Figure; geometry: ChartGeometry; em: number }) {
  const small = SMALL * em;
  const below = geometry.bottom + 2.9 * em;
  const titleLeft = Math.max(0, Math.min(geometry.left, geometry.ratioRight - textWidth(figure.axis.title, small)));
  // A title that is wider than the whole chart breaks at its comma; its hint stands below the ticks of such a chart anyway.
  const wide = textWidth(figure.axis.title, small) > geometry.ratioRight;
  const titleLines = wide ? figure.axis.title.split(/(?<=,) /) : [figure.axis.title];
  return (
    <g fontSize={small} fill="var(--gs-text-dim)">
      <g fontWeight={600}>
        {chartHeadings(figure, geometry, em).map(({ text, x }) => (
          <text key={x} x={x} y={geometry.top - 0.6 * em} className="gs-fitted">
            {text}
          </text>
        ))}
      </g>
      {titleLines.map((line, index) => (
        <text key={line} x={titleLeft} y={below + 1.3 * index * em}>
          {fitText(line, geometry.ratioRight - titleLeft, small)}
        </text>
      ))}
      <text x={geometry.ratioRight} y={geometry.bottom + (geometry.hintBelow ? 4.2 : 1.35) * em} textAnchor="end" fontWeight={600}>
        {figure.axis.hint}
      </text>
    </g>
  );
}

export function FigureChart({ figure, projector = false }: ChartProps) {
  const heightAt = ({ width, em }: Box, wanted: number) => chartGeometry(figure, width, em, wanted).height;
  return (
    <figure className="gs-plot">
      <ChartFrame
        label={[figure.conclusion, ...figure.notices].join(' ')}
        least={(box) => heightAt(box, 0)}
        most={(box) => heightAt(box, Number.MAX_SAFE_INTEGER)}
      >
        {(box) => <Plot figure={figure} projector={projector} {...box} />}
      </ChartFrame>
      {figure.key.slowed !== undefined && (
        <MarksKey>
          <LegendItem
            mark={
              <Swatch>
                <SlowedDot d={markerPath('circle', SLOWED_RADIUS)} radius={SLOWED_RADIUS} transform="translate(10 5)" />
              </Swatch>
            }
          >
            {figure.key.slowed}
          </LegendItem>
        </MarksKey>
      )}
      <ChartNotices notices={figure.notices} />
    </figure>
  );
}

interface PlotProps extends Box {
  readonly figure: Figure;
  readonly projector: boolean;
}

function Plot({ figure, width, em, height, projector }: PlotProps) {
  const geometry = chartGeometry(figure, width, em, height);
  const labels = new Map(geometry.ticks.map(({ value, label }) => [value, label]));
  const axisHeight = Math.round(1.8 * em);
  const margin = {
    left: geometry.left,
    right: width - geometry.right,
    top: geometry.top,
    bottom: geometry.height - geometry.bottom - axisHeight,
  };
  return (
    <ScatterChart width={width} height={geometry.height} margin={margin} accessibilityLayer={false}>
      <CartesianGrid
        horizontal={false}
        stroke="var(--gs-line)"
        strokeOpacity={projector ? 0.6 : 1}
        verticalValues={figure.axis.ticks.map(({ value }) => value)}
      />
      <XAxis
        type="number"
        dataKey="x"
        scale="log"
        domain={[...figure.axis.domain]}
        ticks={figure.axis.ticks.map(({ value }) => value)}
        tickFormatter={(value: number) => labels.get(value) ?? ''}
        interval={0}
        allowDataOverflow
        height={axisHeight}
        stroke="var(--gs-text-dim)"
        strokeWidth={projector ? 3 : 1}
        tick={{ fontSize: SMALL * em, fill: 'var(--gs-text-dim)', strokeWidth: 0 }}
      />
      <YAxis type="number" dataKey="y" domain={[0, Math.max(1, figure.rows.length)]} reversed allowDataOverflow hide width={0} />
      {figure.axis.reference !== undefined && (
        <ReferenceLine x={figure.axis.reference.value} stroke="var(--gs-text)" strokeWidth={projector ? 3 : 1.5} />
      )}
      <ChartRows figure={figure} geometry={geometry} em={em} projector={projector} />
      {figure.rows.map((row, index) => (
        <Scatter key={row.key} data={pointsOf(row, index)} isAnimationActive={false} shape={MedianTick}>
          <ErrorBar
            dataKey="error"
            direction="x"
            width={0.28 * em}
            stroke={row.look.color}
            strokeWidth={projector ? 4 : 3}
            isAnimationActive={false}
          />
        </Scatter>
      ))}
      <Words figure={figure} geometry={geometry} em={em} />
      <Tooltip content={ChartTooltip} cursor={false} isAnimationActive={false} />
    </ScatterChart>
  );
}

/** The median's tick across its interval. */
function MedianTick({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) {
  if (cx === undefined || cy === undefined) return <g />;
  return <rect x={cx - 1.5} y={cy - 7} width={3} height={14} fill="var(--gs-text)" stroke="var(--gs-surface)" strokeWidth={0.5} />;
}
