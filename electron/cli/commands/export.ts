/** `gslab export`: the charts of a session as files. The session is only read. */

import { join, resolve } from 'node:path';
import { CHART_IDS, type ChartId } from '../../../kernels/exercise.ts';
import { chartFiles } from '../../engine/export/chart-files.ts';
import type { ExportedFile } from '../../engine/export/export-chart.ts';
import { exportTable } from '../../engine/export/export-table.ts';
import { writeFileSafely } from '../../engine/field/write.ts';
import { readMeasurements } from '../../engine/figure-file/read-figure.ts';
import { annotationOf } from '../../shared/annotations.ts';
import { EXPORT_FORMATS, type ExportFormat, type Language, TABLE_FORMATS } from '../../shared/contract.ts';
import { expected } from '../../shared/expectation.ts';
import { PRESET_IDS, type PresetId } from '../../shared/figures/presets.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { badValue, decimalNumber, oneOf } from '../option-values.ts';
import { makeFolder, outputFile, outputFolder } from '../output-path.ts';

interface Options {
  readonly to: ExportFormat;
  readonly out: string;
  readonly preset: PresetId;
  readonly grey?: boolean;
  readonly scale: number;
  readonly force?: boolean;
  readonly chart: ChartId | 'all' | 'table';
  readonly hidden?: boolean;
}

/** The runs that hold samples which are not hidden: they alone can be drawn. */
export function drawableRuns(session: Session): number[] {
  const isShown = (runId: number, variant: number) => !annotationOf(session, { runId, variant })?.hidden;
  return session.runs
    .filter(({ id, variants }) => variants.some(({ samples }, variant) => samples.length > 0 && isShown(id, variant)))
    .map(({ id }) => id);
}

const CHARTS = ['all', ...CHART_IDS, 'table'] as const;

/** @throws TroubleError `bad-value` for a format that is a picture's. */
function tableFile(session: Session, { to, hidden = false }: Options, language: Language): ExportedFile {
  const format = TABLE_FORMATS.find((each) => each === to);
  if (format === undefined) throw badValue('--to', expected.oneOf(TABLE_FORMATS), to);
  return exportTable(session, { format, language, hidden });
}

export const addExport: AddCommand = (program, invocation) => {
  program
    .command('export')
    .description('write the charts of a session: timings and speed-up, and what its runs have of sweeps, scaling, maps and histograms')
    .argument('<file>', 'the session, or a figure of one: .gslab, .svg, .pdf, .png')
    .requiredOption('--to <format>', EXPORT_FORMATS.join(', '), oneOf('--to', EXPORT_FORMATS))
    .requiredOption('--out <folder>', 'where the files go; made if its parent exists')
    .option(
      '--chart <id>',
      `all: a file for each; one chart alone: ${CHART_IDS.join(', ')}; table: a row for each result, as csv or json`,
      oneOf('--chart', CHARTS),
      'all',
    )
    .option('--hidden', 'with the results that are hidden, in the table')
    .option('--preset <id>', `size of pictures: ${PRESET_IDS.join(', ')}`, oneOf('--preset', PRESET_IDS), 'report')
    .option('--grey', 'pictures in shades of grey')
    .option('--scale <number>', 'times 144 pixels an inch of a PNG, 1 to 4', decimalNumber('--scale', 1, 4), 2)
    .option('--force', 'replace files that exist')
    .action(async (path: string, options: Options) => {
      const terminal = terminalFor(invocation, {});
      const session = readMeasurements(resolve(path));
      const folder = outputFolder(options.out, '--out');
      const runs = drawableRuns(session);
      if (runs.length === 0) throw new TroubleError({ code: 'nothing-to-export', detail: path });
      const { to: format, preset, scale, grey = false } = options;
      const { chart } = options;
      if (options.hidden && chart !== 'table') throw badValue('--hidden', '--chart table', chart);
      const { language } = invocation;
      const files =
        chart === 'table'
          ? [tableFile(session, options, language)]
          : await chartFiles(session, runs, { format, language, preset, grey, scale }, chart === 'all' ? CHART_IDS : [chart]);
      if (files.length === 0) throw new TroubleError({ code: 'nothing-to-export', detail: `no ${options.chart} in ${path}` });
      makeFolder(folder);
      const targets = files.map(({ fileName }) =>
        outputFile(join(folder, fileName), { option: '--out', extensions: [`.${options.to}`], force: options.force === true }),
      );
      for (const [index, { bytes }] of files.entries()) {
        writeFileSafely(targets[index]!, bytes);
        terminal.print(targets[index]!);
      }
      invocation.exitCode = EXIT.ok;
    });
};
