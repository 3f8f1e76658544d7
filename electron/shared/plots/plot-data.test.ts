import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../contract.ts';
import { type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import { isFigureChart } from '../figures/figure.ts';
import type { Session } from '../session.ts';
import { chartsOf } from './charts-of.ts';
import { BLOCKS, overThreads, PLOT_SESSIONS, square } from './plot.fixture.ts';
import type { HeatMapPlot, HistogramPlot, LinesPlot, PlotChart } from './plot.ts';
import { buildPlot } from './plot-data.ts';
import { drawPlot } from './svg.ts';

const plotOf = <P>(session: Session, chart: PlotChart, language: Language = 'en'): P =>
  buildPlot(chart, { session, runIds: session.runs.map(({ id }) => id), language }) as P;
const named = (name: string): Session => PLOT_SESSIONS[name]!;
const one = (variants: readonly FixtureVariant[]): Session => fixtureSession(fixtureRun({ variants }));

describe('a sweep', () => {
  const plot = plotOf<LinesPlot>(named('processor and card over sizes'), 'sweep');

  test('has a line for each kernel in its look, with words for every point', () => {
    expect(plot.series.map(({ label, points }) => [label, points.length])).toEqual([
      ['champion', 8],
      ['gpu_naive (software GPU)', 8],
    ]);
    const [first] = plot.series[0]!.points;
    expect(first?.xText).toBe('64²');
    expect(first?.yText).toMatch(/^1\d{3}\sMcell\/s \(\d+\sto\s\d+\)$/u);
    expect(plot.x.scale).toBe('log');
    expect(plot.x.ticks.at(-1)?.label).toBe('12\u202f288²');
  });

  test('says where each line peaks, and from where on the other is ahead', () => {
    expect(plot.conclusion).toContain('champion is ahead up to 1024², gpu_naive (software GPU) from 2048² on.');
    expect(plotOf<LinesPlot>(named('processor and card over sizes'), 'sweep', 'fr').conclusion).toContain('champion devance jusqu’à 1024²');
  });

  test('says ties as ties', () => {
    const level = one(
      [64, 128, 256].map((side) => ({ kernel: 'simd', rate: side < 256 ? 1.03e9 : 1e9, spread: 0.2, variant: { grid: square(side) } })),
    );
    expect(plotOf<LinesPlot>(level, 'sweep').conclusion).toMatch(/^simd is level: its 3 points cannot be told apart/u);
  });

  test('keeps the colour of a kernel and tells its lines apart by marker and dash', () => {
    const { series } = plotOf<LinesPlot>(named('four lines of one kernel'), 'sweep');
    const fma = series.filter(({ kernel }) => kernel === 'simd_fma');
    expect(fma.map(({ label }) => label)).toEqual(['simd_fma chains=1', 'simd_fma chains=2', 'simd_fma chains=4', 'simd_fma chains=8']);
    expect(new Set(fma.map(({ look }) => look.color)).size).toBe(1);
    expect(new Set(series.map(({ look }) => JSON.stringify(look))).size).toBe(series.length);
  });

  test('compares with what has no place on the axis', () => {
    const { guides } = plotOf<LinesPlot>(named('depths of a pyramid, and what it is compared with'), 'sweep');
    expect(guides.map(({ label }) => label.split(',')[0])).toEqual(['simd', 'autovec']);
  });

  test('draws hollow what may not be trusted, names it, and concludes from the rest', () => {
    const shown = plotOf<LinesPlot>(named('a sweep with points that may not be trusted'), 'sweep');
    const points = shown.series.flatMap((series) => series.points);
    expect(points.map(({ xText, ranked, trusted, mark }) => [xText, ranked, trusted, mark?.kind])).toEqual([
      ['64²', true, true, undefined],
      ['128²', true, true, undefined],
      ['256²', true, true, undefined],
      ['512²', false, false, 'wrong'],
      ['1024²', false, false, 'unverified'],
      ['1080\u00a0×\u00a01920', true, false, 'cancelled'],
    ]);
    expect(shown.notices.join(' ')).toMatch(
      /Drawn hollow.*512×512 \(wrong result\).*incomplete.*Without a result: .*2048×2048 \(failed\)/u,
    );
    expect(shown.conclusion).toMatch(/^champion is fastest at 256²/u);
    expect(shown.key.hollow).toBeDefined();
  });

  test('never joins two runs', () => {
    const { series } = plotOf<LinesPlot>(named('two runs of one sweep'), 'sweep');
    expect(series.map(({ label }) => label)).toEqual(['simd (run 1)', 'simd (run 2)']);
  });

  test('concludes little from one round', () => {
    expect(plotOf<LinesPlot>(named('one round'), 'sweep').conclusion).toMatch(/^Too few rounds to conclude\./u);
  });
});

describe('scaling', () => {
  test('divides by one thread, with the ideal line', () => {
    const plot = plotOf<LinesPlot>(named('strong scaling'), 'scaling');
    expect(plot.series.map(({ points }) => points[0]?.y)).toEqual([
      { median: 1, low: 1, high: 1 },
      { median: 1, low: 1, high: 1 },
    ]);
    expect(plot.guides[0]?.points).toEqual([
      { x: 1, y: 1 },
      { x: 16, y: 16 },
    ]);
    expect(plot.conclusion).toMatch(
      /With 16\sthreads, threads_rows reaches 5\.\d+\s×\s.* an efficiency of 3\d.* Beyond 8\sthreads nothing is clearly gained\./u,
    );
  });

  test('says where threads gain nothing', () => {
    const plot = plotOf<LinesPlot>(one(overThreads('champion', [1, 2, 4], (threads) => 1 - 0.004 * threads)), 'scaling');
    expect(plot.conclusion).toContain('That is no clear gain over one.');
    expect(plot.conclusion).not.toContain('Beyond');
  });

  test('draws nothing over a base that is wrong, and says so', () => {
    const [base, ...others] = overThreads('champion', [1, 2, 4], (threads) => threads);
    const wrong = { ...base!, result: { verification: { status: 'failed' as const, maxAbsError: 1, tolerance: 5e-6 } } };
    const plot = plotOf<LinesPlot>(one([wrong, ...others]), 'scaling');
    expect(plot.series.flatMap(({ points }) => points)).toEqual([]);
    expect(plot.notices.join(' ')).toContain('for want of a verified result with 1 thread: champion threads=4');
  });

  test('weak: the share of the rate per thread that is kept', () => {
    const plot = plotOf<LinesPlot>(named('weak scaling'), 'weak-scaling');
    const last = plot.series[0]?.points.at(-1);
    expect(last?.xText).toBe('4\u00a0threads, 2048²');
    expect(last?.y.median).toBeCloseTo(4 ** 0.8 / 4, 1);
    expect(last?.yText).toMatch(/^7\d\.\d\s% \(/u);
    expect(plot.conclusion).toMatch(/With 4\sthreads and as many times the cells, threads_rows keeps 7\d\.\d\s%/u);
  });
});

describe('a map', () => {
  test('outlines the best, and counts what cannot be told from it', () => {
    const plot = plotOf<HeatMapPlot>(named('blocks, and what they are compared with'), 'heat-map');
    expect(plot.cells).toHaveLength(30);
    const best = plot.cells.filter((cell) => cell.best);
    expect(best.map(({ x, y }) => [plot.x.values[x]?.value, plot.y.values[y]?.value])).toEqual([[512, 64]]);
    expect(best[0]?.shade).toBe(1);
    expect(plot.conclusion).toMatch(/^blocked is fastest with blockCols\s=\s512, blockRows\s=\s64: 1\d{3}\sMcell\/s/u);
    const flat = plotOf<HeatMapPlot>(one(BLOCKS.map((block) => ({ ...block, rate: 1e9, spread: 0.05 }))), 'heat-map');
    expect(flat.cells.filter(({ near }) => near).length).toBeGreaterThan(2);
    expect(flat.conclusion).toContain('the optimum is flat');
  });

  test('keeps the shades of cells while others are measured', () => {
    // Each a little faster than the one before.
    const rising = BLOCKS.map((block, at) => ({ ...block, rate: 1.2e9 * (1 + 0.01 * at) }));
    const running = (measured: number) => {
      const run = fixtureRun({ variants: rising.slice(0, measured) });
      const waiting = fixtureRun({ variants: rising.slice(measured).map((block) => ({ ...block, rate: undefined as never })) });
      const variants = [...run.variants, ...waiting.variants.map((result) => ({ ...result, status: 'waiting' as const }))];
      const request = { ...run.request, variants: variants.map(({ variant }) => variant) };
      return fixtureSession({ ...run, request, variants, status: 'running' });
    };
    const shades = (measured: number) =>
      plotOf<HeatMapPlot>(running(measured), 'heat-map')
        .cells.flatMap(({ shade }) => shade ?? [])
        .slice(0, 20);
    expect(shades(20)).toHaveLength(20);
    expect(shades(26)).toEqual(shades(20));
  });

  test('has no scale where nothing is trusted', () => {
    const session = one(BLOCKS.map((block) => ({ ...block, result: { status: 'cancelled' } })));
    const plot = plotOf<HeatMapPlot>(session, 'heat-map');
    expect(plot.cells.every(({ shade }) => shade === undefined)).toBe(true);
    expect(drawPlot(plot).texts.map(({ text }) => text)).not.toContain(plot.key.shade);
    expect(plot.conclusion).toBe('No complete and verified result: nothing is concluded.');
  });

  test('gives no shade to a wrong result, and names what is not on the map', () => {
    const plot = plotOf<HeatMapPlot>(named('blocks of two kernels, one wrong, one unfinished, one missing'), 'heat-map');
    expect(plot.cells.filter(({ rate, shade }) => rate !== undefined && shade === undefined).map(({ mark }) => mark?.kind)).toEqual([
      'wrong',
      'cancelled',
    ]);
    expect(plot.cells.filter(({ hatched }) => hatched).map(({ mark }) => mark?.kind)).toEqual(['wrong', 'cancelled']);
    expect(plot.notices.join(' ')).toMatch(/Hatched, not ranked: .*\(wrong result\).*\(incomplete\)/u);
    expect(plot.notices.join(' ')).not.toContain('hollow');
    expect(plot.others.map(({ label }) => label)).toEqual(['simd']);
    expect(plot.notices.join(' ')).toContain('Not on the map: autovec');
  });
});

test('a histogram counts every sample once', () => {
  const plot = plotOf<HistogramPlot>(named('pinned, free and cold'), 'histogram');
  for (const { bins, sampleCount, least, median } of plot.series) {
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(sampleCount);
    expect(least).toBeLessThanOrEqual(median.median);
    expect(bins[0]?.from).toBeLessThanOrEqual(least);
  }
  expect(plot.conclusion).toMatch(/from .* \(autovec pin=on\) to .* \(autovec cold\)\.$/u);
});

describe.each(Object.keys(PLOT_SESSIONS))('%s', (name) => {
  const charts = chartsOf(named(name).runs[0]!).filter((chart): chart is PlotChart => !isFigureChart(chart));

  test.each(charts)('%s says the same numbers in both languages', (chart) => {
    const [english, french] = LANGUAGES.map((language) => plotOf<LinesPlot>(named(name), chart, language));
    const digits = (text: string) => text.replace(/,/g, '.').match(/\d+(?:\.\d+)?/g);
    expect(digits(french!.conclusion)).toEqual(digits(english!.conclusion));
    expect(french!.notices).toHaveLength(english!.notices.length);
    expect(french!.conclusion).not.toBe(english!.conclusion);
  });
});

test('nothing for the chart is no plot', () => {
  expect(plotOf(one([{ kernel: 'simd', rate: 1e9 }]), 'heat-map')).toBeUndefined();
  expect(buildPlot('histogram', { session: one([{ kernel: 'simd', rate: 1e9 }]), runIds: [7], language: 'en' })).toBeUndefined();
});

describe('caches on an axis of grids', () => {
  const plot = plotOf<LinesPlot>(named('processor and card over sizes'), 'sweep');

  test('are where u and v, in two buffers each, fill them: 16 bytes a cell in f32', () => {
    expect(plot.landmarks?.map(({ label }) => label)).toEqual(['L1: 8\u00a0×\u00a048\u00a0KiB', 'L2: 8\u00a0×\u00a01\u00a0MiB']);
    expect(plot.landmarks?.map(({ x }) => x)).toEqual([(8 * 49_152) / 16, (8 * 1_048_576) / 16]);
  });

  test('stand in the table in words, and never for a GPU', () => {
    const words = plot.series.map(({ points }) => points.map(({ more }) => more?.[0]?.text));
    expect(words[0]?.slice(0, 2)).toEqual(['64\u00a0KiB, in L1', '256\u00a0KiB, in L1']);
    expect(words[0]?.at(-1)).toBe('2.25\u00a0GiB, beyond L2');
    expect(new Set(words[1])).toEqual(new Set(['']));
    expect(plot.columns).toEqual(['Working set']);
  });

  test('are told apart where lines of two precisions fill them on different grids', () => {
    const { landmarks = [] } = plotOf<LinesPlot>(named('one precision and the other over sizes'), 'sweep');
    expect(landmarks.map(({ label }) => label.replace(/^.*\(/u, '('))).toEqual(['(f32)', '(f64)', '(f32)']);
  });
});

describe('while a sweep goes on', () => {
  const whole = named('four lines of one kernel').runs[0]!;
  const begun = (count: number): LinesPlot =>
    plotOf<LinesPlot>(
      fixtureSession({
        ...whole,
        status: 'running',
        variants: whole.variants.map((result, at) => (at < count ? result : { ...result, status: 'waiting', samples: [] })),
      }),
      'sweep',
    );

  test('points appear and the axes stay', () => {
    const plots = [begun(7), begun(12), begun(whole.variants.length)];
    expect(plots.map(({ series }) => series.flatMap(({ points }) => points).length)).toEqual([7, 12, whole.variants.length]);
    expect(new Set(plots.map(({ x, y }) => JSON.stringify([x.domain, x.ticks, y.domain, y.ticks]))).size).toBe(1);
    expect(plots[0]?.y.domain).toEqual([1e8, 1e10]);
  });
});

describe('a law of scaling', () => {
  test('is fitted, drawn in the colour of its line, and held against what else it may be', () => {
    const plot = plotOf<LinesPlot>(named('more threads than cores'), 'scaling');
    const [ideal, law] = plot.guides;
    expect(ideal?.of).toBeUndefined();
    expect(law?.of).toBe(plot.series[0]?.key);
    expect(law?.points.at(-1)?.y).toBeCloseTo(1 / (0.04 + 0.96 / 64), 0);
    expect(plot.conclusion).toMatch(
      /A serial share of (3\.9\d|4\.0\d|4)\s% \(.*\) would explain it by Amdahl’s law, which then ends at 2[45](\.\d)? ×/u,
    );
    expect(plot.conclusion).toContain(
      'two threads to a core beyond 8 threads or more threads than the 16 processors of this machine: no fit tells them apart',
    );
    expect(plot.landmarks).toEqual([{ key: 'cores', x: 8, label: '8 cores' }]);
    expect(plot.columns).toEqual(['Efficiency']);
    expect(plot.series[0]?.points[0]?.more?.[0]).toMatchObject({ value: 1 });
  });

  test('is said to be off where another limit sets in', () => {
    const { conclusion } = plotOf<LinesPlot>(named('strong scaling'), 'scaling');
    expect(conclusion).toMatch(/threads_rows reaches .* The law is off by 3\d(\.\d)?\s% with 16\sthreads/u);
    expect(conclusion.match(/no fit tells them apart/gu)).toHaveLength(1);
  });

  test('is not fitted to two numbers of threads, and says so', () => {
    const plot = plotOf<LinesPlot>(named('scaling to two threads'), 'scaling');
    expect(plot.guides).toHaveLength(1);
    expect(plot.conclusion).toContain('No serial share is fitted to fewer than three numbers of threads.');
  });

  test('is Gustafson’s for a grid that grows along', () => {
    const plot = plotOf<LinesPlot>(named('weak scaling'), 'weak-scaling');
    expect(plot.guides[1]?.label).toMatch(/^Gustafson’s law, serial share \d/u);
    expect(plot.guides[1]?.points.at(-1)?.y).toBeLessThan(1);
  });

  test('explains nothing that several threads slow down', () => {
    const slower = one(overThreads('champion', [1, 2, 4, 8], (threads) => threads ** -0.2));
    const { conclusion, guides } = plotOf<LinesPlot>(slower, 'scaling');
    expect(conclusion).toContain('A program that is serial throughout would do as well');
    expect(guides.map(({ key }) => key)).toEqual(['ideal']);
  });

  test('finds none in an ideal gain, and more than ideal in a larger one', () => {
    const ideal = one(overThreads('champion', [1, 2, 4, 8], (threads) => threads));
    expect(plotOf<LinesPlot>(ideal, 'scaling').conclusion).toMatch(/No serial share can be made out: at most \d|more than ideal/u);
    const more = one(overThreads('champion', [1, 2, 4, 8], (threads) => threads ** 1.3));
    expect(plotOf<LinesPlot>(more, 'scaling').conclusion).toContain('The gain is more than ideal');
  });
});

test('a map is of any two axes: grids and threads, threads and words', () => {
  const grids = plotOf<HeatMapPlot>(named('sizes and threads'), 'heat-map');
  expect([grids.x.values.length, grids.y.values.length]).toEqual([4, 3]);
  const words = plotOf<HeatMapPlot>(named('loops over rows and threads'), 'heat-map');
  expect(words.x.values.map(({ label }) => label)).toEqual(['autovec', 'simd-streaming']);
  expect(words.conclusion).toContain('threads_rows is fastest with rows\u00a0=\u00a0simd-streaming, 8\u00a0threads');
});
