import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logScale } from '../../electron/shared/figures/log-axis.ts';
import { placeOn, ticksUp } from './plot-place.ts';

test('places go from the low end of an axis to its high end, by ratio or by difference', () => {
  const log = placeOn({ scale: 'log', domain: [1, 100] }, 10, 30);
  expect([1, 10, 100].map(log)).toEqual([10, 20, 30]);
  const upwards = placeOn({ scale: 'linear', domain: [0, 4] }, 100, 0);
  expect([0, 1, 4].map(upwards)).toEqual([100, 75, 0]);
});

test('labels of a vertical axis keep a line apart, and the lowest is always there', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: 1.1, max: 1e5, noNaN: true }),
      fc.nat(400),
      (low, ratio, height) => {
        const { domain, ticks } = logScale([low, low * ratio]);
        const place = placeOn({ scale: 'log', domain }, height, 0);
        const axis = { ticks: ticks.map((value) => ({ value, label: String(value) })) };
        const chosen = ticksUp(axis, place, 12);
        if (ticks.length > 0) expect(chosen[0]?.value).toBe(ticks[0]);
        for (const [index, tick] of chosen.entries()) {
          const below = chosen[index - 1];
          if (below !== undefined) expect(place(below.value) - place(tick.value)).toBeGreaterThanOrEqual(18);
        }
      },
    ),
  );
});
