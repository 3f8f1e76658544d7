/** Which end of an axis is the better one: words that end at `right`, and behind them an arrow to that end. */
import type { Better, PlotAxis } from '../../electron/shared/plots/plot.ts';
import { SMALL } from './chart-geometry.ts';
import { widestLabel } from './plot-place.ts';

/** Of the arrow, with the space before it, in em. */
const ARROW = 1.1;
const TURNS = { vertical: { high: -90, low: 90 }, horizontal: { high: 0, low: 180 } } as const;

export const betterEndWidth = ({ better }: Pick<PlotAxis, 'better'>, em: number): number =>
  better === undefined ? 0 : widestLabel([better.text], SMALL * em, 600) + ARROW * em;

interface BetterEndProps {
  readonly better: Better;
  readonly along: keyof typeof TURNS;
  readonly right: number;
  /** Base line of the words. */
  readonly y: number;
  readonly em: number;
}

export function BetterEnd({ better, along, right, y, em }: BetterEndProps) {
  const turn = TURNS[along][better.end];
  return (
    <>
      <text x={right - ARROW * em} y={y} fontSize={SMALL * em} fontWeight={600} textAnchor="end">
        {better.text}
      </text>
      <path
        transform={`translate(${right - 0.4 * em} ${y - 0.3 * em}) rotate(${turn}) scale(${em})`}
        d="M-0.4 -0.05H0.05V-0.25L0.4 0L0.05 0.25V0.05H-0.4Z"
      />
    </>
  );
}
