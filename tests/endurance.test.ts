/** Runs on the GPU leave nothing behind: neither the engine nor its runner holds more after many than after a few. */
import { describe, expect, it } from 'vitest';
import { residents } from './bench/endurance.ts';
import { firstAdapter } from './support/webgpu-process.ts';

const LARGEST_GROWTH = 1.05;
const first = await firstAdapter();
const skipped = process.platform !== 'linux' ? ' (skipped: not Linux)' : 'reason' in first ? ` (skipped: ${first.reason})` : '';

describe.skipIf(skipped)(`runs in a row on the GPU${skipped}`, () => {
  // `npm run bench -- endurance` is the long form. What one run allocates here is 4 MiB; a resident set goes up and down by
  // more than that, so that the most of the early ones stands against the least of the late ones.
  it('take no more memory after 60 than after 20', async () => {
    const measured = await residents([20, 25, 30, 50, 55, 60], 256);
    const growth = (what: 'engineBytes' | 'runnerBytes') => {
      const bytes = measured.map((residents) => residents[what]);
      return Math.min(...bytes.slice(3)) / Math.max(...bytes.slice(0, 3));
    };
    expect(growth('engineBytes')).toBeLessThanOrEqual(LARGEST_GROWTH);
    expect(growth('runnerBytes')).toBeLessThanOrEqual(LARGEST_GROWTH);
  });
});
