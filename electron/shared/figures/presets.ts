/**
 * Where a figure goes, and so how large it is: each place has a true width, and as many units across as keep the smallest
 * text legible there. What is narrower is laid out anew, not scaled down.
 */
import type { Page } from './page.ts';

export const PRESET_IDS = ['report', 'column', 'slide', 'poster'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export interface Preset {
  readonly widthMm: number;
  /** Of a slide; other figures are as high as they need. */
  readonly heightMm?: number;
  /** Fewest units across: their size is the text's. */
  readonly units: number;
  readonly margin: number;
}

const MM_PER_INCH = 25.4;

/** The smallest text has 9.5 units: 7.2 points in a report, 7.0 in a column, at most 14 on a slide, 19 on a poster. */
export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  report: { widthMm: 160, units: 600, margin: 12 },
  column: { widthMm: 85, units: 325, margin: 6 },
  // 13.33 × 7.5 inches: the 16:9 page of slide programs.
  slide: { widthMm: (40 / 3) * MM_PER_INCH, heightMm: 7.5 * MM_PER_INCH, units: 660, margin: 20 },
  poster: { widthMm: 400, units: 560, margin: 12 },
};

/** Of a PNG at scale 1: a slide then has 1920 × 1080 pixels. */
export const PIXELS_PER_MM = 144 / MM_PER_INCH;

const WIDENING = 1.03;
/** A slide on which the text would be smaller than this share of the preset's takes what it needs of the height instead. */
const MOST_WIDENING = 2.5;

/**
 * The page for what `heightOn` gives the height of. Where the height is given, the text shrinks until all fits, and what
 * is left goes to the plot.
 */
export function pageFor(id: PresetId, heightOn: (page: Page) => number): Page {
  const { widthMm, heightMm, units, margin } = PRESETS[id];
  const page = (width: number): Page => ({ width, margin, unitMm: widthMm / width, stretch: 0, terse: heightMm !== undefined });
  if (heightMm === undefined) return page(units);
  for (let width = units; width <= MOST_WIDENING * units; width *= WIDENING) {
    const height = (width * heightMm) / widthMm;
    const free = height - heightOn(page(width));
    if (free < 0) continue;
    const stretched = (stretch: number): Page => ({ ...page(width), height, stretch });
    // A taller plot may need more room for its labels too, and then gets less.
    let stretch = Math.floor(free);
    while (stretch > 0 && heightOn(stretched(stretch)) > height) stretch = Math.floor(stretch / 2);
    return stretched(stretch);
  }
  return page(MOST_WIDENING * units);
}
