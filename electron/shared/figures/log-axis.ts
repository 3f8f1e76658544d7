/**
 * Bounds and ticks of a logarithmic axis. Wide ranges get the 1-2-5 ticks that people expect; a range of less than
 * an octave would hold one or two of those, so it gets evenly spaced ticks instead, still at logarithmic places.
 */

export interface LogScale {
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
  readonly minor: readonly number[];
}

/** Below this ratio of the ends, ticks are evenly spaced. */
const NARROW = 2.2;
/** Room left and right of the data, as a share of the range in decades. */
const PADDING = 0.04;
/** A range narrower than this many decades is widened: a spread of a millionth is no picture. */
const LEAST_DECADES = Math.log10(1.04);

const SERIES = [[1, 2, 5], [1, 3], [1]] as const;

/** The number that a reader writes: free of the last bits of a product. */
const clean = (value: number): number => Number(value.toPrecision(12));

function within(series: readonly number[], low: number, high: number, everyDecades = 1): number[] {
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low)) - 1;
  for (let exponent = first; 10 ** exponent <= high; exponent++) {
    if (exponent % everyDecades !== 0) continue;
    for (const factor of series) {
      const value = clean(factor * 10 ** exponent);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks;
}

/** Evenly spaced ticks, their step 1, 2 or 5 times a power of ten: the finest that does not exceed `most`. */
export function evenTicks(low: number, high: number, most: number): number[] {
  const decade = 10 ** Math.floor(Math.log10((high - low) / most));
  const step = clean(
    [1, 2, 5, 10].map((factor) => factor * decade).find((candidate) => (high - low) / candidate <= most - 1) ?? 20 * decade,
  );
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high * (1 + 1e-9); index++) ticks.push(clean(index * step));
  return ticks;
}

/** The densest of the usual series that has at most `most` ticks. */
function logTicks(low: number, high: number, most: number): number[] {
  for (const series of SERIES) {
    const ticks = within(series, low, high);
    if (ticks.length <= most) return ticks;
  }
  for (let every = 2; ; every++) {
    const ticks = within([1], low, high, every);
    if (ticks.length <= most) return ticks;
  }
}

/**
 * The axis over `values` (positive; others are ignored), with at most `mostTicks` labelled ticks. Without any value it
 * is one decade around 1.
 */
export function logScale(values: readonly number[], mostTicks = 9): LogScale {
  const usable = values.filter((value) => value > 0 && Number.isFinite(value));
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of usable) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (usable.length === 0) {
    least = 0.5;
    most = 5;
  }
  const decades = Math.log10(most / least);
  const pad = Math.max(decades * PADDING, (LEAST_DECADES - decades) / 2);
  const padded = [least * 10 ** -pad, most * 10 ** pad] as const;
  if (padded[1] / padded[0] < NARROW) {
    return { domain: [clean(padded[0]), clean(padded[1])], ticks: evenTicks(padded[0], padded[1], Math.min(6, mostTicks)), minor: [] };
  }
  const everyMantissa = within([1, 2, 3, 4, 5, 6, 7, 8, 9], padded[0] / 10, padded[1] * 10);
  // The ends stand on a whole mantissa, so that the frame reads as one.
  const low = everyMantissa.findLast((value) => value <= padded[0]) ?? padded[0];
  const high = everyMantissa.find((value) => value >= padded[1]) ?? padded[1];
  const usual = logTicks(low, high, mostTicks);
  // From 3 to 9 of a decade there is only 5.
  const ticks = usual.length < 2 ? evenTicks(low, high, Math.min(6, mostTicks)) : usual;
  const inside = within([1, 2, 3, 4, 5, 6, 7, 8, 9], low, high);
  return { domain: [low, high], ticks, minor: inside.filter((value) => !ticks.includes(value)) };
}

/** With fewer labelled ticks than this, an axis says too little. */
const LEAST_TICKS = 4;

/** `logScale` whose every tick is labelled where it has few and there is room for all. */
export function denseLogScale(values: readonly number[], mostTicks = 9): LogScale {
  const scale = logScale(values, mostTicks);
  const [low, high] = scale.domain;
  const all = high / low < NARROW ? evenTicks(low, high, mostTicks) : [...scale.ticks, ...scale.minor].sort((a, b) => a - b);
  return scale.ticks.length >= LEAST_TICKS || all.length > mostTicks ? scale : { ...scale, ticks: all, minor: [] };
}

const PREFIXES = [
  { factor: 1e12, prefix: 'T' },
  { factor: 1e9, prefix: 'G' },
  { factor: 1e6, prefix: 'M' },
  { factor: 1e3, prefix: 'k' },
] as const;

/** The SI prefix of a tick: `[412, 'M']` for 4.12e8. */
export function siParts(value: number): readonly [scaled: number, prefix: string] {
  const found = PREFIXES.find(({ factor }) => value >= factor * (1 - 1e-9));
  return found === undefined ? [value, ''] : [clean(value / found.factor), found.prefix];
}
