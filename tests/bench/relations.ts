/** Wanted relations between measured rates, and what the measurement says of each. Nothing passes or fails here. */

import type { Interval } from '../../electron/shared/run.ts';
import { bootstrapMedian, bootstrapRatio, median } from '../../electron/shared/statistics.ts';

/** Cell updates per second by subject, one value a round. */
export type Rates = Readonly<Record<string, readonly number[]>>;

export interface Relation {
  readonly what: string;
  /** Subjects: the rate of the first is divided by that of the second. */
  readonly of: string;
  readonly over: string;
  readonly atLeast: number;
}

export interface Finding extends Relation {
  readonly ratio: Interval;
  /** `unclear`: the interval holds what is wanted. */
  readonly state: 'reached' | 'not reached' | 'unclear';
}

export const stateOf = ({ low, high }: Interval, atLeast: number): Finding['state'] =>
  low >= atLeast ? 'reached' : high < atLeast ? 'not reached' : 'unclear';

export function findingOf(relation: Relation, rates: Rates): Finding {
  const ratio = bootstrapRatio(rates[relation.of]!, rates[relation.over]!);
  return { ...relation, ratio, state: stateOf(ratio, relation.atLeast) };
}

/** Of what took turns in the same rounds: the ratio is taken round by round, so that what slows a round down slows both. */
export const ratioOfRounds = (of: readonly number[], over: readonly number[]): Interval =>
  bootstrapMedian(of.map((value, round) => value / over[round]!));

/** That the slowest of some subjects is at least this part of the fastest. */
export function alike(what: string, subjects: readonly string[], rates: Rates, atLeast: number): Relation {
  const sorted = subjects.toSorted((x, y) => median(rates[x]!) - median(rates[y]!));
  return { what, of: sorted[0]!, over: sorted.at(-1)!, atLeast };
}

export function sentenceOf({ what, of, over, atLeast, ratio, state }: Omit<Finding, 'state'> & { readonly state: string }): string {
  const digits = ratio.median >= 10 ? 1 : 3;
  const interval = `95 % interval ${ratio.low.toFixed(digits)} to ${ratio.high.toFixed(digits)}`;
  return `${what}\n    ${of} ÷ ${over} = ${ratio.median.toFixed(digits)} (${interval}), wanted at least ${atLeast}: ${state}`;
}
