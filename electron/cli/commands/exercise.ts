/** `gslab exercise`: the run that a lesson defines, and whether its relation held on this machine. */
import { DAYS } from '../../../kernels/exercise.ts';
import { EXERCISES } from '../../../kernels/syllabus.ts';
import type { Lab } from '../../engine/lab.ts';
import { exerciseDocumentSchema } from '../../shared/documents.ts';
import { exerciseRequest } from '../../shared/exercise-run.ts';
import { conclude } from '../../shared/lesson.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { ADAPTER_OPTION, kernelsOn, onAdapter } from '../adapter-option.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { runToEnd, withKeptLab, withTemporaryLab } from '../lab-run.ts';
import { measureCeilings } from '../measure-ceilings.ts';
import { outputFile } from '../output-path.ts';
import { allAsExpected, noteTroubles, printEnergy, printGpuNotices, printQuality, runParts, runTable } from '../run-result.ts';
import { skippedKernels, skippedLines } from '../skipped.ts';

interface Options {
  readonly adapter?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const addExercise: AddCommand = (program, invocation) => {
  program
    .command('exercise')
    .description('run an exercise as its lesson defines it')
    .argument('<id>', 'the exercise, as gslab list shows it')
    .option(...ADAPTER_OPTION)
    .option('--out <file.gslab>', 'keep the session there')
    .option('--force', 'replace a file that exists')
    .option('--json', 'one JSON document')
    .action(async (id: string, options: Options) => {
      const terminal = terminalFor(invocation, options);
      const exercise = EXERCISES.find((known) => known.id.toLowerCase() === id.toLowerCase());
      if (exercise === undefined)
        throw new TroubleError({ code: 'unknown-exercise', received: id, known: EXERCISES.map((known) => known.id) });
      const out =
        options.out === undefined
          ? undefined
          : outputFile(options.out, { option: '--out', extensions: ['.gslab'], force: options.force === true });

      const use = async (lab: Lab) => {
        const hello = await lab.hello();
        const { machine } = hello;
        const kernels = kernelsOn(hello, options.adapter);
        const names = [...new Set(exercise.variants.map(({ kernel }) => kernel))];
        const skipped = skippedKernels(kernels, names);
        if (skipped.length === names.length) throw new TroubleError({ code: 'kernel-unavailable', ...skipped[0]! });
        const request = exerciseRequest(exercise, { kernels, logicalCores: machine.logicalCores });
        if (exercise.chart === 'roofline' && hello.ceilings === undefined) {
          // The lesson is about them; from now on this machine remembers them.
          terminal.note(terminal.word('ceilingsFirst'));
          await measureCeilings(lab, terminal);
        }
        const run = await runToEnd(lab, onAdapter(request, options.adapter), terminal);
        const session = lab.session.read();
        const inEnglish = conclude(exercise, session, run.id, 'en');
        const conclusion = { en: inEnglish.text, fr: conclude(exercise, session, run.id, 'fr').text };
        const day = DAYS.find((candidate) => candidate.day === exercise.day)?.title[terminal.language];
        terminal.print(`${exercise.id} · ${exercise.title[terminal.language]}${day === undefined ? '' : ` (${day})`}\n`);
        const described = session.machines[run.machine] ?? machine;
        printQuality(run, described, terminal);
        terminal.print(runTable(run, terminal));
        printEnergy(run, terminal);
        printGpuNotices(run, terminal);
        for (const line of skippedLines(skipped, terminal)) terminal.note(line);
        noteTroubles(run, terminal);
        terminal.print(`\n${conclusion[terminal.language]}`);
        terminal.document(exerciseDocumentSchema, {
          schemaVersion: JSON_SCHEMA_VERSION,
          exercise: exercise.id,
          machine,
          ...runParts(run, described),
          skipped,
          relation: inEnglish.outcome,
          conclusion,
        });
        return allAsExpected(run) && skipped.length === 0 ? EXIT.ok : EXIT.failed;
      };
      invocation.exitCode = await (out === undefined ? withTemporaryLab(use) : withKeptLab(out, use));
    });
};
