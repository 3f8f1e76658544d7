import { expect, test } from 'vitest';
import { MACHINE } from '../../electron/engine/session/session.fixture.ts';
import { SOFTWARE_ADAPTER } from '../../electron/shared/figures/figure.fixture.ts';
import { markdownOf as gpuMarkdownOf } from './gpu-page.ts';
import { wantedOf } from './gpu-relations.ts';
import type { Group, Row } from './gpu-results.ts';
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

const row = (kernel: string, rates: number[], parameters = {}): Row => ({
  ...{ name: kernel, kernel, parameters, cellsPerSecond: rates, bytesPerCell: 16 },
});
const group = (side: number, rows: Row[]): Group => ({ side, rounds: 3, copyCellsPerSecond: [2e9, 2e9, 4e9], rows });
const sizes = [group(1024, [row('gpu_naive', [1e9, 1.2e9, 2e9]), row('gpu_champion', [3e9, 3.6e9, 6e9], { depth: 4 })])];
const launches = [group(32, [row('gpu_naive', [1e6, 1e6, 1e6]), row('gpu_naive', [8e6, 8e6, 8e6])])];

test('a GPU is asked for part of the copy’s bandwidth, round by round; a software adapter is asked for nothing', () => {
  const gpu = { ...SOFTWARE_ADAPTER, type: 'gpu' } as const;
  expect(wantedOf({ adapter: gpu, sizes, launches })).toMatchObject([
    { of: 'gpu_naive', over: 'copy', ratio: { median: 0.5, low: 0.5, high: 0.6 }, state: 'not reached' },
    { of: 'gpu_champion', over: 'gpu_naive', ratio: { median: 3 }, state: 'reached' },
    { ratio: { median: 8 }, state: 'reached' },
  ]);
  const software = wantedOf({ adapter: SOFTWARE_ADAPTER, sizes, launches });
  expect(software.map(({ state }) => state)).toEqual(Array(3).fill('software adapter: not asked'));
});

test('the GPU page tells a software adapter, the share of the copy, and what did not run', () => {
  const failed: Row = { ...row('gpu_tiled', []), trouble: 'no memory' };
  const page = gpuMarkdownOf({
    ...{ machine: MACHINE, adapter: SOFTWARE_ADAPTER, date: '2026-11-21', seconds: 61.2, loads: [8.5, 3], launches },
    copy: { side: 4096, wallCellsPerSecond: [1e9], gpuCellsPerSecond: [] },
    sizes: [...sizes, group(2048, [failed])],
    shapes: group(512, []),
    wanted: wantedOf({ adapter: SOFTWARE_ADAPTER, sizes, launches }),
  });
  expect(page).toContain('in 61 s; load average 8.5 before, 3.0 after.');
  expect(page).toContain('Other programs wanted the processor');
  expect(page).toContain('This adapter is software');
  expect(page).toContain('16 B each, by vectors of 4 values: 16.0 GB/s');
  expect(page).toContain('| gpu_naive | 1200 (1000 to 2000) | 1.00 | 19.2 | 50 % |');
  expect(page).toContain('- gpu_tiled, 2048 × 2048: no memory');
  expect(page).toContain('wanted at least 0.8: software adapter: not asked');
});
