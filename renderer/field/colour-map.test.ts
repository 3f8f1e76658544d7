import { interpolateInferno } from 'd3-scale-chromatic';
import { expect, test } from 'vitest';
import { mapPixels } from './canvas-painter.ts';
import { COLOUR_MAPS, cssGradient, lookUpTable } from './colour-map.ts';

test.each(COLOUR_MAPS)('%s is opaque and its brightness rises from end to end', (map) => {
  const table = lookUpTable(map);
  expect(table.length).toBe(1024);
  const brightness = (entry: number) => 0.2126 * table[4 * entry]! + 0.7152 * table[4 * entry + 1]! + 0.0722 * table[4 * entry + 2]!;
  for (let entry = 0; entry < 256; entry++) expect(table[4 * entry + 3]).toBe(255);
  for (let entry = 8; entry < 256; entry += 8) expect(brightness(entry)).toBeGreaterThanOrEqual(brightness(entry - 8) - 0.5);
  expect(brightness(255) - brightness(0)).toBeGreaterThan(100);
});

test('the ends are those of the map itself', () => {
  const table = lookUpTable('inferno');
  expect(`#${[...table.slice(1020, 1023)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`).toBe(interpolateInferno(1));
  expect(cssGradient('inferno')).toContain(interpolateInferno(0));
});

test('pixels outside the locked range take its ends, those inside their place in it', () => {
  const table = lookUpTable('grey');
  const pixels = new Uint16Array([0, 16384, 32768, 65535]);
  const header = { rows: 1, cols: 4, gridRows: 1, gridCols: 4, low: 0, high: 1, species: 'v' as const };
  const rgba = new Uint8ClampedArray(16);
  mapPixels({ header, pixels }, { map: 'grey', low: 0.25, high: 0.5 }, rgba);
  const red = (index: number) => rgba[4 * index];
  expect(red(0)).toBe(table[0]);
  expect(red(1)).toBe(table[0]);
  expect(red(2)).toBe(table[1020]);
  expect(red(3)).toBe(table[1020]);
  mapPixels({ header, pixels }, { map: 'grey', low: 0, high: 1 }, rgba);
  expect(red(2)).toBe(table[4 * 128]);
});
