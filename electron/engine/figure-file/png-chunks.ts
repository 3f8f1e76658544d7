/**
 * What a PNG says beside its pixels. PNG specification: a chunk is its length, four letters, data, and the CRC of letters
 * and data (5.3); `pHYs` are pixels per metre (11.3.4.3), `iTXt` a keyword and text, deflated or not (11.3.3.4).
 */
import { crc32, deflateSync } from 'node:zlib';

/** The eight bytes of the signature and the `IHDR` chunk, which is always the first and always as long. */
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const AFTER_HEADER = SIGNATURE.length + 25;
const AROUND = 12;

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(AROUND + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** True size, so that a document shows it as large as the SVG. */
export function densityChunk(pixelsPerMillimetre: number): Buffer {
  const data = Buffer.alloc(9);
  const pixelsPerMetre = Math.round(pixelsPerMillimetre * 1000);
  data.writeUInt32BE(pixelsPerMetre, 0);
  data.writeUInt32BE(pixelsPerMetre, 4);
  data.writeUInt8(1, 8);
  return chunk('pHYs', data);
}

export function textChunk(keyword: string, text: string, packed: boolean): Buffer {
  const content = Buffer.from(text, 'utf8');
  // Flag and method of compression, then language and translated keyword, both empty.
  const head = Buffer.from(`${keyword}\0${packed ? '\x01' : '\0'}\0\0\0`, 'latin1');
  return chunk('iTXt', Buffer.concat([head, packed ? deflateSync(content, { level: 9 }) : content]));
}

/** A copy of `png` with more chunks, before its pixels. */
export const withChunks = (png: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);

/** The packed text of the first deflated `iTXt` chunk with the keyword, whose checksum is right; or undefined. */
export function packedText(png: Buffer, keyword: string): Buffer | undefined {
  const head = Buffer.from(`${keyword}\0\x01\0\0\0`, 'latin1');
  for (let at = SIGNATURE.length; at + AROUND <= png.length; ) {
    const length = png.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > png.length) return undefined;
    const data = png.subarray(at + 8, end);
    const isText = png.toString('latin1', at + 4, at + 8) === 'iTXt' && data.subarray(0, head.length).equals(head);
    if (isText && crc32(png.subarray(at + 4, end)) === png.readUInt32BE(end)) return data.subarray(head.length);
    at = end + 4;
  }
  return undefined;
}
