/** Ceilings as tables, as the window and the command line show them: a row for what is measured, a column for each number of threads. */
import type { Ceilings, ComputeCeiling, MemoryCeiling } from './ceilings.ts';

export interface Rate {
  readonly perSecond: number;
  readonly unsteady: boolean;
}

export interface RateRow<T> {
  readonly of: T;
  /** For each of the table's thread counts; undefined where there is none. */
  readonly rates: readonly (Rate | undefined)[];
}

export interface RateTable<T> {
  /** Rising. */
  readonly threads: readonly number[];
  /** In the order of measurement. */
  readonly rows: readonly RateRow<T>[];
}

function tableOf<C extends { readonly threads: number; readonly unsteady?: true | undefined }, T extends object>(
  ceilings: readonly C[],
  traits: (ceiling: C) => T,
  perSecond: (ceiling: C) => number,
): RateTable<T> {
  const threads = [...new Set(ceilings.map((ceiling) => ceiling.threads))].sort((one, other) => one - other);
  const alike = Map.groupBy(ceilings, (ceiling) => JSON.stringify(traits(ceiling)));
  const rows = [...alike.values()].map((group) => {
    const rateWith = (count: number): Rate | undefined => {
      const found = group.find((ceiling) => ceiling.threads === count);
      return found && { perSecond: perSecond(found), unsteady: found.unsteady === true };
    };
    return { of: traits(group[0]!), rates: threads.map(rateWith) };
  });
  return { threads, rows };
}

/** Bytes per second. */
export const memoryTable = ({ memory }: Pick<Ceilings, 'memory'>): RateTable<Pick<MemoryCeiling, 'level' | 'streaming'>> =>
  tableOf(
    memory,
    ({ level, streaming }) => ({ level, streaming }),
    ({ bytesPerSecond }) => bytesPerSecond,
  );

/** Floating-point operations per second. */
export const computeTable = ({ compute }: Pick<Ceilings, 'compute'>): RateTable<Pick<ComputeCeiling, 'isa' | 'precision' | 'operation'>> =>
  tableOf(
    compute,
    ({ isa, precision, operation }) => ({ isa, precision, operation }),
    ({ flopsPerSecond }) => flopsPerSecond,
  );
