import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asTrouble, type Trouble } from '../../shared/trouble.ts';
import { checkWritable, replaceFile, writeFileSafely } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function troubleOf(act: () => unknown): Trouble | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return asTrouble(error);
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);
const isRoot = process.getuid?.() === 0;

test('a file is written whole, and written over', () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const path = join(home, 'field.npy');
  writeFileSafely(path, bytes('one'));
  writeFileSafely(path, bytes('two'));
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(home)).toEqual(['field.npy']);
});

test('what fails while writing leaves the old file and nothing beside it', () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const path = join(home, 'session.gslab');
  writeFileSync(path, 'old');
  const failure = new Error('in the middle');
  expect(() =>
    replaceFile(path, (temporary) => {
      writeFileSync(temporary, 'half');
      throw failure;
    }),
  ).toThrow(failure);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(home)).toEqual(['session.gslab']);
});

test('a folder that is missing, that is a file, or that stands at the path itself is told in words', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const taken = join(folder, 'a-folder');
  mkdirSync(taken);
  const detailOf = (path: string) => troubleOf(() => writeFileSafely(path, bytes('x')));
  expect(detailOf(join(folder, 'no', 'x.npy'))).toEqual({
    code: 'cannot-write',
    path: join(folder, 'no', 'x.npy'),
    detail: 'its folder does not exist',
  });
  expect(detailOf(join(file, 'x.npy'))).toMatchObject({ code: 'cannot-write', detail: 'its folder does not exist' });
  expect(detailOf(taken)).toMatchObject({ code: 'cannot-write', detail: 'it is a folder' });
  expect(troubleOf(() => checkWritable(taken))).toMatchObject({ code: 'cannot-write' });
  expect(troubleOf(() => checkWritable(join(folder, 'new.npy')))).toBeUndefined();
});

test.skipIf(isRoot || process.platform === 'win32')('a folder without permission is told in words', () => {
  const closed = mkdtempSync(join(folder, 'closed-'));
  chmodSync(closed, 0o500);
  expect(troubleOf(() => writeFileSafely(join(closed, 'x.npy'), bytes('x')))).toMatchObject({
    code: 'cannot-write',
    detail: 'no permission to write there',
  });
});

test.skipIf(process.platform === 'win32')('a link stays a link and its file is replaced', () => {
  const target = join(folder, 'target.npy');
  writeFileSync(target, 'old');
  symlinkSync(target, join(folder, 'link.npy'));
  writeFileSafely(join(folder, 'link.npy'), bytes('new'));
  expect(readFileSync(target, 'utf8')).toBe('new');
});
