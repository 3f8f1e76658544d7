import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellAt,
  clampView,
  fieldPosition,
  MAX_ZOOM,
  panBy,
  pictureSize,
  pictureWorthAsking,
  WHOLE_FIELD,
  zoomAbout,
} from './view-transform.ts';

const canvas = { width: 400, height: 200 };
const grid = { width: 100, height: 100 };

test('the whole grid fits with square cells, centred', () => {
  expect(pictureSize(canvas, grid, WHOLE_FIELD)).toEqual({ width: 200, height: 200 });
  expect(cellAt(canvas, grid, WHOLE_FIELD, 100, 0)).toEqual({ row: 0, col: 0 });
  expect(cellAt(canvas, grid, WHOLE_FIELD, 299.9, 199.9)).toEqual({ row: 99, col: 99 });
  expect(cellAt(canvas, grid, WHOLE_FIELD, 99, 100)).toBeNull();
});

test('zooming about a position keeps the place under it, as long as the picture fills the canvas', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.1, max: 4, noNaN: true }),
      fc.integer({ min: 150, max: 250 }),
      fc.integer({ min: 50, max: 150 }),
      (factor, x, y) => {
        const near = zoomAbout(canvas, grid, WHOLE_FIELD, 8, 200, 100);
        const before = fieldPosition(canvas, grid, near, x, y);
        const after = fieldPosition(canvas, grid, zoomAbout(canvas, grid, near, factor, x, y), x, y);
        expect(after.x).toBeCloseTo(before.x, 9);
        expect(after.y).toBeCloseTo(before.y, 9);
      },
    ),
  );
});

test('no view leaves the grid, whatever is done', () => {
  const moves = fc.array(fc.record({ factor: fc.double({ min: 0.01, max: 100, noNaN: true }), x: fc.integer({ min: -2000, max: 2000 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(moves, (steps) => {
      let view = WHOLE_FIELD;
      for (const { factor, x } of steps) view = panBy(canvas, grid, zoomAbout(canvas, grid, view, factor, x, x), x, -x);
      expect(view.zoom).toBeGreaterThanOrEqual(1);
      expect(view.zoom).toBeLessThanOrEqual(MAX_ZOOM);
      expect(view).toEqual(clampView(canvas, grid, view));
      const corner = fieldPosition(canvas, grid, view, 200, 100);
      expect(corner.x).toBeGreaterThanOrEqual(0);
      expect(corner.x).toBeLessThanOrEqual(1);
    }),
  );
});

test('asks for no more than the screen shows, the grid has or the limit allows', () => {
  expect(pictureWorthAsking(canvas, { width: 1920, height: 1080 }, WHOLE_FIELD)).toEqual({ maxRows: 200, maxCols: 356 });
  expect(pictureWorthAsking(canvas, { width: 50, height: 50 }, WHOLE_FIELD)).toEqual({ maxRows: 50, maxCols: 50 });
  expect(pictureWorthAsking(canvas, { width: 90_000, height: 90_000 }, { ...WHOLE_FIELD, zoom: 64 }, 1000)).toEqual({
    maxRows: 1000,
    maxCols: 1000,
  });
});
