/**
 * The order in which the variants of a run take turns: every variant once in each round, in a fresh random order. A drift
 * of the machine (heat, another program) then falls on all variants alike instead of on whoever comes last.
 */
import { randomGenerator } from '../../shared/statistics.ts';

/** Variant indices, round after round; the same for the same seed. */
export function roundOrder(variants: number, rounds: number, seed: number): number[][] {
  const random = randomGenerator(seed);
  return Array.from({ length: rounds }, () => {
    const order = Array.from({ length: variants }, (_, index) => index);
    // Fisher–Yates.
    for (let last = variants - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  });
}
