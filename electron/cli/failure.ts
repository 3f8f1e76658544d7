/**
 * How the command line ends when something is wrong: one sentence on standard error and an exit code. 2 means that
 * the request was bad and nothing was done, 1 that something asked for failed, 130 that the person stopped it.
 * A fault of the program shows its log only with GSLAB_DEBUG=1.
 */
import { CommanderError } from 'commander';
import { KERNELS } from '../../kernels/catalog.ts';
import type { Language } from '../shared/contract.ts';
import { expected } from '../shared/expectation.ts';
import { asTrouble, type Trouble, TroubleError } from '../shared/trouble.ts';
import { troubleText } from '../shared/trouble-text.ts';
import { NO_BREAK_SPACE } from '../shared/units.ts';

export const EXIT = { ok: 0, failed: 1, badInput: 2, cancelled: 130 } as const;

/** What the engine calls a value, and the option that gave it. */
const OPTION_OF_VALUE: Readonly<Record<string, string>> = {
  rows: '--rows',
  cols: '--cols',
  steps: '--steps',
  rounds: '--rounds',
  stencil: '--stencil',
  boundary: '--boundary',
  seed: '--seed',
  precision: '--precision',
  diffusionU: '--du',
  diffusionV: '--dv',
  feed: '--feed',
  kill: '--kill',
  dt: '--dt',
  threads: '--threads',
  'observe.every': '--observe',
  kernels: 'KERNEL',
  run: '--run',
  port: '--port',
};

/** The option to blame for trouble that does not carry a name. */
function optionOf(trouble: Trouble): string | undefined {
  switch (trouble.code) {
    case 'unknown-kernel':
      return 'KERNEL';
    case 'unknown-exercise':
      return 'ID';
    case 'not-supported':
      if (trouble.what === 'observation') return '--observe';
      return trouble.what === 'parameter' ? '--param' : `--${trouble.what}`;
    case 'grid-too-large':
      return '--rows, --cols';
    default:
      return undefined;
  }
}

/** The engine's trouble in the words of the command line. */
function withOptionName(trouble: Trouble): Trouble {
  if (trouble.code !== 'bad-value') return trouble;
  const isParameter = KERNELS.some(({ parameters }) => parameters.some(({ name }) => name === trouble.name));
  return { ...trouble, name: OPTION_OF_VALUE[trouble.name] ?? (isParameter ? `--param ${trouble.name}` : trouble.name) };
}

export function sentenceOf(trouble: Trouble, language: Language): string {
  const sentence = troubleText(withOptionName(trouble), language);
  const option = optionOf(trouble);
  return option === undefined ? sentence : `${option}${language === 'fr' ? NO_BREAK_SPACE : ''}: ${sentence}`;
}

function exitCodeOf(trouble: Trouble): number {
  switch (trouble.code) {
    case 'bad-value':
    case 'unknown-kernel':
    case 'unknown-exercise':
    case 'not-supported':
    case 'grid-too-large':
    case 'session':
    case 'cannot-read':
    case 'cannot-write':
    case 'nothing-to-export':
    case 'other-machine':
      return EXIT.badInput;
    case 'cancelled':
      return EXIT.cancelled;
    default:
      return EXIT.failed;
  }
}

const quotedPart = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? '';

/** The parser's complaint as trouble, or null when it only showed its help. */
function troubleOfParser(error: CommanderError, commands: readonly string[]): Trouble | null {
  const quoted = quotedPart(error.message);
  const bad = (name: string, expectation: string, received: string): Trouble => ({
    code: 'bad-value',
    name,
    expected: expectation,
    received,
  });
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.version':
      return null;
    case 'commander.help':
      // Shown because it was asked for, or because no command was named.
      return error.exitCode === 0 ? null : bad('COMMAND', expected.command(commands), '');
    case 'commander.unknownOption':
      return bad(quoted, expected.option(), quoted);
    case 'commander.unknownCommand':
      return bad('COMMAND', expected.command(commands), quoted);
    case 'commander.missingArgument':
      return bad(quoted.toUpperCase(), expected.argument(quoted.toUpperCase()), '');
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return bad(quoted.split(' ')[0] ?? quoted, expected.value(), '');
    case 'commander.excessArguments':
      return bad('ARGUMENTS', expected.nothingMore(), error.message.replace(/^.*: /, '').replace(/\.$/, ''));
    default:
      return bad('ARGUMENTS', expected.option(), error.message);
  }
}

/** Prints the sentence of whatever was thrown and returns the exit code. */
export function report(error: unknown, language: Language, commands: readonly string[]): number {
  if (error instanceof StoppedEmptyHanded) {
    process.stderr.write(`${STOPPED[language]}\n`);
    return EXIT.cancelled;
  }
  const trouble = error instanceof CommanderError ? troubleOfParser(error, commands) : asTrouble(error);
  if (trouble === null) return EXIT.ok;
  process.stderr.write(`${sentenceOf(trouble, language)}\n`);
  if (trouble.code === 'internal' && process.env.GSLAB_DEBUG === '1') process.stderr.write(`${trouble.detail}\n`);
  return exitCodeOf(trouble);
}

export const cancelled = (): TroubleError => new TroubleError({ code: 'cancelled' });

/** Ctrl-C before anything was kept, where the engine's sentence would promise samples that nobody has. */
export class StoppedEmptyHanded extends Error {}

const STOPPED: Record<Language, string> = { en: 'Stopped: nothing was kept.', fr: `Arrêté${NO_BREAK_SPACE}: rien n’a été gardé.` };

/** What `work` throws, in place of `cancelled` where nothing is kept by then. */
export async function sayingWhatIsKept<T>(isKept: () => boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (asTrouble(error).code === 'cancelled' && !isKept()) throw new StoppedEmptyHanded();
    throw error;
  }
}
