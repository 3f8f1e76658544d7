import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedField } from '../../kernels/model.ts';
import { decodeFrame } from './frame.ts';
import { makeFrame, quantise, reduceField } from './frame-make.ts';

/** The obvious way: every cell looks up its block. */
function slowMeans(values: readonly number[], rows: number, cols: number, maxRows: number, maxCols: number): number[] {
  const outRows = Math.min(rows, maxRows);
  const outCols = Math.min(cols, maxCols);
  const blockOf = (index: number, length: number, parts: number) => {
    for (let part = 0; ; part++) if (index < Math.floor(((part + 1) * length) / parts)) return part;
  };
  const blocks: number[][] = Array.from({ length: outRows * outCols }, () => []);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      blocks[blockOf(row, rows, outRows) * outCols + blockOf(col, cols, outCols)]!.push(values[row * cols + col]!);
    }
  }
  return blocks.map((block) => block.reduce((sum, value) => sum + value, 0) / block.length);
}

const grids = fc.record({
  rows: fc.integer({ min: 1, max: 23 }),
  cols: fc.integer({ min: 1, max: 23 }),
  maxRows: fc.integer({ min: 1, max: 30 }),
  maxCols: fc.integer({ min: 1, max: 30 }),
});

describe('reduceField', () => {
  it('agrees with the slow twin on every shape, in both precisions', () => {
    fc.assert(
      fc.property(grids, fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })), ({ rows, cols, maxRows, maxCols }, stream) => {
        const values = Float64Array.from({ length: rows * cols }, () => Number(stream.next().value));
        for (const array of [values, Float32Array.from(values)]) {
          const cells = [...array];
          const reduced = reduceField(array, { rows, cols }, maxRows, maxCols);
          const slow = slowMeans(cells, rows, cols, maxRows, maxCols);
          expect([reduced.rows, reduced.cols]).toEqual([Math.min(rows, maxRows), Math.min(cols, maxCols)]);
          expect(reduced.means.length).toBe(slow.length);
          for (const [at, mean] of slow.entries()) expect(reduced.means[at]).toBeCloseTo(mean, 12);
          expect(reduced.min === Math.min(...cells)).toBe(true);
          expect(reduced.max === Math.max(...cells)).toBe(true);
          expect(reduced.mean).toBeCloseTo(cells.reduce((sum, value) => sum + value, 0) / cells.length, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never enlarges and keeps the cells when the picture has room', () => {
    const reduced = reduceField(Float32Array.of(1, 2, 3, 4, 5, 6), { rows: 2, cols: 3 }, 100, 100);
    expect([reduced.rows, reduced.cols]).toEqual([2, 3]);
    expect([...reduced.means]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reports NaN wherever the field holds one', () => {
    for (const at of [0, 7, 14]) {
      const values = new Float32Array(15).fill(0.5);
      values[at] = Number.NaN;
      const reduced = reduceField(values, { rows: 3, cols: 5 }, 2, 2);
      expect([reduced.min, reduced.max, reduced.mean]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
  });
});

describe('quantise', () => {
  it('maps the range to all 16 bits, clamps, and gives 0 for NaN', () => {
    const pixels = quantise(Float64Array.of(-1, 0, 0.25, 0.5, 1, 7, Number.NaN, Number.POSITIVE_INFINITY), 0, 0.5);
    expect([...pixels]).toEqual([0, 0, 32768, 65535, 65535, 65535, 0, 65535]);
  });

  it('errs by half a level at most', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 0, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (value, low, high) => {
          const level = (high - low) / 65_535;
          const [pixel] = quantise(Float64Array.of(value), low, high);
          expect(Math.abs(low + pixel! * level - value)).toBeLessThanOrEqual(0.5 * level * (1 + 1e-9));
        },
      ),
    );
  });

  it('is a threshold where the range is empty', () => {
    expect([...quantise(Float64Array.of(0.4, 0.5, 0.6), 0.5, 0.5)]).toEqual([0, 0, 65535]);
  });
});

describe('makeFrame', () => {
  it('is decoded into what was asked for', () => {
    const grid = { rows: 40, cols: 60 };
    const view = { species: 'v' as const, maxRows: 20, maxCols: 64, low: 0, high: 1 };
    const frame = decodeFrame(makeFrame(seedField(grid, 'patch', 'f32'), grid, view, { runId: 3, variant: 1, round: 2, step: 77 }));
    expect(frame?.header).toMatchObject({
      ...{ runId: 3, variant: 1, round: 2, step: 77, species: 'v' },
      ...{ rows: 20, cols: 60, gridRows: 40, gridCols: 60, min: 0, max: 0.25 },
    });
    expect(frame!.header.mean).toBeCloseTo((8 * 12 * 0.25) / 2400, 12);
    expect(frame!.pixels[10 * 60 + 30]).toBe(Math.round(0.25 * 65_535));
  });
});
