import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logScale, siParts } from './log-axis.ts';
import { textWidth } from './text-width.ts';
import { thinTicks } from './thin-ticks.ts';

const positive = fc.double({ min: 1e-6, max: 1e14, noNaN: true });

test('the axis holds its values, and two to nine ascending ticks within it', () => {
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (values) => {
      const { domain, ticks, minor } = logScale(values);
      const [low, high] = domain;
      expect(low).toBeGreaterThan(0);
      for (const value of values) expect(value >= low && value <= high).toBe(true);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const tick of [...ticks, ...minor]) expect(tick >= low * (1 - 1e-6) && tick <= high * (1 + 1e-6)).toBe(true);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
    }),
  );
});

test('two decades get 1-2-5 ticks', () => {
  expect(logScale([1.2e8, 3e9]).ticks).toEqual([1e8, 2e8, 5e8, 1e9, 2e9]);
});

test('a range that holds one of 1, 2 and 5 gets even ticks', () => {
  expect(logScale([3339, 7408]).ticks).toEqual([3000, 4000, 5000, 6000, 7000, 8000]);
});

test('a range of less than an octave gets even ticks', () => {
  const { ticks } = logScale([1.6e9, 1.65e9]);
  const steps = ticks.slice(1).map((tick, index) => tick - ticks[index]!);
  expect(ticks.length).toBeGreaterThanOrEqual(3);
  for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 0);
});

test('values that are no positive number are passed over', () => {
  expect(logScale([0, -1, Number.NaN, Number.POSITIVE_INFINITY])).toEqual(logScale([]));
});

test('SI prefixes', () => {
  expect(siParts(4.12e8)).toEqual([412, 'M']);
  expect(siParts(1e9)).toEqual([1, 'G']);
  expect(siParts(20)).toEqual([20, '']);
});

test('labels that are shown never touch', () => {
  fc.assert(
    fc.property(positive, fc.double({ min: 1.01, max: 1e6, noNaN: true }), fc.integer({ min: 30, max: 600 }), (low, ratio, width) => {
      const scale = logScale([low, low * ratio]);
      const ticks = scale.ticks.map((value) => ({ value, label: `${value.toPrecision(3)} G` }));
      const place = (value: number) => (width * Math.log(value / scale.domain[0])) / Math.log(scale.domain[1] / scale.domain[0]);
      const shown = thinTicks(ticks, place, 10);
      shown.slice(1).forEach((tick, index) => {
        const before = shown[index]!;
        const room = place(tick.value) - place(before.value);
        expect(room).toBeGreaterThan((textWidth(tick.label, 10) + textWidth(before.label, 10)) / 2);
      });
      expect(shown.length).toBeGreaterThan(0);
    }),
  );
});
