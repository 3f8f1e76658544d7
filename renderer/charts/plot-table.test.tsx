import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../electron/shared/contract.ts';
import { chartsOf } from '../../electron/shared/plots/charts-of.ts';
import { PLOT_SESSIONS } from '../../electron/shared/plots/plot.fixture.ts';
import type { Plot, PlotChart } from '../../electron/shared/plots/plot.ts';
import { buildPlot } from '../../electron/shared/plots/plot-data.ts';
import { PlotTable } from './plot-table.tsx';

/** What the table must have a row for. */
function countOf(plot: Plot): number {
  switch (plot.kind) {
    case 'lines':
      return plot.series.flatMap(({ points }) => points).length;
    case 'heat-map':
      return plot.cells.length;
    case 'histogram':
      return plot.series.length + new Set(plot.series.flatMap(({ bins }) => bins.map(({ from }) => from))).size;
    case 'bars':
      return plot.bars.length;
    case 'roofline':
      return plot.points.length + plot.roofs.length;
    case 'strips':
      return new Set(plot.strips.flatMap(({ points }) => points.map(({ x }) => x))).size;
    case 'waterfall':
      return plot.bars.length + plot.absent.length;
    case 'timeline':
      return plot.groups.flatMap(({ lanes }) => lanes.flatMap(({ spans }) => spans)).length;
  }
}

const plots = LANGUAGES.flatMap((language) =>
  Object.entries(PLOT_SESSIONS).flatMap(([name, session]) =>
    chartsOf(session.runs[0]!)
      .filter((chart): chart is PlotChart => chart !== 'timings' && chart !== 'speedup')
      .flatMap((chart) => {
        const plot = buildPlot(chart, { session, runIds: session.runs.map(({ id }) => id), language });
        return plot === undefined ? [] : [[`${name}, ${chart}, ${language}`, plot] as const];
      }),
  ),
);

test.each(plots)('%s: a row for everything that is drawn, and a caption that concludes', (_, plot) => {
  const html = renderToStaticMarkup(<PlotTable plot={plot} />);
  expect(html.match(/<th scope="row"/g)?.length ?? 0).toBe(countOf(plot));
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll("'", '&#x27;').replaceAll('"', '&quot;');
  expect(html).toContain(text(plot.conclusion));
  for (const notice of plot.notices) expect(html).toContain(text(notice));
});

test('what is not trusted carries its mark in words', () => {
  const marked = plots.filter(([name]) => name.startsWith('a sweep with points that may not be trusted, sweep'));
  expect(marked).toHaveLength(LANGUAGES.length);
  for (const [, plot] of marked) {
    const html = renderToStaticMarkup(<PlotTable plot={plot} />);
    const hollow = plot.kind === 'lines' ? plot.series.flatMap(({ points }) => points).filter(({ trusted }) => !trusted) : [];
    expect(hollow.length).toBeGreaterThan(0);
    expect(html.match(/class="gs-words gs-mark"/g)).toHaveLength(hollow.length);
    for (const { mark } of hollow) expect(html).toContain(mark?.text);
  }
});
