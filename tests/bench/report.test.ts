import { expect, test } from 'vitest';
import { MACHINE } from '../../electron/engine/session/session.fixture.ts';
import { alike, findingOf, sentenceOf } from './relations.ts';
import { markdownOf } from './table.ts';

const RATES = { fast: [9.9, 10, 10.1], slow: [4.9, 5, 5.1], wide: [4, 9, 16] };
const finding = (of: string, over: string, atLeast: number) => findingOf({ what: 'speed', of, over, atLeast }, RATES);

test('a relation is reached, not reached, or neither can be said', () => {
  expect(finding('fast', 'slow', 1.5).state).toBe('reached');
  expect(finding('fast', 'slow', 3).state).toBe('not reached');
  expect(finding('wide', 'slow', 1.5).state).toBe('unclear');
  expect(sentenceOf(finding('fast', 'slow', 1.5))).toContain('fast ÷ slow = 2.000 (95 % interval 1.');
});

test('subjects are alike when the slowest keeps up with the fastest', () => {
  expect(alike('sizes', ['fast', 'wide', 'slow'], RATES, 0.85)).toMatchObject({ of: 'slow', over: 'fast' });
});

test('the table leaves nothing out silently', () => {
  const cell = { kernel: 'autovec', threads: 1, steps: 3 };
  const page = markdownOf({
    ...{ machine: MACHINE, date: '2026-11-21', seconds: 61.2 },
    cells: [
      { ...cell, side: 64, cellsPerSecond: [1e8, 3e8, 2e8] },
      { ...cell, side: 12288, cellsPerSecond: [], trouble: 'no memory' },
    ],
  });
  expect(page).toContain('| kernel | threads | 64² | 12288² |\n|---|--:|--:|--:|\n| autovec | 1 | 200 | no |');
  expect(page).toContain('autovec, 1 threads, 12288²: no memory');
});
