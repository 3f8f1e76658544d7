import { describe, expect, it } from 'vitest';
import type { Sample } from './run.ts';
import { spreadOf } from './sample-spread.ts';

const round = (index: number, times: readonly number[]): Sample[] =>
  times.map((seconds, at) => ({ round: index, index: at, steps: 10, seconds: 10 * seconds }));

describe('spreadOf', () => {
  it('is the interquartile range over the median, round by round', () => {
    const spread = spreadOf([...round(0, [1, 2, 3, 4, 5]), ...round(1, [2, 2, 2, 2, 2])])!;
    expect(spread).toMatchObject({ fastest: 1, slowest: 5, samples: 10, median: 2 });
    expect(spread.share.median).toBeCloseTo((2 / 3 + 0) / 2, 12);
    expect([spread.share.low, spread.share.high].map((value) => value.toFixed(3))).toEqual(['0.000', '0.667']);
  });

  it('does not mistake slow rounds for spread within a round', () => {
    expect(spreadOf([...round(0, [1, 1, 1, 1]), ...round(1, [9, 9, 9, 9])])!.share.median).toBe(0);
  });

  it('is nothing where no round has quartiles', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf(round(0, [1, 2, 3]))).toBeUndefined();
  });
});
