import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameView } from '../../shared/frame.ts';
import { frameLimits, LARGEST_CELL } from './frame-limits.ts';

const MOST_INVOCATIONS = 65_536;
const view: FrameView = { species: 'v', maxRows: 700, maxCols: 900, low: 0, high: 0.5 };

describe('frameLimits', () => {
  it('leaves room in every word, and many units to a level of the picture', () => {
    const side = fc.integer({ min: 1, max: 40_000 });
    const picture = fc.integer({ min: 1, max: 8192 });
    const end = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(side, side, picture, picture, end, end, (rows, cols, maxRows, maxCols, low, high) => {
        const limits = frameLimits({ rows, cols }, { species: 'u', maxRows, maxCols, low, high }, MOST_INVOCATIONS);
        if (limits === undefined) return;
        const { fractionBits, blocks } = limits;
        const tallest = Math.ceil(rows / limits.rows);
        const widest = Math.ceil(cols / limits.cols);
        const pairs = Math.ceil((limits.rows * limits.cols) / 2);
        const cells = 2 * Math.ceil(pairs / MOST_INVOCATIONS) * tallest * widest;
        expect(cells * LARGEST_CELL * 2 ** fractionBits).toBeLessThanOrEqual(2 ** 62);
        for (const block of blocks) {
          expect(block.range > 16n * 65_535n - 1n).toBe(true);
          expect(block.range <= 1n << 45n).toBe(true);
          expect(block.low >= -(1n << 62n) && block.low <= 1n << 62n).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives low and range for each size of a block', () => {
    const limits = frameLimits({ rows: 5, cols: 7 }, { ...view, maxRows: 2, maxCols: 2, low: 0.25, high: 0.75 }, MOST_INVOCATIONS)!;
    const cells = [2 * 3, 2 * 4, 3 * 3, 3 * 4];
    const unit = 2 ** -limits.fractionBits;
    expect(limits.blocks.map(({ low }) => Number(low) * unit)).toEqual(cells.map((count) => count * 0.25));
    expect(limits.blocks.map(({ range }) => Number(range) * unit)).toEqual(cells.map((count) => count * 0.5));
  });

  it('declines a range without width or beyond the cells, one too narrow for the unit, and blocks too large', () => {
    const grid = { rows: 1080, cols: 1920 };
    expect(frameLimits(grid, view, MOST_INVOCATIONS)).toMatchObject({ rows: 700, cols: 900 });
    for (const declined of [
      { low: 0.5, high: 0.5 },
      { low: 1, high: 0 },
      { low: 0, high: 17 },
      { low: -17, high: 0 },
      { low: 0.5, high: 0.5 + 1e-12 },
      { maxRows: 1, maxCols: 1 },
    ])
      expect(frameLimits(grid, { ...view, ...declined }, MOST_INVOCATIONS)).toBeUndefined();
  });
});
