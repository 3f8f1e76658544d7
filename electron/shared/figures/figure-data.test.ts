import { describe, expect, test } from 'vitest';
import { LEAST_ROUNDS } from '../../../kernels/relation.ts';
import type { Language } from '../contract.ts';
import { LANGUAGES } from '../contract.ts';
import { buildPlot } from '../plots/plot-data.ts';
import { tableCsv } from '../result-table/table-document.ts';
import type { Session } from '../session.ts';
import { fixtureRun, fixtureSession, TOUR } from './figure.fixture.ts';
import { type Figure, type FigureChart, isMarkedSuspect } from './figure.ts';
import { buildFigure } from './figure-data.ts';

const figureOf = (session: Session, chart: FigureChart = 'timings', language: Language = 'en'): Figure =>
  buildFigure(chart, { session, runIds: session.runs.map(({ id }) => id), language });

const row = (figure: Figure, label: string) => {
  const found = figure.rows.find((each) => each.label === label);
  if (found === undefined) throw new Error(`no row ${label} among ${figure.rows.map((each) => each.label).join(', ')}`);
  return found;
};

describe('the timings of a tour', () => {
  const figure = figureOf(fixtureSession(fixtureRun({ variants: TOUR })));

  test('one row for each variant, one dot for each sample, in the order of measurement', () => {
    expect(figure.rows.map(({ label }) => label)).toEqual(TOUR.map(({ kernel }) => kernel));
    for (const each of figure.rows) {
      expect(each.dots).toHaveLength(20);
      expect(each.dots[0]?.offset).toBe(-1);
      expect(each.dots.at(-1)?.offset).toBe(1);
    }
  });

  test('values are cell updates per second, medians inside their intervals, all on the axis', () => {
    for (const each of figure.rows) {
      const rate = TOUR.find(({ kernel }) => kernel === each.kernel)?.rate ?? Number.NaN;
      for (const { value } of each.dots) {
        expect(Math.abs(value / rate - 1)).toBeLessThan(0.02);
        expect(value).toBeGreaterThanOrEqual(figure.axis.domain[0]);
        expect(value).toBeLessThanOrEqual(figure.axis.domain[1]);
      }
      const interval = each.interval;
      expect(interval?.low).toBeLessThanOrEqual(interval?.median ?? 0);
      expect(interval?.high).toBeGreaterThanOrEqual(interval?.median ?? 0);
    }
  });

  test('the subtitle tells the whole convention, the grid and the machine', () => {
    const subtitle = figure.subtitle.join('\n');
    for (const part of [
      '1080',
      '1920',
      '32 steps',
      '5 rounds',
      'f32',
      'eight',
      'zero',
      'school',
      'Du',
      'Dv',
      'dt',
      '0.014',
      '0.054',
      'subnormals flushed',
      'imaginary maker',
      '16 logical cores',
    ]) {
      expect(subtitle).toContain(part);
    }
  });

  test('the conclusion compares the fastest kernel that is no software GPU with the baseline', () => {
    expect(figure.conclusion).toMatch(/^threads_rows updates 2[45]\.\d × more cells per second than aos_nested \(.*\sto\s.*\)\.$/);
    expect(figure.notices.join(' ')).toContain('gpu_naive and gpu_constants: software GPU');
    expect(row(figure, 'gpu_naive').details).toContain('software GPU');
  });

  test('ticks are SI and of the series 1-2-5', () => {
    const labels = figure.axis.ticks.map(({ label }) => label.replace('\u00a0', ' '));
    expect(labels).toContain('100 M');
    expect(labels).toContain('1 G');
    for (const { value } of figure.axis.ticks) expect([1, 2, 5]).toContain(Number(value.toExponential(3).split('e')[0]));
    expect(figure.axis.hint).toBe('higher is better');
  });
});

test('speed-ups are rates over the median rate of the exercise’s own baseline', () => {
  const run = fixtureRun({
    variants: [
      { kernel: 'autovec', rate: 1.5e9 },
      { kernel: 'soa_split', rate: 3e8 },
    ],
    request: { exercise: 'C08' },
  });
  const figure = figureOf(fixtureSession(run), 'speedup');
  expect(figure.baseline).toBe('soa_split');
  expect(row(figure, 'soa_split').interval).toEqual({ median: 1, low: 1, high: 1 });
  expect(row(figure, 'autovec').interval?.median).toBeCloseTo(5, 0);
  for (const { value } of row(figure, 'autovec').dots) expect(Math.abs(value / 5 - 1)).toBeLessThan(0.05);
  expect(figure.axis.domain[0]).toBeLessThan(1);
  expect(figure.title).toContain('C08');
});

describe('results that may not be ranked', () => {
  const run = fixtureRun({
    variants: [
      { kernel: 'aos_nested', rate: 1e8 },
      { kernel: 'autovec', rate: 9e9, result: { verification: { status: 'failed', maxAbsError: 0.5, tolerance: 5e-6 } } },
      { kernel: 'soa_split', rate: 8e9, unverified: true },
      { kernel: 'threads_rows', result: { status: 'failed' } },
      { kernel: 'soa_window', rate: 2e8 },
    ],
  });

  test.each<[Language, string, string, string]>([
    ['en', 'WRONG RESULT', 'NOT VERIFIED', 'FAILED'],
    ['fr', 'RÉSULTAT FAUX', 'NON VÉRIFIÉ', 'ÉCHEC'],
  ])('keep their dots, carry a mark and have no ratio (%s)', (language, wrong, unverified, failed) => {
    for (const chart of ['timings', 'speedup'] as const) {
      const figure = figureOf(fixtureSession(run), chart, language);
      expect(row(figure, 'autovec')).toMatchObject({ ranked: false, ratioText: '', mark: { kind: 'wrong', text: wrong } });
      expect(row(figure, 'soa_split')).toMatchObject({ ranked: false, ratioText: '', mark: { kind: 'unverified', text: unverified } });
      expect(row(figure, 'threads_rows')).toMatchObject({ ranked: false, mark: { kind: 'failed', text: failed }, dots: [] });
      expect(row(figure, 'autovec').dots).toHaveLength(20);
      expect(row(figure, 'autovec').ratio).toBeUndefined();
      expect(figure.conclusion).toContain('soa_window');
      expect(figure.conclusion).not.toContain('autovec');
    }
  });

  test('an untrusted baseline gives no ratios, and the reader is told', () => {
    const wrongBaseline = fixtureRun({
      variants: [
        { kernel: 'aos_nested', rate: 1e8, unverified: true },
        { kernel: 'autovec', rate: 9e8 },
      ],
    });
    const figure = figureOf(fixtureSession(wrongBaseline), 'speedup');
    expect(figure.rows.every(({ ratio }) => ratio === undefined)).toBe(true);
    expect(figure.baseline).toBeUndefined();
    expect(figure.notices.join(' ')).toContain('No ratios');
  });

  test.each([
    ['en', 'NOT MEASURED', 'INCOMPLETE'],
    ['fr', 'NON MESURÉ', 'INCOMPLET'],
  ] as const)('what a cancelled run never came to was not measured, rather than not verified (%s)', (language, unmeasured, incomplete) => {
    const cut = fixtureRun({
      variants: [
        { kernel: 'aos_nested', rate: 1e8, result: { status: 'cancelled' } },
        { kernel: 'autovec', unverified: true, result: { status: 'cancelled' } },
      ],
    });
    const session = fixtureSession({ ...cut, status: 'cancelled' });
    const figure = figureOf(session, 'timings', language);
    expect(row(figure, 'aos_nested').mark).toEqual({ kind: 'cancelled', text: incomplete });
    expect(row(figure, 'autovec')).toMatchObject({ ranked: false, mark: { kind: 'unmeasured', text: unmeasured }, dots: [] });
    expect(isMarkedSuspect(row(figure, 'autovec'))).toBe(false);
    expect(tableCsv(session, { language })).toMatch(/autovec.*unmeasured/);
  });

  test('a cancelled run concludes nothing', () => {
    const cancelled = fixtureRun({ variants: [{ kernel: 'autovec', rate: 9e8, result: { status: 'cancelled' } }] });
    expect(figureOf(fixtureSession(cancelled)).conclusion).toContain('nothing is concluded');
  });
});

describe('what is too little to conclude from', () => {
  const conclusion = (rates: readonly number[], rounds: number, spread: number) =>
    figureOf(
      fixtureSession(
        fixtureRun({
          rounds,
          batches: 1,
          variants: [
            { kernel: 'soa_split', rate: rates[0] ?? 0, spread },
            { kernel: 'autovec', rate: rates[1] ?? 0, spread },
          ],
        }),
      ),
    ).conclusion;

  test('what is not told apart gives no winner, and says what would', () => {
    expect(conclusion([1e9, 1.001e9], 9, 0.1)).toMatch(/^autovec updates 1\.01 × as many .*\. Cannot tell yet: about \d+ more rounds\.$/);
  });
  test('too few rounds, however far apart', () => {
    expect(conclusion([1e8, 1e9], LEAST_ROUNDS - 1, 0.01)).toMatch(/^Too few rounds to conclude/);
  });
  test('one kernel alone tells its rate', () => {
    const alone = figureOf(fixtureSession(fixtureRun({ variants: [{ kernel: 'autovec', rate: 4.12e8, spread: 0 }] })));
    expect(alone.conclusion).toBe('autovec updates 412\u00a0Mcell/s (412\u00a0to\u00a0412).');
  });
  test('nothing measured, and runs that are not there', () => {
    expect(figureOf(fixtureSession(fixtureRun({ variants: [{ kernel: 'autovec' }] }))).conclusion).toBe('Nothing has been measured.');
    expect(buildFigure('timings', { session: fixtureSession(), runIds: [7], language: 'en' }).rows).toEqual([]);
  });
});

describe('several runs', () => {
  const variants = [
    { kernel: 'soa_split', rate: 3e8 },
    { kernel: 'autovec', rate: 1.6e9 },
  ];

  test('of one set-up share a baseline, and are told apart by the run', () => {
    const figure = figureOf(fixtureSession(fixtureRun({ id: 1, variants }), fixtureRun({ id: 2, variants })));
    expect(figure.rows.map(({ label }) => label)).toEqual(['soa_split (run 1)', 'autovec (run 1)', 'soa_split (run 2)', 'autovec (run 2)']);
    expect(figure.rows.every(({ ratio }) => ratio !== undefined)).toBe(true);
  });

  test('of different grids are not divided, and the grid stands on each row', () => {
    const figure = figureOf(
      fixtureSession(fixtureRun({ id: 1, variants }), fixtureRun({ id: 2, variants, grid: { rows: 512, cols: 512 } })),
      'speedup',
    );
    expect(row(figure, 'autovec (run 2)').ratio).toBeUndefined();
    expect(row(figure, 'autovec (run 2)').dots).toEqual([]);
    expect(row(figure, 'autovec (run 2)').details.join()).toContain('512');
    expect(figure.subtitle.join()).not.toContain('1080');
    expect(figure.notices.join()).toContain('grid');
  });
});

test('five thousand samples are thinned to the budget, extremes kept, and the caption says so', () => {
  const session = fixtureSession(fixtureRun({ rounds: 50, batches: 100, variants: [{ kernel: 'autovec', rate: 1e9, spread: 0.4 }] }));
  const [drawn] = figureOf(session).rows;
  const rates = session.runs[0]!.variants[0]!.samples.map(({ steps, seconds }) => (1080 * 1920 * steps) / seconds);
  expect(drawn?.sampleCount).toBe(5000);
  expect(drawn?.dots).toHaveLength(2000);
  const values = drawn?.dots.map(({ value }) => value) ?? [];
  expect(Math.min(...values)).toBe(Math.min(...rates));
  expect(Math.max(...values)).toBe(Math.max(...rates));
  expect(figureOf(session).caption).toContain('2000 of 5000 samples');
});

test('a kernel that this build does not know is drawn all the same', () => {
  const [unknown] = figureOf(fixtureSession(fixtureRun({ variants: [{ kernel: 'of_tomorrow', rate: 1e9 }] }))).rows;
  expect(unknown).toMatchObject({ label: 'of_tomorrow', title: '', ranked: true });
});

test.each(LANGUAGES)('the same numbers in %s, only the words differ', (language) => {
  const session = fixtureSession(fixtureRun({ variants: TOUR }));
  const values = (figure: Figure) => figure.rows.map(({ dots, interval, ratio }) => ({ dots, interval, ratio }));
  expect(values(figureOf(session, 'speedup', language))).toEqual(values(figureOf(session, 'speedup', 'en')));
});

test('what variants of one run differ in was asked for: they are compared, and no notice warns of it', () => {
  const variants = [
    { kernel: 'simd', rate: 1e9 },
    { kernel: 'simd', rate: 3e9, variant: { flushSubnormals: false } },
    { kernel: 'simd', rate: 2e9, variant: { stencil: 'five-point' as const } },
  ];
  const figure = figureOf(fixtureSession(fixtureRun({ variants })), 'speedup');
  expect(figure.rows.map(({ ratio }) => Math.round(ratio?.median ?? 0))).toEqual([1, 3, 2]);
  expect(figure.notices).toEqual([]);
  const apart = fixtureSession(fixtureRun({ variants: variants.slice(0, 1) }), fixtureRun({ id: 2, variants: variants.slice(2) }));
  expect(figureOf(apart, 'speedup').rows.map(({ ratio }) => ratio === undefined)).toEqual([false, true]);
  expect(figureOf(apart, 'speedup').notices.join(' ')).toContain('stencil');
});

test('steps per submission that were fewer than asked for are told on bars and on plots', () => {
  const parameters = { stepsPerSubmit: 6, workgroupX: 16 };
  const cut = fixtureRun({ variants: [{ kernel: 'gpu_naive', rate: 1e9, variant: { parameters } }] });
  const [result] = cut.variants;
  const samples = result!.samples.map((sample) => ({ ...sample, stepsPerSubmit: 2 }));
  const session = fixtureSession({ ...cut, variants: [{ ...result!, samples }] });
  for (const { notices } of [figureOf(session), buildPlot('histogram', { session, runIds: [1], language: 'en' })!]) {
    expect(notices.join(' ')).toContain('gpu_naive (2 instead of 6)');
  }
  expect(figureOf(fixtureSession(cut)).notices.join(' ')).not.toContain('per submission');
});
