/**
 * The whole of a comparison, from the order that the queue draws to the verdict, on machines whose faults are known: who
 * compares equals must not find a difference, and who compares unequals must find it with the rounds that it asked for.
 */
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../kernels/exercise.ts';
import { USUAL_ROUNDS } from '../../../kernels/relation.ts';
import { MACHINES, type SimulatedMachine, simulateRun } from '../../shared/simulated-machine.fixture.ts';
import { rateRatio } from '../../shared/trusted.ts';
import { tellsApart } from '../../shared/verdict.ts';
import { roundsToNextLook } from './next-look.ts';
import { roundOrder } from './round-order.ts';

const TRIALS = 400;
const MOST_ROUNDS = 200;
const SLOWER = 1.03;

interface Trial {
  readonly rounds: number;
  readonly trial: number;
  /** Of the second variant, beside 1. */
  readonly seconds: number;
  /** Whether the first is measured twice in every round. */
  readonly control?: boolean;
  readonly repeatedLooks?: true;
}

/** Of the second of two variants beside the first. */
function judged(machine: SimulatedMachine, { rounds, trial, seconds, control = true, repeatedLooks }: Trial): Verdict {
  const order = roundOrder(control ? 3 : 2, rounds, trial);
  const simulated = simulateRun(machine, { seconds: [1, seconds], order, seed: 7919 * trial });
  const run = { ...simulated, request: { ...simulated.request, ...(repeatedLooks && { repeatedLooks }) } };
  const [first, second] = run.variants;
  return rateRatio({ run, result: second! }, { run, result: first! })!.verdict;
}

/** What a run that goes on until it is clear ends with. */
function judgedUntilClear(machine: SimulatedMachine, trial: Omit<Trial, 'rounds' | 'repeatedLooks'>): Verdict {
  let rounds = USUAL_ROUNDS;
  for (;;) {
    const verdict = judged(machine, { ...trial, rounds, repeatedLooks: true });
    if (verdict.kind !== 'cannot-tell' || verdict.moreRounds === undefined) return verdict;
    const more = roundsToNextLook(rounds, verdict.moreRounds);
    if (rounds + more > MOST_ROUNDS) return verdict;
    rounds += more;
  }
}

const trials = Array.from({ length: TRIALS }, (_, index) => index + 1);

describe.each(Object.entries(MACHINES))('a machine that is: %s', (_, machine) => {
  test.each([5, 7, 9, 15])('calls equals different in 5 % of the runs of %i rounds at most', (rounds) => {
    const different = trials.filter((trial) => tellsApart(judged(machine, { rounds, trial, seconds: 1 })));
    expect(different.length).toBeLessThanOrEqual(0.05 * TRIALS);
  });

  test.each([true, false])('calls equals different in 5 % of the runs until clear at most, with a control: %s', (control) => {
    const different = trials.filter((trial) => tellsApart(judgedUntilClear(machine, { trial, seconds: 1, control })));
    expect(different.length).toBeLessThanOrEqual(0.05 * TRIALS);
  });

  test('finds 3 % within the rounds that it asks for', () => {
    const found = trials.filter((trial) => judgedUntilClear(machine, { trial, seconds: SLOWER }).kind === 'slower');
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
  const ours = trials.filter((trial) => tellsApart(judged(machine, { rounds: 9, trial, seconds: 1 })));
  expect(ours.length).toBeLessThanOrEqual(0.05 * TRIALS);
});

test('where one looks again and again as if it were the first time, differences are found that are none', () => {
  const fooled = trials.filter((trial) => {
    for (let rounds = 7; rounds <= 64; rounds++)
      if (tellsApart(judged(MACHINES.hunting, { rounds, trial, seconds: 1, control: false }))) return true;
    return false;
  });
  expect(fooled.length).toBeGreaterThan(0.1 * TRIALS);
});
