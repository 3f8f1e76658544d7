/** How fast a run went, stretch by stretch: from one observation to the next, where batches end in every round. */
import { type ResolvedRequest, type Sample, settingsOf, type VariantResult } from './run.ts';

export interface Stretch {
  /** Steps taken before it, and at its end. */
  readonly from: number;
  readonly to: number;
  /** One value for each round that went through all of it. */
  readonly secondsPerStep: readonly number[];
}

/** Seconds per step of the stretches that one round went through whole, by the step they begin at. */
function ofRound(samples: readonly Sample[], every: number, steps: number): Map<number, number> {
  const seconds = new Map<number, number>();
  const taken = new Map<number, number>();
  let done = 0;
  for (const sample of [...samples].sort((a, b) => a.index - b.index)) {
    const from = done - (done % every);
    done += sample.steps;
    seconds.set(from, (seconds.get(from) ?? 0) + sample.seconds);
    taken.set(from, (taken.get(from) ?? 0) + sample.steps);
  }
  const whole = [...seconds].filter(([from]) => taken.get(from) === Math.min(every, steps - from));
  return new Map(whole.map(([from, spent]) => [from, spent / taken.get(from)!]));
}

/** In the order of steps; none for a variant that is not observed. */
export function stretchesOf(request: Omit<ResolvedRequest, 'variants'>, { variant, samples }: VariantResult): Stretch[] {
  const { observe, steps } = settingsOf(request, variant);
  if (observe === undefined) return [];
  const rounds = [...Map.groupBy(samples, ({ round }) => round).values()].map((round) => ofRound(round, observe.every, steps));
  const starts = [...new Set(rounds.flatMap((round) => [...round.keys()]))].sort((a, b) => a - b);
  return starts.map((from) => ({
    from,
    to: Math.min(steps, from + observe.every),
    secondsPerStep: rounds.flatMap((round) => round.get(from) ?? []),
  }));
}
