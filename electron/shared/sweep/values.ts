/**
 * The values of one axis of a sweep as a person writes them: a list `a,b,c`, or a range of whole numbers
 * `from:to`, `from:to:points`, either with `log` at its end for even steps on a logarithmic scale.
 */
import { expected } from '../expectation.ts';
import { MAX_VARIANTS } from '../run.ts';
import { parseNumber } from '../units.ts';

export type SweptValue = number | string;

/** Whole numbers within bounds, or some words. */
export type AxisRange = { readonly min: number; readonly max: number } | { readonly words: readonly string[] };

/** What is wrong with a text: a phrase of `expectation.ts`, and the part that is not so. */
export interface ValuesProblem {
  readonly expected: string;
  readonly received: string;
}

/** Points of a range that says none: every whole number, or so many spread evenly. */
const USUAL_POINTS = 9;

const RANGE = /^([^:]+):([^:]+?)(?::\s*([^:]+?))?\s*:?\s*(log)?$/;

/** Whole numbers, ascending, none twice. */
const distinct = (values: readonly number[]): number[] => [...new Set(values.map(Math.round))].sort((a, b) => a - b);

const evenly = (from: number, to: number, points: number, at: (share: number) => number): number[] =>
  distinct([from, ...Array.from({ length: points - 2 }, (_, index) => at((index + 1) / (points - 1))), to]);

function doublings(from: number, to: number): number[] {
  const values = [to];
  for (let value = from; value < to; value *= 2) values.push(value);
  return distinct(values);
}

function rangeValues(from: number, to: number, points: number | undefined, logarithmic: boolean): number[] {
  if (logarithmic && points === undefined) return doublings(from, to);
  const count = points ?? Math.min(USUAL_POINTS, to - from + 1);
  const at = logarithmic ? (share: number) => from * (to / from) ** share : (share: number) => from + (to - from) * share;
  return evenly(from, to, count, at);
}

const isWhole = (value: number | null, min: number, max: number): value is number =>
  value !== null && Number.isInteger(value) && value >= min && value <= max;

function readNumbers(text: string, { min, max }: { readonly min: number; readonly max: number }): readonly SweptValue[] | ValuesProblem {
  const wanted = expected.values(min, max);
  const range = RANGE.exec(text);
  if (range === null) {
    const parts = text.split(/[,;]/).map((part) => part.trim());
    const values = parts.map(parseNumber);
    const bad = values.findIndex((value) => !isWhole(value, min, max));
    return bad >= 0 ? { expected: wanted, received: parts[bad]! } : distinct(values.filter((value) => value !== null));
  }
  const [, first = '', last = '', points, log] = range;
  const [from, to] = [parseNumber(first), parseNumber(last)];
  if (!isWhole(from, min, max)) return { expected: wanted, received: first.trim() };
  if (!isWhole(to, min, max)) return { expected: wanted, received: last.trim() };
  if (to <= from) return { expected: expected.risingRange(), received: text };
  if (log !== undefined && from < 1) return { expected: expected.logRange(), received: text };
  const count = points === undefined ? undefined : parseNumber(points);
  if (count !== undefined && !isWhole(count, 2, MAX_VARIANTS)) return { expected: expected.points(MAX_VARIANTS), received: points! };
  return rangeValues(from, to, count, log !== undefined);
}

function readWords(text: string, words: readonly string[]): readonly SweptValue[] | ValuesProblem {
  const given = text.split(/[,;\s]+/).filter((word) => word !== '');
  const bad = given.find((word) => !words.includes(word));
  if (given.length === 0 || bad !== undefined) return { expected: expected.words(words), received: bad ?? text };
  return words.filter((word) => given.includes(word));
}

/** At least one value, in the order of the axis; or what is wrong. */
export function readValues(text: string, range: AxisRange): readonly SweptValue[] | ValuesProblem {
  return 'words' in range ? readWords(text, range.words) : readNumbers(text.trim(), range);
}

export const isProblem = (read: readonly SweptValue[] | ValuesProblem): read is ValuesProblem => 'expected' in read;
