import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Remembered, readRemembered, visibleBounds, withRecentFile, writeRemembered } from './remembered.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-remembered-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FULL: Remembered = {
  bounds: { x: -20, y: 40, width: 1200, height: 700 },
  maximized: true,
  language: 'fr',
  theme: 'projector',
  recentFiles: ['/b.gslab', '/a.gslab'],
};

describe('the memory of the shell', () => {
  it('comes back as it was written, and leaves no other file', () => {
    const path = join(folder, 'new', 'window.json');
    writeRemembered(path, FULL);
    expect(readRemembered(path, 'en')).toEqual(FULL);
    expect(readdirSync(join(folder, 'new'))).toEqual(['window.json']);
  });
  it.each(['', '{', '[]', '{"maximized":"yes"}', JSON.stringify({ ...FULL, theme: 'pink' })])('starts afresh from %s', (damaged) => {
    const path = join(folder, 'window.json');
    writeFileSync(path, damaged);
    expect(readRemembered(path, 'fr-CA')).toEqual({ maximized: false, language: 'fr', theme: 'dark', recentFiles: [] });
  });
  it('speaks English to everyone whom it cannot address in French', () => {
    expect(readRemembered(join(folder, 'none'), 'de-DE').language).toBe('en');
  });
  it('keeps ten recent files, the newest first, each once', () => {
    let remembered: Remembered = { ...FULL, recentFiles: [] };
    for (const index of [...Array(12).keys(), 5]) remembered = withRecentFile(remembered, `/${index}.gslab`);
    expect(remembered.recentFiles).toEqual([5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((index) => `/${index}.gslab`));
  });
});

describe('the place of the window', () => {
  const screens = [
    { x: 0, y: 0, width: 1366, height: 768 },
    { x: 1366, y: 0, width: 1024, height: 768 },
  ];
  it('is kept where a screen shows it', () => {
    const onProjector = { x: 1400, y: 20, width: 900, height: 600 };
    expect(visibleBounds(onProjector, screens)).toEqual(onProjector);
  });
  it.each([
    ['the projector is gone', { x: 2600, y: 20, width: 900, height: 600 }],
    ['the title is above the screen', { x: 100, y: -200, width: 900, height: 600 }],
    ['only its edge shows', { x: -880, y: 20, width: 900, height: 600 }],
  ])('is forgotten when %s', (_why, bounds) => {
    expect(visibleBounds(bounds, screens)).toBeUndefined();
  });
});
