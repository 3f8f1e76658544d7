/** Notebooks carried out by Python: what they compute of the samples is what the app says. Skipped without NumPy and Matplotlib. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureRun, fixtureSession, TOUR } from '../electron/shared/figures/figure.fixture.ts';
import { type Figure, isFigureChart } from '../electron/shared/figures/figure.ts';
import { buildFigure } from '../electron/shared/figures/figure-data.ts';
import { notebookOf } from '../electron/shared/notebook/notebook.ts';
import { chartsOf } from '../electron/shared/plots/charts-of.ts';
import { PLOT_SESSIONS } from '../electron/shared/plots/plot.fixture.ts';
import type { Plot } from '../electron/shared/plots/plot.ts';
import { buildPlot } from '../electron/shared/plots/plot-data.ts';
import type { Interval } from '../electron/shared/run.ts';

/** The system's own may have the packages where the first of the path does not. */
const PYTHON = ['python3', '/usr/bin/python3', 'python'].find(
  (program) => spawnSync(program, ['-c', 'import numpy, matplotlib'], { stdio: 'ignore' }).status === 0,
);

const seven = fixtureRun({ variants: TOUR, rounds: 7, request: { exercise: 'B01' } });
const SESSIONS = {
  'a tour of seven rounds': fixtureSession(seven),
  'two runs of one set-up': fixtureSession(
    fixtureRun({ id: 1, variants: TOUR.slice(0, 2), rounds: 4 }),
    fixtureRun({ id: 2, variants: TOUR.slice(1, 4), rounds: 45, batches: 1 }),
  ),
  ...PLOT_SESSIONS,
};
const ALL = Object.entries(SESSIONS).flatMap(([name, session]) =>
  chartsOf(session.runs[0]!).map((chart) => [name, chart, session] as const),
);
/** Every chart once, those with rows of both sessions above, and what is hatched or hollow. */
const CASES = ALL.filter(
  ([name, chart], at) =>
    ALL.findIndex((each) => each[1] === chart) === at || /^two runs of one set-up|may not be trusted|one wrong/.test(name),
);

/** The values of the figure in its order. */
function intervalsOf(chart: Figure | Plot): Interval[] {
  if (!('kind' in chart)) return chart.rows.flatMap(({ interval }) => interval ?? []);
  switch (chart.kind) {
    case 'lines':
      return chart.series.flatMap(({ points }) => points.map(({ y }) => y));
    case 'strips':
      return chart.strips.flatMap(({ points }) => points.map(({ y }) => ({ median: y, low: y, high: y })));
    case 'bars':
      return chart.bars.map(({ value }) => value);
    case 'waterfall':
      return chart.bars.flatMap(({ to }) => to ?? []);
    case 'roofline':
      return chart.points.map(({ y }) => y);
    case 'heat-map':
      return chart.cells.flatMap(({ rate }) => rate ?? []);
    case 'histogram':
      return chart.series.map(({ median }) => median);
    default:
      return [];
  }
}

/** Runs the code cells of each notebook in a world of its own. */
const RUNNER = `
import json, sys, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
for name in sys.argv[1:]:
    with open(name, encoding="utf8") as file:
        cells = json.load(file)["cells"]
    world = {"print": lambda *words: None}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), world)
    plt.savefig(name + ".png")
    plt.close("all")
    with open(name + ".results", "w") as file:
        json.dump([row[1:] for row in world["RESULTS"]], file)
`;

describe.skipIf(PYTHON === undefined)(`notebooks${PYTHON === undefined ? ' (skipped: no Python with NumPy and Matplotlib)' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-notebook-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('draw every chart, and compute the medians and intervals that the app shows', () => {
    const runner = join(folder, 'runner.py');
    writeFileSync(runner, RUNNER);
    const made = CASES.map(([name, chart, session], at) => {
      const input = { session, runIds: session.runs.map(({ id }) => id), language: at % 2 === 0 ? 'en' : 'fr' } as const;
      const built = isFigureChart(chart) ? buildFigure(chart, input) : buildPlot(chart, input)!;
      const path = join(folder, `${at}.ipynb`);
      writeFileSync(path, notebookOf(built, session, 160));
      return { what: `${name}, ${chart}`, path, expected: intervalsOf(built) };
    });
    execFileSync(PYTHON!, [runner, ...made.map(({ path }) => path)], { stdio: ['ignore', 'inherit', 'pipe'], timeout: 300_000 });
    const computed = made.map(({ path }) => JSON.parse(readFileSync(`${path}.results`, 'utf8')) as [number, number, number][]);
    made.forEach(({ what, path, expected }, at) => {
      expect(statSync(`${path}.png`).size, what).toBeGreaterThan(3000);
      expect(computed[at], what).toHaveLength(expected.length);
      for (const [index, { median, low, high }] of expected.entries()) {
        const got = computed[at]![index]!;
        for (const [part, value] of [median, low, high].entries()) {
          expect(Math.abs(got[part]! - value), `${what}, value ${index}`).toBeLessThanOrEqual(1e-9 * Math.abs(value));
        }
      }
    });
  });
});
