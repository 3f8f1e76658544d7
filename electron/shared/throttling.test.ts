import { expect, test } from 'vitest';
import { atSpeed, conditionsOf, runUnder } from './conditions.fixture.ts';
import { slowedRounds, slowedSamples, slowedSide, speedsOf } from './throttling.ts';

const variants = [
  { kernel: 'autovec', rate: 1e9 },
  { kernel: 'threads_rows', rate: 3e9 },
];

test('a machine that keeps its speed, or has no sensor at all, has no slowed round', () => {
  expect(slowedRounds(runUnder({ variants }))).toEqual([]);
  expect(slowedRounds(runUnder({ variants }, () => ({ before: {}, after: {} })))).toEqual([]);
  expect(speedsOf(runUnder({ variants }, () => ({ before: {}, after: {} })))).toEqual(Array(10).fill({}));
});

test('throttling that sets in for more than half of the run is found from where it sets in', () => {
  const run = runUnder({ variants, rounds: 15 }, (_, round) => (round < 6 ? {} : { after: atSpeed(0.7) }));
  expect(new Set(slowedRounds(run).map(({ round }) => round))).toEqual(new Set([6, 7, 8, 9, 10, 11, 12, 13, 14]));
  expect(slowedRounds(run)[0]).toEqual({ round: 6, entry: 0, reasons: ['clock', 'loop'] });
});

test('the loop alone shows it where no clock can be read, and a counter where neither changed', () => {
  const { clockHertz: _, ...withoutClock } = atSpeed(0.8);
  const blind = runUnder({ variants }, (at) => ({ before: {}, after: at === 3 ? withoutClock : { loopHertz: atSpeed(1).loopHertz } }));
  expect(slowedRounds(blind)).toEqual([{ round: 1, entry: 1, reasons: ['loop'] }]);
  const counted = runUnder({ variants }, (at) => (at === 4 ? { throttles: 2 } : {}));
  expect(slowedRounds(counted)).toEqual([{ round: 2, entry: 0, reasons: ['counter'] }]);
});

test('a variant whose clock is always lower is not slowed by it, and one that worked on one core is judged by that core', () => {
  const lower = runUnder({ variants }, (_at, _round, variant) => ({ after: { clockHertz: [variant === 1 ? 2e9 : 3.2e9] } }));
  expect(slowedRounds(lower)).toEqual([]);
  // Idle cores of low clocks are no matter to a kernel of one thread.
  const idle = runUnder({ variants }, (at) => ({ after: { clockHertz: [8e8, 3.2e9, at === 0 ? 8e8 : 3e9] } }));
  expect(slowedRounds(idle)).toEqual([]);
});

test('the control is judged beside its twin, and its rounds are its own', () => {
  const run = runUnder({ variants });
  const control = { variant: 0, samples: [] };
  const conditions = conditionsOf(3, 5, (_, round, variant) => (round === 2 && variant === 2 ? { after: { clockHertz: [2e9] } } : {}));
  const controlled = { ...run, control, conditions };
  expect(slowedRounds(controlled)).toEqual([{ round: 2, entry: 2, reasons: ['clock'] }]);
  expect(slowedSamples(controlled)(2, { round: 2 })).toBe(true);
  expect(slowedSamples(controlled)(0, { round: 2 })).toBe(false);
});

test('the side of a comparison that was slowed in more of its rounds is named, and neither where both were alike', () => {
  const sides = (slowed: readonly (readonly [round: number, variant: number])[]) => {
    const isSlowed = (round: number, variant: number) => slowed.some(([r, v]) => r === round && v === variant);
    const run = runUnder({ variants }, (_, round, variant) => (isSlowed(round, variant) ? { after: atSpeed(0.7) } : {}));
    const [of, over] = run.variants.map((result) => ({ run, result }));
    return slowedSide(of!, over!);
  };
  expect(sides([])).toBeUndefined();
  expect(sides([[1, 0]])).toEqual({ side: 'of', slowed: 1, rounds: 5 });
  const more = [
    [1, 0],
    [1, 1],
    [3, 1],
  ] as const;
  expect(sides(more)).toEqual({ side: 'over', slowed: 2, rounds: 5 });
  expect(sides(more.slice(0, 2))).toBeUndefined();
});
