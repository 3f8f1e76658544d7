/** A drawing in shades of grey, for print: looks that differ in colour get shades that differ, the rest its own brightness. */

const COLOR = /"#([0-9a-f]{6})"/gi;
/** Lightest shade of a look on white: contrast of 3 to 1, as WCAG 2 asks of what carries meaning. */
const LIGHTEST = 0x94;
const DARKEST = 0x10;

const channels = (hex: string): number[] => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** As bright as the colour, in the coding of sRGB. */
function brightness(hex: string): number {
  const [red, green, blue] = channels(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return 255 * (luminance <= 0.0031308 ? 12.92 * luminance : 1.055 * luminance ** (1 / 2.4) - 0.055);
}

const grey = (value: number): string => `"#${Math.round(value).toString(16).padStart(2, '0').repeat(3)}"`;

/** `looks` are the colours of what is compared: evenly spaced from dark to light in the order of their brightness. */
export function inGrey(svg: string, looks: readonly string[]): string {
  const distinct = [...new Set(looks.map((color) => color.replace('#', '').toLowerCase()))].sort((a, b) => brightness(a) - brightness(b));
  const step = (LIGHTEST - DARKEST) / Math.max(1, distinct.length - 1);
  const shades = new Map(distinct.map((hex, at) => [hex, grey(DARKEST + step * at)]));
  return svg.replace(COLOR, (_, hex: string) => shades.get(hex.toLowerCase()) ?? grey(brightness(hex)));
}
