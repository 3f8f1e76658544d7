/**
 * The machine under the timings: strips of different units over the turns of a run. A turn in which the processor was
 * slowed is hollow and crossed, in the ink of the text, so that no colour is needed to find it.
 */
import { fitText } from '../../electron/shared/figures/text-width.ts';
import type { StripsPlot } from '../../electron/shared/plots/plot.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, useTip } from './hover-tip.tsx';
import { AxisBelow } from './plot-axis.tsx';
import { Legend, LegendItem, Swatch } from './plot-legend.tsx';
import { placeOn, ticksUp, widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** In em: the title of a strip, its drawing, and what is under the last. */
const HEAD = 1.9;
const STRIP = 3.6;
const GAP = 0.7;
const FOOT = 3.2;
const RADIUS = 0.22;
/** With more the points of a strip touch, and the line alone tells. */
const MOST_POINTS = 200;

function Turn({ x, y, em, slowed }: { readonly x: number; readonly y: number; readonly em: number; readonly slowed: boolean }) {
  const radius = RADIUS * em;
  if (!slowed) return <circle cx={x} cy={y} r={radius} fill="var(--gs-text)" />;
  const half = 2 * radius;
  return (
    <g stroke="var(--gs-text)" strokeWidth={0.11 * em}>
      <circle cx={x} cy={y} r={1.3 * radius} fill="var(--gs-surface)" />
      <path d={`M${x - half} ${y - half}l${2 * half} ${2 * half}M${x - half} ${y + half}l${2 * half} ${-2 * half}`} />
    </g>
  );
}

const heightOf = ({ strips }: StripsPlot): number => strips.length * (HEAD + STRIP + GAP) + FOOT;

function Drawing({ plot, width, height, em, projector }: Box & { readonly plot: StripsPlot; readonly projector: boolean }) {
  const { tip, over } = useTip();
  const small = SMALL * em;
  const labels = plot.strips.flatMap(({ y }) => y.ticks.map(({ label }) => label));
  const left = widestLabel(labels, small) + 0.8 * em;
  const right = width - 1.5 * em;
  const bottom = (heightOf(plot) - FOOT) * em;
  const x = placeOn(plot.x, left, right);
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <AxisBelow axis={{ ...plot.x }} place={x} left={left} right={right} top={bottom} bottom={bottom} em={em} />
        {plot.strips.map(({ key, y, points }, index) => {
          const head = index * (HEAD + STRIP + GAP) * em;
          const [top, foot] = [head + HEAD * em, head + (HEAD + STRIP) * em];
          const up = placeOn(y, foot, top);
          const path = points.map((point) => `${x(point.x)} ${up(point.y)}`).join('L');
          return (
            <g key={key} data-strip={key}>
              <text x={0} y={head + em} fontSize={small} fontWeight={600} fill="var(--gs-text)">
                {fitText(y.title, width, small, 600)}
              </text>
              {ticksUp(y, up, small).map(({ value, label }) => (
                <g key={value}>
                  <line x1={left} x2={right} y1={up(value)} y2={up(value)} stroke="var(--gs-line)" />
                  <text x={left - 0.4 * em} y={up(value) + 0.3 * em} fontSize={small} textAnchor="end" fill="var(--gs-text-dim)">
                    {label}
                  </text>
                </g>
              ))}
              {points.length > 1 && <path d={`M${path}`} fill="none" stroke="var(--gs-text-dim)" strokeWidth={projector ? 2.5 : 1.2} />}
              {points.map((point) => (
                <g key={point.x} {...over([point.xText, point.yText, point.slowed ? plot.key.slowed : ''])}>
                  {/* A place to point at that is larger than the mark. */}
                  <circle cx={x(point.x)} cy={up(point.y)} r={0.6 * em} fill="transparent" />
                  {(point.slowed || points.length <= MOST_POINTS) && <Turn x={x(point.x)} y={up(point.y)} em={em} slowed={point.slowed} />}
                </g>
              ))}
            </g>
          );
        })}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

export function StripsChart({ plot, projector }: { readonly plot: StripsPlot; readonly projector: boolean }) {
  const anySlowed = plot.strips.some(({ points }) => points.some(({ slowed }) => slowed));
  const height = heightOf(plot);
  return (
    <>
      <Legend>
        {([false, true] as const)
          .filter((slowed) => !slowed || anySlowed)
          .map((slowed) => (
            <LegendItem
              key={String(slowed)}
              mark={
                <Swatch>
                  <Turn x={10} y={5} em={11} slowed={slowed} />
                </Swatch>
              }
            >
              {slowed ? plot.key.slowed : plot.key.point}
            </LegendItem>
          ))}
      </Legend>
      <ChartFrame label={[plot.conclusion, ...plot.notices].join(' ')} least={({ em }) => height * em} most={({ em }) => height * em}>
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
    </>
  );
}
