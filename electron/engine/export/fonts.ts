/** The faces of Inter that figures are set in, from the program's own assets; `assets/fonts/make-fonts.ts` makes them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FigureFonts } from '../../shared/figures/svg-parts.ts';
import { resourceRoot } from '../resources.ts';

export const FONT_FAMILY = 'Inter';
const WEIGHTS = [400, 600] as const;

export function fontFile(weight: (typeof WEIGHTS)[number], format: 'ttf' | 'woff2'): string {
  return join(resourceRoot(), 'assets', 'fonts', `inter-latin-${weight}-normal.${format}`);
}

/** The faces to put inside an SVG. */
export async function figureFonts(): Promise<FigureFonts> {
  const faces = await Promise.all(
    WEIGHTS.map(async (weight) => ({ weight, woff2Base64: (await readFile(fontFile(weight, 'woff2'))).toString('base64') })),
  );
  return { family: FONT_FAMILY, faces };
}
