import { describe, expect, test } from 'vitest';
import { CAUSE_IDS } from '../../../kernels/cause.ts';
import { CAUSES } from '../../../kernels/causes.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import { LANGUAGES, type Language } from '../contract.ts';
import { type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import type { Ladder, RunRecord } from '../run.ts';
import { chartsOf } from './charts-of.ts';
import { unchangedText } from './cost-ladder-texts.ts';
import { PLOT_SESSIONS } from './plot.fixture.ts';
import type { WaterfallPlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';

function plotOf(session: ReturnType<typeof fixtureSession>, chart: 'cost-ladder' | 'climb', language: Language): WaterfallPlot {
  const plot = buildPlot(chart, { session, runIds: [1], language });
  if (plot?.kind !== 'waterfall') throw new Error('no waterfall');
  return plot;
}

/** A state and one change of it. */
const twoOf = (from: FixtureVariant, to: FixtureVariant, cause: Ladder['changes'][number]['cause'], rounds = 9) =>
  fixtureSession(
    fixtureRun({ rounds, variants: [from, to], request: { ladder: { changes: [{ cause, from: 0, to: 1 }], unchanged: [] } } }),
  );

const threads = (count: number, rate: number, more: Partial<FixtureVariant> = {}): FixtureVariant => ({
  ...{ kernel: 'champion', rate, spread: 0.002, variant: { threads: count } },
  ...more,
});

/** What the one bar says. */
const barOf = (session: ReturnType<typeof fixtureSession>, language: Language) => plotOf(session, 'cost-ladder', language).bars[0]!;

describe.each(LANGUAGES)('in %s, the sentence of a cause', (language) => {
  const { physics, otherwise, module, change } = CAUSES.threads;

  test('that costs quotes factor, interval and both times, the module, the lesson and what is behind it', () => {
    const bar = barOf(twoOf(threads(2, 4e9), threads(1, 2e9), 'threads'), language);
    expect(bar).toMatchObject({ kind: 'longer', trusted: true, from: 1 });
    expect(bar.to!.median).toBeCloseTo(2, 1);
    const [factor] = bar.text.match(/[12][.,]\d\d/u)!;
    expect(bar.sentence).toContain(change[language]);
    expect(bar.sentence).toContain('threads=2 › threads=1');
    expect(bar.sentence).toContain(`${factor} `);
    expect(bar.sentence).toContain(bar.below);
    expect(bar.sentence).toMatch(language === 'en' ? /1\.0\d\sms instead of 51\d\sµs/u : /1,0\d\sms au lieu de 51\d\sµs/u);
    expect(bar.sentence).toContain(physics[language]);
    expect(bar.sentence).toContain(module[language]);
    expect(bar.sentence).toContain('C17');
  });

  test('that pays says so, with another reason', () => {
    const bar = barOf(twoOf(threads(2, 2e9), threads(1, 4e9), 'threads'), language);
    expect(bar.kind).toBe('shorter');
    expect(bar.sentence).toMatch(language === 'en' ? /Here the change pays/u : /Ici, le changement paie/u);
    expect(bar.sentence).toContain(otherwise[language]);
    expect(bar.sentence).not.toContain(physics[language]);
  });

  test('that changes nothing is a tie, and told as one', () => {
    const bar = barOf(twoOf(threads(2, 2e9), threads(1, 2e9), 'threads'), language);
    expect(bar.kind).toBe('same');
    expect(bar.below).toBe(language === 'en' ? 'no difference' : 'pas de différence');
    expect(bar.sentence).toMatch(language === 'en' ? /no difference that this machine can show/u : /pas de différence que cette machine/u);
    expect(bar.sentence).not.toContain(physics[language]);
  });

  test('that cannot be told yet asks for rounds, and explains nothing', () => {
    const bar = barOf(twoOf(threads(2, 2e9), threads(1, 1.9e9, { spread: 0.6 }), 'threads', 5), language);
    expect(bar.kind).toBe('unclear');
    expect(bar.sentence).toMatch(
      language === 'en' ? /cannot tell yet: about \d+ more rounds/u : /pas encore tranché\s: environ \d+ répétitions/u,
    );
    expect(bar.sentence).not.toContain(physics[language]);
    expect(bar.sentence).not.toContain(otherwise[language]);
  });

  test('of a wrong result concludes nothing, and names whose it is', () => {
    const wrong = { verification: { status: 'failed' as const, maxAbsError: 1, tolerance: 1e-6 } };
    const bar = barOf(twoOf(threads(2, 4e9), threads(1, 2e9, { result: wrong }), 'threads'), language);
    expect(bar).toMatchObject({ trusted: false, mark: { kind: 'wrong' } });
    expect(bar.to).toBeUndefined();
    expect(bar.sentence).toMatch(
      language === 'en' ? /no conclusion, for champion threads=1 has/u : /pas de conclusion, champion threads=1 n’a/u,
    );
  });

  test('every cause has its words, its module and a lesson that exists', () => {
    for (const cause of CAUSE_IDS) {
      const { exercise, ...texts } = CAUSES[cause];
      expect(findExercise(exercise)).toBeDefined();
      for (const text of Object.values(texts)) expect(text[language]).not.toBe('');
      for (const sentence of [texts.physics, texts.otherwise]) expect(sentence[language]).toMatch(/^\p{Lu}[^.]*(?:\d\.\d[^.]*)*\.$/u);
    }
  });

  test('every reason why nothing is changed is a text', () => {
    const reasons: Ladder['unchanged'][number]['reason'][] = [
      ...(['without', 'narrowest', 'one-processor', 'system'] as const).map((why) => ({ why })),
      { why: 'no-switch', kernel: 'simd' },
      { why: 'software-gpu', adapter: 'SwiftShader' },
      { why: 'unavailable', kernel: 'fortran', reason: 'compiler-missing', detail: 'gfortran' },
      { why: 'convention', kernel: 'autovec', what: 'boundary', received: 'clipped' },
    ];
    expect(new Set(reasons.map((reason) => unchangedText(reason, language))).size).toBe(reasons.length);
  });
});

describe('the cost ladder', () => {
  const session = PLOT_SESSIONS['what costs what']!;

  test('concludes with the dearest, the ties and what pays, each once', () => {
    const { conclusion, bars, absent, reference } = plotOf(session, 'cost-ladder', 'en');
    expect(conclusion).toMatch(/^A step of champion .* takes 415\sµs\. Dearest to give up: all processors ×\s8\.3/u);
    expect(conclusion).toMatch(/No difference that this machine can show: threads tied to processors\./u);
    expect(conclusion).toMatch(/takes less without: structure of arrays ×\s0\.80/u);
    expect(reference?.value).toBe(1);
    expect(bars.filter(({ to }) => to === undefined).map(({ key }) => key)).toEqual(['intrinsics 9']);
    expect(absent.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^In Fortran, with do concurrent: the native addon was built without/u),
      expect.stringMatching(/^On the GPU, with x and y exchanged: A processor posing as a GPU is no GPU/u),
    ]);
  });

  test('names what one cause became where it was changed to several things', () => {
    const base = { kernel: 'champion', rate: 4e9, variant: { isa: 'avx512' as const } };
    const narrow = (isa: 'avx2' | 'baseline', rate: number): FixtureVariant => ({ kernel: 'champion', rate, variant: { isa } });
    const ladder: Ladder = { changes: [1, 2].map((to) => ({ cause: 'width', from: 0, to })), unchanged: [] };
    const run = fixtureRun({ rounds: 9, variants: [base, narrow('avx2', 2e9), narrow('baseline', 1e9)], request: { ladder } });
    expect(plotOf(fixtureSession(run), 'cost-ladder', 'en').conclusion).toMatch(
      /widest vectors \(baseline\) ×\s[34]\.\d+ \(.*\) and widest vectors \(avx2\) ×\s[12]\./u,
    );
  });

  test('is a chart of runs that ask, and of no other', () => {
    const run: RunRecord = session.runs[0]!;
    expect(chartsOf(run)).toEqual(expect.arrayContaining(['cost-ladder', 'climb']));
    const { ladder: _, ...request } = run.request;
    expect(chartsOf({ ...run, request })).not.toContain('cost-ladder');
    expect(chartsOf({ ...run, request: { ...request, ladder: { changes: [], unchanged: [] } } })).not.toContain('climb');
  });
});

describe('the climb', () => {
  const plot = plotOf(PLOT_SESSIONS['what costs what']!, 'climb', 'en');

  test('goes from each rung’s time to the next one’s, over what has no result', () => {
    const times = plot.bars.map(({ to }) => to?.median);
    expect(plot.bars.map(({ from }) => from)).toEqual([undefined, times[0], times[1], undefined, times[2], times[4]]);
    expect(plot.bars.map(({ kind }) => kind)).toEqual(['start', 'shorter', 'shorter', 'unclear', 'shorter', 'shorter']);
    expect(plot.bars[3]!.sentence).toMatch(/^autovec has no verified result in this run/u);
  });

  test('shows the product of its factors beside the whole', () => {
    const [, whole, product] = plot.conclusion.match(/: ([\d.]+) times as fast .* = ([\d.]+)\.$/u)!;
    expect(Number(whole) / Number(product)).toBeCloseTo(1, 2);
    expect(plot.conclusion).toContain('From aos_nested to champion');
  });
});
