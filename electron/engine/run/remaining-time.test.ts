import { describe, expect, it } from 'vitest';
import { RemainingTime } from './remaining-time.ts';

const entries = (steps: readonly number[], turnsLeft: number) => steps.map((each) => ({ steps: each, turnsLeft }));

describe('RemainingTime', () => {
  it('knows nothing before any speed is known', () => {
    const time = new RemainingTime(entries([100, 100], 3), () => 0);
    time.beginTurn(0);
    time.progress(0, undefined);
    expect(time.secondsLeft).toBeUndefined();
    expect(time.fraction).toBe(0);
  });

  it('counts steps and the rest of every round, of every variant', () => {
    let now = 0;
    const time = new RemainingTime(entries([100, 100], 2), () => now);
    time.beginTurn(0);
    now = 1;
    time.progress(0, 0.1);
    // Four rounds of 10 s, with the first guess of 0.2 s around each, of which this round has spent its own.
    expect(time.secondsLeft).toBeCloseTo(4 * 10.2 - 0.2, 9);
    now = 12;
    time.progress(100, 0.1);
    time.endTurn(false);
    // That round took 2 s beside its steps; the other variant is taken to be as fast.
    expect(time.secondsLeft).toBeCloseTo(3 * 12, 9);
    expect(time.fraction).toBeCloseTo(12 / 48, 9);
    time.beginTurn(1);
    time.progress(50, 0.2);
    expect(time.secondsLeft).toBeCloseTo(12 + 2 * 22 - 10, 9);
  });

  it('forgets the rounds of a variant that failed', () => {
    let now = 0;
    const time = new RemainingTime(entries([1, 1], 10), () => now);
    time.beginTurn(0);
    now = 1;
    time.progress(1, 1);
    time.endTurn(true);
    expect(time.secondsLeft).toBeCloseTo(10 * 1.2, 9);
  });

  it('never goes back and ends at 1', () => {
    let now = 0;
    const time = new RemainingTime(entries([10], 2), () => now);
    let before = 0;
    for (const [step, secondsPerStep] of [
      [0, 1],
      [5, 3],
      [10, 0.5],
    ] as const) {
      if (step === 0) time.beginTurn(0);
      now += 5;
      time.progress(step, secondsPerStep);
      expect(time.fraction).toBeGreaterThanOrEqual(before);
      before = time.fraction;
    }
    time.endTurn(false);
    time.beginTurn(0);
    time.progress(10, 0.5);
    time.endTurn(false);
    expect(time.secondsLeft).toBe(0);
    expect(time.fraction).toBe(1);
  });

  it('counts turns that are added, and no time of being held', () => {
    let now = 0;
    const time = new RemainingTime(entries([10, 10], 1), () => now);
    time.beginTurn(0);
    now = 10;
    time.progress(10, 1);
    time.endTurn(false);
    expect(time.secondsLeft).toBeCloseTo(10, 9);
    time.hold();
    now = 1000;
    expect(time.elapsed).toBe(10);
    expect(time.fraction).toBeCloseTo(0.5, 9);
    time.release();
    expect(time.elapsed).toBe(10);
    time.addTurn(1);
    expect(time.secondsLeft).toBeCloseTo(20, 9);
  });
});
