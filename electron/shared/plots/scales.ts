/** Bounds and ticks of the axes that are not of rates. */
import type { FigureTick } from '../figures/figure.ts';
import { evenTicks, type LogScale, logScale } from '../figures/log-axis.ts';
import type { Better, PlotAxis } from './plot.ts';

/** Neighbouring values at least this many times apart are powers of something: even places on a logarithmic axis. */
const GEOMETRIC = 1.4;
const WIDE = 16;
/** Room at both ends, as a share of the range. */
const PADDING = 0.05;

function isGeometric(values: readonly number[]): boolean {
  const least = values[0] ?? 0;
  if (values.length < 3 || least <= 0) return false;
  return values.at(-1)! / least >= WIDE || values.every((value, index) => index === 0 || value / values[index - 1]! >= GEOMETRIC);
}

/** An axis with a tick at every measured place; `always` logarithmic for what spans orders of magnitude by nature. */
export function placesAxis(title: (logarithmic: boolean) => string, ticks: readonly FigureTick[], always = false): PlotAxis {
  const distinct = [...new Map(ticks.map((tick) => [tick.value, tick])).values()].sort((a, b) => a.value - b.value);
  const values = distinct.map(({ value }) => value);
  const [low, high] = [values[0] ?? 1, values.at(-1) ?? 1];
  const logarithmic = (always && low > 0) || isGeometric(values);
  if (logarithmic) {
    const pad = low === high ? 2 : (high / low) ** PADDING;
    return { title: title(true), scale: 'log', domain: [low / pad, high * pad], ticks: distinct, minor: [] };
  }
  const pad = low === high ? 1 : (high - low) * PADDING;
  return { title: title(false), scale: 'linear', domain: [low - pad, high + pad], ticks: distinct, minor: [] };
}

/** Whole decades around values: while points appear, such bounds seldom move. */
export function decadesOver(values: readonly number[]): LogScale {
  if (values.length === 0) return logScale(values);
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(10 * low, 10 ** Math.ceil(Math.log10(Math.max(...values))));
  // The ends are whole mantissas already: the scale widens what it is given by less than one, and its ticks with it.
  const { ticks, minor } = logScale([low, high]);
  const within = (value: number) => value >= low && value <= high;
  return { domain: [low, high], ticks: ticks.filter(within), minor: minor.filter(within) };
}

/** Speed-ups this far below 1 leave no place on the axis that counts threads. */
const FAR_BELOW = 0.5;

/** Of speed-ups, with a tick at each number of threads. */
export function speedupAxis(
  title: string,
  values: readonly number[],
  threads: readonly number[],
  label: (value: number) => string,
  better: Better,
): PlotAxis {
  const { domain, ticks, minor } = logScale(values);
  const usual = domain[0] < FAR_BELOW;
  const places = usual ? ticks : threads.filter((count) => count >= domain[0] && count <= domain[1]);
  return { title, scale: 'log', domain, ticks: places.map((value) => ({ value, label: label(value) })), minor: usual ? minor : [], better };
}

/** From zero to a little over the highest value, on a round tick. */
export function zeroAxis(
  title: string,
  values: readonly number[],
  label: (value: number) => string,
  better: Better | undefined,
  mostTicks = 8,
): PlotAxis {
  const highest = Math.max(0, ...values.filter(Number.isFinite));
  const top = highest === 0 ? 1 : highest * 1.04;
  const ticks = evenTicks(0, top, mostTicks);
  const domain = [0, top] as const;
  return {
    title,
    scale: 'linear',
    domain,
    ticks: ticks.map((value) => ({ value, label: label(value) })),
    minor: [],
    ...(better !== undefined && { better }),
  };
}
