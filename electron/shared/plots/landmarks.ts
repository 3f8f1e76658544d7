/** Where the labels of landmarks stand above a plot: over their verticals, in as many rows as keep them apart. */
import { textWidth } from '../figures/text-width.ts';
import type { PlotLandmark } from './plot.ts';

export interface PlacedLandmark extends PlotLandmark {
  /** Of the vertical. */
  readonly at: number;
  /** Of the label's middle. */
  readonly middle: number;
  /** 0 is the one nearest to the plot. */
  readonly row: number;
}

/** Between two labels of a row, as a share of the size of their text. */
const GAP = 0.8;

export function placeLandmarks(
  landmarks: readonly PlotLandmark[],
  place: (value: number) => number,
  { left, right, size }: { readonly left: number; readonly right: number; readonly size: number },
): PlacedLandmark[] {
  /** Right ends of the labels, by row. */
  const ends: number[] = [];
  return landmarks.map((landmark) => {
    const at = place(landmark.x);
    const half = textWidth(landmark.label, size) / 2;
    const middle = Math.max(left + half, Math.min(right - half, at));
    const free = ends.findIndex((end) => end + GAP * size <= middle - half);
    const row = free < 0 ? ends.length : free;
    ends[row] = middle + half;
    return { ...landmark, at, middle, row };
  });
}

export const rowsOf = (placed: readonly PlacedLandmark[]): number => Math.max(0, ...placed.map(({ row }) => row + 1));
