/** What a person sets on results, in every chart: looks stay, names are used, the hidden are gone, the baseline is the one chosen. */
import { describe, expect, test } from 'vitest';
import { CHART_IDS, type ChartId } from '../../../kernels/exercise.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import { fixtureRun, fixtureSession, TOUR } from '../figures/figure.fixture.ts';
import { isFigureChart } from '../figures/figure.ts';
import { buildFigure } from '../figures/figure-data.ts';
import { chartCsv } from '../figures/table.ts';
import type { Session } from '../session.ts';
import { randomGenerator } from '../statistics.ts';
import { chartsOf } from './charts-of.ts';
import { apart, lookOf, looksOf } from './looks.ts';
import { PLOT_SESSIONS } from './plot.fixture.ts';
import { buildPlot } from './plot-data.ts';

type Chart = NonNullable<ReturnType<typeof drawn>>;

function drawn(session: Session, chart: ChartId, runIds = [session.runs[0]!.id]) {
  const input = { session, runIds, language: 'en' as const };
  return isFigureChart(chart) ? buildFigure(chart, input) : buildPlot(chart, input);
}

interface Looked {
  readonly key: string;
  readonly kernel: string;
  readonly label: string;
  readonly look: KernelLook;
}

/** Whatever a chart tells apart by its look; strips and waterfalls are in ink alone. */
function lookedIn(chart: Chart): readonly Looked[] {
  if (!('kind' in chart)) return chart.rows;
  switch (chart.kind) {
    case 'heat-map':
      return [{ ...chart, key: chart.label }, ...chart.others];
    case 'timeline':
      return chart.groups;
    case 'roofline':
      return chart.points;
    case 'bars':
      return chart.bars;
    case 'strips':
    case 'waterfall':
      return [];
    default:
      return chart.series;
  }
}

/** Charts in which a variant stands alone, by its own key. */
const OF_VARIANTS: readonly ChartId[] = ['timings', 'speedup', 'histogram', 'timeline', 'transfers', 'course', 'observations'];

const everyChart = Object.entries(PLOT_SESSIONS).flatMap(([name, session]) =>
  chartsOf(session.runs[0]!).map((chart) => ({ name, session, chart })),
);

test('all charts are among those tried', () => {
  const tried = new Set(everyChart.map(({ chart }) => chart));
  expect(CHART_IDS.filter((chart) => !tried.has(chart))).toEqual(['transfers']);
});

describe('looks', () => {
  test.each(everyChart)('$chart of $name: of its kernel’s colour, no two the same', ({ session, chart }) => {
    const looked = lookedIn(drawn(session, chart)!);
    for (const { kernel, look } of looked) expect(look.color).toBe(lookOf(kernel).color);
    // A kernel has no more than these of its own colour.
    const few = [...Map.groupBy(looked, ({ kernel }) => kernel).values()].filter(({ length }) => length < 40).flat();
    expect(new Set(few.map(({ look }) => JSON.stringify(look))).size).toBe(few.length);
  });

  test.each(Object.entries(PLOT_SESSIONS))('of a variant in %s are the same in every chart that it stands alone in', (_, session) => {
    const looks = new Map<string, KernelLook>();
    for (const chart of chartsOf(session.runs[0]!).filter((each) => OF_VARIANTS.includes(each))) {
      for (const { key, look } of lookedIn(drawn(session, chart)!)) {
        expect(look).toEqual(looks.get(key) ?? look);
        looks.set(key, look);
      }
    }
    expect(looks.size).toBe(session.runs[0]!.variants.length);
    const seen = new Set<string>();
    for (const [index, { variant }] of session.runs[0]!.variants.entries()) {
      if (!seen.has(variant.kernel)) expect(looks.get(`${session.runs[0]!.id}-${index}`)).toEqual(lookOf(variant.kernel));
      seen.add(variant.kernel);
    }
  });

  test.each(everyChart)('$chart of $name: none changes when the first variant is hidden', ({ session, chart }) => {
    const before = lookedIn(drawn(session, chart)!);
    const rest = drawn({ ...session, annotations: [{ runId: session.runs[0]!.id, variant: 0, hidden: true }] }, chart);
    for (const { key, look } of rest === undefined ? [] : lookedIn(rest)) {
      const same = before.find((each) => each.key === key);
      if (same !== undefined) expect(look).toEqual(same.look);
    }
  });

  test('beside another run, a run keeps its looks, and what the other has of the same kernel takes the next', () => {
    const one = fixtureRun({
      id: 1,
      variants: [
        { kernel: 'simd', rate: 1e9 },
        { kernel: 'simd', rate: 2e9, variant: { precision: 'f64' } },
      ],
    });
    const two = fixtureRun({
      id: 2,
      variants: [
        { kernel: 'simd', rate: 1e9 },
        { kernel: 'autovec', rate: 2e9 },
      ],
    });
    const session = fixtureSession(one, two);
    const together = lookedIn(drawn(session, 'timings', [1, 2])!);
    expect(together.slice(0, 2).map(({ look }) => look)).toEqual(lookedIn(drawn(session, 'timings')!).map(({ look }) => look));
    expect(new Set(together.map(({ look }) => JSON.stringify(look))).size).toBe(4);
    expect(together[3]!.look).toEqual(lookOf('autovec'));
  });

  test('are kept as they are until one is given twice', () => {
    const looks = [lookOf('simd'), lookOf('autovec')];
    expect(apart(looks)).toEqual(looks);
    expect(looksOf(['simd', 'simd', 'autovec'])[2]).toEqual(lookOf('autovec'));
  });
});

describe('names', () => {
  const named = (session: Session, name: string): Session => ({
    ...session,
    annotations: session.runs.flatMap(({ id, variants }) => variants.map((_, variant) => ({ runId: id, variant, name }))),
  });

  test.each(everyChart.filter(({ chart }) => chart !== 'conditions'))(
    '$chart of $name: stand where labels stood, no two the same',
    ({ session, chart }) => {
      const looked = lookedIn(drawn(named(session, 'Ma version'), chart)!);
      for (const { label } of looked) expect(label.startsWith('Ma version')).toBe(true);
      expect(new Set(looked.map(({ label }) => label)).size).toBe(looked.length);
    },
  );

  test('are told apart by the run where two runs have them, and never taken for a label', () => {
    const [one, two] = [1, 2].map((id) =>
      fixtureRun({
        id,
        variants: [
          { kernel: 'simd', rate: 1e9 },
          { kernel: 'autovec', rate: 2e9 },
        ],
      }),
    );
    const session: Session = {
      ...fixtureSession(one!, two!),
      annotations: [
        { runId: 1, variant: 0, name: 'mine' },
        { runId: 2, variant: 0, name: 'mine' },
        { runId: 2, variant: 1, name: 'autovec (run 1)' },
      ],
    };
    expect(lookedIn(drawn(session, 'timings', [1, 2])!).map(({ label }) => label)).toEqual([
      'mine (run 1)',
      'autovec (run 1)',
      'mine (run 2)',
      'autovec (run 1) #2',
    ]);
    expect(chartCsv(drawn(session, 'timings')!, session)).toContain(',mine,');
  });

  test('of one point of a line stands with that point', () => {
    const session = { ...PLOT_SESSIONS['one round']!, annotations: [{ runId: 1, variant: 1, name: 'mine' }] };
    const sweep = buildPlot('sweep', { session, runIds: [1], language: 'en' });
    if (sweep?.kind !== 'lines') throw new Error('no lines');
    expect(sweep.series.map(({ label }) => label)).toEqual(['simd']);
    expect(sweep.series[0]!.points.map(({ xText }) => xText)).toEqual(['64²', '128², mine', '256²']);
  });
});

describe('what is hidden', () => {
  test.each(everyChart)('$chart of $name: whatever is, the chart is of the rest or of nothing', ({ session, chart }) => {
    const random = randomGenerator(7);
    const { id, variants } = session.runs[0]!;
    for (const share of [0.1, 0.5, 0.9, 1]) {
      const hidden = variants.flatMap((_, variant) => (random() < share ? [{ runId: id, variant, hidden: true as const }] : []));
      const rest = drawn({ ...session, annotations: hidden }, chart);
      const shown = rest?.rows.filter(({ runId }) => runId === id).map(({ variant }) => variant) ?? [];
      expect(hidden.filter(({ variant }) => shown.includes(variant))).toEqual([]);
      const keys = rest === undefined ? [] : lookedIn(rest).map(({ key }) => key);
      for (const { variant } of OF_VARIANTS.includes(chart) ? hidden : []) expect(keys).not.toContain(`${id}-${variant}`);
    }
  });
});

describe('the pinned baseline', () => {
  const one = fixtureRun({ id: 1, variants: TOUR });
  const two = fixtureRun({
    id: 2,
    variants: [
      { kernel: 'simd', rate: 2e9 },
      { kernel: 'autovec', rate: 1.5e9 },
    ],
  });
  const elsewhere = fixtureRun({ id: 3, variants: [{ kernel: 'simd', rate: 2e9 }], grid: { rows: 64, cols: 64 } });
  const session = fixtureSession(one, two, elsewhere);
  const pinned = (runId: number, variant: number, more: Partial<Session> = {}): Session => ({
    ...session,
    ...more,
    baseline: { runId, variant },
  });
  const figure = (of: Session, run: number) => buildFigure('speedup', { session: of, runIds: [run], language: 'en' });

  test('of the same run takes the place of the first', () => {
    const { rows, baseline, axis } = figure(pinned(2, 1), 2);
    expect(baseline).toBe('autovec');
    expect(axis.reference?.label).toBe('autovec');
    expect(rows.map((row) => row.baseline)).toEqual([false, true]);
    expect(rows[0]!.ratio?.median).toBeCloseTo(4 / 3, 1);
  });

  test('of another run stands before the rows, which are divided by it', () => {
    const { rows, baseline, title } = figure(pinned(1, 0), 2);
    expect(baseline).toBe('aos_nested');
    expect(title).toBe(figure(session, 2).title);
    expect(rows.map(({ runId, variant }) => [runId, variant])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ]);
    expect(rows[1]!.ratio?.median).toBeCloseTo(2e9 / 1.2e8, 0);
  });

  test('stays away where nothing may be compared with it, and where it is hidden', () => {
    expect(figure(pinned(3, 0), 2).rows).toEqual(figure(session, 2).rows);
    const hidden = { annotations: [{ runId: 2, variant: 1, hidden: true as const }] };
    expect(figure(pinned(2, 1, hidden), 2).rows.map(({ kernel, baseline }) => [kernel, baseline])).toEqual([['simd', true]]);
  });
});
