import { expect, test } from 'vitest';
import { stretchesOf } from './course.ts';
import { fixtureRun } from './figures/figure.fixture.ts';
import type { Sample } from './run.ts';

/** Batches of a round by their steps; a step before the hundredth takes 1 ms, a later one 3 ms. */
const samplesOf = (round: number, batches: readonly number[], factor = 1): Sample[] => {
  let done = 0;
  return batches.map((steps, index) => {
    const seconds = steps * factor * (done < 100 ? 1e-3 : 3e-3);
    done += steps;
    return { round, index, steps, seconds };
  });
};

const courseOf = (samples: readonly Sample[], observed = true) => {
  const observe = { what: 'subnormals', every: 100 } as const;
  const variant = { steps: 250, ...(observed && { observe }) };
  const run = fixtureRun({ variants: [{ kernel: 'simd', rate: 1e9, variant, result: { samples: [...samples] } }] });
  return stretchesOf(run.request, run.variants[0]!);
};

test('each stretch has a value of each round, however its batches were cut', () => {
  const stretches = courseOf([...samplesOf(0, [60, 40, 100, 50]), ...samplesOf(1, [100, 50, 50, 50], 2)]);
  expect(stretches.map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [100, 200],
    [200, 250],
  ]);
  expect(stretches.map(({ secondsPerStep }) => secondsPerStep.map((value) => Number(value.toPrecision(6))))).toEqual([
    [0.001, 0.002],
    [0.003, 0.006],
    [0.003, 0.006],
  ]);
});

test('a stretch that a round broke off in is not counted', () => {
  expect(courseOf(samplesOf(0, [100, 60])).map(({ from }) => from)).toEqual([0]);
});

test('without observations there are no stretches', () => {
  expect(courseOf(samplesOf(0, [100, 100, 50]), false)).toEqual([]);
});
