/**
 * The whole of a comparison, from the order that the queue draws to the verdict, on machines whose faults are known: who
 * compares equals must not find a difference, and who compares unequals must find it with the rounds that it asked for.
 */
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../kernels/exercise.ts';
import { MACHINES, type SimulatedMachine, simulateRun } from '../../shared/simulated-machine.fixture.ts';
import { rateRatio } from '../../shared/trusted.ts';
import { tellsApart } from '../../shared/verdict.ts';
import { roundOrder } from './round-order.ts';

const TRIALS = 400;
const MOST_ROUNDS = 200;
const SLOWER = 1.03;

/** Of the second of two variants beside the first, which is measured twice in every round. */
function judged(machine: SimulatedMachine, rounds: number, trial: number, seconds: number): Verdict {
  const run = simulateRun(machine, { seconds: [1, seconds], order: roundOrder(3, rounds, trial), seed: 7919 * trial });
  const [first, second] = run.variants;
  return rateRatio({ run, result: second! }, { run, result: first! })!.verdict;
}

/** What a run that goes on until it is clear ends with. */
function judgedUntilClear(machine: SimulatedMachine, trial: number, seconds: number): Verdict {
  let rounds = 5;
  for (;;) {
    const verdict = judged(machine, rounds, trial, seconds);
    if (verdict.kind !== 'cannot-tell' || verdict.moreRounds === undefined) return verdict;
    if (rounds + verdict.moreRounds > MOST_ROUNDS) return verdict;
    rounds += verdict.moreRounds;
  }
}

const trials = Array.from({ length: TRIALS }, (_, index) => index + 1);

describe.each(Object.entries(MACHINES))('a machine that is: %s', (_, machine) => {
  test.each([5, 9, 15])('calls equals different in 5 % of the runs of %i rounds at most', (rounds) => {
    const different = trials.filter((trial) => tellsApart(judged(machine, rounds, trial, 1)));
    expect(different.length).toBeLessThanOrEqual(0.05 * TRIALS);
  });

  test('finds 3 % within the rounds that it asks for', () => {
    const found = trials.filter((trial) => judgedUntilClear(machine, trial, SLOWER).kind === 'slower');
    expect(found.length).toBeGreaterThanOrEqual(0.95 * TRIALS);
  });
});

test('where whoever comes second is slower, one after the other finds a difference that is none', () => {
  const machine = MACHINES['second is slower'];
  const inBlocks = (trial: number) => {
    const rounds = 9;
    const blocks = [0, 1].flatMap((variant) => Array.from({ length: rounds }, () => variant));
    const run = simulateRun(machine, { seconds: [1, 1], order: [blocks], seed: 7919 * trial });
    const [first, second] = run.variants;
    return rateRatio({ run, result: second! }, { run, result: first! })!.verdict;
  };
  const fooled = trials.filter((trial) => inBlocks(trial).kind === 'slower');
  expect(fooled.length).toBeGreaterThan(0.95 * TRIALS);
  const ours = trials.filter((trial) => tellsApart(judged(machine, 9, trial, 1)));
  expect(ours.length).toBeLessThanOrEqual(0.05 * TRIALS);
});
