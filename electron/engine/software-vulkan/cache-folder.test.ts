import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderMadeWhole } from './cache-folder.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gslab-cache-'));
});
afterEach(async () => rm(root, { recursive: true }));

it('shows one whole folder when several make it at once, and leaves nothing beside it', async () => {
  const path = join(root, 'deep', 'driver');
  const fill = async (folder: string) => {
    await writeFile(join(folder, 'first'), '1');
    await setTimeout(5);
    await writeFile(join(folder, 'second'), '2');
  };
  const made = await Promise.all([1, 2, 3, 4].map(() => folderMadeWhole(path, fill)));
  expect(new Set(made)).toEqual(new Set([path]));
  expect((await readdir(path)).sort()).toEqual(['first', 'second']);
  expect(await readdir(join(root, 'deep'))).toEqual(['driver']);
});

it('makes it once', async () => {
  const path = join(root, 'driver');
  await folderMadeWhole(path, (folder) => writeFile(join(folder, 'file'), 'first'));
  await folderMadeWhole(path, (folder) => writeFile(join(folder, 'file'), 'second'));
  expect(await readFile(join(path, 'file'), 'utf8')).toBe('first');
});

it('leaves nothing behind when filling fails', async () => {
  await expect(folderMadeWhole(join(root, 'driver'), async () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  expect(await readdir(root)).toEqual([]);
});
