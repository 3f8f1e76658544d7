/**
 * SVG to PNG by resvg, compiled to WebAssembly: the same pixels on every system, no browser, no system font. It reads
 * TrueType faces but no woff2, and ignores the faces inside the SVG, so it is given ours.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { resourceRoot } from '../resources.ts';
import { FONT_FAMILY, fontFile } from './fonts.ts';

/** Beside the program's other resources when packaged, in the npm package when run from source. */
function wasmFile(): string {
  const packaged = join(resourceRoot(), 'assets', 'wasm', 'resvg.wasm');
  if (existsSync(packaged)) return packaged;
  return createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
}

interface Renderer {
  readonly fontBuffers: Uint8Array[];
}

let renderer: Promise<Renderer> | undefined;

async function startRenderer(): Promise<Renderer> {
  const [wasm, ...fontBuffers] = await Promise.all([wasmFile(), fontFile(400, 'ttf'), fontFile(600, 'ttf')].map((path) => readFile(path)));
  await initWasm(wasm!);
  return { fontBuffers };
}

/** The picture `width` pixels wide on white. Rejects when the program's own resources cannot be read. */
export async function renderPng(svg: string, width: number): Promise<Uint8Array> {
  // The module starts once in a process; a start that failed may be tried again.
  renderer ??= startRenderer().catch((error: unknown) => {
    renderer = undefined;
    throw error;
  });
  const { fontBuffers } = await renderer;
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background: '#ffffff',
    font: { loadSystemFonts: false, fontBuffers, defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY },
  });
  try {
    const image = resvg.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    resvg.free();
  }
}
