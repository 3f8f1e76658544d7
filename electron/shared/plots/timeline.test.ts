import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import type { Span } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import type { TimelinePlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';

/** Rounds of one image each, of these lengths; the write follows the steps or begins with them. */
const spansOf = (lengths: readonly number[], overlapped: boolean): Span[] =>
  lengths.flatMap((length, round) => [
    { round, what: 'steps' as const, image: 0, begin: 0, end: 0.4 * length },
    { round, what: 'read' as const, image: 0, begin: 0.4 * length, end: 0.5 * length },
    { round, what: 'write' as const, image: 0, begin: (overlapped ? 0 : 0.5) * length, end: length },
  ]);

const run = fixtureRun({
  variants: [
    { kernel: 'champion', rate: 1e9, variant: { images: { every: 32, writing: 'inline' } }, result: { spans: spansOf([3, 1, 2], false) } },
    {
      kernel: 'champion',
      rate: 2e9,
      variant: { images: { every: 32, writing: 'overlapped' } },
      result: { spans: spansOf([1, 1, 1], true) },
    },
    { kernel: 'simd', rate: 1e9 },
  ],
});

test.each(['en', 'fr'] as const)(
  'the timeline (%s) has a group for each variant with spans, in lanes of what goes on at once',
  (language) => {
    const plot = buildPlot('timeline', { session: fixtureSession(run), runIds: [1], language }) as TimelinePlot;
    expect(chartsOf(run)).toContain('timeline');
    expect(plot.groups.map(({ label }) => label)).toEqual(['champion images=inline', 'champion images=overlapped']);
    const [inline] = plot.groups;
    // Of lengths 1, 2 and 3 the round of 2.
    expect(inline!.lanes.map(({ spans }) => spans.map(({ what, from, to }) => [what, from, to]))).toEqual([
      [
        ['steps', 0, 0.8],
        ['read', 0.8, 1],
      ],
      [['write', 1, 2]],
    ]);
    expect(plot.x.domain[1]).toBeGreaterThanOrEqual(2);
    expect(plot.conclusion).toMatch(/800\sms.*1[.,]00\ss/);
    expect(plot.conclusion).not.toMatch(/undefined|NaN/);
  },
);

test('a run without spans has no timeline', () => {
  const plain = fixtureRun({ variants: [{ kernel: 'simd', rate: 1e9 }] });
  expect(chartsOf(plain)).not.toContain('timeline');
  expect(buildPlot('timeline', { session: fixtureSession(plain), runIds: [1], language: 'en' })).toBeUndefined();
});

test.each(['timeline', 'transfers'] as const)('while a run goes on, the %s keeps the places of what is to come', (chart) => {
  const variants = ['once', 'async'].map((transfer) => ({ kernel: 'gpu_naive', rate: 1e9, variant: { parameters: { transfer } } }));
  const begun = { ...fixtureRun({ variants }), status: 'running' as const };
  const plot = buildPlot(chart, { session: fixtureSession(begun), runIds: [1], language: 'en' }) as TimelinePlot;
  expect(plot.groups.map(({ label }) => label)).toEqual(['gpu_naive transfer=once', 'gpu_naive transfer=async']);
  expect(plot.groups.map(({ lanes }) => lanes.length)).toEqual(chart === 'timeline' ? [2, 2] : [1, 1]);
  expect(plot.x.domain.every(Number.isFinite)).toBe(true);
  expect(plot.conclusion).not.toContain('()');
});
