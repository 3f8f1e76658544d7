/** Numbers of two bytes (IEEE 754 binary16): 11 significant bits, none above 65504 in size. */

const value = new Float16Array(1);
const bits = new Uint16Array(value.buffer);

const SMALLEST_NORMAL = 2 ** -14;

/** The half next to `half`, upwards or downwards. */
export function neighbouringHalf(half: number, upwards: boolean): number {
  value[0] = half;
  if (half === 0) bits[0] = upwards ? 0x0001 : 0x8001;
  else bits[0] = bits[0]! + (upwards === half > 0 ? 1 : -1);
  return value[0];
}

export const isSubnormalHalf = (half: number): boolean => half !== 0 && Math.abs(half) < SMALLEST_NORMAL;

/**
 * By how much `exact` misses the numbers that `stored` is the nearest half of: 0 when it is one of them, infinite when
 * `stored` is no half at all, NaN unless both are numbers. Right arithmetic followed by right rounding misses by the
 * error of the arithmetic alone, however coarse the rounding is.
 */
export function distanceToRounding(exact: number, stored: number): number {
  const nearest = Math.f16round(exact);
  if (!Number.isFinite(stored) || !Number.isFinite(nearest)) return Number.NaN;
  if (nearest === stored) return 0;
  if (Math.f16round(stored) !== stored) return Number.POSITIVE_INFINITY;
  const tie = (stored + neighbouringHalf(stored, exact > stored)) / 2;
  return Math.abs(exact - tie);
}

/**
 * The same for the numbers that WGSL lets a GPU store as `stored`: it may round to the half above or to the half below,
 * as it likes, and put zero for what is subnormal (WGSL, "Floating point evaluation").
 */
export function distanceToEitherRounding(exact: number, stored: number): number {
  if (!Number.isFinite(stored) || !Number.isFinite(Math.f16round(exact))) return Number.NaN;
  if (Math.f16round(stored) !== stored) return Number.POSITIVE_INFINITY;
  const reach = stored === 0 ? SMALLEST_NORMAL : Math.abs(neighbouringHalf(stored, exact > stored) - stored);
  return Math.max(0, Math.abs(exact - stored) - reach);
}
