/** The page that charts are laid out on, in units whose size the page says: text is measured before it is placed. */
import { SEPARATOR } from './figure.ts';
import { type FontWeight, textWidth, wrapText } from './text-width.ts';

export const UNITS_PER_MM = 4;
/** 180 mm: the text width of an A4 page. */
export const FIGURE_WIDTH = 720;

export const INK = '#16191d';
export const DIM = '#555c66';
export const WARNING = '#9b1c1c';

export const MARGIN = 20;
export const INNER = FIGURE_WIDTH - 2 * MARGIN;

/** What a drawing is laid out for. Sizes of text and lines are the same in units on every page; pages differ in how many they have. */
export interface Page {
  readonly width: number;
  /** Of a page of a given height; other pages are as high as their drawing. */
  readonly height?: number;
  readonly margin: number;
  readonly unitMm: number;
  /** What the plot may be higher by than it must, to fill a page of a given height. */
  readonly stretch: number;
  /** For a page that is spoken to: what stands in small print elsewhere is left out. */
  readonly terse: boolean;
}

export const WIDE_PAGE: Page = { width: FIGURE_WIDTH, margin: MARGIN, unitMm: 1 / UNITS_PER_MM, stretch: 0, terse: false };

export const innerOf = ({ width, margin }: Page): number => width - 2 * margin;

/** Too narrow for labels beside the plot: they stand above it. */
const NARROW = 480;
export const isNarrow = ({ width }: Page): boolean => width < NARROW;
/** Height of a line of text by its size. */
export const LEADING = 1.3;
/** Above and below the baseline, as shares of the size: what Inter's Latin capitals, accents and descenders take. */
const ASCENT = 0.97;
const DESCENT = 0.25;

export interface PlacedText {
  readonly text: string;
  /** Of the anchor, and of the baseline. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: FontWeight;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly color: string;
  /** Degrees that it is turned by around its anchor, clockwise. */
  readonly angle?: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of a text that is not turned. */
export function textBox({ text, x, y, size, weight, anchor }: PlacedText): Box {
  const width = textWidth(text, size, weight);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - ASCENT * size, bottom: y + DESCENT * size };
}

/** A line of text before it is placed. */
export interface TextLine {
  readonly text: string;
  readonly size: number;
  readonly weight: FontWeight;
  readonly color: string;
}

export const blockHeight = (lines: readonly TextLine[]): number => lines.reduce((sum, { size }) => sum + size * LEADING, 0);

/** Parts of a line hold together where they fit on one; it breaks after a separator. */
export function breakable(line: string, width: number, size: number): string {
  return line
    .split(SEPARATOR)
    .map((part) => (textWidth(`${part}${SEPARATOR}`, size) <= width ? part.replaceAll(' ', '\u00a0') : part))
    .join('\u00a0· ');
}

export function wrapped(text: string, width: number, size: number, weight: FontWeight, color: string, mostLines?: number): TextLine[] {
  return wrapText(text, width, size, weight, mostLines).map((line) => ({ text: line, size, weight, color }));
}

/** Lines one below the other, and where the next would begin. */
export function stackLines(lines: readonly TextLine[], x: number, top: number): { readonly texts: PlacedText[]; readonly bottom: number } {
  let bottom = top;
  const texts = lines.map((line): PlacedText => {
    const placed = { ...line, x, y: bottom + line.size, anchor: 'start' as const };
    bottom += line.size * LEADING;
    return placed;
  });
  return { texts, bottom };
}

/** What stands above the drawing of every chart. */
export interface Heading {
  readonly title: string;
  readonly conclusion: string;
  readonly subtitle: readonly string[];
  readonly notices: readonly string[];
}

const MOST_TERSE_NOTICES = 3;

export function placeHeading(
  { title, conclusion, subtitle, notices }: Heading,
  page: Page,
): { readonly texts: PlacedText[]; readonly bottom: number } {
  const inner = innerOf(page);
  const { margin } = page;
  const first = stackLines(wrapped(title, inner, isNarrow(page) ? 13 : 15, 600, INK), margin, margin);
  const second = stackLines(wrapped(conclusion, inner, isNarrow(page) ? 10.5 : 12, 400, INK), margin, first.bottom + 2);
  const small = [
    ...subtitle.flatMap((line) => wrapped(breakable(line, inner, 9.5), inner, 9.5, 400, DIM)),
    ...notices.flatMap((notice) => wrapped(notice, inner, 9.5, 600, WARNING, page.terse ? MOST_TERSE_NOTICES : undefined)),
  ];
  const third = stackLines(small, margin, second.bottom + 4);
  return { texts: [...first.texts, ...second.texts, ...third.texts], bottom: third.bottom + 16 };
}

/** The small print below the drawing. */
export function placeCaption(caption: string, top: number, page: Page): { readonly texts: readonly PlacedText[]; readonly height: number } {
  if (page.terse) return { texts: [], height: Math.ceil(top + page.margin / 2) };
  const placed = stackLines(wrapped(caption, innerOf(page), 9.5, 400, DIM), page.margin, top);
  return { texts: placed.texts, height: Math.ceil(placed.bottom + Math.max(4, page.margin - 6)) };
}
