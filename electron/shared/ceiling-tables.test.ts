import { expect, test } from 'vitest';
import { computeTable, memoryTable } from './ceiling-tables.ts';

test('rows are what was measured, columns the numbers of threads, with holes where one is missing', () => {
  const steady = (perSecond: number) => ({ perSecond, unsteady: false });
  const memory = [
    { level: 'L1', threads: 1, streaming: false, bytesPerSecond: 1 },
    { level: 'L1', threads: 1, streaming: true, bytesPerSecond: 2, unsteady: true },
    { level: 'L1', threads: 12, streaming: false, bytesPerSecond: 3 },
    { level: 'memory', threads: 2, streaming: false, bytesPerSecond: 4 },
  ] as const;
  expect(memoryTable({ memory: [...memory] })).toEqual({
    threads: [1, 2, 12],
    rows: [
      { of: { level: 'L1', streaming: false }, rates: [steady(1), undefined, steady(3)] },
      { of: { level: 'L1', streaming: true }, rates: [{ perSecond: 2, unsteady: true }, undefined, undefined] },
      { of: { level: 'memory', streaming: false }, rates: [undefined, steady(4), undefined] },
    ],
  });
  const of = { isa: 'scalar', precision: 'f32', operation: 'fma' } as const;
  expect(computeTable({ compute: [2, 1].map((threads) => ({ ...of, threads, flopsPerSecond: 7 * threads })) })).toEqual({
    threads: [1, 2],
    rows: [{ of, rates: [steady(7), steady(14)] }],
  });
  expect(memoryTable({ memory: [] })).toEqual({ threads: [], rows: [] });
});
