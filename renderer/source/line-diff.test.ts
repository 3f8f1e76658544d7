import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChanges } from './line-diff.ts';

/** The second text, made from the first by the changes. */
function applied(a: string, b: string): string {
  let made = '';
  let at = 0;
  for (const { fromA, toA, fromB, toB } of lineChanges(a, b)) {
    made += a.slice(at, fromA) + b.slice(fromB, toB);
    at = toA;
  }
  return made + a.slice(at);
}

test('the changes turn the first text into the second', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'tail'), { maxLength: 12 }).map((lines) => lines.join(''));
  fc.assert(fc.property(text, text, (a, b) => applied(a, b) === b));
});

test('lines that stay are not part of a change', () => {
  expect(lineChanges('a\nb\nc\n', 'a\nx\nc\n')).toEqual([{ fromA: 2, toA: 4, fromB: 2, toB: 4 }]);
  expect(lineChanges('a\nb\n', 'a\nb\n')).toEqual([]);
  expect(lineChanges('a\n', 'a\nb\n')).toEqual([{ fromA: 2, toA: 2, fromB: 2, toB: 4 }]);
});
