import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession, TOUR } from '../../electron/shared/figures/figure.fixture.ts';
import { buildFigure } from '../../electron/shared/figures/figure-data.ts';
import { textWidth } from '../../electron/shared/figures/text-width.ts';
import { chartGeometry, labelParts, SMALL } from './chart-geometry.ts';

const session = fixtureSession(fixtureRun({ variants: TOUR }));
const FIGURES = (['timings', 'speedup'] as const).map((chart) => buildFigure(chart, { session, runIds: [1], language: 'fr' }));

test('columns stand beside each other in any panel from 360 pixels, at every size of text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 360, max: 2000 }), fc.integer({ min: 11, max: 20 }), fc.constantFrom(...FIGURES), (width, em, figure) => {
      const geometry = chartGeometry(figure, width, em, 300);
      expect(geometry.labelLeft + geometry.labelWidth).toBeLessThan(geometry.left);
      expect(geometry.right - geometry.left).toBeGreaterThanOrEqual(40);
      expect(geometry.ratioRight).toBeLessThanOrEqual(width);
      const rateWidth = Math.max(...figure.rows.map(({ rateText }) => textWidth(rateText, em)));
      if (geometry.rateRight !== null) {
        expect(geometry.rateRight - rateWidth).toBeGreaterThan(geometry.right);
        expect(geometry.rateRight).toBeLessThan(geometry.ratioRight - geometry.ratioColumn);
        // Rates are only shown where the ranges are.
        expect(geometry.showRange).toBe(true);
      }
      if (!geometry.hintBelow) {
        expect(geometry.ratioRight - textWidth(figure.axis.hint, SMALL * em, 600)).toBeGreaterThan(geometry.right);
      }
    }),
  );
});

test('rows are never lower than two lines of text, and fill the height that is asked for', () => {
  const [figure] = FIGURES;
  const low = chartGeometry(figure!, 800, 13, 10);
  expect(low.rowHeight).toBeGreaterThanOrEqual(2 * 13);
  expect(low.height).toBeGreaterThan(TOUR.length * low.rowHeight);
  expect(Math.abs(chartGeometry(figure!, 800, 13, 500).height - 500)).toBeLessThanOrEqual(2);
});

test('a label that would be cut gives its second line to what tells the variants apart', () => {
  const variants = [1, 256].map((workgroupY) => ({ kernel: 'gpu_naive', rate: 1e9, variant: { parameters: { workgroupY } } }));
  const figure = buildFigure('timings', { session: fixtureSession(fixtureRun({ variants })), runIds: [1], language: 'en' });
  expect(figure.rows.map(labelParts)).toEqual([
    ['gpu_naive', 'workgroupY=1'],
    ['gpu_naive', 'workgroupY=256'],
  ]);
  expect(chartGeometry(figure, 1200, 13, 300).breaksLabels).toBe(false);
  const narrow = chartGeometry(figure, 480, 16, 300);
  expect(narrow.breaksLabels).toBe(true);
  expect(narrow.labelWidth).toBeGreaterThanOrEqual(textWidth('workgroupY=256', SMALL * 16));
});

test('a label of a kernel alone has one part', () => {
  expect(labelParts({ label: 'gpu_naive', kernel: 'gpu_naive' })).toEqual(['gpu_naive', '']);
});
