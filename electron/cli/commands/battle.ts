/**
 * `gslab battle`: a short tour of this machine. Every kernel that runs here, but of the GPU kernels only two where the
 * processor would play the GPU's part, on one grid that keeps the tour near a minute, rounds interleaved; then the table,
 * the session and the plots.
 */
import { join } from 'node:path';
import { SOUND_KERNELS } from '../../../kernels/catalog.ts';
import { DEFAULT_CONVENTION, type Grid } from '../../../kernels/model.ts';
import { chartFiles } from '../../engine/export/chart-files.ts';
import { writeFileSafely } from '../../engine/field/write.ts';
import type { Lab } from '../../engine/lab.ts';
import { battleDocumentSchema } from '../../shared/documents.ts';
import type { RunRequest } from '../../shared/run.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { formatGrid } from '../../shared/units.ts';
import { ADAPTER_OPTION, kernelsOn, onAdapter, onRealGpu } from '../adapter-option.ts';
import { BATTLE_SECONDS, CALIBRATION_GRID, CALIBRATION_STEPS, planBattle } from '../battle-plan.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { runToEnd, withKeptLab, withTemporaryLab } from '../lab-run.ts';
import { wholeNumber } from '../option-values.ts';
import { makeFolder, outputFile, outputFolder } from '../output-path.ts';
import { allTrusted, noteTroubles, printEnergy, printQuality, runParts, runTable } from '../run-result.ts';
import { skippedKernels, skippedLines } from '../skipped.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly adapter?: string;
  readonly out?: string;
  readonly plots?: string;
  readonly seconds: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

const BASELINE = 'aos_nested';
/** On a software GPU: the first rung, and what is fastest there too. */
const ON_SOFTWARE = ['gpu_naive', 'gpu_champion'];
const PLOT_FORMATS = ['svg', 'png', 'pdf'] as const;
const PLOT_SETTINGS = { preset: 'report', grey: false, scale: 2 } as const;

interface Size {
  readonly grid: Grid;
  readonly steps: number;
  readonly rounds: number;
}

function battleRequest(kernels: readonly string[], { grid, steps, rounds }: Size, adapter: string | undefined): RunRequest {
  const request: RunRequest = {
    convention: DEFAULT_CONVENTION,
    grid,
    steps,
    rounds,
    variants: kernels.map((kernel) => ({ kernel })),
    display: false,
    flushSubnormals: true,
    pin: false,
    // Its lesson: the window shows a battle there, and concludes.
    exercise: 'B01',
    keepField: false,
  };
  return onAdapter(request, adapter);
}

/** Seconds per step of each kernel that ran, from one short round in a session of its own. */
async function calibrate(kernels: readonly string[], adapter: string | undefined, terminal: Terminal): Promise<number[]> {
  terminal.note(`${terminal.word('choosing')}…`);
  const size = { grid: CALIBRATION_GRID, steps: CALIBRATION_STEPS, rounds: 1 };
  const run = await withTemporaryLab((lab) => runToEnd(lab, battleRequest(kernels, size, adapter), terminal));
  return run.variants.flatMap(({ summary }) => (summary === undefined ? [] : [summary.secondsPerStep.median]));
}

/** "battle-2026-02-28-14-05", in local time: the name that a person looks for. */
function battleName(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `battle-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}-${two(now.getHours())}-${two(now.getMinutes())}`;
}

async function writePlots(lab: Lab, runId: number, folder: string, terminal: Terminal): Promise<string[]> {
  makeFolder(folder);
  const paths: string[] = [];
  for (const format of PLOT_FORMATS) {
    const files = await chartFiles(lab.session.read(), [runId], { format, language: terminal.language, ...PLOT_SETTINGS });
    for (const { fileName, bytes } of files) {
      const path = join(folder, fileName);
      writeFileSafely(path, bytes);
      paths.push(path);
    }
  }
  return paths;
}

export const addBattle: AddCommand = (program, invocation) => {
  program
    .command('battle')
    .description('a tour of this machine’s CPU and GPU: table, session, plots')
    .option('--out <file.gslab>', 'the session (default: battle-DATE.gslab here)')
    .option('--plots <folder>', 'the plots (default: battle-DATE-plots here)')
    .option('--seconds <number>', 'what the whole may take, roughly', wholeNumber('--seconds', 5, 3600), BATTLE_SECONDS)
    .option(...ADAPTER_OPTION)
    .option('--force', 'replace files that exist')
    .option('--json', 'one JSON document')
    .action(async (options: Options) => {
      const terminal = terminalFor(invocation, options);
      const name = battleName(new Date());
      const out = outputFile(options.out ?? `${name}.gslab`, { option: '--out', extensions: ['.gslab'], force: options.force === true });
      const plotsFolder = outputFolder(options.plots ?? `${name}-plots`, '--plots');

      const hello = await withTemporaryLab((lab) => lab.hello());
      const kernels = onRealGpu(kernelsOn(hello, options.adapter), hello, options.adapter, ON_SOFTWARE);
      const names = SOUND_KERNELS.map(({ id }) => id);
      const skipped = skippedKernels(kernels, names);
      const present = names.filter((id) => kernels.some(({ kernel, available }) => kernel === id && available));
      if (present.length === 0) throw new TroubleError({ code: 'kernel-unavailable', ...skipped[0]! });
      const plan = planBattle(await calibrate(present, options.adapter, terminal), options.seconds);
      terminal.note(`${formatGrid(plan.grid, terminal.language)}, ${plan.rounds} × ${plan.steps}`);

      invocation.exitCode = await withKeptLab(out, async (lab) => {
        const run = await runToEnd(lab, battleRequest(present, plan, options.adapter), terminal);
        const { machine } = await lab.hello();
        const described = lab.session.read().machines[run.machine] ?? machine;
        printQuality(run, described, terminal);
        terminal.print(runTable(run, terminal, { baseKernel: BASELINE }));
        printEnergy(run, terminal);
        for (const line of skippedLines(skipped, terminal)) terminal.print(line);
        noteTroubles(run, terminal);
        const plots = await writePlots(lab, run.id, plotsFolder, terminal);
        terminal.print(`\n${terminal.labelled('session', out)}\n${terminal.labelled('plots', plotsFolder)}`);
        terminal.document(battleDocumentSchema, {
          schemaVersion: JSON_SCHEMA_VERSION,
          machine,
          ...runParts(run, described),
          baseline: BASELINE,
          skipped,
          session: out,
          plots,
        });
        return allTrusted(run) ? EXIT.ok : EXIT.failed;
      });
    });
};
