/**
 * Rates over two parameters: a cell for each pair, its rate written in it, in the shades of the exported figure whatever
 * the theme. The best cell is outlined; cells that are not trusted have no shade but a hatch.
 */
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import type { HeatMapCell, HeatMapPlot } from '../../electron/shared/plots/plot.ts';
import { inkOn, shadeColor } from '../../electron/shared/plots/shades.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, useTip } from './hover-tip.tsx';
import { Legend, LegendItem, LineSwatch, Swatch } from './plot-legend.tsx';
import { widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** Heights of a row of cells, in em: the least that holds its number, and the most that still is a cell. */
const LEAST_ROW = 1.9;
const MOST_ROW = 4.5;
/** Above and below the cells, in em. */
const TOP = 1.7;
const FOOT = 3.3;

const SHADES = Array.from({ length: 9 }, (_, index) => shadeColor(index / 8)).join(', ');

/** A hatch warns of a result; a cell that only waits or still runs is plain. */
function fillOf({ shade, hatched }: HeatMapCell): string {
  if (shade !== undefined) return shadeColor(shade);
  return hatched ? 'url(#gs-untrusted)' : 'var(--gs-surface)';
}

interface DrawingProps extends Box {
  readonly plot: HeatMapPlot;
  readonly projector: boolean;
}

function Drawing({ plot, projector, width, height, em }: DrawingProps) {
  const { tip, over } = useTip();
  const small = SMALL * em;
  const { x, y } = plot;
  const left =
    widestLabel(
      y.values.map(({ label }) => label),
      small,
    ) +
    0.6 * em;
  const top = TOP * em;
  const cellWidth = (width - left - 1) / x.values.length;
  const cellHeight = Math.min(MOST_ROW * em, (height - (TOP + FOOT) * em) / y.values.length);
  const bottom = top + cellHeight * y.values.length;
  const placeOf = (cell: HeatMapCell) => ({ x: left + cell.x * cellWidth, y: bottom - (cell.y + 1) * cellHeight });
  // One size for all numbers, so that they compare: smaller where the widest would not fit its cell.
  const widest = Math.max(1, ...plot.cells.map(({ text }) => textWidth(text, 1, 600)));
  const size = Math.min(em, Math.max(0.6 * em, (cellWidth - 4) / widest));
  const drawn = plot.cells.toSorted((a, b) => Number(a.best) - Number(b.best));
  const everyColumn = Math.ceil(
    (widestLabel(
      x.values.map(({ label }) => label),
      small,
    ) +
      4) /
      cellWidth,
  );
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <defs>
          <pattern id="gs-untrusted" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width={6} height={6} fill="var(--gs-surface)" />
            <line x1={0} x2={0} y1={0} y2={6} stroke="var(--gs-line-strong)" strokeWidth={1.5} />
          </pattern>
        </defs>
        <g fontSize={small} fill="var(--gs-text-dim)">
          <text x={0} y={0.9 * em}>
            {fitText(y.title, width, small)}
          </text>
          <text x={width - 1} y={bottom + 2.7 * em} textAnchor="end">
            {fitText(x.title, width, small)}
          </text>
          {y.values.map(({ value, label }, index) => (
            <text key={value} x={left - 0.5 * em} y={bottom - (index + 0.5) * cellHeight + 0.35 * small} textAnchor="end">
              {label}
            </text>
          ))}
          {x.values.map(({ value, label }, index) => (
            <text key={value} x={left + (index + 0.5) * cellWidth} y={bottom + 1.25 * em} textAnchor="middle">
              {index % everyColumn === 0 ? label : ''}
            </text>
          ))}
        </g>
        <rect x={left} y={top} width={cellWidth * x.values.length} height={bottom - top} fill="none" stroke="var(--gs-line)" />
        {drawn.map((cell) => {
          const at = placeOf(cell);
          const lines = [
            `${x.title} ${x.values[cell.x]?.label ?? ''}`,
            `${y.title} ${y.values[cell.y]?.label ?? ''}`,
            cell.rateText,
            cell.mark?.text ?? '',
          ];
          const ink = cell.shade === undefined ? 'var(--gs-text)' : inkOn(cell.shade);
          return (
            <g key={`${cell.x} ${cell.y}`} {...over(lines)}>
              <rect
                x={at.x + 0.5}
                y={at.y + 0.5}
                width={Math.max(0, cellWidth - 1)}
                height={Math.max(0, cellHeight - 1)}
                fill={fillOf(cell)}
                stroke="var(--gs-line)"
              />
              {cell.best && (
                <rect
                  x={at.x + 2}
                  y={at.y + 2}
                  width={Math.max(0, cellWidth - 4)}
                  height={Math.max(0, cellHeight - 4)}
                  fill="none"
                  stroke={ink}
                  strokeWidth={projector ? 4 : 2.5}
                />
              )}
              {cell.near && !cell.best && <circle cx={at.x + cellWidth - 6} cy={at.y + 6} r={0.2 * em} fill={ink} />}
              <text
                x={at.x + cellWidth / 2}
                y={at.y + cellHeight / 2 + 0.35 * size}
                textAnchor="middle"
                fontSize={size}
                fontWeight={cell.best ? 600 : 400}
                fill={ink}
                {...(cell.shade !== undefined ? {} : { stroke: 'var(--gs-surface)', strokeWidth: 3, paintOrder: 'stroke' })}
              >
                {cell.text}
              </text>
            </g>
          );
        })}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

export function HeatMapChart({ plot, projector }: { readonly plot: HeatMapPlot; readonly projector: boolean }) {
  const { key } = plot;
  const shaded = plot.cells.filter(({ shade }) => shade !== undefined).toSorted((a, b) => (a.shade ?? 0) - (b.shade ?? 0));
  const [slowest, fastest] = [shaded[0], shaded.at(-1)];
  const rows = plot.y.values.length;
  return (
    <>
      {/* All of it from the start: a line more, once cells are shaded, would push the map down. */}
      <Legend>
        <LegendItem mark={null}>
          <strong>{plot.label}</strong>
        </LegendItem>
        <LegendItem
          mark={
            <>
              <span className="gs-shade-end">{slowest?.text}</span>
              <span className="gs-shades" style={{ background: `linear-gradient(to right, ${SHADES})` }} />
              <span className="gs-shade-end">{fastest?.text}</span>
            </>
          }
        >
          {key.shade}
        </LegendItem>
        <LegendItem
          mark={
            <Swatch>
              <rect x={4} y={1} width={12} height={8} fill="none" stroke="var(--gs-text)" strokeWidth={1.6} />
            </Swatch>
          }
        >
          {key.best}
        </LegendItem>
        <LegendItem
          mark={
            <Swatch>
              <circle cx={10} cy={5} r={2} fill="var(--gs-text)" />
            </Swatch>
          }
        >
          {key.near}
        </LegendItem>
        {plot.cells.some(({ hatched }) => hatched) && (
          <LegendItem
            mark={
              <Swatch>
                <rect x={2} y={0} width={16} height={10} fill="url(#gs-untrusted)" stroke="var(--gs-line-strong)" strokeWidth={0.6} />
              </Swatch>
            }
          >
            {key.hatched}
          </LegendItem>
        )}
        {plot.others.map(({ key: other, label, look, rateText }) => (
          <LegendItem key={other} mark={<LineSwatch look={look} projector={projector} />}>
            {label} · {rateText}
          </LegendItem>
        ))}
      </Legend>
      <ChartFrame
        label={[plot.conclusion, ...plot.notices].join(' ')}
        least={({ em }) => (TOP + FOOT + LEAST_ROW * rows) * em}
        most={({ em }) => (TOP + FOOT + MOST_ROW * rows) * em}
      >
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
    </>
  );
}
