import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readBrotliTar, tarFiles } from './brotli-tar.ts';

function header(name: string, size: number, type = '0'): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(size.toString(8).padStart(11, '0'), 124);
  block.write(type, 156);
  return block;
}

const padded = (text: string) => Buffer.concat([Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);

it('reads the regular files of an archive, whatever their length', () => {
  const long = 'x'.repeat(512);
  const tar = Buffer.concat([
    header('lib/', 0, '5'),
    header('lib/a', 3),
    padded('abc'),
    header('b', 512),
    padded(long),
    header('empty', 0),
    Buffer.alloc(1024),
  ]);
  const files = tarFiles(tar).map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]);
  expect(files).toEqual([
    ['lib/a', 'abc'],
    ['b', long],
    ['empty', ''],
  ]);
});

it('refuses an archive that ends too early', () => {
  expect(() => tarFiles(Buffer.concat([header('a', 2000), Buffer.alloc(512)]))).toThrow('ends inside a');
});

it.skipIf(process.platform === 'win32')('reads what tar writes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gslab-tar-'));
  try {
    await writeFile(join(folder, 'one.txt'), 'one');
    await writeFile(join(folder, 'two.txt'), 'two');
    const tar = execFileSync('tar', ['--format=ustar', '-cf', '-', 'one.txt', 'two.txt'], { cwd: folder });
    await writeFile(join(folder, 'both.tar.br'), brotliCompressSync(tar));
    const files = await readBrotliTar(join(folder, 'both.tar.br'));
    expect(files.map(({ name, bytes }) => `${name}=${Buffer.from(bytes)}`)).toEqual(['one.txt=one', 'two.txt=two']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
