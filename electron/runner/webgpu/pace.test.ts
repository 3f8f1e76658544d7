import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paceFor } from './pace.ts';

it('sends what was asked for on a fast adapter, several at a time', () => {
  expect(paceFor(10e-6, 32)).toEqual({ sweepsPerSubmit: 32, submitsInFlight: 64 });
  expect(paceFor(100e-6, 32)).toEqual({ sweepsPerSubmit: 32, submitsInFlight: 9 });
});

it('sends one step at a time where a step is slow', () => {
  expect(paceFor(0.08, 32)).toEqual({ sweepsPerSubmit: 1, submitsInFlight: 1 });
  expect(paceFor(0.004, 32)).toEqual({ sweepsPerSubmit: 2, submitsInFlight: 3 });
});

it('never has more than one submit beyond 30 ms of work on its way', () => {
  const seconds = fc.double({ min: 1e-9, max: 10, noNaN: true });
  fc.assert(
    fc.property(seconds, fc.integer({ min: 1, max: 4096 }), (secondsPerSweep, asked) => {
      const { sweepsPerSubmit, submitsInFlight } = paceFor(secondsPerSweep, asked);
      expect(sweepsPerSubmit).toBeGreaterThanOrEqual(1);
      expect(sweepsPerSubmit).toBeLessThanOrEqual(asked);
      const inFlight = sweepsPerSubmit * submitsInFlight * secondsPerSweep;
      expect(submitsInFlight === 1 || inFlight <= 0.03 * (1 + 1e-9)).toBe(true);
    }),
  );
});
