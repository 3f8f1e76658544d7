import { describe, expect, test } from 'vitest';
import { SCALING_LAWS, serialShare, speedupBy } from './serial-share.ts';
import { randomGenerator } from './statistics.ts';

const THREADS = [1, 2, 3, 4, 8];

/** Rates by the law, every round faster or slower as a whole and every rate a little on its own. */
function measured(law: (typeof SCALING_LAWS)[number], share: number, noise: number, seed: number, threads = THREADS, rounds = 9) {
  const random = randomGenerator(seed);
  const drift = Array.from({ length: rounds }, () => 1 + 0.3 * random());
  return threads.map((count) => ({
    threads: count,
    rates: new Map(drift.map((factor, round) => [round, factor * 1e9 * speedupBy(law, share, count) * (1 + noise * (random() - 0.5))])),
  }));
}

describe.each(SCALING_LAWS)('%s', (law) => {
  test.each([0, 0.04, 0.3, 1])('finds a share of %d whatever slows whole rounds', (share) => {
    const found = serialShare(law, measured(law, share, 0, 1))!;
    expect(found.median).toBeCloseTo(share, 9);
    expect(found.high - found.low).toBeLessThan(1e-9);
  });

  test('has an interval that mostly holds the share', () => {
    const trials = Array.from({ length: 60 }, (_, seed) => serialShare(law, measured(law, 0.05, 0.04, seed))!);
    expect(trials.filter(({ low, high }) => low <= 0.05 && high >= 0.05).length).toBeGreaterThan(50);
    expect(trials.every(({ low, high }) => high - low < 0.1)).toBe(true);
  });

  test('is below nothing where the gain is more than ideal', () => {
    const more = measured(law, 0, 0, 1).map(({ threads, rates }) => ({
      threads,
      rates: new Map([...rates].map(([round, rate]) => [round, rate * (threads > 1 ? 1.2 : 1)])),
    }));
    expect(serialShare(law, more)!.high).toBeLessThan(0);
  });

  test('needs three numbers of threads, one among them, and a round of each', () => {
    expect(serialShare(law, measured(law, 0.1, 0, 1, [1, 4]))).toBeUndefined();
    expect(serialShare(law, measured(law, 0.1, 0, 1, [2, 4, 8]))).toBeUndefined();
    expect(serialShare(law, [...measured(law, 0.1, 0, 1, [1, 2]), { threads: 4, rates: new Map() }])).toBeUndefined();
    expect(serialShare(law, measured(law, 0.1, 0, 1, [1, 2, 4]))?.median).toBeCloseTo(0.1, 9);
  });
});

test('Amdahl ends at one over the share, Gustafson never', () => {
  expect(speedupBy('amdahl', 0.05, 1e9)).toBeCloseTo(20, 3);
  expect(speedupBy('gustafson', 0.05, 1000)).toBeCloseTo(950.05, 6);
});
