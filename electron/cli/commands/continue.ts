/** `gslab continue`: a run of a session taken up again, where it was cut short or with more rounds. */
import { resolve } from 'node:path';
import type { Lab } from '../../engine/lab.ts';
import { runDocumentSchema } from '../../shared/documents.ts';
import { expected } from '../../shared/expectation.ts';
import { MAX_ROUNDS } from '../../shared/run.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { continueToEnd, withLabOf } from '../lab-run.ts';
import { badValue, wholeNumber } from '../option-values.ts';
import { allAsExpected, noteTroubles, printEnergy, printGpuNotices, printQuality, runParts, runTable } from '../run-result.ts';
import { UNTIL_CLEAR_OPTION, untilClearOf } from '../until-clear.ts';

interface Options {
  readonly run?: number;
  readonly rounds?: number;
  readonly untilClear?: number | true;
  readonly json?: boolean;
}

export const addContinue: AddCommand = (program, invocation) => {
  program
    .command('continue')
    .description('take a run up again on its machine: what was cut short, and more rounds if asked for')
    .argument('<file.gslab>', 'the session, which takes what is measured')
    .option('--run <id>', 'the run (default: the newest)', wholeNumber('--run', 1, Number.MAX_SAFE_INTEGER))
    .option('--rounds <number>', 'rounds to add', wholeNumber('--rounds', 1, MAX_ROUNDS))
    .option(...UNTIL_CLEAR_OPTION)
    .option('--json', 'one JSON document')
    .action(async (path: string, { run: wanted, rounds, untilClear, json = false }: Options) => {
      const terminal = terminalFor(invocation, { json });
      if (rounds !== undefined && untilClear !== undefined)
        throw badValue('--rounds', expected.oneOf(['--rounds', '--until-clear']), '--rounds, --until-clear');
      invocation.exitCode = await withLabOf(resolve(path), async (lab: Lab) => {
        const runId = wanted ?? lab.session.newestRun();
        if (runId === undefined) throw badValue(path, expected.unfinishedRun(), '');
        const run = await continueToEnd(lab, runId, { rounds, untilClear: untilClearOf(untilClear) }, terminal);
        const { machine } = await lab.hello();
        const described = lab.session.readMachine(run.machine);
        printQuality(run, described, terminal);
        terminal.print(runTable(run, terminal));
        printEnergy(run, terminal);
        printGpuNotices(run, terminal);
        noteTroubles(run, terminal);
        terminal.document(runDocumentSchema, { schemaVersion: JSON_SCHEMA_VERSION, machine, ...runParts(run, described) });
        return allAsExpected(run) ? EXIT.ok : EXIT.failed;
      });
    });
};
