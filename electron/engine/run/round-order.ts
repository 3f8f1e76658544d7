/**
 * The order in which the variants of a run take turns: every variant once in each round, in random order. A drift of the
 * machine (heat, another program) then falls on all variants alike instead of on whoever comes last. The control is an entry
 * like the variants, the one after the last of them.
 *
 * Of every four rounds two are drawn, and two are their mirrors, all four in random order: whoever comes first in a pair in
 * one round comes second in its mirror, so that a machine on which the second of a round is slower favours nobody. The mirror
 * does not follow at once: a burst of load over the end of one round and the beginning of the next would hit the same variant
 * in both.
 */
import { randomGenerator } from '../../shared/statistics.ts';

/** In which each of two entries comes before the other equally often. */
export const BALANCED_ROUNDS = 4;

/** The order with more rounds after those that it has, drawn from the same seed as they were. */
export function longerOrder(order: readonly (readonly number[])[], entries: number, rounds: number, seed: number): number[][] {
  return [...order.map((round) => [...round]), ...roundOrder(entries, rounds, seed).slice(order.length)];
}

/** Indices of entries, round after round; the same for the same seed, and more rounds begin with the same ones. */
export function roundOrder(entries: number, rounds: number, seed: number): number[][] {
  const random = randomGenerator(seed);
  const order: number[][] = [];
  while (order.length < rounds) {
    const drawn = Array.from({ length: BALANCED_ROUNDS / 2 }, () => shuffled([...Array(entries).keys()], random));
    order.push(...shuffled([...drawn, ...drawn.map((round) => round.toReversed())], random));
  }
  return order.slice(0, rounds);
}

/** Fisher–Yates, in place. */
function shuffled<Value>(values: Value[], random: () => number): Value[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
  return values;
}
