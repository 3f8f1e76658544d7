/** What tells of the machine's conditions: files on Linux, programs elsewhere, a script in tests. */
import type { NoEnergyReason, Reading } from '../../shared/conditions.ts';

/** Counters that only ever rise; what a round did to them is the difference. */
export interface Counters {
  /** Of all processors together. `own` is what the lab's processes had of `busy`. */
  readonly processor?: { readonly busy: number; readonly total: number; readonly steal?: number; readonly own?: number };
  readonly swapInPages?: number;
  readonly swapOutPages?: number;
  readonly throttles?: number;
}

/** Joules of each processor package, with the value at which its counter starts again from zero. */
export interface PackageEnergy {
  readonly joules: readonly number[];
  readonly wrapsAt: readonly number[];
}

export interface ConditionSource {
  /** Without the measured loop. May take a moment, so that it is not asked while anything is timed. */
  reading(): Promise<Omit<Reading, 'loopHertz'>>;
  /** At once. */
  counters(): Counters;
  /** At once, and cheap enough to be asked beside a round that goes on. */
  energy(): PackageEnergy | NoEnergyReason;
}
