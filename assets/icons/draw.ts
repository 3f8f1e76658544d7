/**
 * Draws the app's icon: four spots of the Gray-Scott model about to divide, computed by the oracle itself
 * from a small square. Run it with Node to write the PNG, ICO and ICNS files beside it anew; they are kept in the
 * repository so that building needs nothing of this.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { type Convention, DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';

const CELLS = 60;
const STEPS = 790;
/** Spots that divide (Pearson's λ), on the school's diffusion and stencil. */
const CONVENTION: Convention = { ...DEFAULT_CONVENTION, boundary: 'background', precision: 'f64', feed: 0.03, kill: 0.062 };

type Colour = readonly [number, number, number];
/** From the ground to the middle of a spot; position, colour (sRGB, 0 … 255). */
const RAMP: readonly (readonly [number, Colour])[] = [
  [0, [19, 25, 32]],
  [0.22, [22, 38, 58]],
  [0.4, [62, 132, 214]],
  [0.62, [98, 174, 255]],
  [1, [214, 234, 255]],
];
/** Of the sides of the picture: the rounded square's margin and corner radius. */
const MARGIN = 0.055;
const RADIUS = 0.21;

function spots(): Float64Array {
  const grid = { rows: CELLS, cols: CELLS };
  const start = { u: new Float64Array(CELLS * CELLS).fill(1), v: new Float64Array(CELLS * CELLS) };
  for (let row = CELLS / 2 - 4; row < CELLS / 2 + 4; row++) {
    for (let col = CELLS / 2 - 4; col < CELLS / 2 + 4; col++) {
      start.u[row * CELLS + col] = 0.5;
      start.v[row * CELLS + col] = 0.5;
    }
  }
  const { v } = referenceRun(start, grid, CONVENTION, STEPS);
  const highest = Math.max(...v);
  return Float64Array.from(v, (value) => value / highest);
}

/** Catmull-Rom through four values, at `t` between the middle two. */
function cubic(p: readonly number[], t: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = p;
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** The field at a place given in cells, interpolated; 0 outside. */
function sample(field: Float64Array, x: number, y: number): number {
  const at = (col: number, row: number) => (col < 0 || row < 0 || col >= CELLS || row >= CELLS ? 0 : (field[row * CELLS + col] ?? 0));
  const col = Math.floor(x);
  const row = Math.floor(y);
  const offsets = [-1, 0, 1, 2];
  return cubic(
    offsets.map((dy) =>
      cubic(
        offsets.map((dx) => at(col + dx, row + dy)),
        x - col,
      ),
    ),
    y - row,
  );
}

function colourOf(value: number): Colour {
  const clamped = Math.min(1, Math.max(0, value));
  const next = RAMP.findIndex(([position]) => position >= clamped);
  const [toPosition, to] = RAMP[Math.max(1, next)]!;
  const [fromPosition, from] = RAMP[Math.max(1, next) - 1]!;
  const share = (clamped - fromPosition) / (toPosition - fromPosition);
  return [0, 1, 2].map((channel) => from[channel]! + share * (to[channel]! - from[channel]!)) as unknown as Colour;
}

function isInside(x: number, y: number): boolean {
  const straight = 0.5 - MARGIN - RADIUS;
  const dx = Math.max(0, Math.abs(x - 0.5) - straight);
  const dy = Math.max(0, Math.abs(y - 0.5) - straight);
  return Math.hypot(dx, dy) <= RADIUS;
}

/** Square RGBA picture; each pixel is the mean of 16 points of it. */
function draw(field: Float64Array, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  const fine = 4;
  for (let row = 0; row < size; row++) {
    for (let col = 0; col < size; col++) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let point = 0; point < fine * fine; point++) {
        const x = (col + ((point % fine) + 0.5) / fine) / size;
        const y = (row + (Math.floor(point / fine) + 0.5) / fine) / size;
        if (!isInside(x, y)) continue;
        covered++;
        // A small picture shows less of the empty ground, so that the spots stay spots.
        const shown = size <= 48 ? 0.76 : 0.86;
        const cells = (along: number) => ((along - 0.5) * shown + 0.5) * CELLS - 0.5;
        const colour = colourOf(sample(field, cells(x), cells(y)));
        for (const channel of [0, 1, 2]) sum[channel]! += colour[channel]!;
      }
      const at = (row * size + col) * 4;
      for (const channel of [0, 1, 2]) pixels[at + channel] = covered === 0 ? 0 : Math.round(sum[channel]! / covered);
      pixels[at + 3] = Math.round((255 * covered) / (fine * fine));
    }
  }
  return pixels;
}

/** PNG, 8-bit RGBA, every row unfiltered (RFC 2083). */
function encodePng(pixels: Uint8Array, size: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  const rows = Buffer.alloc((size * 4 + 1) * size);
  for (let row = 0; row < size; row++) rows.set(pixels.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** Windows icon: a directory of PNG pictures, 256 being written as 0. */
function encodeIco(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    directory.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0], at);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}

/** macOS icon: typed PNG pictures; the types of the plain and of the doubled (@2x) sizes. */
const ICNS_TYPES = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };

function encodeIcns(pngOf: (size: number) => Buffer): Buffer {
  const framed = (type: string, data: Buffer) => {
    const header = Buffer.alloc(8);
    header.write(type, 'latin1');
    header.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([header, data]);
  };
  return framed('icns', Buffer.concat(Object.entries(ICNS_TYPES).map(([type, size]) => framed(type, pngOf(size)))));
}

const field = spots();
const drawn = new Map<number, Buffer>();
const pngOf = (size: number): Buffer => {
  const png = drawn.get(size) ?? encodePng(draw(field, size), size);
  drawn.set(size, png);
  return png;
};
const write = (name: string, bytes: Buffer) => writeFileSync(join(import.meta.dirname, name), bytes);
write('icon.png', pngOf(512));
write('icon.ico', encodeIco([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: pngOf(size) }))));
write('icon.icns', encodeIcns(pngOf));
