/**
 * The order in which the variants of a run take turns: every variant once in each round, in a fresh random order. A drift
 * of the machine (heat, another program) then falls on all variants alike instead of on whoever comes last. The control
 * is an entry like the variants, the one after the last of them.
 */
import { randomGenerator } from '../../shared/statistics.ts';

/** The order with more rounds after those that it has, drawn from the same seed as they were. */
export function longerOrder(order: readonly (readonly number[])[], entries: number, rounds: number, seed: number): number[][] {
  return [...order.map((round) => [...round]), ...roundOrder(entries, rounds, seed).slice(order.length)];
}

/** Indices of entries, round after round; the same for the same seed, and more rounds begin with the same ones. */
export function roundOrder(entries: number, rounds: number, seed: number): number[][] {
  const random = randomGenerator(seed);
  return Array.from({ length: rounds }, () => {
    const order = Array.from({ length: entries }, (_, index) => index);
    // Fisher–Yates.
    for (let last = entries - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  });
}
