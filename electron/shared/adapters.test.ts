import { expect, test } from 'vitest';
import { adapterServing, largestCellsOn } from './adapters.ts';
import { SOFTWARE_ADAPTER } from './figures/figure.fixture.ts';
import type { Adapter } from './run.ts';

const adapter = (id: string, features: string[], usable = true): Adapter => ({ ...SOFTWARE_ADAPTER, id, features, usable });
const plain = {};
const halves = { gpu: { state: 'f16-buffers', features: ['shader-f16'] } } as const;

test('the chosen adapter is taken where it has what the kernel needs, else the first that has', () => {
  const all = [adapter('broken', ['shader-f16'], false), adapter('first', []), adapter('second', ['shader-f16'])];
  expect(adapterServing(plain, all, 'auto')?.id).toBe('first');
  expect(adapterServing(plain, all, 'second')?.id).toBe('second');
  expect(adapterServing(plain, all, 'broken')?.id).toBe('first');
  expect(adapterServing(halves, all, 'first')?.id).toBe('second');
  expect(adapterServing(halves, all.slice(0, 2), 'auto')).toBeUndefined();
});

test('halves take half the room, within what an index counts', () => {
  const holding = (largestCells: number) => ({ ...SOFTWARE_ADAPTER, largestCells });
  expect(largestCellsOn(holding(100), plain)).toBe(100);
  expect(largestCellsOn(holding(100), halves)).toBe(200);
  expect(largestCellsOn(holding(2 ** 30), halves)).toBe(2 ** 31 - 1);
  expect(largestCellsOn(SOFTWARE_ADAPTER, plain)).toBeUndefined();
});
