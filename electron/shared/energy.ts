/**
 * The energy of a variant's cell updates: of each round what was counted from its first timed batch to its last, over the
 * cell updates of these. With it comes what lies between the batches, and everything else that the source feeds meanwhile:
 * all programs on the package; on battery the screen and the rest of the computer too.
 */
import type { ENERGY_SOURCES, NoEnergyReason } from './conditions.ts';
import { cellsOf, type Interval, type RunRecord, settingsOf } from './run.ts';
import { bootstrapMedian } from './statistics.ts';

/** Counters advance about once a millisecond: what is shorter is known to worse than a twentieth. */
export const SHORTEST_SECONDS = 0.02;

export type EnergyPerUpdate =
  | {
      readonly source: (typeof ENERGY_SOURCES)[number];
      /** Joules per thousand million cell updates. */
      readonly joulesPerBillion: Interval;
      readonly rounds: number;
    }
  | { readonly unavailable: NoEnergyReason | 'too-short' | 'not-read' };

/** Of rounds with different sources those that are most. */
export function energyOf(run: RunRecord, variant: number): EnergyPerUpdate {
  const own = (run.conditions ?? []).filter((condition) => condition.variant === variant);
  const { grid } = settingsOf(run.request, run.request.variants[variant]!);
  const measured = own.flatMap(({ energy }) => (energy === undefined ? [] : [energy]));
  const long = measured.filter(({ seconds, joules }) => seconds >= SHORTEST_SECONDS && joules > 0);
  const [most] = [...Map.groupBy(long, ({ source }) => source)].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined) {
    const reason = own.find(({ noEnergy }) => noEnergy !== undefined)?.noEnergy;
    return { unavailable: measured.length > 0 ? 'too-short' : (reason ?? 'not-read') };
  }
  const [source, rounds] = most;
  const joules = rounds.map((energy) => (1e9 * energy.joules) / (energy.steps * cellsOf(grid)));
  return { source, joulesPerBillion: bootstrapMedian(joules), rounds: rounds.length };
}
