import { expect, test } from 'vitest';
import { comparisonsOf, roundsToClear, verdictsOf } from './baseline.ts';
import { fixtureRun } from './figures/figure.fixture.ts';
import type { RunRecord } from './run.ts';

/** A run of as many rounds in which variants take these seconds a step, each round. */
function runOf(secondsByVariant: readonly (readonly number[])[]): RunRecord {
  const run = fixtureRun({
    id: 1,
    variants: secondsByVariant.map((_, index) => ({ kernel: ['autovec', 'simd', 'soa_split'][index]!, rate: 1e8 })),
  });
  const variants = run.variants.map((result, index) => ({
    ...result,
    samples: secondsByVariant[index]!.map((seconds, round) => ({ round, index: 0, steps: 1, seconds })),
  }));
  const { exercise: _, ...request } = run.request;
  return { ...run, request, variants };
}

const STEADY = [1, 1.001, 0.999, 1.0005, 0.9995];
const FASTER = STEADY.map((seconds) => seconds / 2);
/** Slower by 2 % in the middle, and scattered by more than that. */
const SCATTERED = [1.02, 1.07, 0.98, 1.04, 1.0];

test('nothing more is asked for where everything is decided', () => {
  const run = runOf([STEADY, FASTER]);
  expect(comparisonsOf(run)).toMatchObject([{ variant: 1, verdict: { kind: 'faster' } }]);
  expect(roundsToClear(run)).toBe(0);
  expect(roundsToClear(runOf([STEADY, STEADY.map((seconds) => 1.0001 * seconds)]))).toBe(0);
});

test('one comparison that is open asks for rounds, and at least two', () => {
  expect(roundsToClear(runOf([STEADY, FASTER, SCATTERED]))).toBeGreaterThanOrEqual(2);
});

test('so does a pair that only the ranking compares', () => {
  const run = runOf([STEADY, FASTER, SCATTERED.map((seconds) => seconds / 2)]);
  expect(comparisonsOf(run).map(({ verdict }) => verdict.kind)).toEqual(['faster', 'faster']);
  expect(verdictsOf(run).map(({ kind }) => kind)).toEqual(['faster', 'faster', 'cannot-tell']);
  expect(roundsToClear(run)).toBeGreaterThanOrEqual(2);
  // Those that have the baseline in them are not there twice.
  expect(verdictsOf(runOf([STEADY, FASTER]))).toHaveLength(1);
});

test('what is not verified asks for nothing, and without a verified baseline nothing does', () => {
  const run = runOf([STEADY, SCATTERED]);
  const wrong = { status: 'failed', maxAbsError: 1, tolerance: 1e-6 } as const;
  for (const at of [0, 1]) {
    const variants = run.variants.map((result, index) => (index === at ? { ...result, verification: wrong } : result));
    expect(comparisonsOf({ ...run, variants })).toEqual([]);
    expect(roundsToClear({ ...run, variants })).toBe(0);
  }
});

test('a pinned baseline of the run takes the place of its own, one of another run does not', () => {
  const run = runOf([STEADY, FASTER]);
  expect(comparisonsOf(run, { runId: 1, variant: 1 })).toMatchObject([{ variant: 0, verdict: { kind: 'slower' } }]);
  expect(comparisonsOf(run, { runId: 2, variant: 1 })).toEqual(comparisonsOf(run));
});

test('a cost ladder is judged by the pairs that it is made of', () => {
  const run = runOf([STEADY, FASTER, SCATTERED]);
  const changes = [{ cause: 'threads' as const, from: 1, to: 0 }];
  const judged = (climb?: { rung: 'naive' | 'depth'; variant: number }[]) =>
    verdictsOf({ ...run, request: { ...run.request, ladder: { changes, unchanged: [], ...(climb && { climb }) } } }).map(
      ({ kind }) => kind,
    );
  expect(judged()).toEqual(['faster']);
  const climb = [0, 2].map((variant, at) => ({ rung: at === 0 ? ('naive' as const) : ('depth' as const), variant }));
  expect(judged(climb)).toEqual(['faster', 'cannot-tell']);
});
