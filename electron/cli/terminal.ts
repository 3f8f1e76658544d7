/**
 * What a command has to say things with: results go to standard output, everything else to standard error, so that
 * a pipe receives results alone. The progress bar exists on a terminal only, and only from the second second on.
 */
import type { z } from 'zod';
import type { Language } from '../shared/contract.ts';
import { formatDuration, NO_BREAK_SPACE } from '../shared/units.ts';
import { WORDS, type Word } from './words.ts';

const BAR_CELLS = 24;
/** What is over sooner needs no word about it. */
export const QUIET_MILLISECONDS = 1000;
const BETWEEN_DRAWINGS_MILLISECONDS = 100;

export interface Progress {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly secondsLeft?: number;
  /** It may be over before. */
  readonly atMost?: boolean;
}

export class Terminal {
  readonly language: Language;
  readonly json: boolean;
  #startedAt = performance.now();
  #drawnAt = 0;
  #isDrawn = false;

  constructor(language: Language, json: boolean) {
    this.language = language;
    this.json = json;
  }

  word(word: Word): string {
    return WORDS[word][this.language];
  }

  /** "session: /a/b.gslab", with the space before the colon that French wants. */
  labelled(word: Word, text: string): string {
    return `${this.word(word)}${this.language === 'fr' ? NO_BREAK_SPACE : ''}: ${text}`;
  }

  /** A line of the result; nothing with `--json`, whose one document is the result. */
  print(text: string): void {
    this.clearProgress();
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The one document, when asked for. It is checked on its way out. */
  document<S extends z.ZodType>(schema: S, value: z.input<S>): void {
    this.clearProgress();
    if (this.json) process.stdout.write(`${JSON.stringify(schema.parse(value), null, 2)}\n`);
  }

  /** A remark for the person, outside of the result. */
  note(text: string): void {
    this.clearProgress();
    process.stderr.write(`${text}\n`);
  }

  /** Starts the wait for the next bar. */
  beginProgress(): void {
    this.#startedAt = performance.now();
  }

  progress({ label, fraction, secondsLeft, atMost }: Progress): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#startedAt < QUIET_MILLISECONDS || now - this.#drawnAt < BETWEEN_DRAWINGS_MILLISECONDS) return;
    this.#drawnAt = now;
    this.#isDrawn = true;
    const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_CELLS);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
    const most = atMost ? `${this.word('atMost')} ` : '';
    const left =
      secondsLeft === undefined ? '' : `  ${most}${formatDuration(Math.max(1, secondsLeft), this.language)} ${this.word('left')}`;
    const line = `${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %  ${label}${left}`;
    // One line, never wrapped: a wrapped one could not be erased.
    process.stderr.write(`\r\u001b[2K${[...line].slice(0, (process.stderr.columns || 80) - 1).join('')}`);
  }

  clearProgress(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    process.stderr.write('\r\u001b[2K');
  }
}
