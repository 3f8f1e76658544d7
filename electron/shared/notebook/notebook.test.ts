import { expect, test } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '../contract.ts';
import { fixtureRun, fixtureSession, TOUR } from '../figures/figure.fixture.ts';
import { isFigureChart } from '../figures/figure.ts';
import { buildFigure } from '../figures/figure-data.ts';
import { chartsOf } from '../plots/charts-of.ts';
import { PLOT_SESSIONS } from '../plots/plot.fixture.ts';
import { buildPlot } from '../plots/plot-data.ts';
import type { Session } from '../session.ts';
import { notebookOf } from './notebook.ts';

/** What nbformat's own schema asks of version 4.5, where it is stricter than "any object". */
const cell = { id: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/), metadata: z.object({}), source: z.array(z.string()) };
const schema = z.strictObject({
  cells: z.array(
    z.discriminatedUnion('cell_type', [
      z.strictObject({ ...cell, cell_type: z.literal('markdown') }),
      z.strictObject({ ...cell, cell_type: z.literal('code'), execution_count: z.null(), outputs: z.tuple([]) }),
    ]),
  ),
  metadata: z.strictObject({
    kernelspec: z.strictObject({ display_name: z.string(), language: z.string(), name: z.string() }),
    language_info: z.strictObject({ name: z.string() }),
  }),
  nbformat: z.literal(4),
  nbformat_minor: z.literal(5),
});

const TOUR_SESSION = fixtureSession(fixtureRun({ variants: TOUR, request: { exercise: 'B01' } }));
const CASES = [TOUR_SESSION, ...Object.values(PLOT_SESSIONS)].flatMap((session) =>
  chartsOf(session.runs[0]!).flatMap((chart) => LANGUAGES.map((language) => [chart, language, session] as const)),
);

const notebook = (chart: (typeof CASES)[number][0], language: (typeof LANGUAGES)[number], session: Session) => {
  const input = { session, runIds: [1], language };
  return notebookOf(isFigureChart(chart) ? buildFigure(chart, input) : buildPlot(chart, input)!, session, 160);
};

test.each(CASES)('%s in %s is a notebook of format 4.5', (chart, language, session) => {
  const { cells } = schema.parse(JSON.parse(notebook(chart, language, session)));
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  for (const { source } of cells) {
    for (const line of source.slice(0, -1)) expect(line).toMatch(/^[^\n]*\n$/);
    expect(source.at(-1)).not.toMatch(/\n/);
  }
});

test('whatever a session says stays data', () => {
  const hostile = {
    ...TOUR_SESSION,
    machines: [{ ...TOUR_SESSION.machines[0]!, cpu: "'''\n<script>alert(1)</script> ![](http://a/b) $x$" }],
  };
  const { cells } = schema.parse(JSON.parse(notebook('timings', 'en', hostile)));
  expect(cells[0]!.source.join('')).not.toMatch(/(?<!\\)(?:<|!\[|\$)/);
  expect(
    cells
      .find(({ id }) => id === 'data')!
      .source.join('')
      .match(/'''/g),
  ).toHaveLength(2);
});
