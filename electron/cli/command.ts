/** What every command is given, and how it hands back its exit code. */
import type { Command } from 'commander';
import type { Language } from '../shared/contract.ts';
import { Terminal } from './terminal.ts';

export interface Invocation {
  readonly language: Language;
  /** Exit code of the command that ran. */
  exitCode: number;
}

/** A command adds itself to the program and leaves its exit code in the invocation. */
export type AddCommand = (program: Command, invocation: Invocation) => void;

export const terminalFor = (invocation: Invocation, options: { readonly json?: boolean }): Terminal =>
  new Terminal(invocation.language, options.json === true);
