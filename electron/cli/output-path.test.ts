import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outputFile, outputFolder } from './output-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-output-'));
writeFileSync(join(folder, 'there.gslab'), '');
mkdirSync(join(folder, 'folder.gslab'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = { option: '--out', extensions: ['.gslab'], force: false };
const refusal = (expectation: RegExp) =>
  expect.objectContaining({ trouble: expect.objectContaining({ name: '--out', expected: expect.stringMatching(expectation) }) });

describe('a file to write', () => {
  it('may be new in a folder that exists', () => {
    expect(outputFile(join(folder, 'new.gslab'), rule)).toBe(join(folder, 'new.gslab'));
  });

  it.each([
    ['a missing folder', join(folder, 'no', 'new.gslab'), /folder that exists/],
    ['a file as folder', join(folder, 'there.gslab', 'new.gslab'), /folder that exists/],
    ['another extension', join(folder, 'new.txt'), /ending in \.gslab/],
    ['an existing file', join(folder, 'there.gslab'), /does not exist yet/],
    ['an existing folder', join(folder, 'folder.gslab'), /does not exist yet/],
  ])('is refused: %s', (_, path, expectation) => {
    expect(() => outputFile(path, rule)).toThrow(refusal(expectation));
  });

  it('may replace a file by force, never a folder', () => {
    expect(outputFile(join(folder, 'there.gslab'), { ...rule, force: true })).toBe(join(folder, 'there.gslab'));
    expect(() => outputFile(join(folder, 'folder.gslab'), { ...rule, force: true })).toThrow(refusal(/does not exist yet/));
  });
});

it('a folder to write into exists, or its parent does', () => {
  expect(outputFolder(folder, '--out')).toBe(folder);
  expect(outputFolder(join(folder, 'plots'), '--out')).toBe(join(folder, 'plots'));
  expect(() => outputFolder(join(folder, 'no', 'plots'), '--out')).toThrow(refusal(/folder that exists/));
  expect(() => outputFolder(join(folder, 'there.gslab'), '--out')).toThrow(refusal(/folder that exists/));
});

it('checking leaves nothing behind', () => {
  expect(readdirSync(folder).sort()).toEqual(['folder.gslab', 'there.gslab']);
});
