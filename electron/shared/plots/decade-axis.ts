/** A logarithmic axis over orders of magnitude: its labelled ticks are the decades, and there are two at least. */

export interface DecadeScale {
  readonly domain: readonly [low: number, high: number];
  /** Powers of ten, ascending. */
  readonly ticks: readonly number[];
  /** The whole multiples between, where a decade has room for them. */
  readonly minor: readonly number[];
}

/** Room at both ends, as a share of the range in decades, and at least this many decades. */
const PADDING = 0.05;
const LEAST_PADDING = 0.08;
const MOST_TICKS = 8;
/** Over more decades, multiples between them are a grey bar. */
const MOST_DECADES_WITH_MINOR = 6;

const power = (exponent: number): number => Number(`1e${exponent}`);

/** Over the positive of `values`; without any, the two decades around 1. */
export function decadeScale(values: readonly number[]): DecadeScale {
  const exponents = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const [least, most] = exponents.length === 0 ? [-1, 1] : [Math.min(...exponents), Math.max(...exponents)];
  const padding = Math.max(LEAST_PADDING, PADDING * (most - least));
  let [low, high] = [least - padding, most + padding];
  while (Math.floor(high) - Math.ceil(low) < 1) {
    // The nearer decade costs less room.
    const [down, up] = [Math.ceil(low) - 1, Math.floor(high) + 1];
    if (low - down <= up - high) low = down;
    else high = up;
  }
  const first = Math.ceil(low);
  const count = Math.floor(high) - first + 1;
  const every = Math.ceil(count / MOST_TICKS);
  const decades = Array.from({ length: count }, (_, at) => first + at);
  const multiples = Array.from({ length: count + 1 }, (_, at) => first - 1 + at).flatMap((exponent) =>
    [2, 3, 4, 5, 6, 7, 8, 9].map((factor) => factor * power(exponent)),
  );
  const domain = [Math.min(10 ** low, power(first)), Math.max(10 ** high, power(first + count - 1))] as const;
  return {
    domain,
    ticks: decades.filter((_, at) => at % every === 0).map(power),
    minor: count > MOST_DECADES_WITH_MINOR ? [] : multiples.filter((value) => value > domain[0] && value < domain[1]),
  };
}
