import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import type { Span } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import type { TimelinePlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';

/** The fixture's. */
const STEPS = 32;

function spansOf(lengths: Partial<Record<Span['what'], number>>): Span[] {
  let from = 0;
  return Object.entries(lengths).map(([what, length]) => {
    const begin = from;
    from += length;
    return { round: 0, what: what as Span['what'], image: 0, begin, end: from };
  });
}

const variants = [
  {
    parameters: { transfer: 'once', stepsPerImage: 4 },
    result: { spans: spansOf({ compile: 9, upload: 0.08, steps: 3, download: 0.16 }) },
  },
  { parameters: { transfer: 'per-image', stepsPerImage: 4 }, result: { spans: spansOf({ steps: 0.4, download: 0.04 }) } },
  {
    parameters: { transfer: 'per-step', stepsPerImage: 4 },
    result: { spans: spansOf({ upload: 0.2, steps: 0.1, download: 0.3 }) },
  },
];

const runOf = (chosen: typeof variants) =>
  fixtureRun({
    variants: chosen.map(({ parameters, result }) => ({ kernel: 'gpu_naive', rate: 1e8, variant: { parameters }, result })),
  });

test.each(['en', 'fr'] as const)('transfers (%s): a bar for each variant, its parts shared out over the steps', (language) => {
  const run = runOf(variants);
  expect(chartsOf(run)).toContain('transfers');
  const plot = buildPlot('transfers', { session: fixtureSession(run), runIds: [1], language }) as TimelinePlot;
  const bars = plot.groups.map(({ lanes }) => lanes.flatMap(({ spans }) => spans));
  expect(bars.map((bar) => bar.map(({ what }) => what))).toEqual([
    ['upload', 'steps', 'download'],
    ['steps', 'download'],
    ['upload', 'steps', 'download'],
  ]);
  const lengths = bars.map((bar) => bar.map(({ from, to }) => to - from));
  expect(lengths[0]![0]).toBeCloseTo(0.08 / STEPS, 9);
  expect(lengths[0]![2]).toBeCloseTo(0.16 / STEPS, 9);
  expect(lengths[1]![0]).toBeCloseTo(0.4 / 4, 9);
  expect(lengths[1]![1]).toBeCloseTo(0.04 / 4, 9);
  for (const [part, seconds] of [0.2, 0.1, 0.3].entries()) expect(lengths[2]![part]).toBeCloseTo(seconds, 9);
  for (const bar of bars) for (const [at, { from }] of bar.entries()) expect(from).toBe(bar[at - 1]?.to ?? 0);
  expect(plot.conclusion).not.toMatch(/undefined|NaN/);
});

test('a run in which everything crosses once has no such chart', () => {
  expect(chartsOf(runOf(variants.slice(0, 1)))).not.toContain('transfers');
  expect(chartsOf(runOf(variants.slice(0, 1)))).not.toContain('timeline');
});
