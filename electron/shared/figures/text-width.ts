/**
 * Widths of text set in Inter, so that a figure is laid out the same wherever it is made, without a font engine.
 * Kerning is left out: the true width is a little smaller. Characters that the font lacks count as wide ones.
 */
import { INTER_WIDTHS } from './inter-widths.ts';

export type FontWeight = 400 | 600;

const UNKNOWN_WIDTH = 1000;
const NARROW_NO_BREAK_SPACE = '\u202f';
const THIN_SPACE = '\u2009';

/** The text with characters of the font: Inter has no narrow no-break space, but the thin space that looks the same. */
export function inFont(text: string): string {
  return text.replaceAll(NARROW_NO_BREAK_SPACE, THIN_SPACE);
}

const advances = (weight: FontWeight): ReadonlyMap<string, number> =>
  new Map(INTER_WIDTHS[weight].flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)));

const ADVANCES: Readonly<Record<FontWeight, ReadonlyMap<string, number>>> = { 400: advances(400), 600: advances(600) };

/** Width in the unit of `size`. */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  let thousandths = 0;
  for (const character of inFont(text)) thousandths += ADVANCES[weight].get(character) ?? UNKNOWN_WIDTH;
  return (thousandths * size) / 1000;
}

/** Cut with an ellipsis to fit `width`. */
export function fitText(text: string, width: number, size: number, weight: FontWeight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size, weight) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/**
 * Broken at ordinary spaces (no-break spaces hold) into lines of at most `width`; a word that is longer than a line is
 * cut with an ellipsis. With `mostLines`, what is left over is cut at the end of the last one.
 */
export function wrapText(
  text: string,
  width: number,
  size: number,
  weight: FontWeight = 400,
  mostLines = Number.POSITIVE_INFINITY,
): string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  words.forEach((word, index) => {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, size, weight) <= width) {
      line = longer;
    } else if (lines.length + 1 === mostLines) {
      // The last line takes all the rest and is cut below.
      line = [line, ...words.slice(index)].join(' ');
      words.length = index;
    } else {
      lines.push(line);
      line = word;
    }
  });
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, width, size, weight));
}
