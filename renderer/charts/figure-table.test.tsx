import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession, TOUR } from '../../electron/shared/figures/figure.fixture.ts';
import { buildFigure } from '../../electron/shared/figures/figure-data.ts';
import { FigureTable } from './figure-table.tsx';
import { sortRows } from './sortable-table.tsx';

const session = fixtureSession(
  fixtureRun({
    variants: [...TOUR, { kernel: 'threads_rows', rate: 9e9, variant: { threads: 2 }, unverified: true }],
  }),
);
const figure = buildFigure('timings', { session, runIds: [1], language: 'en' });

test('a caption that concludes, a head that sorts, a row for each variant', () => {
  const html = renderToStaticMarkup(<FigureTable figure={figure} />);
  expect(html).toContain(`<caption>${[figure.conclusion, ...figure.notices].join(' ')}</caption>`);
  expect(html.match(/<th scope="row"/g)).toHaveLength(TOUR.length + 1);
  expect(html.match(/aria-sort="none"><button type="button"/g)?.length).toBe(html.match(/scope="col"/g)?.length);
  expect(html).toContain('NOT VERIFIED');
});

test('sorting by a number puts rows without one last in both directions', () => {
  const byRatio = (descending: boolean) => sortRows(figure.rows, ({ ratio }) => ratio?.median, descending, 'en').map(({ label }) => label);
  expect(byRatio(true).at(0)).toBe('threads_rows threads=16');
  expect(byRatio(false).at(0)).toBe('gpu_naive');
  for (const descending of [true, false]) expect(byRatio(descending).at(-1)).toBe('threads_rows threads=2');
});

test('sorting by words follows the language and leaves the figure as it is', () => {
  const before = figure.rows.map(({ key }) => key);
  const labels = sortRows(figure.rows, ({ label }) => label, false, 'fr').map(({ label }) => label);
  expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, 'fr', { numeric: true })));
  expect(figure.rows.map(({ key }) => key)).toEqual(before);
});
