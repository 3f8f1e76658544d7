import { expect, test } from 'vitest';
import { roundsToNextLook } from './next-look.ts';

test.each([
  // As asked, but half as many again at least, as many again at most; then to the end of four rounds.
  ['asked for few', 12, 2, 8],
  ['asked for many', 7, 90, 9],
  ['as asked', 20, 12, 12],
  ['of one round', 1, 4, 3],
])('%s', (_, rounds, asked, more) => {
  expect(roundsToNextLook(rounds, asked)).toBe(more);
});

test('looks become rarer: to a thousand rounds there are a dozen at most', () => {
  let looks = 0;
  for (let rounds = 7; rounds < 1000; rounds += roundsToNextLook(rounds, 2)) looks++;
  expect(looks).toBeLessThanOrEqual(12);
});
