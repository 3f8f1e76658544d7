/**
 * What ran when: for each variant its lanes, over one axis of seconds. Steps have the kernel's colour; what moves data
 * has a pattern of its own, so that no colour is needed to tell it apart.
 */

import { fitText } from '../../electron/shared/figures/text-width.ts';
import type { SpanKind, TimelinePlot } from '../../electron/shared/plots/plot.ts';
import { SPAN_KINDS } from '../../electron/shared/run.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, useTip } from './hover-tip.tsx';
import { AxisBelow } from './plot-axis.tsx';
import { Legend, LegendItem, Swatch } from './plot-legend.tsx';
import { placeOn, widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** In em: the name of a group, and one of its lanes. */
const HEAD = 1.6;
const LANE = 1.5;
const GAP = 0.5;
const FOOT = 3.2;

/** Strokes across a tile of 6 × 6. */
const STROKES: Readonly<Record<Exclude<SpanKind, 'steps'>, string>> = {
  compile: 'M0 3H6M3 0V6',
  read: 'M0 3H6',
  write: 'M0 0L6 6',
  upload: 'M3 0V6',
  download: 'M0 6L6 0',
};

const patternId = (kind: SpanKind): string => `gs-span-${kind}`;

function Patterns() {
  return (
    <defs>
      {Object.entries(STROKES).map(([kind, d]) => (
        <pattern key={kind} id={patternId(kind as SpanKind)} width={6} height={6} patternUnits="userSpaceOnUse">
          <rect width={6} height={6} fill="var(--gs-surface)" />
          <path d={d} stroke="var(--gs-text)" strokeWidth={1.4} fill="none" />
        </pattern>
      ))}
    </defs>
  );
}

const heightOf = (plot: TimelinePlot): number => plot.groups.reduce((sum, { lanes }) => sum + HEAD + LANE * lanes.length + GAP, 0) + FOOT;

function Drawing({ plot, width, height, em }: Box & { readonly plot: TimelinePlot }) {
  const { tip, over } = useTip();
  const small = SMALL * em;
  const labels = plot.groups.flatMap(({ lanes }) => lanes.map(({ label }) => label));
  const left = Math.min(0.3 * width, widestLabel(labels, small) + 0.6 * em);
  const right = width - 1.5 * em;
  const bottom = (heightOf(plot) - FOOT) * em;
  const x = placeOn(plot.x, left, right);
  let top = 0;
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <Patterns />
        <AxisBelow axis={plot.x} place={x} left={left} right={right} top={0} bottom={bottom} em={em} />
        {plot.groups.map((group) => {
          const head = top;
          top += (HEAD + LANE * group.lanes.length + GAP) * em;
          return (
            <g key={group.key}>
              <text x={0} y={head + 1.1 * em} fontSize={em} fontWeight={600} fill="var(--gs-text)">
                {fitText(group.label, width, em, 600)}
              </text>
              {group.lanes.map((lane, index) => {
                const laneTop = head + (HEAD + LANE * index) * em;
                return (
                  <g key={lane.label}>
                    <text x={0} y={laneTop + 0.95 * em} fontSize={small} fill="var(--gs-text-dim)">
                      {fitText(lane.label, left - 0.5 * em, small)}
                    </text>
                    {lane.spans.map(({ what, from, to, text }) => (
                      <rect
                        key={`${what} ${from}`}
                        x={x(from)}
                        y={laneTop + 0.15 * em}
                        width={Math.max(1, x(to) - x(from))}
                        height={(LANE - 0.3) * em}
                        fill={what === 'steps' ? group.look.color : `url(#${patternId(what)})`}
                        stroke={what === 'steps' ? 'var(--gs-surface)' : 'var(--gs-text)'}
                        strokeWidth={0.5}
                        {...over([text, lane.label, group.label])}
                      />
                    ))}
                  </g>
                );
              })}
            </g>
          );
        })}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

export function TimelineChart({ plot }: { readonly plot: TimelinePlot }) {
  const shown = SPAN_KINDS.filter((kind) =>
    plot.groups.some(({ lanes }) => lanes.some(({ spans }) => spans.some(({ what }) => what === kind))),
  );
  const height = heightOf(plot);
  return (
    <>
      <Legend>
        {shown.map((kind) => (
          <LegendItem
            key={kind}
            mark={
              <Swatch>
                <rect
                  x={1}
                  y={1}
                  width={18}
                  height={8}
                  fill={kind === 'steps' ? (plot.groups[0]?.look.color ?? 'none') : `url(#${patternId(kind)})`}
                  stroke="var(--gs-text-dim)"
                  strokeWidth={0.6}
                />
              </Swatch>
            }
          >
            {plot.key.spans[kind]}
          </LegendItem>
        ))}
      </Legend>
      <ChartFrame label={[plot.conclusion, ...plot.notices].join(' ')} least={({ em }) => height * em} most={({ em }) => height * em}>
        {(box) => <Drawing plot={plot} {...box} />}
      </ChartFrame>
    </>
  );
}
