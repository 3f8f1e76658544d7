import { expect, test } from 'vitest';
import { decadesOver } from './scales.ts';

test('whole decades around values have no tick beyond their ends', () => {
  for (const values of [[7e6, 2e9], [1e6, 1e7], [3e8], [9.9e5, 1.01e9]]) {
    const { domain, ticks, minor } = decadesOver(values);
    expect(domain.map((end) => Math.log10(end) % 1)).toEqual([0, 0]);
    expect(domain[0]).toBeLessThanOrEqual(Math.min(...values));
    expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values));
    const marks = [...ticks, ...minor];
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.filter((value) => value < domain[0] || value > domain[1])).toEqual([]);
  }
});
