import { expect, test } from 'vitest';
import type { DraftVariant } from './run-draft.ts';
import { fixedNumbers, groupVariants, isFullGrid } from './sweep.ts';
import { NO_SWEEP } from './sweep-draft.ts';

const blocks = (rows: readonly number[], cols: readonly number[]): DraftVariant[] =>
  rows.flatMap((blockRows) =>
    cols.map((blockCols) => ({ kernel: 'threads_blocks', tuning: { blockRows: String(blockRows), blockCols: String(blockCols) } })),
  );

test('many variants of a kernel are a sweep over what varies, with its values in order', () => {
  const [alone, sweep, ...rest] = groupVariants([{ kernel: 'autovec', tuning: {} }, ...blocks([64, 8, 128], [16, 256])]);
  expect(rest).toEqual([]);
  expect(alone).toEqual({ kernel: 'autovec', indices: [0] });
  expect(sweep?.indices).toEqual([1, 2, 3, 4, 5, 6]);
  expect(sweep?.swept).toEqual([
    { of: { parameter: 'blockRows' }, values: ['8', '64', '128'] },
    { of: { parameter: 'blockCols' }, values: ['16', '256'] },
  ]);
  expect(isFullGrid(sweep!)).toBe(true);
});

test('settings that go along with each other make no grid of points', () => {
  const sizes = [64, 128, 256, 512].map((side, index) => ({
    kernel: 'autovec',
    own: { grid: { rows: side, cols: side }, steps: 1000 / 2 ** index },
    tuning: {},
  }));
  const [sweep] = groupVariants(sizes);
  expect(sweep?.swept?.map(({ values }) => values)).toEqual([
    ['64 × 64', '128 × 128', '256 × 256', '512 × 512'],
    ['125', '250', '500', '1000'],
  ]);
  expect(isFullGrid(sweep!)).toBe(false);
  expect([...fixedNumbers({ variants: sizes, sweep: NO_SWEEP })]).toEqual(['rows', 'cols', 'steps']);
});

test('a few variants stay apart, and what only some of them fix is still typed', () => {
  const variants: DraftVariant[] = [
    { kernel: 'autovec', tuning: {} },
    { kernel: 'autovec', isa: 'baseline', own: { steps: 10 }, tuning: {} },
    { kernel: 'threads_rows', threads: 2, tuning: {} },
  ];
  expect(groupVariants(variants).map(({ indices }) => indices)).toEqual([[0], [1], [2]]);
  expect([...fixedNumbers({ variants, sweep: NO_SWEEP })]).toEqual(['threads']);
});
