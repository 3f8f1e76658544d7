import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../tests/support/xml.ts';
import { LANGUAGES, type Language } from '../contract.ts';
import { type FixtureVariant, fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import { isFigureChart } from '../figures/figure.ts';
import { type Box, type Page, WIDE_PAGE } from '../figures/page.ts';
import { PRESET_IDS, pageFor } from '../figures/presets.ts';
import { overlaps, turnedTextBox } from '../figures/turned-box.ts';
import type { Session } from '../session.ts';
import { chartsOf } from './charts-of.ts';
import { BLOCKS, PLOT_SESSIONS, square } from './plot.fixture.ts';
import type { Plot, PlotChart, TimelinePlot } from './plot.ts';
import { buildPlot } from './plot-data.ts';
import { ROOFLINE_SESSIONS } from './roofline.fixture.ts';
import { inkOn, shadeColor } from './shades.ts';
import { drawPlot, plotSvg } from './svg.ts';

const FONTS = { family: 'Inter', faces: [{ weight: 400, woff2Base64: 'AAAA' }] };

const plotsOf = (session: Session): PlotChart[] => chartsOf(session.runs[0]!).filter((chart): chart is PlotChart => !isFigureChart(chart));
const plotOf = (session: Session, chart: PlotChart, language: Language): Plot =>
  buildPlot(chart, { session, runIds: session.runs.map(({ id }) => id), language })!;

const CASES = Object.entries(PLOT_SESSIONS).flatMap(([name, session]) =>
  plotsOf(session).flatMap((chart) => LANGUAGES.map((language) => [name, chart, language] as const)),
);

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const pagesOf = (plot: Plot): Page[] => [WIDE_PAGE, ...PRESET_IDS.map((id) => pageFor(id, (page) => drawPlot(plot, page).height))];

function expectSound(plot: Plot): void {
  for (const page of pagesOf(plot)) expectSoundOn(plot, page);
}

function expectSoundOn(plot: Plot, page: Page): void {
  const { height, texts, strips } = drawPlot(plot, page);
  const boxes = texts.map((text) => ({ text: text.text, box: turnedTextBox(text) }));
  const crowded = boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b) => (overlaps(a.box, b.box) ? [`“${a.text}” and “${b.text}”`] : [])),
  );
  expect(crowded).toEqual([]);
  const outside = ({ left, right, top, bottom }: Box) => left < 0 || right > page.width || top < 0 || bottom > height;
  expect(boxes.filter((each) => outside(each.box))).toEqual([]);
  // The numbers of a map stand in its cells, the names of a roofline beside its points.
  if (plot.kind !== 'heat-map' && plot.kind !== 'roofline')
    expect(boxes.filter((each) => strips.some((strip) => overlap(each.box, strip)))).toEqual([]);
  const svg = plotSvg(plot, FONTS, page);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const root = parseXml(svg);
  expect(Number.parseFloat(root.getAttribute('width') ?? '')).toBeCloseTo(page.width * page.unitMm, 1);
  expect(Number.parseFloat(root.getAttribute('height') ?? '')).toBeCloseTo((page.height ?? height) * page.unitMm, 1);
  expect(height).toBeLessThanOrEqual(page.height ?? height);
}

test.each(CASES)('%s, %s, %s: no two texts overlap, none leaves the page, and the file is well-formed', (name, chart, language) => {
  expectSound(plotOf(PLOT_SESSIONS[name]!, chart, language));
});

test.each(CASES.filter(([, , language]) => language === 'en'))(
  '%s, %s: the legend inside tells every line, by its look and its label',
  (name, chart) => {
    const plot = plotOf(PLOT_SESSIONS[name]!, chart, 'en');
    const svg = plotSvg(plot, FONTS);
    const legend = Array.from(parseXml(svg).getElementsByTagName('g')).find((group) => group.getAttribute('id') === 'legend');
    const said = Array.from(parseXml(svg).getElementsByTagName('text'), ({ textContent }) => textContent).join(' ');
    const lines =
      plot.kind === 'lines' ? plot.series.filter(({ points }) => points.length > 0) : plot.kind === 'histogram' ? plot.series : [];
    for (const { look, label } of lines) {
      expect(legend?.toString()).toContain(look.color);
      if (look.dash !== '') expect(legend?.toString()).toContain(`stroke-dasharray="${look.dash}"`);
      for (const word of label.split(' ')) expect(said).toContain(word);
    }
    if (plot.kind === 'lines') for (const { label } of plot.guides) expect(said).toContain(label.split(',')[0]);
  },
);

test.each(Object.keys(ROOFLINE_SESSIONS))('a roofline of %s: its labels overlap neither each other nor a point', (name) => {
  for (const language of LANGUAGES) expectSound(plotOf(ROOFLINE_SESSIONS[name]!, 'roofline', language));
});

test('every point is drawn, hollow unless it is trusted', () => {
  const plot = plotOf(PLOT_SESSIONS['a sweep with points that may not be trusted']!, 'sweep', 'en');
  const series = Array.from(parseXml(plotSvg(plot, FONTS)).getElementsByTagName('g')).filter((group) => group.hasAttribute('data-series'));
  const markers = series
    .flatMap((group) => Array.from(group.getElementsByTagName('path')))
    .filter((path) => path.hasAttribute('transform'));
  expect(markers.map((path) => path.getAttribute('fill') === '#ffffff')).toEqual([false, false, false, true, true, true]);
});

test('an arrow points to the better end of an axis: up, down or left', () => {
  const arrow = (name: string, chart: PlotChart) => {
    const { shapes, texts } = drawPlot(plotOf(PLOT_SESSIONS[name]!, chart, 'en'));
    // From its tip, the head's first side leads back.
    const [, dx, dy] = /d="M[\d.]+ [\d.]+l(-?\d+) (-?\d+)[hv]6z" fill="#16191d"/.exec(shapes.join('')) ?? [];
    return [texts.find(({ text }) => text.endsWith('is better'))?.text, Number(dx), Number(dy)];
  };
  expect(arrow('processor and card over sizes', 'sweep')).toEqual(['higher is better', -3, 6]);
  expect(arrow('a run that is observed', 'course')).toEqual(['lower is better', -3, -6]);
  expect(arrow('pinned, free and cold', 'histogram')).toEqual(['lower is better', 6, -3]);
});

describe('whatever is measured', () => {
  const rate = fc.oneof(fc.constant(1e9), fc.double({ min: 1, max: 1e13, noNaN: true }));
  const trust = fc.constantFrom<FixtureVariant['result']>(
    {},
    { status: 'failed' },
    { status: 'cancelled' },
    { verification: { status: 'failed', maxAbsError: null, tolerance: 1 } },
  );
  const sizes: FixtureVariant[] = [8, 64, 100, 512, 4096].map((side) => ({ kernel: 'champion', variant: { grid: square(side) } }));
  const threads: FixtureVariant[] = [1, 2, 3, 64].map((count) => ({ kernel: 'threads_rows', variant: { threads: count } }));

  test.each([
    ['over sizes', sizes],
    ['over threads', threads],
    ['over two parameters', BLOCKS.slice(0, 12)],
  ] as const)('%s, the drawing is sound', (_, places) => {
    const variant = (place: FixtureVariant) =>
      fc
        .record({ rate: fc.option(rate, { nil: undefined }), result: trust, unverified: fc.boolean() })
        .map(({ rate: value, ...more }): FixtureVariant => {
          const { rate: _chosen, ...rest } = place;
          return { ...rest, ...more, spread: 0, ...(value !== undefined && { rate: value }) };
        });
    fc.assert(
      fc.property(fc.tuple(...places.map(variant)), fc.constantFrom(...LANGUAGES), (variants, language) => {
        const session = fixtureSession(fixtureRun({ variants, rounds: 2, batches: 1 }));
        for (const chart of plotsOf(session)) expectSound(plotOf(session, chart, language));
      }),
      { numRuns: 12 },
    );
  });
});

test('a slide stays a slide where a taller plot moves its labels', () => {
  const rates: Readonly<Record<number, number>> = { 0: 675301144.0351655, 5: 1e9, 6: 1, 7: 1e9, 9: 1e9, 11: 1e9 };
  const variants = BLOCKS.slice(0, 12).map(({ rate: _chosen, ...place }, at): FixtureVariant => {
    const rate = rates[at];
    return { ...place, result: {}, unverified: false, spread: 0, ...(rate !== undefined && { rate }) };
  });
  expectSound(plotOf(fixtureSession(fixtureRun({ variants, rounds: 2, batches: 1 })), 'roofline', 'en'));
});

test('a map hatches what is not ranked, in its cells and in its legend, and nothing else', () => {
  const hatchedIn = (name: string) => {
    const rects = Array.from(parseXml(plotSvg(plotOf(PLOT_SESSIONS[name]!, 'heat-map', 'en'), FONTS)).getElementsByTagName('rect'));
    return rects.filter((rect) => rect.getAttribute('fill') === 'url(#untrusted)').length;
  };
  expect(hatchedIn('blocks of two kernels, one wrong, one unfinished, one missing')).toBe(2 + 1);
  expect(hatchedIn('blocks, and what they are compared with')).toBe(0);
});

test('a timeline has a bar for each span and one in the legend for each kind', () => {
  const plot = plotOf(PLOT_SESSIONS['images in turn and overlapped']!, 'timeline', 'en') as TimelinePlot;
  const spans = plot.groups.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.spans));
  const bars = Array.from(parseXml(plotSvg(plot, FONTS)).getElementsByTagName('rect')).filter(
    (rect) => rect.getAttribute('height') === '12',
  );
  expect(bars).toHaveLength(spans.length + 3);
});

test('shades grow brighter evenly, and every ink has contrast on its shade', () => {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const shades = Array.from({ length: 51 }, (_, at) => at / 50);
  const lightness = shades.map((shade) => 116 * Math.cbrt(luminance(shadeColor(shade))));
  const steps = lightness.slice(1).map((value, at) => value - lightness[at]!);
  for (const step of steps) expect(step).toBeGreaterThan(0);
  expect(Math.max(...steps)).toBeLessThan(2.5 * (steps.reduce((sum, step) => sum + step, 0) / steps.length));
  for (const shade of shades) {
    const [dark, light] = [luminance(shadeColor(shade)), luminance(inkOn(shade))].sort((a, b) => a - b);
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(4.2);
  }
});
