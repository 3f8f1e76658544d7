/**
 * Makes what the figures need of Inter out of the npm package `@fontsource/inter`, once per version of it:
 * the woff2 faces that an SVG embeds, the same faces as TrueType for the PNG renderer (which reads no woff),
 * the licence, and the advance widths with which figures are laid out without a font engine.
 * Run by hand from the project's root: `node assets/fonts/make-fonts.ts`. WOFF 1.0: https://www.w3.org/TR/WOFF/
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

const root = join(import.meta.dirname, '..', '..');
const packageFolder = join(root, 'node_modules', '@fontsource', 'inter');
const WEIGHTS = [400, 600] as const;

interface Table {
  readonly tag: number;
  readonly bytes: Buffer;
}

const tagOf = (name: string): number => Buffer.from(name).readUInt32BE(0);

function readWoff(woff: Buffer): { flavor: number; tables: Table[] } {
  const tables: Table[] = [];
  for (let index = 0; index < woff.readUInt16BE(12); index++) {
    const entry = 44 + 20 * index;
    const offset = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8));
    const length = woff.readUInt32BE(entry + 12);
    const bytes = packed.length === length ? Buffer.from(packed) : inflateSync(packed);
    tables.push({ tag: woff.readUInt32BE(entry), bytes });
  }
  return { flavor: woff.readUInt32BE(4), tables };
}

/** A table's entry by its name; the fonts here have all that are asked for. */
function tableNamed(name: string, tables: readonly Table[]): Buffer {
  const found = tables.find(({ tag }) => tag === tagOf(name));
  if (found === undefined) throw new Error(`the font has no table ${name}`);
  return found.bytes;
}

/**
 * Names the family "Inter" in every weight: the package calls the weight 600 a family of its own ("Inter SemiBold"), which
 * a renderer that chooses by family and weight does not find. The name starts with the family's, so it is only shortened.
 */
function nameFamily(tables: readonly Table[]): void {
  const names = tableNamed('name', tables);
  for (let record = 0; record < names.readUInt16BE(2); record++) {
    const entry = 6 + 12 * record;
    const isFamily = names.readUInt16BE(entry + 6) === 1;
    if (isFamily) names.writeUInt16BE(Buffer.byteLength('Inter', 'utf16le'), entry + 8);
  }
}

/** Sum of the big-endian words, as sfnt's checksums are. */
function checksum(bytes: Buffer): number {
  const padded = Buffer.alloc(aligned(bytes.length));
  padded.set(bytes);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

const aligned = (length: number): number => (length + 3) & ~3;

/** The tables as an sfnt file, in the order of the WOFF directory (ascending tags, as sfnt asks). */
function writeSfnt(flavor: number, tables: readonly Table[]): Buffer {
  const directory = 12 + 16 * tables.length;
  const file = Buffer.alloc(directory + tables.reduce((sum, table) => sum + aligned(table.bytes.length), 0));
  const power = Math.floor(Math.log2(tables.length));
  file.writeUInt32BE(flavor, 0);
  file.writeUInt16BE(tables.length, 4);
  file.writeUInt16BE(16 * 2 ** power, 6);
  file.writeUInt16BE(power, 8);
  file.writeUInt16BE(16 * (tables.length - 2 ** power), 10);
  let offset = directory;
  tableNamed('head', tables).writeUInt32BE(0, 8);
  let headAt = 0;
  tables.forEach(({ tag, bytes }, index) => {
    const entry = 12 + 16 * index;
    file.writeUInt32BE(tag, entry);
    file.writeUInt32BE(checksum(bytes), entry + 4);
    file.writeUInt32BE(offset, entry + 8);
    file.writeUInt32BE(bytes.length, entry + 12);
    file.set(bytes, offset);
    if (tag === tagOf('head')) headAt = offset;
    offset += aligned(bytes.length);
  });
  // checkSumAdjustment makes the sum over the whole file this constant of the format.
  file.writeUInt32BE((0xb1b0afba - checksum(file)) >>> 0, headAt + 8);
  return file;
}

/** Advance widths in thousandths of the font size, by code point, from `cmap` (format 4), `hmtx` and `head`. */
function advanceWidths(tables: readonly Table[]): Map<number, number> {
  const unitsPerEm = tableNamed('head', tables).readUInt16BE(18);
  const metricCount = tableNamed('hhea', tables).readUInt16BE(34);
  const metrics = tableNamed('hmtx', tables);
  const cmap = tableNamed('cmap', tables);
  const widths = new Map<number, number>();
  for (let record = 0; record < cmap.readUInt16BE(2); record++) {
    const start = cmap.readUInt32BE(4 + 8 * record + 4);
    if (cmap.readUInt16BE(start) !== 4) continue;
    const doubledSegments = cmap.readUInt16BE(start + 6);
    for (let segment = 0; segment < doubledSegments; segment += 2) {
      const end = cmap.readUInt16BE(start + 14 + segment);
      const begin = cmap.readUInt16BE(start + 16 + doubledSegments + segment);
      const delta = cmap.readInt16BE(start + 16 + 2 * doubledSegments + segment);
      const rangeAt = start + 16 + 3 * doubledSegments + segment;
      const range = cmap.readUInt16BE(rangeAt);
      for (let code = begin; code <= end && code !== 0xffff; code++) {
        const listed = range === 0 ? code : cmap.readUInt16BE(rangeAt + range + 2 * (code - begin));
        const glyph = range !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
        if (glyph === 0) continue;
        const advance = metrics.readUInt16BE(4 * Math.min(glyph, metricCount - 1));
        widths.set(code, Math.round((1000 * advance) / unitsPerEm));
      }
    }
  }
  return widths;
}

const widthsByWeight: string[] = [];
for (const weight of WEIGHTS) {
  const name = `inter-latin-${weight}-normal`;
  const { flavor, tables } = readWoff(readFileSync(join(packageFolder, 'files', `${name}.woff`)));
  nameFamily(tables);
  writeFileSync(join(import.meta.dirname, `${name}.ttf`), writeSfnt(flavor, tables));
  copyFileSync(join(packageFolder, 'files', `${name}.woff2`), join(import.meta.dirname, `${name}.woff2`));
  const byWidth = new Map<number, string>();
  for (const [code, width] of [...advanceWidths(tables)].sort(([a], [b]) => a - b)) {
    // Controls and combining marks never stand in a figure's text.
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x300 && code < 0x370)) continue;
    byWidth.set(width, (byWidth.get(width) ?? '') + String.fromCodePoint(code));
  }
  const escaped = (text: string) =>
    JSON.stringify(text).replace(
      /[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const lines = [...byWidth].sort(([a], [b]) => a - b).map(([width, characters]) => `    [${width}, ${escaped(characters)}],`);
  widthsByWeight.push(`  ${weight}: [\n${lines.join('\n')}\n  ],`);
}
copyFileSync(join(packageFolder, 'LICENSE'), join(import.meta.dirname, 'OFL.txt'));
writeFileSync(
  join(root, 'electron', 'shared', 'figures', 'inter-widths.ts'),
  `/** Advance widths of Inter (Latin) in thousandths of the font size: characters grouped by width. Written by assets/fonts/make-fonts.ts. */
export const INTER_WIDTHS: Readonly<Record<400 | 600, readonly (readonly [width: number, characters: string])[]>> = {
${widthsByWeight.join('\n')}
};
`,
);
