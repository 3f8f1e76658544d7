import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { zipOf } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = [
  { fileName: 'c05-timings.svg', bytes: Buffer.from('<svg/>'.repeat(1000)) },
  { fileName: 'énergie.csv', bytes: Buffer.from('a,b\r\n1,2\r\n') },
  { fileName: 'empty.json', bytes: Buffer.alloc(0) },
];

/** By the directory at its end, as APPNOTE asks of readers. */
function unzipped(zip: Buffer): { fileName: string; bytes: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    expect(zip.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
    const [packed, name, local] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const fileName = zip.toString('utf8', at + 46, at + 46 + name);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = inflateRawSync(zip.subarray(data, data + packed));
    expect(crc32(bytes)).toBe(zip.readUInt32LE(at + 16));
    expect(bytes.length).toBe(zip.readUInt32LE(at + 24));
    at += 46 + name;
    return { fileName, bytes };
  });
}

test('holds every file under its name, and the same files make the same bytes', () => {
  const zip = Buffer.from(zipOf(FILES));
  expect(unzipped(zip)).toEqual(FILES);
  expect(Buffer.from(zipOf(FILES)).equals(zip)).toBe(true);
  expect(unzipped(Buffer.from(zipOf([])))).toEqual([]);
});

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPython)(`opens in another program${hasPython ? '' : ' (skipped: no python3)'}`, () => {
  const path = join(folder, 'figures.zip');
  writeFileSync(path, zipOf(FILES));
  execFileSync('python3', ['-m', 'zipfile', '-e', path, folder]);
  for (const { fileName, bytes } of FILES) expect(readFileSync(join(folder, fileName)).equals(bytes)).toBe(true);
});
