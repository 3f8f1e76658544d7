import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../contract.ts';
import { FIXTURE_MACHINE, type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import type { Session } from '../session.ts';
import { contextOf } from './frame.ts';
import type { RooflinePlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';
import { FIXTURE_CEILINGS, LADDER, ROOFLINE_SESSIONS } from './roofline.fixture.ts';
import { buildRoofline, rooflineSide } from './roofline.ts';
import { rooflineRuns } from './roofline-choice.ts';
import { layoutRoofline } from './roofline-layout.ts';
import { plotSvg } from './svg.ts';

const plotOf = (session: Session, language: Language = 'en', first = session.runs[0]!.id) =>
  buildPlot('roofline', { session, runIds: rooflineRuns(session, first), language }) as RooflinePlot;
const named = (name: string, language?: Language) => plotOf(ROOFLINE_SESSIONS[name]!, language);
const pointOf = ({ points }: RooflinePlot, label: string) => points.find((point) => point.label === label)!;
const METRICS = { box: { left: 50, right: 700, top: 20, bottom: 420 }, label: 9.5, small: 8.5, radius: 4.4 };

describe('points', () => {
  test('stand at the flop a byte that their kernel declares, f64 at half of f32, fused steps to the right', () => {
    const plot = named('a ladder');
    expect(pointOf(plot, 'simd f32').x).toBeCloseTo(33 / 16);
    expect(pointOf(plot, 'simd f64').x).toBeCloseTo(33 / 32);
    expect(pointOf(plot, 'champion').x).toBeCloseTo((24 * 33) / 16);
    expect(pointOf(plot, 'simd f32').intensityText).toBe('33 flop ÷ 16 bytes per cell and step = 2.06 flop/byte');
    expect(pointOf(plot, 'champion').costText).toContain('(2 values read + 2 written) ÷ depth');
  });

  test('and at the flop a second that they reached, with their interval', () => {
    const { y, rateText, limitText, share } = pointOf(named('a ladder'), 'threads_rows');
    expect(y.median / 33).toBeCloseTo(3.2e9, -8);
    expect(y.low).toBeLessThan(y.median);
    expect(rateText).toMatch(/^3\d{3}\sMcell\/s \(/u);
    // 64.2 GB/s of 16 threads at 33/16 flop a byte.
    expect(share).toBeCloseTo(y.median / (64.22e9 * (33 / 16)), 2);
    expect(limitText).toMatch(/^8\d\s% of the memory roof \(16\sthreads, streaming\)$/u);
  });

  test('of what is wrong or incomplete are hollow and hold no arrow', () => {
    const wrong: FixtureVariant = { ...LADDER[2]!, result: { verification: { status: 'failed', maxAbsError: 1, tolerance: 1e-6 } } };
    const plot = plotOf(fixtureSession(fixtureRun({ variants: [LADDER[0]!, wrong, LADDER[3]!] })));
    expect(plot.points.map(({ trusted }) => trusted)).toEqual([true, false, true]);
    expect(plot.arrows.map(({ from, to }) => [from, to])).toEqual([['0-1-0', '0-1-2']]);
  });
});

describe('roofs', () => {
  test('begin and end on min(peak, intensity × bandwidth)', () => {
    const { roofs, x } = named('a ladder and a card');
    const teams = roofs.filter(({ thin, device }) => !thin && device === 'processor');
    const peak = Math.max(...teams.filter(({ kind }) => kind === 'compute').map(({ rate }) => rate));
    for (const { kind, rate, ends } of teams) {
      for (const end of ends) expect(end.y).toBeCloseTo(kind === 'memory' ? end.x * rate : rate, 0);
      if (kind === 'memory') expect(ends[1].y).toBeCloseTo(peak, 0);
      else expect(ends[1].x).toBe(x.domain[1]);
    }
  });

  test('are drawn where the layout says that points on them would stand', () => {
    const plot = named('a ladder');
    const layout = layoutRoofline(plot, METRICS);
    for (const { roof, from, to } of layout.roofs) {
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      const value = plot.x.domain[0] * (plot.x.domain[1] / plot.x.domain[0]) ** ((middle.x - METRICS.box.left) / 650);
      expect(layout.y(roof.kind === 'memory' ? value * roof.rate : roof.rate)).toBeCloseTo(middle.y, 3);
    }
    expect(layout.ridges).toHaveLength(1);
  });

  test('are the fastest of a team, and thin for one thread', () => {
    const { roofs } = named('a ladder');
    expect(roofs.filter(({ thin }) => thin).map(({ name }) => name.replaceAll('\u00a0', ' '))).toContain('memory, 1 thread, streaming');
    expect(roofs.filter(({ thin, kind }) => !thin && kind === 'memory')).toHaveLength(4);
    // FMA and add, f32 and f64, of the instruction set that ran.
    expect(roofs.filter(({ thin, kind }) => !thin && kind === 'compute').map(({ name }) => name.split(',').slice(0, 2).join())).toEqual([
      'FMA f32, AVX2',
      'add f32, AVX2',
      'FMA f64, AVX2',
      'add f64, AVX2',
    ]);
  });

  test('of a software GPU are called so, and are not drawn beside those of a card', () => {
    const software = named('a ladder and a software GPU');
    expect(software.roofs.filter(({ device }) => device === 'software').map(({ name }) => name)).toEqual([
      'copy, software GPU',
      'FMA f32, software GPU',
    ]);
    expect(software.points.filter((point) => point.software).map(({ label }) => label)).toEqual([
      'gpu_naive (software GPU)',
      'gpu_champion (software GPU)',
    ]);
    const session = ROOFLINE_SESSIONS['a ladder and a card']!;
    const both = {
      ...session,
      runs: [...session.runs, ...ROOFLINE_SESSIONS['a ladder and a software GPU']!.runs.map((run) => ({ ...run, id: 2 }))],
    };
    const plot = plotOf(both);
    expect(plot.roofs.some(({ device }) => device === 'software')).toBe(false);
    expect(plot.points.some((point) => point.software)).toBe(false);
  });

  test('are missing with a sentence where the machine has no ceilings', () => {
    const plot = named('a ladder without ceilings');
    expect(plot.roofs).toEqual([]);
    expect(plot.ceilingsMissing).toBe(true);
    expect(plot.points).toHaveLength(LADDER.length);
    expect(plot.notices).toContain('Ceilings not measured yet: the points stand without roofs.');
  });

  test('of the machine that reads serve a session of this machine, and of no other', () => {
    const session = ROOFLINE_SESSIONS['a ladder without ceilings']!;
    const read = (cpu: string) =>
      buildPlot('roofline', {
        session,
        runIds: [1],
        language: 'en',
        here: { machine: { ...FIXTURE_MACHINE, cpu }, ceilings: FIXTURE_CEILINGS },
      }) as RooflinePlot;
    expect(read(FIXTURE_MACHINE.cpu).roofs.length).toBeGreaterThan(0);
    expect(read('Another processor').roofs).toEqual([]);
  });
});

describe('arrows', () => {
  test('lead from rung to rung, on processor and GPU and in each precision apart, with their gain', () => {
    const plot = named('a ladder and a software GPU');
    const label = (key: string) => plot.points.find((point) => point.key === key)?.label;
    expect(plot.arrows.map(({ from, to, text }) => [label(from), label(to), text?.replaceAll('\u00a0', ' ')])).toEqual([
      ['gpu_naive (software GPU)', 'gpu_champion (software GPU)', '× 2.2'],
      ['aos_nested', 'soa_window', '× 1.7'],
      ['soa_window', 'autovec', '× 5.5'],
      ['autovec', 'simd f32', expect.stringMatching(/^× 1\.[45]$/)],
      ['simd f32', 'threads_rows', '× 2'],
      ['threads_rows', 'champion', '× 3.4'],
    ]);
  });

  test('have no gain where the two cannot be told apart', () => {
    const level = [LADDER[2]!, { ...LADDER[3]!, rate: 1.1e9 }].map((each) => ({ ...each, spread: 0.2 }));
    expect(plotOf(fixtureSession(fixtureRun({ variants: level }))).arrows.map(({ text }) => text)).toEqual([undefined]);
  });
});

describe('sentences', () => {
  test('say which roof holds whom, and who is held by something else', () => {
    const { conclusion } = named('a ladder and a card');
    expect(conclusion).toMatch(/The memory roof \(1\sthread, streaming\) holds simd f32 \(75\s%\) and simd f64/u);
    expect(conclusion).toMatch(/The copy roof \(A card of an imaginary maker\) holds gpu_naive \(6\d\s%\)/u);
    expect(conclusion).toMatch(/something else holds them .*: aos_nested \(6\s%\), soa_window/u);
  });

  test.each([
    [8e9, /^.*You predicted 8000\sMcell\/s for champion, which reached 1\d\s\d{3}\sMcell\/s .*: the prediction was 2\d\s% too low\.$/u],
    [33e9, /the prediction was 3\s× too high\.$/u],
    [11e9, /: right\.$/u],
  ])('say how far off a predicted rate of %d was', (cellsPerSecond, said) => {
    const session = fixtureSession(
      fixtureRun({
        variants: LADDER.map((each) => ({ ...each, spread: 0.06 })),
        request: { predictedRate: { variant: 6, cellsPerSecond } },
      }),
    );
    const plot = plotOf(session);
    expect(plot.conclusion).toMatch(said);
    expect(plot.predictions).toMatchObject([{ x: (24 * 33) / 16, y: 33 * cellsPerSecond }]);
  });

  test.each(Object.keys(ROOFLINE_SESSIONS))('%s: say the same in both languages', (name) => {
    const [english, french] = LANGUAGES.map((language) => named(name, language));
    const digits = (text: string) => text.replace(/,/g, '.').match(/\d+(?:\.\d+)?/g);
    expect(digits(french!.conclusion)).toEqual(digits(english!.conclusion));
    expect(french!.notices).toHaveLength(english!.notices.length);
    expect(french!.conclusion).not.toBe(english!.conclusion);
    for (const text of [french!.conclusion, ...french!.notices, french!.caption, ...french!.roofs.map(({ label }) => label)])
      expect(text).not.toMatch(/'| [:;!?%]|« /);
  });
});

test('names become numbers with a legend where they have no room', () => {
  const crowded = named('a crowd');
  expect(layoutRoofline(crowded, METRICS).numbered).toBe(true);
  const svg = plotSvg(crowded, { family: 'Inter', faces: [] });
  for (const { label } of crowded.points) expect(svg).toContain(label);
  expect(layoutRoofline(named('a ladder'), METRICS).numbered).toBe(false);
  const throng = layoutRoofline(named('a throng'), METRICS);
  expect(throng.numbered).toBe(true);
  // Close to its point, or nowhere.
  expect(throng.points.filter(({ leader }) => leader !== undefined).every(({ x, label }) => Math.abs(label!.x - x) < 20)).toBe(true);
  expect(throng.points.filter(({ label }) => label !== undefined).length).toBeGreaterThan(20);
});

describe('of several runs', () => {
  const run = (id: number, variants: readonly FixtureVariant[], more: Parameters<typeof fixtureRun>[0]['request'] = {}) =>
    fixtureRun({ id, variants, request: more });
  const session = fixtureSession(
    run(1, [{ ...LADDER[0]!, rate: 1e8 }, LADDER[1]!]),
    run(2, [
      { ...LADDER[1]!, rate: 3e8 },
      { ...LADDER[2]!, result: { status: 'failed' } },
    ]),
    run(3, [LADDER[0]!, LADDER[3]!]),
  );

  test('the newest trusted result of each variant stands beside those of the run that it is of', () => {
    expect(rooflineRuns(session, 3)).toEqual([3, 2, 1]);
    const plot = plotOf(session, 'en', 3);
    expect(plot.points.map(({ label, runId }) => [label, runId])).toEqual([
      ['aos_nested', 3],
      ['simd', 3],
      ['soa_window', 2],
    ]);
  });

  test('another convention is left out', () => {
    const [first, second] = session.runs;
    const other = { ...second!, request: { ...second!.request, convention: { ...second!.request.convention, feed: 0.03 } } };
    expect(rooflineRuns({ ...session, runs: [first!, other] }, 1)).toEqual([1]);
  });

  test('two machines have their own points and roofs', () => {
    const sides = (['a ladder', 'a ladder without ceilings'] as const).map((name, at) => {
      const { runs } = ROOFLINE_SESSIONS[name]!;
      return rooflineSide(contextOf('roofline', ROOFLINE_SESSIONS[name]!, runs, 'en'), 'AB'[at]!);
    });
    const plot = buildRoofline([sides[0]!, sides[1]!]);
    expect(new Set(plot.points.map(({ key }) => key)).size).toBe(2 * LADDER.length);
    expect(plot.points.map(({ label }) => label)).toContain('B · champion');
    expect(new Set(plot.roofs.map(({ machine }) => machine))).toEqual(new Set([0]));
    expect(plot.notices).toContain('Ceilings not measured yet on B: its points stand without roofs.');
  });
});

test('what runs moves with its samples, the latest of them behind it', () => {
  const session = fixtureSession(fixtureRun({ variants: [LADDER[0]!, { ...LADDER[3]!, result: { status: 'running' } }] }));
  const going = { ...session, runs: session.runs.map((run) => ({ ...run, status: 'running' as const })) };
  const [done, running] = plotOf(going).points;
  expect(done).toMatchObject({ running: false, trail: [] });
  expect(running?.running).toBe(true);
  expect(running?.trail).toHaveLength(12);
  for (const value of running?.trail ?? []) expect(value).toBeCloseTo(33 * 1.6e9, -10);
});
