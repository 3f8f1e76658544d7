import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../tests/support/xml.ts';
import { atSpeed, runUnder } from '../conditions.fixture.ts';
import { LANGUAGES, type Language } from '../contract.ts';
import type { Session } from '../session.ts';
import { type FixtureVariant, fixtureRun, fixtureSession, TOUR } from './figure.fixture.ts';
import { FIGURE_CHARTS, type Figure, type FigureChart } from './figure.ts';
import { buildFigure } from './figure-data.ts';
import { layoutFigure } from './layout.ts';
import { markerPath } from './markers.ts';
import { type Box, type Page, textBox, WIDE_PAGE } from './page.ts';
import { PRESET_IDS, PRESETS, type PresetId, pageFor } from './presets.ts';
import { figureSvg } from './svg.ts';

const FONTS = { family: 'Inter', faces: [{ weight: 400, woff2Base64: 'AAAA' }] };

const figureOf = (session: Session, chart: FigureChart, language: Language) =>
  buildFigure(chart, { session, runIds: session.runs.map(({ id }) => id), language });

const SWEEP: readonly FixtureVariant[] = Array.from({ length: 12 }, (_, index) => ({
  kernel: index < 6 ? 'gpu_naive' : 'gpu_constants',
  rate: 2e9 * (1 + 0.7 * index),
  variant: { parameters: { workgroupX: 2 ** (index % 6), workgroupY: 8, stepsPerSubmit: 32 * (index + 1) } },
}));

const SESSIONS: Readonly<Record<string, Session>> = {
  'a tour': fixtureSession(fixtureRun({ variants: TOUR, request: { exercise: 'B01' } })),
  'one variant': fixtureSession(fixtureRun({ variants: TOUR.slice(3, 4) })),
  'two variants': fixtureSession(fixtureRun({ variants: TOUR.slice(2, 4) })),
  'two samples': fixtureSession(fixtureRun({ variants: TOUR.slice(2, 4), rounds: 1, batches: 1 })),
  'twelve tuned variants': fixtureSession(fixtureRun({ variants: SWEEP })),
  'marked rows': fixtureSession(
    fixtureRun({
      variants: [
        { kernel: 'aos_nested', rate: 1e8 },
        { kernel: 'autovec', rate: 9e9, result: { verification: { status: 'failed', maxAbsError: 0.5, tolerance: 5e-6 } } },
        { kernel: 'soa_split', rate: 3e8, unverified: true },
        { kernel: 'gpu_naive', result: { status: 'failed' } },
        { kernel: 'threads_rows', rate: 3e9, result: { status: 'cancelled' } },
      ],
    }),
  ),
  'runs of different set-ups': fixtureSession(
    fixtureRun({ id: 1, variants: TOUR }),
    fixtureRun({ id: 2, variants: TOUR, grid: { rows: 123_456, cols: 65_536 } }),
  ),
  'nothing measured': fixtureSession(fixtureRun({ variants: [{ kernel: 'autovec' }] })),
};

const CASES = Object.keys(SESSIONS).flatMap((name) =>
  FIGURE_CHARTS.flatMap((chart) =>
    LANGUAGES.flatMap((language) => ['wide', ...PRESET_IDS].map((size) => [name, chart, language, size] as const)),
  ),
);

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const pageOf = (size: string, figure: Figure): Page =>
  size === 'wide' ? WIDE_PAGE : pageFor(size as PresetId, (page) => layoutFigure(figure, page).height);

describe.each(CASES)('%s, %s, %s, %s', (name, chart, language, size) => {
  const figure = figureOf(SESSIONS[name]!, chart, language);
  const page = pageOf(size, figure);
  const layout = layoutFigure(figure, page);
  const svg = figureSvg(figure, FONTS, page);

  test('no two texts overlap, and all stand on the page', () => {
    const boxes = layout.texts.map((text) => ({ text: text.text, box: textBox(text) }));
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1)) expect(overlap(a.box, b.box), `“${a.text}” and “${b.text}”`).toBe(false);
      expect(a.box.left, a.text).toBeGreaterThanOrEqual(0);
      expect(a.box.right, a.text).toBeLessThanOrEqual(page.width);
      expect(a.box.top, a.text).toBeGreaterThanOrEqual(0);
      expect(a.box.bottom, a.text).toBeLessThanOrEqual(layout.height);
    });
  });

  test('no text stands in the plot', () => {
    for (const strip of layout.strips) {
      for (const text of layout.texts) expect(overlap(textBox(text), strip), text.text).toBe(false);
    }
  });

  test('is well-formed, on white, of true size, with its legend inside', () => {
    const root = parseXml(svg);
    const [width, height] = ['width', 'height'].map((name) => Number.parseFloat(root.getAttribute(name) ?? ''));
    expect(width).toBeCloseTo(size === 'wide' ? 180 : PRESETS[size as PresetId].widthMm, 1);
    expect(height).toBeCloseTo((page.height ?? layout.height) * page.unitMm, 1);
    expect(layout.height).toBeLessThanOrEqual(page.height ?? layout.height);
    expect(svg).toContain('fill="#ffffff"');
    const legend = Array.from(root.getElementsByTagName('g')).find((group) => group.getAttribute('id') === 'legend');
    // One swatch of line, ground and marker for each row, and the three glyphs of the key.
    expect(legend?.getElementsByTagName('path').length).toBe(2 * figure.rows.length + 3);
    for (const { look } of figure.rows) {
      expect(legend?.toString()).toContain(look.color);
      if (look.dash !== '') expect(legend?.toString()).toContain(`stroke-dasharray="${look.dash}"`);
    }
    const texts = Array.from(root.getElementsByTagName('text')).map(({ textContent }) => textContent);
    for (const word of [figure.key.dot, figure.key.median, figure.key.interval, figure.axis.hint, figure.axis.title]) {
      expect(texts.join(' ')).toContain(word);
    }
  });
});

test('on a slide sixteen rows have one line each, of letters that can be read from the back of a room', () => {
  const figure = figureOf(
    fixtureSession(fixtureRun({ variants: [...TOUR, ...TOUR.map((each) => ({ ...each, variant: { precision: 'f64' as const } }))] })),
    'timings',
    'en',
  );
  const page = pageOf('slide', figure);
  const points = (units: number) => (units * page.unitMm * 72) / 25.4;
  const { rows, texts } = layoutFigure(figure, page);
  expect(rows).toHaveLength(16);
  for (const { row } of rows) {
    const label = texts.find(({ text }) => text === row.label);
    expect(points(label!.size)).toBeGreaterThan(10);
  }
});

test('draws every dot', () => {
  const figure = figureOf(SESSIONS['a tour']!, 'timings', 'en');
  const uses = parseXml(figureSvg(figure, FONTS)).getElementsByTagName('use');
  expect(uses.length).toBe(figure.rows.reduce((sum, { dots }) => sum + dots.length, 0));
});

test('dots of slowed turns are crossed, few among many too, and only then the key says so', () => {
  const variants = [
    { kernel: 'autovec', rate: 1e9 },
    { kernel: 'simd', rate: 2e9 },
  ];
  const throttled = (batches: number) => runUnder({ variants, batches }, (at) => (at === 4 ? { after: atSpeed(0.5) } : {}));
  for (const batches of [4, 2000]) {
    const figure = figureOf(fixtureSession(throttled(batches)), 'timings', 'en');
    const crossed = figure.rows.map(({ dots }) => dots.filter(({ slowed }) => slowed).length);
    // Turn 4 is the first variant's.
    expect(crossed[1]).toBe(0);
    if (batches === 4) expect(crossed[0]).toBe(4);
    else expect(crossed[0]! / figure.rows[0]!.dots.length).toBeCloseTo(1 / 5, 2);
    const uses = Array.from(parseXml(figureSvg(figure, FONTS)).getElementsByTagName('use'));
    expect(uses.filter((use) => use.getAttribute('xlink:href')?.endsWith('-x'))).toHaveLength(crossed[0]!);
    expect(layoutFigure(figure).keyItems.map(({ glyph }) => glyph)).toEqual(['dot', 'slowed', 'median', 'interval']);
    expect(figure.notices.join(' ')).toContain('In 1 of 10 turns');
  }
  const quiet = figureOf(fixtureSession(runUnder({ variants })), 'timings', 'en');
  expect(figureSvg(quiet, FONTS)).not.toContain('-x"');
  expect(layoutFigure(quiet).keyItems.map(({ glyph }) => glyph)).toEqual(['dot', 'median', 'interval']);
});

test('the eight markers are eight different shapes', () => {
  const markers = ['circle', 'square', 'diamond', 'triangle', 'cross', 'plus', 'star', 'wye'] as const;
  expect(new Set(markers.map((marker) => markerPath(marker, 5))).size).toBe(8);
});

test('whatever a session says stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (cpu) => {
      const session = SESSIONS['one variant']!;
      const hostile = { ...session, machines: [{ ...session.machines[0]!, cpu: `${cpu}<script>alert(1)</script>&"']]>` }] };
      const root = parseXml(figureSvg(figureOf(hostile, 'timings', 'en'), FONTS));
      expect(root.getElementsByTagName('script').length).toBe(0);
    }),
    { numRuns: 15 },
  );
});
