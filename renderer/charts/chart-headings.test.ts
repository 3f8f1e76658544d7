import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession, TOUR } from '../../electron/shared/figures/figure.fixture.ts';
import { buildFigure } from '../../electron/shared/figures/figure-data.ts';
import { chartGeometry } from './chart-geometry.ts';
import { chartHeadings } from './chart-headings.ts';

const shapes = [1, 4, 256].map((workgroupY) => ({ kernel: 'gpu_naive', rate: 1e9 / workgroupY, variant: { parameters: { workgroupY } } }));
const FIGURES = [TOUR, shapes].flatMap((variants) =>
  (['timings', 'speedup'] as const).map((chart) =>
    buildFigure(chart, { session: fixtureSession(fixtureRun({ variants })), runIds: [1], language: 'fr' }),
  ),
);

test('no heading lies over another or beyond the chart, in any panel from 360 pixels', () => {
  fc.assert(
    fc.property(fc.integer({ min: 360, max: 2000 }), fc.integer({ min: 11, max: 20 }), fc.constantFrom(...FIGURES), (width, em, figure) => {
      const headings = chartHeadings(figure, chartGeometry(figure, width, em, 300), em);
      let end = 0;
      for (const heading of headings) {
        expect(heading.x).toBeGreaterThanOrEqual(end);
        end = heading.x + heading.width;
      }
      expect(end).toBeLessThanOrEqual(width);
      // The baseline is named once at least.
      expect(headings.some(({ text }) => text.includes(figure.rows.find((row) => row.baseline)!.kernel.slice(0, 3)))).toBe(true);
    }),
  );
});
