import { describe, expect, it, test } from 'vitest';
import type { Verdict } from '../../kernels/exercise.ts';
import { LEAST_ROUNDS, USUAL_ROUNDS } from '../../kernels/relation.ts';
import { LANGUAGES } from './contract.ts';
import type { Interval, Sample } from './run.ts';
import { MACHINES, simulateRun } from './simulated-machine.fixture.ts';
import { MOST_MORE_ROUNDS, noiseFloorOf, verdictOf } from './verdict.ts';
import { slowedPhrase, slowedSentence, verdictPhrase, verdictSentence, verdictText } from './verdict-words.ts';

const around = (median: number, by: number): Interval => ({ median, low: median / (1 + by), high: median * (1 + by) });

describe('verdictOf', () => {
  it('tells what the interval and the floor both allow', () => {
    expect(verdictOf(around(1.1, 0.02), 5)).toEqual({ kind: 'faster', ratio: around(1.1, 0.02) });
    expect(verdictOf(around(0.9, 0.02), 5)).toEqual({ kind: 'slower', ratio: around(0.9, 0.02) });
    expect(verdictOf(around(1.1, 0.02), 5, 0.05).kind).toBe('faster');
  });

  it('is the same with the two changed over', () => {
    const turned = ({ median, low, high }: Interval): Interval => ({ median: 1 / median, low: 1 / high, high: 1 / low });
    const other: Record<string, string> = { faster: 'slower', slower: 'faster' };
    for (const centre of [1, 1.005, 1.02, 1.3]) {
      for (const by of [0.001, 0.009, 0.03, 0.4]) {
        for (const floor of [undefined, 0.004, 0.05]) {
          const verdict = verdictOf(around(centre, by), 5, floor);
          const back = verdictOf(turned(around(centre, by)), 5, floor);
          expect(back.kind).toBe(other[verdict.kind] ?? verdict.kind);
          if (verdict.kind === 'cannot-tell') expect(back).toEqual(verdict);
        }
      }
    }
  });

  it('shows no difference where a narrow interval leaves none, with the floor that it lies below', () => {
    const verdict = verdictOf(around(1.001, 0.005), 9, 0.018);
    expect(verdict).toMatchObject({ kind: 'no-difference', floor: 0.018 });
    expect((verdict as { within: number }).within).toBeCloseTo(1.001 * 1.005 - 1, 6);
    expect(verdictOf(around(1.001, 0.005), 9)).not.toHaveProperty('floor');
    // Above the floor, and yet not clear: the floor is not its reason.
    expect(verdictOf(around(1.004, 0.006), 9, 0.002)).not.toHaveProperty('floor');
  });

  it('asks for the rounds after which the interval would decide', () => {
    const verdict = verdictOf(around(1.03, 0.04), 10);
    expect(verdict.kind).toBe('cannot-tell');
    const { moreRounds } = verdict as { moreRounds: number };
    // It must shrink to three quarters; by the square root alone that were 18 rounds.
    expect(moreRounds).toBeGreaterThan(4);
    expect(moreRounds).toBeLessThan(9);
  });

  it('does not tell a difference below the floor, and asks for what would lower the floor', () => {
    expect(verdictOf(around(1.03, 0.005), 9, 0.035)).toMatchObject({ kind: 'cannot-tell' });
  });

  it('asks for a few rounds before it judges by fewer than it may', () => {
    for (let rounds = 1; rounds < LEAST_ROUNDS; rounds++) {
      expect(verdictOf(around(10, 0.001), rounds)).toEqual({ kind: 'cannot-tell', moreRounds: USUAL_ROUNDS - rounds });
    }
  });

  it('calls nothing hopeless after few rounds, and says so after many', () => {
    const wide = around(1.001, 0.5);
    expect(verdictOf(wide, 5)).toEqual({ kind: 'cannot-tell', moreRounds: 10 });
    expect(verdictOf(wide, 40)).toEqual({ kind: 'cannot-tell' });
    expect(verdictOf(wide, 40, 0.6)).toMatchObject({ kind: 'no-difference', floor: 0.6 });
  });
});

describe('noiseFloorOf', () => {
  const sample = (round: number, seconds: number): Sample => ({ round, index: 0, steps: 1, seconds });
  const original = [1, 1.02, 0.99, 1, 1.01];
  const run = simulateRun(MACHINES.quiet, { seconds: [1, 2], order: [[0, 1]], seed: 1 });
  const withControl = (twin: readonly number[]) => ({
    variants: [{ ...run.variants[0]!, samples: original.map((seconds, round) => sample(round, seconds)) }],
    control: { variant: 0, samples: twin.map((seconds, round) => sample(round, seconds)) },
  });

  it('is how far the twin may be from the original, on whichever side', () => {
    expect(noiseFloorOf(withControl(original))).toBeCloseTo(0, 12);
    const always = noiseFloorOf(withControl(original.map((seconds) => 1.04 * seconds)));
    expect(always).toBeCloseTo(0.04, 10);
    expect(noiseFloorOf(withControl(original.map((seconds) => seconds / 1.04)))).toBeCloseTo(0.04, 10);
    expect(noiseFloorOf(withControl(original.toReversed()))).toBeGreaterThan(0.01);
  });

  it('is unknown without a control, or with too few rounds of one', () => {
    expect(noiseFloorOf(run)).toBeUndefined();
    expect(noiseFloorOf(withControl(original.slice(0, LEAST_ROUNDS - 1)))).toBeUndefined();
    expect(noiseFloorOf({ ...withControl(original), control: { variant: 7, samples: [] } })).toBeUndefined();
  });
});

test('verdicts in words', () => {
  const shown: [Verdict, string, string][] = [
    [
      { kind: 'faster', ratio: { median: 1.12, low: 1.09, high: 1.15 } },
      'A is faster by 12 % (9 to 15)',
      'A est plus rapide de 12 % (9 à 15)',
    ],
    [
      { kind: 'faster', ratio: { median: 1.0312, low: 1.022, high: 1.041 } },
      'A is faster by 3.1 % (2.2 to 4.1)',
      'A est plus rapide de 3,1 % (2,2 à 4,1)',
    ],
    [
      { kind: 'faster', ratio: { median: 2.412, low: 2.38, high: 2.45 } },
      'A is 2.41 times as fast (2.38 to 2.45)',
      'A est 2,41 fois aussi rapide (2,38 à 2,45)',
    ],
    [
      { kind: 'slower', ratio: { median: 0.88, low: 0.85, high: 0.91 } },
      'A is slower by 12 % (9 to 15)',
      'A est moins rapide de 12 % (9 à 15)',
    ],
    [
      { kind: 'no-difference', within: 0.016, floor: 0.0182 },
      'no difference that this machine can show (its own noise is 1.8 %)',
      'pas de différence que cette machine puisse montrer (son propre bruit est de 1,8 %)',
    ],
    [
      { kind: 'no-difference', within: 0.0091 },
      'no difference that this machine can show (at most 0.9 %)',
      'pas de différence que cette machine puisse montrer (0,9 % au plus)',
    ],
    [{ kind: 'cannot-tell', moreRounds: 6 }, 'cannot tell yet: about 6 more rounds', 'pas encore tranché : environ 6 répétitions de plus'],
    [
      { kind: 'cannot-tell' },
      `cannot tell: the rounds scatter so much that ${MOST_MORE_ROUNDS} more would not decide`,
      `impossible de trancher : les répétitions se dispersent tant que ${MOST_MORE_ROUNDS} de plus n’y suffiraient pas`,
    ],
  ];
  for (const [verdict, ...texts] of shown) {
    const phrases = LANGUAGES.map((language) => verdictPhrase('A', verdict, language));
    expect(phrases.map((phrase) => phrase.replaceAll('\u00a0', ' '))).toEqual(texts);
    for (const phrase of phrases) expect(phrase).not.toMatch(/ [:;!?%]/);
    for (const [at, language] of LANGUAGES.entries()) {
      expect(phrases[at]!.endsWith(verdictText(verdict, language))).toBe(true);
      expect(verdictSentence('A', verdict, language)).toMatch(/^[A-Z].*\.$/u);
    }
  }
});

describe('what one side suffered', () => {
  const names = { of: 'A', over: 'B' };
  const slowed = { side: 'over', slowed: 3, rounds: 9 } as const;

  it('is told after the verdict, with its name', () => {
    expect(slowedPhrase(slowed, names, 'en')).toBe(', but the machine was slowed in 3 of 9 rounds of B');
    expect(slowedPhrase({ ...slowed, side: 'of' }, names, 'fr')).toBe(', mais la machine était ralentie dans 3 des 9 répétitions de A');
    expect(slowedSentence(slowed, names, 'en')).toBe(' But the machine was slowed in 3 of 9 rounds of B.');
  });

  it('is nothing where neither side was slowed more than the other', () => {
    expect(slowedPhrase(undefined, names, 'en') + slowedSentence(undefined, names, 'fr')).toBe('');
  });
});
