import { expect, test } from 'vitest';
import { runUnder } from '../conditions.fixture.ts';
import type { RoundCondition } from '../conditions.ts';
import { LANGUAGES, type Language } from '../contract.ts';
import { ENERGY_WORDS } from '../energy-words.ts';
import { fixtureSession } from '../figures/figure.fixture.ts';
import { chartCsv } from '../figures/table.ts';
import type { RunRecord } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import type { BarsPlot, StripsPlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';

const variants = ['autovec', 'simd', 'champion'].map((kernel) => ({ kernel, rate: 1e9 }));
const grid = { rows: 1000, cols: 1000 };
/** 500 steps of a million cells: half a thousand million cell updates. */
const spent = (joulesPerBillion: number): Partial<RoundCondition> => ({
  energy: { source: 'package', joules: joulesPerBillion / 2, seconds: 1, steps: 500 },
});
const runOf = (means: readonly number[]) =>
  runUnder({ variants, grid, rounds: 7 }, (_, round, variant) => spent(means[variant]! + 0.01 * round));
const plotOf = (run: RunRecord, language: Language = 'en') =>
  buildPlot('energy', { session: fixtureSession(run), runIds: [1], language }) as BarsPlot;

test('a bar for each variant with its interval over rounds, and who takes the least and the most', () => {
  const { bars, conclusion, x } = plotOf(runOf([4, 2, 3]));
  expect(bars.map(({ label }) => label)).toEqual(['autovec', 'simd', 'champion']);
  const medians = bars.map(({ value }) => value.median);
  for (const [at, median] of [4.03, 2.03, 3.03].entries()) expect(medians[at]).toBeCloseTo(median, 9);
  expect(conclusion).toMatch(/^simd takes the least: 2\.03 .*autovec takes the most: 4\.03/);
  expect(x.domain[0]).toBe(0);
  expect(x.better?.end).toBe('low');
});

test('overlapping intervals are a tie, of some or of all', () => {
  expect(plotOf(runOf([4, 2, 2.001])).conclusion).toMatch(/simd takes the least.*The interval of one other overlaps its own\./);
  expect(plotOf(runOf([2.002, 2, 2.001])).conclusion).toMatch(/cannot be told/);
});

test('a variant that was not read has no bar, and the reason; one of nothing else has no chart, and the machine says why', () => {
  const some = runUnder({ variants, grid, rounds: 7 }, (_, round, variant) =>
    variant === 0 ? { noEnergy: 'no-counter' } : spent(2 + 0.01 * round),
  );
  const { bars, notices } = plotOf(some);
  expect(bars.map(({ label }) => label)).toEqual(['simd', 'champion']);
  expect(notices).toContain(`autovec: ${ENERGY_WORDS.en.unavailable['no-counter']}`);
  const none = runUnder({ variants, grid }, () => ({ noEnergy: 'no-permission' }));
  expect(chartsOf(none)).not.toContain('energy');
  for (const language of LANGUAGES) {
    const machine = buildPlot('conditions', { session: fixtureSession(none), runIds: [1], language }) as StripsPlot;
    expect(machine.notices).toContain(ENERGY_WORDS[language].unavailable['no-permission']);
  }
});

test('the table of samples has the energy of the round of each', () => {
  const run = runOf([4, 2, 3]);
  const [head, ...rows] = chartCsv(plotOf(run), fixtureSession(run)).split('\r\n');
  const heads = head!.split(',');
  // Counted from the end: a processor's name has commas.
  const fromEnd = heads.indexOf('round_energy_per_billion_cell_updates [J]') - heads.length;
  expect(Number(rows[0]!.split(',').at(fromEnd))).toBeCloseTo(4, 9);
});
