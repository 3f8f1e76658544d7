/** Ceilings as tables, as the window and the command line show them: a row for what is measured, a column for each number of threads. */
import type { Ceilings, ComputeCeiling, MemoryCeiling } from './ceilings.ts';

export interface RateRow<T> {
  readonly of: T;
  /** For each of the table's thread counts; undefined where there is none. */
  readonly rates: readonly (number | undefined)[];
}

export interface RateTable<T> {
  /** Rising. */
  readonly threads: readonly number[];
  /** In the order of measurement. */
  readonly rows: readonly RateRow<T>[];
}

function tableOf<C extends { readonly threads: number }, T extends object>(
  ceilings: readonly C[],
  traits: (ceiling: C) => T,
  rate: (ceiling: C) => number,
): RateTable<T> {
  const threads = [...new Set(ceilings.map((ceiling) => ceiling.threads))].sort((one, other) => one - other);
  const alike = Map.groupBy(ceilings, (ceiling) => JSON.stringify(traits(ceiling)));
  const rows = [...alike.values()].map((group) => {
    const rateWith = (count: number) => group.filter((ceiling) => ceiling.threads === count).map(rate)[0];
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
