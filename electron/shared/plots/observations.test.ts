import { expect, test } from 'vitest';
import { type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import { chartCsv } from '../figures/table.ts';
import type { Observation, Observe, Sample } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import type { LinesPlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';

const STEPS = [0, 100, 200, 300];
const observations = (name: Observe['what'], values: readonly (number | null)[], rounds = 1): Observation[] =>
  Array.from({ length: rounds }, (_, round) => STEPS.map((step, at) => ({ round, step, name, value: values[at]! }))).flat();

/** Three rounds of 300 steps, each hundred in two batches. */
const samples = (milliseconds: readonly number[]): Sample[] =>
  [0, 1, 2].flatMap((round) =>
    milliseconds.flatMap((each, at) => [0, 1].map((half) => ({ round, index: 2 * at + half, steps: 50, seconds: 50 * each * 1e-3 }))),
  );

const observed = (
  what: Observe['what'],
  values: readonly (number | null)[],
  more: Partial<FixtureVariant['variant']> = {},
): FixtureVariant => ({
  kernel: 'simd',
  rate: 1e9,
  variant: { steps: 300, observe: { what, every: 100 }, ...more },
  result: { samples: samples([1, 3, 2]), observations: observations(what, values, what === 'subnormals' ? 3 : 1) },
});

function plotOf(chart: 'course' | 'observations', variants: readonly FixtureVariant[], language: 'en' | 'fr' = 'en'): LinesPlot {
  const session = fixtureSession(fixtureRun({ variants }));
  return buildPlot(chart, { session, runIds: [1], language }) as LinesPlot;
}

test('only runs that are observed have these charts', () => {
  expect(chartsOf(fixtureRun({ variants: [observed('subnormals', [0, 1, 2, 3])] }))).toEqual(
    expect.arrayContaining(['course', 'observations']),
  );
  expect(chartsOf(fixtureRun({ variants: [{ kernel: 'simd', rate: 1e9 }] }))).not.toContain('course');
});

test('the course has a point for each stretch, and says where it was fastest and slowest', () => {
  const plot = plotOf('course', [observed('subnormals', [0, 1, 2, 3])]);
  expect(plot.series[0]?.points.map(({ x, y }) => [x, Number(y.median.toPrecision(6))])).toEqual([
    [50, 1e-3],
    [150, 3e-3],
    [250, 2e-3],
  ]);
  expect(plot.conclusion).toMatch(/simd: a step takes between 1\.00\sms \(steps 0 to 100\) and 3\.00\sms \(steps 100 to 200\)\./u);
});

test('differences stand on a logarithmic axis, without those that are none', () => {
  const plot = plotOf('observations', [observed('difference', [0, 1e-7, 1e-3, 0.5])]);
  expect(plot.y.scale).toBe('log');
  expect(plot.series[0]?.points.map(({ x, y }) => [x, y.median])).toEqual([
    [100, 1e-7],
    [200, 1e-3],
    [300, 0.5],
  ]);
  expect(plot.conclusion).toContain('goes from 1e−7 at step 100 to 0.5 at step 300');
});

test('counts start at zero, and a state of no numbers is said, not drawn', () => {
  const flushed = observed('subnormals', [0, 0, 0, 0]);
  const kept = observed('subnormals', [0, 5000, 7, null], { flushSubnormals: false });
  const plot = plotOf('observations', [kept, flushed]);
  expect(plot.y).toMatchObject({ scale: 'linear', domain: [0, 5200] });
  expect(plot.series.map(({ points }) => points.map(({ y }) => y.median))).toEqual([
    [0, 5000, 7],
    [0, 0, 0, 0],
  ]);
  expect(plot.conclusion).toMatch(
    /at most 5000 subnormal values, .* at step 100; 7 at the end\. simd flush=off: no numbers from step 300 on/u,
  );
  expect(plot.conclusion).toMatch(/simd: no subnormal value/u);
  expect(plotOf('observations', [kept, flushed], 'fr').conclusion).toMatch(/au plus 5000 valeurs sous-normales/u);
});

test('the table of observations has a row for each of them', () => {
  const session = fixtureSession(fixtureRun({ variants: [observed('difference', [0, 1e-7, null, 0.5])] }));
  const plot = buildPlot('observations', { session, runIds: [1], language: 'en' })!;
  const [header, ...rows] = chartCsv(plot, session)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  // Counted from the end: before it, quoted fields have commas of their own.
  const column = (name: string) => rows.map((row) => row.at(header!.indexOf(name) - header!.length));
  expect(column('step [1]')).toEqual(['0', '100', '200', '300']);
  expect(column('value [1]')).toEqual(['0', '1e-7', '', '0.5']);
  expect(new Set(column('observed'))).toEqual(new Set(['difference']));
});
