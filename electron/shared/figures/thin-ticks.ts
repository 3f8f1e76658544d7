/** Which ticks of an axis get a label, so that labels never touch, whatever the width and the size of the text. */
import type { FigureTick } from './figure.ts';
import { textWidth } from './text-width.ts';

/** Between two labels, as a share of the size of the text. */
const GAP = 0.4;

/**
 * All ticks; where their labels would touch, the decades alone; where there are no two, every second, third, … tick.
 * `place` gives the position of a value, in the unit of `size`.
 */
export function thinTicks(ticks: readonly FigureTick[], place: (value: number) => number, size: number): readonly FigureTick[] {
  const half = ({ label }: FigureTick) => textWidth(label, size) / 2;
  const clear = (chosen: readonly FigureTick[]) =>
    chosen.every((tick, index) => {
      const next = chosen[index + 1];
      return next === undefined || place(next.value) - half(next) - (place(tick.value) + half(tick)) >= GAP * size;
    });
  if (clear(ticks)) return ticks;
  const decades = ticks.filter(({ value }) => Number.isInteger(Math.log10(value)));
  if (decades.length > 1 && clear(decades)) return decades;
  for (let every = 2; every < ticks.length; every++) {
    const chosen = ticks.filter((_, index) => index % every === 0);
    if (clear(chosen)) return chosen;
  }
  return ticks.slice(0, 1);
}

/** From the page's edge to a label. */
const EDGE = 2;

/** Where the labels stand of ticks at `place`: at the edge of a page they lean inwards. */
export function insidePage(
  ticks: readonly FigureTick[],
  place: (value: number) => number,
  size: number,
  pageWidth: number,
): (value: number) => number {
  const halves = new Map(ticks.map(({ value, label }) => [value, textWidth(label, size) / 2]));
  return (value) => {
    const room = EDGE + (halves.get(value) ?? 0);
    return Math.min(pageWidth - room, Math.max(room, place(value)));
  };
}
