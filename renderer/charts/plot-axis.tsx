/** The horizontal axis of the charts that are drawn by hand: lines up through the drawing, ticks, labels, title. */
import type { PlotAxis } from '../../electron/shared/plots/plot.ts';
import { BetterEnd, betterEndWidth } from './better-end.tsx';
import { SMALL } from './chart-geometry.ts';
import { type Place, ticksAlong, titleWithin } from './plot-place.ts';

export interface AxisBelowProps {
  readonly axis: PlotAxis;
  readonly place: Place;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly em: number;
}

export function AxisBelow({ axis, place, left, right, top, bottom, em }: AxisBelowProps) {
  const small = SMALL * em;
  const betterWidth = axis.better === undefined ? 0 : betterEndWidth(axis, em) + em;
  return (
    <g fontSize={small} fill="var(--gs-text-dim)">
      {axis.ticks.map(({ value }) => (
        <line key={value} x1={place(value)} x2={place(value)} y1={top} y2={bottom + 0.3 * em} stroke="var(--gs-line)" />
      ))}
      {axis.minor.map((value) => (
        <line key={value} x1={place(value)} x2={place(value)} y1={bottom} y2={bottom + 0.2 * em} stroke="var(--gs-line)" />
      ))}
      {ticksAlong(axis, place, small).map(({ value, label }) => (
        <text key={value} x={place(value)} y={bottom + 1.3 * em} textAnchor="middle">
          {label}
        </text>
      ))}
      <text x={right - betterWidth} y={bottom + 2.7 * em} textAnchor="end">
        {titleWithin(axis.title, right - left - betterWidth, small)}
      </text>
      {axis.better !== undefined && <BetterEnd better={axis.better} along="horizontal" right={right} y={bottom + 2.7 * em} em={em} />}
    </g>
  );
}
