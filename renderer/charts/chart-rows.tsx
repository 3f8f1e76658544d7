/**
 * What stands in the rows of a chart besides the medians: bands, swatches, labels, dots, ratios. Drawn inside recharts'
 * surface with its scale; one element for each dot, where recharts' own points take three.
 */
import { memo } from 'react';
import { useXAxisScale } from 'recharts';
import { dotOpacity, dotRadius } from '../../electron/shared/figures/dots.ts';
import { type Figure, type FigureRow, isSuspect } from '../../electron/shared/figures/figure.ts';
import { markerPath, slowedCross } from '../../electron/shared/figures/markers.ts';
import { fitText, textWidth } from '../../electron/shared/figures/text-width.ts';
import { type ChartGeometry, labelParts, SMALL } from './chart-geometry.ts';

/** Places in a row, as shares of its height from its top. */
const DOTS_TOP = 0.14;
const DOTS_BOTTOM = 0.56;
export const INTERVAL_AT = 0.76;

interface RowProps {
  readonly row: FigureRow;
  readonly top: number;
  readonly geometry: ChartGeometry;
  readonly em: number;
  readonly projector: boolean;
}

function Swatch({ row, top, geometry, em, projector }: RowProps) {
  const { color, dash, marker } = row.look;
  const y = top + geometry.rowHeight / 2;
  const middle = (geometry.swatchLeft + geometry.swatchRight) / 2;
  const d = markerPath(marker, 0.36 * em);
  return (
    <g>
      <line
        x1={geometry.swatchLeft}
        x2={geometry.swatchRight}
        y1={y}
        y2={y}
        stroke={color}
        strokeWidth={projector ? 3 : 2}
        strokeDasharray={dash}
      />
      <g transform={`translate(${middle} ${y})`}>
        <path d={d} fill="var(--gs-surface)" stroke="var(--gs-surface)" strokeWidth={4} />
        {row.ranked ? <path d={d} fill={color} /> : <path d={d} fill="var(--gs-surface)" stroke={color} strokeWidth={1.5} />}
      </g>
    </g>
  );
}

function Label({ row, top, geometry, em }: RowProps) {
  const small = SMALL * em;
  const [first, rest] = geometry.breaksLabels ? labelParts(row) : [row.label, ''];
  const details = [rest, ...row.details].filter((text) => text !== '').join(' · ');
  const below = rest !== '' && textWidth(details, small) > geometry.labelWidth ? rest : details;
  const middle = top + geometry.rowHeight / 2;
  return (
    <g>
      <title>{[row.label, row.title, row.details.join(' · ')].filter((text) => text !== '').join('\n')}</title>
      <text
        className="gs-fitted"
        x={geometry.labelLeft}
        y={middle + (details === '' ? 0.35 : -0.05) * em}
        fontSize={em}
        fontWeight={600}
        fill="var(--gs-text)"
      >
        {fitText(first, geometry.labelWidth, em, 600)}
      </text>
      {details !== '' && (
        <text className="gs-fitted" x={geometry.labelLeft} y={middle + 0.95 * em} fontSize={small} fill="var(--gs-text-dim)">
          {fitText(below, geometry.labelWidth, small)}
        </text>
      )}
    </g>
  );
}

function Numbers({ row, top, geometry, em }: RowProps) {
  const middle = top + geometry.rowHeight / 2;
  const range = geometry.showRange ? row.ratioRangeText : '';
  const marked = row.mark !== undefined && row.ratioText !== '';
  const first = middle + (range !== '' || marked ? -0.05 : 0.35) * em;
  const suspect = row.mark !== undefined && isSuspect(row.mark.kind);
  const markColor = suspect ? 'var(--gs-error, #b3211b)' : 'var(--gs-text-dim)';
  return (
    <g textAnchor="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {geometry.rateRight !== null && (
        <text x={geometry.rateRight} y={first} fontSize={em} fill={row.ranked ? 'var(--gs-text)' : 'var(--gs-text-dim)'}>
          {row.rateText}
        </text>
      )}
      <text x={geometry.ratioRight} y={first} fontSize={em} fontWeight={600} fill="var(--gs-text)">
        {row.ratioText}
      </text>
      {range !== '' && (
        <text x={geometry.ratioRight} y={middle + 0.95 * em} fontSize={SMALL * em} fill="var(--gs-text-dim)">
          {range}
        </text>
      )}
      {row.mark !== undefined && (range === '' || geometry.rateRight !== null) && (
        <text
          x={range === '' ? geometry.ratioRight : (geometry.rateRight ?? geometry.ratioRight)}
          y={marked ? middle + 0.95 * em : first}
          fontSize={SMALL * em}
          fontWeight={600}
          fill={markColor}
        >
          {row.mark.text}
        </text>
      )}
    </g>
  );
}

/** Hollow and crossed, in the ink of the text, as on the strips of the machine. */
export function SlowedDot({ d, radius, transform }: { readonly d: string; readonly radius: number; readonly transform: string }) {
  return (
    <path
      d={`${d}${slowedCross(radius)}`}
      transform={transform}
      fill="var(--gs-surface)"
      fillOpacity={1}
      stroke="var(--gs-text)"
      strokeWidth={0.35 * radius}
    />
  );
}

const Dots = memo(function Dots({
  row,
  top,
  rowHeight,
  em,
  place,
}: {
  row: FigureRow;
  top: number;
  rowHeight: number;
  em: number;
  place: (value: number) => number;
}) {
  const radius = dotRadius(row.dots.length, 0.2 * em);
  const d = markerPath(row.look.marker, radius);
  const paint = row.ranked
    ? { fill: row.look.color, fillOpacity: dotOpacity(row.dots.length) }
    : { fill: 'none', stroke: row.look.color, strokeWidth: 1 };
  const middle = top + (rowHeight * (DOTS_TOP + DOTS_BOTTOM)) / 2;
  const half = (rowHeight * (DOTS_BOTTOM - DOTS_TOP)) / 2;
  return (
    <g {...paint}>
      {row.dots.map(({ value, offset, slowed }) => {
        const at = `translate(${place(value)} ${middle + half * offset})`;
        const key = `${value} ${offset}`;
        return slowed ? <SlowedDot key={key} d={d} radius={radius} transform={at} /> : <path key={key} d={d} transform={at} />;
      })}
    </g>
  );
});

export function ChartRows({
  figure,
  geometry,
  em,
  projector,
}: {
  figure: Figure;
  geometry: ChartGeometry;
  em: number;
  projector: boolean;
}) {
  const scale = useXAxisScale();
  if (scale === undefined) return null;
  const place = (value: number) => scale(value) ?? 0;
  return figure.rows.map((row, index) => {
    const top = geometry.top + index * geometry.rowHeight;
    const shared = { row, top, geometry, em, projector };
    const leaderAt = top + INTERVAL_AT * geometry.rowHeight;
    return (
      <g key={row.key} data-row={row.key}>
        {index > 0 && <line x1={geometry.left} x2={geometry.right} y1={top} y2={top} stroke="var(--gs-line)" strokeOpacity={0.5} />}
        {row.mark !== undefined && isSuspect(row.mark.kind) && (
          <rect
            x={geometry.left}
            y={top}
            width={geometry.right - geometry.left}
            height={geometry.rowHeight}
            fill="var(--gs-error, #b3211b)"
            fillOpacity={0.08}
          />
        )}
        {row.interval !== undefined && (
          <line
            x1={geometry.left}
            x2={place(row.interval.low)}
            y1={leaderAt}
            y2={leaderAt}
            stroke={row.look.color}
            strokeWidth={projector ? 3 : 1}
            strokeDasharray={row.look.dash}
          />
        )}
        <Swatch {...shared} />
        <Label {...shared} />
        <Numbers {...shared} />
        <Dots row={row} top={top} rowHeight={geometry.rowHeight} em={em} place={place} />
      </g>
    );
  });
}
