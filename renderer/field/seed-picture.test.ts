import { expect, test } from 'vitest';
import { valueAt } from './field-screen.ts';
import { LARGEST_PREVIEW_CELLS, seedPicture } from './seed-picture.ts';

test('shows the seed where the model puts it', () => {
  const picture = seedPicture({ rows: 160, cols: 320 }, 'patch', 'v')!;
  expect(valueAt(picture, 80, 160)).toBeCloseTo(0.25, 4);
  expect(valueAt(picture, 5, 5)).toBe(0);
  expect(valueAt(seedPicture({ rows: 160, cols: 320 }, 'patch', 'u')!, 5, 5)).toBe(1);
});

test('a large grid is drawn smaller, a huge one not at all', () => {
  const { header } = seedPicture({ rows: 1080, cols: 1920 }, 'school', 'v')!;
  expect(header.cols).toBeLessThanOrEqual(1024);
  expect([header.gridRows, header.gridCols]).toEqual([1080, 1920]);
  expect(seedPicture({ rows: LARGEST_PREVIEW_CELLS, cols: 2 }, 'school', 'v')).toBeNull();
});
