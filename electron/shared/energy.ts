/**
 * The energy of a variant's cell updates: of each round what was counted from its first timed batch to its last, over the
 * cell updates of these. With it comes what lies between the batches, and everything else that the source feeds meanwhile:
 * all programs on the package; on battery the screen and the rest of the computer too.
 */
import type { ENERGY_SOURCES, Energy, NoEnergyReason } from './conditions.ts';
import { cellsOf, type Interval, type RunRecord, settingsOf } from './run.ts';
import { bootstrapMedian } from './statistics.ts';

/** Counters advance about once a millisecond: what is shorter is known to worse than a twentieth. */
export const SHORTEST_SECONDS = 0.02;

type Unavailable = { readonly unavailable: NoEnergyReason | 'too-short' | 'not-read' };

export type EnergyPerUpdate =
  | {
      readonly source: (typeof ENERGY_SOURCES)[number];
      /** Joules per thousand million cell updates. */
      readonly joulesPerBillion: Interval;
      readonly rounds: number;
    }
  | Unavailable;

export interface RoundEnergies {
  readonly source: (typeof ENERGY_SOURCES)[number];
  /** Of each round, joules per thousand million cell updates. */
  readonly joulesPerBillion: readonly number[];
}

const isLong = ({ seconds, joules }: Energy): boolean => seconds >= SHORTEST_SECONDS && joules > 0;

/** Of a round, over a thousand million cell updates. */
export const joulesPerBillion = ({ joules, steps }: Energy, cells: number): number => (1e9 * joules) / (steps * cells);

/** Whether it was read for some round. */
export const hasEnergy = ({ conditions = [] }: RunRecord): boolean =>
  conditions.some(({ energy }) => energy !== undefined && isLong(energy));

/** Of rounds with different sources those that are most. */
export function energiesOf(run: RunRecord, variant: number): RoundEnergies | Unavailable {
  const own = (run.conditions ?? []).filter((condition) => condition.variant === variant);
  const { grid } = settingsOf(run.request, run.request.variants[variant]!);
  const measured = own.flatMap(({ energy }) => (energy === undefined ? [] : [energy]));
  const [most] = [...Map.groupBy(measured.filter(isLong), ({ source }) => source)].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined) {
    const reason = own.find(({ noEnergy }) => noEnergy !== undefined)?.noEnergy;
    return { unavailable: measured.length > 0 ? 'too-short' : (reason ?? 'not-read') };
  }
  const [source, rounds] = most;
  return { source, joulesPerBillion: rounds.map((energy) => joulesPerBillion(energy, cellsOf(grid))) };
}

export function energyOf(run: RunRecord, variant: number): EnergyPerUpdate {
  const energies = energiesOf(run, variant);
  if ('unavailable' in energies) return energies;
  const { source, joulesPerBillion } = energies;
  return { source, joulesPerBillion: bootstrapMedian(joulesPerBillion), rounds: joulesPerBillion.length };
}
