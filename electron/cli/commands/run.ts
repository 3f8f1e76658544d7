/** `gslab run`: one run of chosen kernels under a chosen convention, verified, timed, and kept if asked. */
import type { Lab } from '../../engine/lab.ts';
import type { Language } from '../../shared/contract.ts';
import { runDocumentSchema } from '../../shared/documents.ts';
import { buildPlot } from '../../shared/plots/plot-data.ts';
import { type RunRecord, settingsOf } from '../../shared/run.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { fieldFiles, writeField } from '../field-file.ts';
import { continueToEnd, runToEnd, withKeptLab, withTemporaryLab } from '../lab-run.ts';
import { outputFile } from '../output-path.ts';
import { addRunOptions, type RunOptions } from '../run-options.ts';
import { runRequest } from '../run-request.ts';
import { allTrusted, noteTroubles, printEnergy, printGpuNotices, printQuality, runParts, runTable } from '../run-result.ts';
import type { Terminal } from '../terminal.ts';
import { UNTIL_CLEAR_OPTION, untilClearOf } from '../until-clear.ts';

interface Options extends RunOptions {
  readonly out?: string;
  readonly field?: string;
  readonly untilClear?: number | true;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Kernel ids, numbered where one is measured twice. */
function fileLabels(kernels: readonly string[]): string[] {
  return kernels.map((kernel, index) => {
    const before = kernels.slice(0, index).filter((other) => other === kernel).length;
    return before === 0 ? kernel : `${kernel}-${before + 1}`;
  });
}

async function writeFields(lab: Lab, run: RunRecord, files: readonly string[], terminal: Terminal): Promise<void> {
  for (const [variant, file] of files.entries()) {
    const field = lab.finalField(run.id, variant);
    if (field === undefined) continue;
    await writeField(file, field.v, settingsOf(run.request, run.request.variants[variant]!).grid);
    terminal.note(terminal.labelled('written', file));
  }
}

/** What was observed along the run, and how its steps' times went, as the charts of it say. */
function observedSentences(lab: Lab, run: RunRecord, language: Language): string[] {
  if (run.request.variants.every(({ observe }) => observe === undefined)) return [];
  const session = lab.session.read();
  const plots = (['observations', 'course'] as const).map((chart) => buildPlot(chart, { session, runIds: [run.id], language }));
  return plots.flatMap((plot) => plot?.conclusion ?? []);
}

export const addRun: AddCommand = (program, invocation) => {
  const command = program
    .command('run')
    .description('measure kernels, each verified against the reference first')
    .argument('<kernel...>', 'ids, as gslab list shows them');
  addRunOptions(command)
    .option(...UNTIL_CLEAR_OPTION)
    .option('--out <file.gslab>', 'keep the session there')
    .option('--field <file.npy|file.h5>', 'write V after the last step; with several kernels one file each, name-kernel.npy')
    .option('--force', 'replace files that exist')
    .option('--json', 'one JSON document')
    .action(async (kernels: string[], options: Options) => {
      const terminal = terminalFor(invocation, options);
      const untilClear = untilClearOf(options.untilClear);
      const request = runRequest(kernels, options, options.field !== undefined);
      const force = options.force === true;
      const out = options.out === undefined ? undefined : outputFile(options.out, { option: '--out', extensions: ['.gslab'], force });
      const files = options.field === undefined ? [] : fieldFiles(options.field, fileLabels(kernels), force);

      const use = async (lab: Lab) => {
        const started = await runToEnd(lab, request, terminal);
        const run = untilClear === undefined ? started : await continueToEnd(lab, started.id, { untilClear }, terminal);
        await writeFields(lab, run, files, terminal);
        const { machine } = await lab.hello();
        const described = lab.session.read().machines[run.machine] ?? machine;
        printQuality(run, described, terminal);
        terminal.print(runTable(run, terminal));
        printEnergy(run, terminal);
        printGpuNotices(run, terminal);
        for (const sentence of observedSentences(lab, run, terminal.language)) terminal.print(sentence);
        noteTroubles(run, terminal);
        terminal.document(runDocumentSchema, { schemaVersion: JSON_SCHEMA_VERSION, machine, ...runParts(run, described) });
        return allTrusted(run) ? EXIT.ok : EXIT.failed;
      };
      invocation.exitCode = await (out === undefined ? withTemporaryLab(use) : withKeptLab(out, use));
    });
};
