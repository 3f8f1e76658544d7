/** What the drawings of all charts are made of: text, lines, markers, and the document around them. */
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Language } from '../contract.ts';
import { markerPath } from './markers.ts';
import type { Page, PlacedText } from './page.ts';
import { inFont } from './text-width.ts';

export interface FigureFonts {
  readonly family: string;
  readonly faces: readonly { readonly weight: number; readonly woff2Base64: string }[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe inside elements and attributes; characters that XML 1.0 does not allow are dropped. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones to drop
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, (character) => ESCAPES[character]!)
  );
}

/** Two decimals are a hundredth of a unit: finer than any screen or printer shows. */
export const short = (value: number): string => String(Number(value.toFixed(2)));

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width: number, dash = ''): string =>
  `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}" stroke="${stroke}" stroke-width="${width}"${dash === '' ? '' : ` stroke-dasharray="${escapeXml(dash)}"`}/>`;

export const marker = (look: KernelLook, x: number, y: number, radius: number, paint: string): string =>
  `<path transform="translate(${short(x)} ${short(y)})" d="${markerPath(look.marker, radius)}" ${paint}/>`;

export function drawText({ text, x, y, size, weight, anchor, color, angle = 0 }: PlacedText): string {
  const attributes = [
    `x="${short(x)}" y="${short(y)}" font-size="${size}" fill="${color}"`,
    weight === 400 ? '' : ` font-weight="${weight}"`,
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    angle === 0 ? '' : ` transform="rotate(${short(angle)} ${short(x)} ${short(y)})"`,
  ];
  return `<text ${attributes.join('')}>${escapeXml(inFont(text))}</text>`;
}

const SWATCH_RADIUS = 4.6;

/** A piece of line with its marker, hollow for what is not trusted. */
export function lookSwatch(look: KernelLook, left: number, right: number, y: number, solid: boolean): string {
  const color = escapeXml(look.color);
  const middle = (left + right) / 2;
  return [
    line(left, y, right, y, color, 1.8, look.dash),
    marker(look, middle, y, SWATCH_RADIUS, `fill="#ffffff" stroke="#ffffff" stroke-width="4"`),
    marker(look, middle, y, SWATCH_RADIUS, solid ? `fill="${color}"` : `fill="#ffffff" stroke="${color}" stroke-width="1.4"`),
  ].join('');
}

const fontFace = (family: string, { weight, woff2Base64 }: FigureFonts['faces'][number]): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${woff2Base64}) format("woff2")}`;

/** What a chart says to those who do not see it. */
interface Described {
  readonly language: Language;
  readonly title: string;
  readonly conclusion: string;
  readonly notices: readonly string[];
  readonly caption: string;
}

/** Millimetres to a hundredth. */
const millimetres = (units: number, { unitMm }: Page): string => `${short(units * unitMm)}mm`;

/**
 * For renderers without web fonts, librsvg among them: families that computers come with and that are hardly wider than
 * Inter, each by its own name. Left to a renderer's choice of a sans-serif, lines run off the page in DejaVu Sans.
 */
const FALLBACKS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'Noto Sans', 'DejaVu Sans Condensed', sans-serif";

/**
 * One self-contained file on white: fonts inside, true size in millimetres, no script, no reference to anything outside.
 * `height` is the drawing's; a page of a given height keeps
 * its own. `metadata` is XML.
 */
export function svgDocument(
  chart: Described,
  fonts: FigureFonts,
  { page, height, metadata }: { readonly page: Page; readonly height: number; readonly metadata: string },
  body: readonly string[],
): string {
  const [w, h] = [short(page.width), short(Math.max(height, page.height ?? 0))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${millimetres(Number(w), page)}" height="${millimetres(Number(h), page)}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="figure-title figure-description" lang="${chart.language}" font-family="${escapeXml(fonts.family)}, ${FALLBACKS}">`,
    `<title id="figure-title">${escapeXml(chart.title)}</title>`,
    `<desc id="figure-description">${escapeXml([chart.conclusion, ...chart.notices, chart.caption].join(' '))}</desc>`,
    ...(metadata === '' ? [] : [`<metadata>${metadata}</metadata>`]),
    `<style>${fonts.faces.map((face) => fontFace(fonts.family, face)).join('')}</style>`,
    `<rect width="${w}" height="${h}" fill="#ffffff"/>`,
    ...body,
    '</svg>',
  ].join('\n');
}
