/**
 * Lines over an axis: medians with their 95 % intervals, in the look of their kernel, and the guides that they are held
 * against. Points that are not trusted are hollow; no line goes through those that are not ranked.
 */
import { CartesianGrid, ErrorBar, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { markerPath } from '../../electron/shared/figures/markers.ts';
import { guideLook } from '../../electron/shared/plots/guide-look.ts';
import { type PlacedLandmark, placeLandmarks, rowsOf } from '../../electron/shared/plots/landmarks.ts';
import type { LinesPlot, PlotPoint, PlotSeries } from '../../electron/shared/plots/plot.ts';
import { BetterEnd, betterEndWidth } from './better-end.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { GuideSwatch, Legend, LegendItem, LineSwatch, MarksKey, Swatch } from './plot-legend.tsx';
import { type Place, placeOn, ticksAlong, ticksUp, titleWithin, widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** Least height of the drawing, in em. */
const LEAST_HEIGHT = 15;

interface Drawn {
  readonly x: number;
  readonly y: number;
  /** Distances from the median to the ends of the interval. */
  readonly error: readonly [number, number];
  readonly point: PlotPoint;
  readonly series: PlotSeries;
}

const drawnOf = (series: PlotSeries): Drawn[] =>
  series.points.map((point) => {
    const { median, low, high } = point.y;
    return { x: point.x, y: median, error: [median - low, high - median], point, series };
  });

interface Geometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly axisHeight: number;
  readonly landmarks: readonly PlacedLandmark[];
}

/** Heights of a row of landmarks' labels, in em. */
const LANDMARK_ROW = 1.15;
const LANDMARK_DASH = '3 3';

function geometryOf(plot: LinesPlot, { width, height, em }: Box): Geometry {
  const small = SMALL * em;
  const left =
    widestLabel(
      plot.y.ticks.map(({ label }) => label),
      small,
    ) +
    0.9 * em;
  const right = width - 0.5 * widestLabel([plot.x.ticks.at(-1)?.label ?? ''], small) - 0.3 * em;
  const axisHeight = Math.round(1.8 * em);
  const landmarks = placeLandmarks(plot.landmarks ?? [], placeOn(plot.x, left, right), { left, right: width, size: small });
  const top = Math.ceil((1.9 + LANDMARK_ROW * rowsOf(landmarks)) * em);
  return { left, right, top, bottom: height - axisHeight - 1.2 * em, axisHeight, landmarks };
}

const pathOf = (points: readonly { readonly x: number; readonly y: number }[], x: Place, y: Place): string =>
  points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('');

/** The stretches of a line between points that are not ranked. */
function stretchesOf({ points }: PlotSeries): { readonly x: number; readonly y: number }[][] {
  const runs: { x: number; y: number }[][] = [[]];
  for (const { x, y, ranked } of points) {
    if (ranked) runs.at(-1)?.push({ x, y: y.median });
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

interface BackgroundProps {
  readonly plot: LinesPlot;
  readonly geometry: Geometry;
  readonly em: number;
  readonly projector: boolean;
}

/** Everything that is no point: guides, lines, titles of the axes. */
function Background({ plot, geometry, em, projector }: BackgroundProps) {
  const { left, right, top, bottom } = geometry;
  const x = placeOn(plot.x, left, right);
  const y = placeOn(plot.y, bottom, top);
  const small = SMALL * em;
  return (
    <g>
      <g stroke="var(--gs-text-dim)" strokeWidth={projector ? 2 : 1}>
        {plot.x.minor.map((value) => (
          <line key={value} x1={x(value)} x2={x(value)} y1={bottom} y2={bottom + 0.25 * em} />
        ))}
        {plot.y.minor.map((value) => (
          <line key={value} x1={left - 0.25 * em} x2={left} y1={y(value)} y2={y(value)} />
        ))}
      </g>
      <svg x={left} y={top} width={Math.max(0, right - left)} height={Math.max(0, bottom - top)} overflow="hidden" aria-hidden="true">
        <g transform={`translate(${-left} ${-top})`} fill="none">
          {plot.guides.map((guide) => {
            const { of, dash } = guideLook(guide, plot);
            return (
              <path
                key={guide.key}
                d={pathOf(guide.points, x, y)}
                stroke={of?.look.color ?? 'var(--gs-text-dim)'}
                strokeWidth={projector ? 2.5 : 1.5}
                strokeDasharray={dash}
              />
            );
          })}
        </g>
      </svg>
      {plot.series.map((series) => (
        <g key={series.key} fill="none" stroke={series.look.color} strokeWidth={projector ? 4 : 2} strokeDasharray={series.look.dash}>
          {stretchesOf(series).map((run) => (
            <path key={run[0]?.x} d={pathOf(run, x, y)} />
          ))}
        </g>
      ))}
      <g stroke="var(--gs-text-dim)" strokeWidth={projector ? 2 : 1} strokeDasharray={LANDMARK_DASH}>
        {geometry.landmarks.map(({ key, at }) => (
          <line key={key} x1={at} x2={at} y1={top} y2={bottom} />
        ))}
      </g>
      <g fontSize={small} fill="var(--gs-text-dim)" textAnchor="middle">
        {geometry.landmarks.map(({ key, label, middle, row }) => (
          <text key={key} x={middle} y={top - (0.4 + LANDMARK_ROW * row) * em}>
            {label}
          </text>
        ))}
      </g>
      <g fontSize={small} fill="var(--gs-text-dim)">
        <text x={0} y={0.9 * em}>
          {titleWithin(plot.y.title, right - betterEndWidth(plot.y, em) - em, small)}
        </text>
        {plot.y.better !== undefined && <BetterEnd better={plot.y.better} along="vertical" right={right} y={0.9 * em} em={em} />}
        <text x={right} y={bottom + geometry.axisHeight + 0.8 * em} textAnchor="end">
          {titleWithin(plot.x.title, right, small)}
        </text>
      </g>
    </g>
  );
}

interface PointProps {
  readonly cx?: number;
  readonly cy?: number;
  readonly payload?: Drawn;
}

const pointShape = (em: number, projector: boolean) =>
  function Point({ cx, cy, payload }: PointProps) {
    if (cx === undefined || cy === undefined || payload === undefined) return <g />;
    const { color, marker } = payload.series.look;
    const d = markerPath(marker, (projector ? 0.42 : 0.36) * em);
    return (
      <g transform={`translate(${cx} ${cy})`}>
        {payload.point.trusted ? (
          <path d={d} fill={color} stroke="var(--gs-surface)" strokeWidth={1} />
        ) : (
          <path d={d} fill="var(--gs-surface)" stroke={color} strokeWidth={projector ? 2.5 : 1.5} />
        )}
      </g>
    );
  };

interface TooltipContent {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: unknown }[];
}

function PointTooltip({ active, payload }: TooltipContent) {
  const drawn = payload?.[0]?.payload as Drawn | undefined;
  if (active !== true || drawn === undefined) return null;
  return (
    <div className="gs-chart-tooltip">
      <strong>{drawn.series.label}</strong>
      <div>{drawn.point.xText}</div>
      <div>{drawn.point.yText}</div>
      {drawn.point.mark !== undefined && <strong>{drawn.point.mark.text}</strong>}
    </div>
  );
}

function Drawing({ plot, projector, ...box }: Box & { readonly plot: LinesPlot; readonly projector: boolean }) {
  const { width, height, em } = box;
  const geometry = geometryOf(plot, box);
  const { left, right, top, bottom, axisHeight } = geometry;
  const small = SMALL * em;
  const xTicks = ticksAlong(plot.x, placeOn(plot.x, left, right), small);
  const yTicks = ticksUp(plot.y, placeOn(plot.y, bottom, top), small);
  const labelOf = (ticks: typeof xTicks) => (value: number) => ticks.find((tick) => tick.value === value)?.label ?? '';
  const shared = {
    type: 'number' as const,
    interval: 0 as const,
    allowDataOverflow: true,
    stroke: 'var(--gs-text-dim)',
    strokeWidth: projector ? 3 : 1,
    tick: { fontSize: small, fill: 'var(--gs-text-dim)', strokeWidth: 0 },
  };
  return (
    <ScatterChart
      width={width}
      height={height}
      margin={{ left: 0, right: width - right, top, bottom: height - bottom - axisHeight }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--gs-line)" strokeOpacity={projector ? 0.6 : 1} />
      <XAxis
        {...shared}
        dataKey="x"
        scale={plot.x.scale}
        domain={[...plot.x.domain]}
        ticks={xTicks.map(({ value }) => value)}
        tickFormatter={labelOf(xTicks)}
        height={axisHeight}
      />
      <YAxis
        {...shared}
        dataKey="y"
        scale={plot.y.scale}
        domain={[...plot.y.domain]}
        ticks={yTicks.map(({ value }) => value)}
        tickFormatter={labelOf(yTicks)}
        width={left}
      />
      <Background plot={plot} geometry={geometry} em={em} projector={projector} />
      {plot.series.map((series) => (
        <Scatter key={series.key} data={drawnOf(series)} isAnimationActive={false} shape={pointShape(em, projector)}>
          <ErrorBar
            dataKey="error"
            direction="y"
            width={0.25 * em}
            stroke={series.look.color}
            strokeWidth={projector ? 3 : 1.5}
            isAnimationActive={false}
          />
        </Scatter>
      ))}
      <Tooltip content={PointTooltip} cursor={false} isAnimationActive={false} />
    </ScatterChart>
  );
}

export function LinesChart({ plot, projector }: { readonly plot: LinesPlot; readonly projector: boolean }) {
  return (
    <>
      <Legend>
        {plot.series.map(({ key, label, look }) => (
          <LegendItem key={key} mark={<LineSwatch look={look} projector={projector} />}>
            {label}
          </LegendItem>
        ))}
        {plot.guides.map((guide) => (
          <LegendItem key={guide.key} mark={<GuideSwatch look={guideLook(guide, plot)} />}>
            {guide.label}
          </LegendItem>
        ))}
      </Legend>
      <ChartFrame label={[plot.conclusion, ...plot.notices].join(' ')} least={({ em }) => LEAST_HEIGHT * em}>
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
      <MarksKey>
        <LegendItem mark={<IntervalSwatch />}>
          {[plot.key.point, plot.key.interval].filter((words) => words !== undefined).join(', ')}
        </LegendItem>
        {plot.key.hollow !== undefined && <LegendItem mark={<HollowSwatch />}>{plot.key.hollow}</LegendItem>}
      </MarksKey>
    </>
  );
}

function IntervalSwatch() {
  return (
    <Swatch>
      <path d="M10 0V10M7.5 0H12.5M7.5 10H12.5" stroke="var(--gs-text-dim)" strokeWidth={1.2} />
      <circle cx={10} cy={5} r={2.2} fill="var(--gs-text-dim)" />
    </Swatch>
  );
}

function HollowSwatch() {
  return (
    <Swatch>
      <circle cx={10} cy={5} r={3} fill="var(--gs-surface)" stroke="var(--gs-text-dim)" strokeWidth={1.2} />
    </Swatch>
  );
}
