/**
 * Colour maps as look-up tables of 256 RGBA entries. The maps come from d3-scale-chromatic as CSS colours in two
 * spellings (`#rrggbb` and `rgb(r, g, b)`), so both are parsed here once, never per pixel.
 */
import { interpolateCividis, interpolateGreys, interpolateInferno, interpolateMagma, interpolateViridis } from 'd3-scale-chromatic';

export const COLOUR_MAPS = ['inferno', 'viridis', 'cividis', 'magma', 'grey'] as const;
export type ColourMap = (typeof COLOUR_MAPS)[number];

export const LUT_ENTRIES = 256;

const INTERPOLATORS: Record<ColourMap, (t: number) => string> = {
  inferno: interpolateInferno,
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  // d3's greys run from white to black; the field's high values are to be the bright ones.
  grey: (t) => interpolateGreys(1 - t),
};

function parseColour(css: string): [number, number, number] {
  if (css.startsWith('#')) {
    const value = Number.parseInt(css.slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  }
  const [red = 0, green = 0, blue = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

const built = new Map<ColourMap, Uint8Array>();

/** RGBA, 4 × 256 bytes, from the low end of the range to the high one. Shared: not to be written to. */
export function lookUpTable(map: ColourMap): Uint8Array {
  const known = built.get(map);
  if (known !== undefined) return known;
  const table = new Uint8Array(4 * LUT_ENTRIES);
  for (let entry = 0; entry < LUT_ENTRIES; entry++) {
    const [red, green, blue] = parseColour(INTERPOLATORS[map](entry / (LUT_ENTRIES - 1)));
    table.set([Math.round(red), Math.round(green), Math.round(blue), 255], 4 * entry);
  }
  built.set(map, table);
  return table;
}

/** The map as a CSS gradient, low to high, for the colour bar. */
export function cssGradient(map: ColourMap): string {
  const stops = Array.from({ length: 17 }, (_, index) => INTERPOLATORS[map](index / 16));
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
