/**
 * Files in one archive, for a browser that hands over one file at a time. The form is PKWARE's APPNOTE 6.3.3: names in UTF-8,
 * deflated, no file over 4 GiB. The same files make the same bytes: all have the date that such archives begin at.
 */
import { crc32, deflateRawSync } from 'node:zlib';

interface ZippedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const VERSION = 20;
const UTF8_NAMES = 1 << 11;
const DEFLATED = 8;
/** 1 January 1980, midnight. */
const [TIME, DATE] = [0, 0x21];

/** Little-endian numbers of 2 and 4 bytes. */
function record(signature: number, fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(4 + fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = buffer.writeUInt32LE(signature, 0);
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

export function zipOf(files: readonly ZippedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { fileName, bytes } of files) {
    const name = Buffer.from(fileName, 'utf8');
    const packed = deflateRawSync(bytes);
    const shared = [
      [2, VERSION],
      [2, UTF8_NAMES],
      [2, DEFLATED],
      [2, TIME],
      [2, DATE],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const local = [record(0x04034b50, shared), name, packed];
    directory.push(record(0x02014b50, [[2, VERSION], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), name);
    parts.push(...local);
    offset += local.reduce((sum, { length }) => sum + length, 0);
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...parts, ...directory, end]);
}
