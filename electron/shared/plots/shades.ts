/**
 * The shades of a heat map: cividis (Nuñez, Anderton, Renslow, PLoS ONE 2018), even to the eye, the same to colour-blind
 * readers, and a plain ramp of brightness when printed in grey.
 */

type Rgb = readonly [red: number, green: number, blue: number];

/** Cividis at equal steps from 0 to 1. */
const STOPS: readonly Rgb[] = [
  [0, 32, 81],
  [17, 54, 108],
  [60, 77, 110],
  [98, 100, 111],
  [127, 124, 117],
  [154, 148, 120],
  [187, 175, 113],
  [226, 203, 92],
  [253, 234, 69],
];

const DARK_INK = '#16191d';
const LIGHT_INK = '#ffffff';

const hex = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function rgbOf(shade: number): Rgb {
  const at = Math.min(1, Math.max(0, shade)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(at));
  const [low, high] = [STOPS[below]!, STOPS[below + 1]!];
  const mix = (part: 0 | 1 | 2) => low[part] + (high[part] - low[part]) * (at - below);
  return [mix(0), mix(1), mix(2)];
}

/** WCAG 2 relative luminance. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour of a shade from 0 to 1. */
export const shadeColor = (shade: number): string => hex(rgbOf(shade));

/** Of a dark and a light ink the one with more contrast on the shade. */
export function inkOn(shade: number): string {
  const ground = luminance(rgbOf(shade));
  return (ground + 0.05) / 0.06 > 1.05 / (ground + 0.05) ? DARK_INK : LIGHT_INK;
}
