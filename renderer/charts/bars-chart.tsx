/** A bar from zero for each variant, its interval across the end, its value at the right. */
import { isSuspect } from '../../electron/shared/figures/figure.ts';
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import type { BarsPlot } from '../../electron/shared/plots/plot.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, useTip } from './hover-tip.tsx';
import { AxisBelow } from './plot-axis.tsx';
import { LegendItem, LineSwatch, MarksKey, Swatch } from './plot-legend.tsx';
import { placeOn } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** In em. */
const HEAD = 1.6;
const LEAST_ROW = 2.6;
const MOST_ROW = 4;
const FOOT = 3.2;
const BAR = 1.3;
const LABELS = 0.34;

function Drawing({ plot, projector, width, height, em }: Box & { readonly plot: BarsPlot; readonly projector: boolean }) {
  const { tip, over } = useTip();
  const small = SMALL * em;
  const { bars } = plot;
  const values = Math.max(...bars.map(({ valueText }) => textWidth(valueText, small)), textWidth(plot.key.value, small, 600));
  const labels = Math.min(
    LABELS * width,
    Math.max(...bars.map(({ label, mark }) => textWidth(mark === undefined ? label : `${label} · ${mark.text}`, em, 600))),
  );
  const [left, right] = [2.5 * em + labels + em, width - values - em];
  const rowHeight = Math.min(MOST_ROW * em, Math.max(LEAST_ROW * em, (height - (HEAD + FOOT) * em) / Math.max(1, bars.length)));
  const top = HEAD * em;
  const bottom = top + rowHeight * bars.length;
  const x = placeOn(plot.x, left, right);
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <text x={width} y={em} fontSize={small} fontWeight={600} textAnchor="end" fill="var(--gs-text-dim)">
          {plot.key.value}
        </text>
        <AxisBelow axis={plot.x} place={x} left={0} right={right} top={top} bottom={bottom} em={em} />
        {bars.map((bar, index) => {
          const middle = top + (index + 0.5) * rowHeight;
          const [low, high] = [x(bar.value.low), x(bar.value.high)];
          const cap = 0.3 * em;
          const words = bar.mark === undefined ? bar.label : `${bar.label} · ${bar.mark.text}`;
          return (
            <g key={bar.key} {...over([words, `${bar.valueText} ${plot.key.value}`])}>
              <svg x={0} y={middle - 0.5 * em} width={2 * em} height={em} viewBox="0 0 20 10">
                <title>{words}</title>
                <LineSwatch look={bar.look} projector={projector} />
              </svg>
              <text
                className="gs-fitted"
                x={2.5 * em}
                y={middle + 0.35 * em}
                fontSize={em}
                fontWeight={600}
                fill={bar.mark !== undefined && isSuspect(bar.mark.kind) ? 'var(--gs-error)' : 'var(--gs-text)'}
              >
                {fitText(words, labels, em, 600)}
              </text>
              <rect
                x={x(0)}
                width={Math.max(1, x(bar.value.median) - x(0))}
                y={middle - (BAR / 2) * em}
                height={BAR * em}
                fill={bar.trusted ? bar.look.color : 'var(--gs-surface)'}
                stroke={bar.look.color}
                strokeWidth={bar.trusted ? 0 : 1.5}
              />
              <path
                d={`M${low} ${middle}H${high}M${low} ${middle - cap}v${2 * cap}M${high} ${middle - cap}v${2 * cap}`}
                stroke="var(--gs-text)"
                strokeWidth={projector ? 2.4 : 1.6}
              />
              <text x={width} y={middle + 0.35 * em} fontSize={small} textAnchor="end" fill="var(--gs-text)">
                {bar.valueText}
              </text>
            </g>
          );
        })}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

export function BarsChart({ plot, projector }: { readonly plot: BarsPlot; readonly projector: boolean }) {
  const { key, bars } = plot;
  return (
    <>
      <ChartFrame
        label={[plot.conclusion, ...plot.notices].join(' ')}
        least={({ em }) => (HEAD + FOOT + LEAST_ROW * bars.length) * em}
        most={({ em }) => (HEAD + FOOT + MOST_ROW * bars.length) * em}
      >
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
      <MarksKey>
        <LegendItem
          mark={
            <Swatch>
              <rect x={2} y={1.5} width={16} height={7} fill="var(--gs-text-dim)" />
            </Swatch>
          }
        >
          {key.bar}
        </LegendItem>
        <LegendItem
          mark={
            <Swatch>
              <path d="M2 5H18M2 2V8M18 2V8" stroke="var(--gs-text)" strokeWidth={1.4} />
            </Swatch>
          }
        >
          {key.interval}
        </LegendItem>
        {key.hollow !== undefined && (
          <LegendItem
            mark={
              <Swatch>
                <rect x={2} y={1.5} width={16} height={7} fill="none" stroke="var(--gs-text-dim)" strokeWidth={1.2} />
              </Swatch>
            }
          >
            {key.hollow}
          </LegendItem>
        )}
      </MarksKey>
    </>
  );
}
