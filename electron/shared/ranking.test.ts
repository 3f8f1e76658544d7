import { expect, test } from 'vitest';
import { fixtureRun } from './figures/figure.fixture.ts';
import { ranksOf } from './ranking.ts';
import { isTrusted } from './trusted.ts';

const shown = (rates: readonly number[]) => {
  const run = fixtureRun({ id: 3, variants: rates.map((rate) => ({ kernel: 'autovec', rate, spread: 0.05 })) });
  const ranks = ranksOf(run.variants.filter(isTrusted).map((result) => ({ run, result })));
  return ranks.map(({ rank, shared }) => `${rank}${shared ? '=' : ''}`);
};

test('who cannot be told from the fastest of a rank shares it, and the next rank counts them', () => {
  expect(shown([1e9, 4e9, 2e9])).toEqual(['3', '1', '2']);
  expect(shown([1e9, 4e9, 4e9, 4e9])).toEqual(['4', '1=', '1=', '1=']);
  expect(shown([4e9, 1e9, 1e9, 5e8])).toEqual(['1', '2=', '2=', '4']);
  expect(shown([])).toEqual([]);
});
