import { expect, test } from 'vitest';
import { atSpeed, conditionsOf, runUnder } from '../conditions.fixture.ts';
import { LANGUAGES } from '../contract.ts';
import { fixtureSession } from '../figures/figure.fixture.ts';
import { buildFigure } from '../figures/figure-data.ts';
import type { RunRecord } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import type { StripsPlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';
import { drawPlot } from './svg.ts';

const variants = [
  { kernel: 'autovec', rate: 1e9 },
  { kernel: 'simd', rate: 2e9 },
];

const plotOf = (run: RunRecord, language: 'en' | 'fr' = 'en'): StripsPlot =>
  buildPlot('conditions', { session: fixtureSession(run), runIds: [1], language }) as StripsPlot;

test('a laptop that throttles shows when, in the order of the turns, with the temperature and the power of that time', () => {
  const hot = { ...atSpeed(0.6), celsius: 98 };
  const spent = { energy: { source: 'package' as const, joules: 30, seconds: 2, steps: 8 } };
  const run = runUnder({ variants, rounds: 5 }, (at) => (at === 7 ? { after: hot, ...spent } : spent));
  expect(chartsOf(run)).toContain('conditions');
  const { strips, conclusion, notices, x } = plotOf(run);
  expect(strips.map(({ key }) => key)).toEqual(['time', 'clock', 'speed', 'temperature', 'power', 'load']);
  for (const { points, y } of strips) {
    expect(points.map((point) => point.x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(points.filter(({ slowed }) => slowed).map((point) => point.x)).toEqual([8]);
    for (const point of points) expect(point.y >= y.domain[0] && point.y <= y.domain[1]).toBe(true);
  }
  const at = (key: string) => strips.find((strip) => strip.key === key)!.points[7]!;
  expect([at('clock').yText, at('temperature').yText, at('power').yText]).toEqual(['1.92\u00a0GHz', '98\u00a0°C', '15\u00a0W']);
  expect(at('clock').xText).toBe('round 4, simd');
  expect(conclusion).toMatch(/In 1 of 10 turns the processor was slower than usual/);
  expect(notices.join(' ')).not.toMatch(/Not to be read/);
  expect(x.ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
});

test('a machine without sensors has what was measured, and says what it does not tell', () => {
  const run = runUnder({ variants }, () => ({ before: {}, after: { loopHertz: 9e8 } }));
  const { strips, notices } = plotOf(run);
  expect(strips.map(({ key }) => key)).toEqual(['time', 'speed', 'load']);
  expect(notices).toContain('Not to be read on this machine: clock, temperature and power.');
  expect(plotOf(run, 'fr').notices.join(' ')).toMatch(/Impossible à lire sur cette machine\u00a0: fréquence, température et puissance\./);
});

test('the turns of the control are beside its twin’s median, and named so', () => {
  const run = runUnder({ variants });
  const twin = run.variants[0]!.samples;
  const control = { variant: 0, samples: twin.map((sample) => ({ ...sample, seconds: 2 * sample.seconds })) };
  const { strips } = plotOf({ ...run, control, conditions: conditionsOf(3, 5) });
  const points = strips.find(({ key }) => key === 'time')!.points;
  expect(points).toHaveLength(15);
  expect(points[2]!.xText).toBe('round 1, autovec (control)');
  expect(points[2]!.y).toBeGreaterThan(180);
});

test('every strip has two ticks at least', () => {
  const run = runUnder({ variants, rounds: 5 }, (at) => ({ otherLoad: at % 2 === 0 ? 0.66 : 0.9 }));
  for (const { y } of plotOf(run).strips) expect(y.ticks.length, y.title).toBeGreaterThan(1);
  const load = plotOf(run).strips.find(({ key }) => key === 'load')!.y;
  expect(load.ticks.map(({ label }) => label)).toEqual(['70', '80', '90']);
});

test('a run from before there were conditions has no such chart', () => {
  expect(chartsOf({ ...runUnder({ variants }), conditions: undefined })).not.toContain('conditions');
});

test.each(LANGUAGES)('the file has every strip, and no two texts in one place, in %s', (language) => {
  const run = runUnder({ variants, rounds: 40 }, (at) => (at % 9 === 0 ? { throttles: 1 } : {}));
  const plot = plotOf(run, language);
  const { strips, texts, legend } = drawPlot(plot);
  expect(strips).toHaveLength(plot.strips.length);
  expect(legend).toHaveLength(2);
  const places = texts.map(({ x, y }) => `${x} ${y}`);
  expect(new Set(places).size).toBe(places.length);
});

test('the chart of the timings counts the turns that were slowed', () => {
  const noticesOf = (run: RunRecord) =>
    buildFigure('timings', { session: fixtureSession(run), runIds: [1], language: 'en' }).notices.join(' ');
  expect(noticesOf(runUnder({ variants }, (at) => (at === 3 ? { throttles: 1 } : {})))).toMatch(
    /In 1 of 10 turns the processor was slower/,
  );
  expect(noticesOf(runUnder({ variants }))).not.toMatch(/slower than usual/);
});
