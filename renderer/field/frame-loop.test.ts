import { expect, test } from 'vitest';
import type { Frame } from '../../electron/shared/frame.ts';
import { startFrameLoop } from './frame-loop.ts';

const frame = (step: number) => ({ header: { step }, pixels: new Uint16Array() }) as unknown as Frame;
const view = { species: 'v' as const, maxRows: 1, maxCols: 1, low: 0, high: 1 };
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('draws every frame it asks for, one a tick, and never has more than two in hand', async () => {
  const ticks: (() => void)[] = [];
  const drawn: number[] = [];
  let pulled = 0;
  const stop = startFrameLoop({
    pull: async () => frame(++pulled),
    view: () => view,
    onFrame: ({ header }) => drawn.push(header.step),
    nextTick: (callback) => ticks.push(callback),
  });
  await settle();
  expect(pulled).toBe(2);
  for (let tick = 0; tick < 3; tick++) {
    for (const callback of ticks.splice(0)) callback();
    await settle();
  }
  expect(drawn).toEqual([1, 2, 3]);
  expect(pulled).toBe(5);
  stop();
  const before = pulled;
  for (const callback of ticks.splice(0)) callback();
  await settle();
  expect(pulled).toBeLessThanOrEqual(before + 1);
});

test('asks for nothing while nothing would be seen, and nothing is drawn after it is stopped', async () => {
  const ticks: (() => void)[] = [];
  const drawn: Frame[] = [];
  let pulled = 0;
  const stop = startFrameLoop({
    pull: async () => frame(++pulled),
    view: () => null,
    onFrame: (shown) => drawn.push(shown),
    nextTick: (callback) => ticks.push(callback),
  });
  await settle();
  stop();
  for (const callback of ticks.splice(0)) callback();
  await settle();
  expect([pulled, drawn.length]).toEqual([0, 0]);
});
