/** What is compared takes turns: one round of each, in a new random order every round. */
import { randomGenerator } from '../../electron/shared/statistics.ts';
import type { Rates } from './relations.ts';

/** One of what is compared: a round of it gives cell updates per second. */
export interface Subject {
  readonly name: string;
  round(): Promise<number>;
}

/** One value a round for every subject, the subjects in another order each round. */
export async function interleaved(subjects: readonly Subject[], rounds: number, onRound: (round: number) => void): Promise<Rates> {
  const random = randomGenerator(1);
  const rates: Record<string, number[]> = Object.fromEntries(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = subjects.map((subject) => ({ subject, place: random() })).toSorted((x, y) => x.place - y.place);
    for (const { subject } of order) rates[subject.name]!.push(await subject.round());
    onRound(round + 1);
  }
  return rates;
}
