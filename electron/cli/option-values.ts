/**
 * Reads the values of options. Each reader names its option, so that a bad value is told as one sentence with what
 * was expected and what was received. Numbers are typed with comma or dot.
 */
import { expected } from '../shared/expectation.ts';
import { MAX_STEPS, OBSERVABLES, type Observe } from '../shared/run.ts';
import { TroubleError } from '../shared/trouble.ts';
import { parseNumber } from '../shared/units.ts';

export function badValue(name: string, expectation: string, received: string): TroubleError {
  return new TroubleError({ code: 'bad-value', name, expected: expectation, received });
}

export const wholeNumber =
  (name: string, min: number, max: number) =>
  (text: string): number => {
    const value = parseNumber(text);
    if (value === null || !Number.isInteger(value) || value < min || value > max) {
      throw badValue(name, expected.wholeNumber(min, max), text);
    }
    return value;
  };

export const decimalNumber =
  (name: string, min: number, max: number) =>
  (text: string): number => {
    const value = parseNumber(text);
    if (value === null || value < min || value > max) throw badValue(name, expected.number(min, max), text);
    return value;
  };

export const oneOf =
  <W extends string>(name: string, words: readonly W[]) =>
  (text: string): W => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw badValue(name, expected.oneOf(words), text);
    return word;
  };

/** `difference:100`: what to observe, every so many steps. */
export const observation =
  (option: string) =>
  (text: string): Observe => {
    const [word = '', every] = text.split(/:(.*)/s);
    const what = OBSERVABLES.find((known) => known === word);
    if (what === undefined || every === undefined) throw badValue(option, expected.observation(OBSERVABLES), text);
    return { what, every: wholeNumber(option, 1, MAX_STEPS)(every) };
  };

/** Collects `name=value`; what the names are is known once the kernels are. */
export const nameAndValue =
  (option: string) =>
  (text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> => {
    const at = text.indexOf('=');
    if (at <= 0) throw badValue(option, 'name=value', text);
    return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
  };
