/** `gslab sweep`: kernels over sizes, threads, precisions or tuning parameters; the table of all points and what the charts say. */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { Lab } from '../../engine/lab.ts';
import { sweepDocumentSchema } from '../../shared/documents.ts';
import { isFigureChart } from '../../shared/figures/figure.ts';
import { chartsOf } from '../../shared/plots/charts-of.ts';
import type { Plot } from '../../shared/plots/plot.ts';
import { buildPlot } from '../../shared/plots/plot-data.ts';
import type { RunRecord } from '../../shared/run.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { runToEnd, withKeptLab, withTemporaryLab } from '../lab-run.ts';
import { outputFile } from '../output-path.ts';
import { addRunOptions } from '../run-options.ts';
import { allTrusted, noteTroubles, printEnergy, printGpuNotices, printQuality, runParts, runTable } from '../run-result.ts';
import { pacedSweep, type SweepOptions, sweepRun } from '../sweep-request.ts';
import { planSentences } from '../sweep-words.ts';

interface Options extends SweepOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The charts that a sweep is made for; the others say how its samples are spread. */
const OF_SWEEPS: readonly ChartId[] = ['sweep', 'scaling', 'weak-scaling', 'heat-map'];

/** Speed-ups say all that rates over threads do. */
function chartsToTell(run: RunRecord): ChartId[] {
  const charts = chartsOf(run).filter((chart) => OF_SWEEPS.includes(chart));
  return charts.length > 1 ? charts.filter((chart) => chart !== 'sweep') : charts;
}

function plotsOf(lab: Lab, run: RunRecord, language: 'en' | 'fr'): Plot[] {
  const session = lab.session.read();
  return chartsToTell(run).flatMap((chart) =>
    isFigureChart(chart) ? [] : (buildPlot(chart, { session, runIds: [run.id], language }) ?? []),
  );
}

const sentencesOf = (plots: readonly Plot[]): string => plots.map(({ conclusion }) => conclusion).join(' ');

export const addSweep: AddCommand = (program, invocation) => {
  const command = program
    .command('sweep')
    .description('measure kernels at every point of one or more axes, all points interleaved')
    .argument('<kernel...>', 'ids, as gslab list shows them');
  addRunOptions(command)
    .requiredOption(
      '--over <name=values>',
      'an axis, as often as there are axes: size (side of a square), rows (in the shape of --rows × --cols), threads, precision, stencil, isa, flush, pin or a tuning parameter; values as a,b,c or from:to, from:to:points, either followed by log',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--weak', 'with --over threads: the grid grows with the team, the rows of each thread staying the same')
    .option('--out <file.gslab>', 'keep the session there')
    .option('--force', 'replace a file that exists')
    .option('--json', 'one JSON document')
    .action(async (kernels: string[], options: Options) => {
      const terminal = terminalFor(invocation, options);
      const sweep = sweepRun(kernels, options);
      const fixed = command.getOptionValueSource('steps') === 'cli';
      const force = options.force === true;
      const out = options.out === undefined ? undefined : outputFile(options.out, { option: '--out', extensions: ['.gslab'], force });

      const use = async (lab: Lab) => {
        const paces = await lab.paceOf({ ...sweep.request, variants: [...sweep.middles] });
        const { request, seconds } = pacedSweep(sweep, paces, fixed);
        for (const sentence of planSentences(request, seconds, fixed, terminal.language)) terminal.note(sentence);
        const run = await runToEnd(lab, request, terminal);
        const plots = plotsOf(lab, run, terminal.language);
        const { machine } = await lab.hello();
        const described = lab.session.read().machines[run.machine] ?? machine;
        printQuality(run, described, terminal);
        terminal.print(runTable(run, terminal, { plots }));
        printEnergy(run, terminal);
        printGpuNotices(run, terminal);
        if (plots.length > 0) terminal.print(`\n${sentencesOf(plots)}`);
        noteTroubles(run, terminal);
        terminal.document(sweepDocumentSchema, {
          schemaVersion: JSON_SCHEMA_VERSION,
          machine,
          over: sweep.axes.map(({ of, values }) => ({ name: 'setting' in of ? of.setting : of.parameter, values: [...values] })),
          ...runParts(run, described),
          conclusion: { en: sentencesOf(plotsOf(lab, run, 'en')), fr: sentencesOf(plotsOf(lab, run, 'fr')) },
        });
        return allTrusted(run) ? EXIT.ok : EXIT.failed;
      };
      invocation.exitCode = await (out === undefined ? withTemporaryLab(use) : withKeptLab(out, use));
    });
};
