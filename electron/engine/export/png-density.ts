/**
 * Writes a PNG's true size into it, so that a document shows it as large as the SVG. PNG specification 11.3.4.3: a
 * `pHYs` chunk (pixels per metre) stands before the image data.
 */
import { crc32 } from 'node:zlib';

/** The eight bytes of the signature and the `IHDR` chunk, which is always the first and always as long. */
const AFTER_HEADER = 8 + 25;

/** A copy of `png` with its density. */
export function withDensity(png: Uint8Array, pixelsPerMillimetre: number): Uint8Array {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  const pixelsPerMetre = Math.round(pixelsPerMillimetre * 1000);
  chunk.writeUInt32BE(pixelsPerMetre, 8);
  chunk.writeUInt32BE(pixelsPerMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}
