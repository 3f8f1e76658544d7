import { expect, test } from 'vitest';
import { chain, loopHertz } from './speed-loop.ts';

test('the chain computes what it says, every step of it', () => {
  let value = 1;
  for (let steps = 1; steps <= 1000; steps++) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
    expect(chain(1, steps)).toBe(value);
  }
});

test('the loop is the same machine code after many readings: its fastest are alike, early and late', () => {
  const fastest = () => Math.max(...Array.from({ length: 300 }, loopHertz));
  const early = fastest();
  fastest();
  // Another compilation of it is several times as fast or slow; clocks are not.
  expect(fastest() / early).toBeGreaterThan(0.4);
});
