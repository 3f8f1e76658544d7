import { expect, test } from 'vitest';
import { runUnder } from './conditions.fixture.ts';
import { energyOf } from './energy.ts';
import { energySentence, energyText } from './energy-words.ts';

const variants = [{ kernel: 'autovec', rate: 1e9 }];
const grid = { rows: 1000, cols: 1000 };
const spent = (joules: number, seconds = 1) => ({ energy: { source: 'package' as const, joules, seconds, steps: 500 } });

test('is what was counted over the timed steps, per thousand million cell updates, with its interval over rounds', () => {
  // 500 steps of a million cells are half of that.
  const run = runUnder({ variants, grid, rounds: 5 }, (at) => spent(2 + 0.1 * at));
  const energy = energyOf(run, 0);
  expect(energy).toMatchObject({ source: 'package', rounds: 5 });
  if (!('source' in energy)) throw new Error('no energy');
  expect(energy.joulesPerBillion.median).toBeCloseTo(4.4, 9);
  expect(energy.joulesPerBillion.low).toBeGreaterThanOrEqual(4);
  expect(energyText(energy, 'fr')).toBe('4,4');
  expect(energySentence([energy], 'en')).toMatch(/verification and warm-up are not/);
});

test('is never estimated: it says why there is none, and what helps', () => {
  const reasonOf = (change: Parameters<typeof runUnder>[1]) => energyOf(runUnder({ variants, grid }, change), 0);
  expect(reasonOf(() => ({ noEnergy: 'no-permission' }))).toEqual({ unavailable: 'no-permission' });
  expect(reasonOf(() => spent(0.001, 0.001))).toEqual({ unavailable: 'too-short' });
  expect(reasonOf(undefined)).toEqual({ unavailable: 'not-read' });
  expect(energySentence([{ unavailable: 'no-permission' }], 'en')).toMatch(/sudo chmod o\+r/);
  for (const reason of ['no-permission', 'no-counter', 'too-short', 'not-read'] as const)
    expect(energySentence([{ unavailable: reason }], 'fr')).not.toMatch(/ [:;?!]/);
});

test('on battery it says that it is the whole computer’s', () => {
  const run = runUnder({ variants, grid }, () => ({ energy: { ...spent(3).energy, source: 'battery' } }));
  expect(energySentence([energyOf(run, 0)], 'en')).toMatch(/whole computer/);
});
