#!/usr/bin/env node
/**
 * The command line: the same engine without a window. Results go to standard output, everything else to standard
 * error; the exit code is 0 only when all that was asked for ran and was verified.
 */
import { Command, Option } from 'commander';
import { APP_VERSION } from '../engine/app-version.ts';
import { LANGUAGES, type Language } from '../shared/contract.ts';
import type { AddCommand, Invocation } from './command.ts';
import { addBattle } from './commands/battle.ts';
import { addCompare } from './commands/compare.ts';
import { addContinue } from './commands/continue.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExercise } from './commands/exercise.ts';
import { addExport } from './commands/export.ts';
import { addLadder } from './commands/ladder.ts';
import { addList } from './commands/list.ts';
import { addRun } from './commands/run.ts';
import { addSchema } from './commands/schema.ts';
import { addServe } from './commands/serve.ts';
import { addSweep } from './commands/sweep.ts';
import { addVerify } from './commands/verify.ts';
import { EXIT, report } from './failure.ts';
import { oneOf } from './option-values.ts';

const COMMANDS: readonly AddCommand[] = [
  addList,
  addRun,
  addSweep,
  addLadder,
  addContinue,
  addExercise,
  addBattle,
  addVerify,
  addCompare,
  addExport,
  addSchema,
  addDoctor,
  addServe,
];

/** Read ahead of the parser, whose own complaints are told in it. */
function languageOf(words: readonly string[]): Language {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const given = words[at]?.includes('=') ? words[at].split('=')[1] : words[at + 1];
  return at >= 0 && given === 'fr' ? 'fr' : 'en';
}

function program(invocation: Invocation): Command {
  const root = new Command('gslab')
    .description('Gray-Scott Lab: verified, trusted timings of the school’s kernels on this machine')
    .version(APP_VERSION)
    .addOption(new Option('--lang <id>', `language of texts: ${LANGUAGES.join(', ')}`).argParser(oneOf('--lang', LANGUAGES)).default('en'))
    .exitOverride()
    .showSuggestionAfterError(false)
    // Complaints become one sentence of ours; help is a result.
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  for (const add of COMMANDS) add(root, invocation);
  return root;
}

/** @returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const invocation: Invocation = { language: languageOf(words), exitCode: EXIT.failed };
  const root = program(invocation);
  try {
    await root.parseAsync([...words], { from: 'user' });
    return invocation.exitCode;
  } catch (error) {
    return report(
      error,
      invocation.language,
      root.commands.map((command) => command.name()),
    );
  }
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));

// Whatever escaped every promise is told like any other fault, without a stack trace.
process.on('uncaughtException', (error) => process.exit(report(error, languageOf(process.argv), [])));

process.exitCode = await main(process.argv.slice(2));
