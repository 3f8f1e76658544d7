import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adapterInUse, shortProcessorName } from '../shell/machine-words.ts';
import { shortcutOf } from '../shell/shortcuts.ts';
import { logarithmicPosition, logarithmicValue, ratioMarks } from './log-slider.ts';
import { folderOf, sessionPathOf } from './path-words.ts';
import { richParts } from './rich-text.tsx';

test('the slider is logarithmic and says two digits', () => {
  expect(logarithmicPosition(1, 0.1, 10)).toBeCloseTo(0.5, 12);
  expect(logarithmicValue(0.5, 0.1, 10)).toBe(1);
  expect(logarithmicValue(1, 1, 30)).toBe(30);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      (place) => Math.abs(logarithmicPosition(logarithmicValue(place, 0.5, 64), 0.5, 64) - place) < 0.02,
    ),
  );
});

test.each([
  [0.1, 10],
  [0.5, 8],
  [1, 64],
  [0.01, 1000],
])('the marks between %d and %d lie inside and are few', (min, max) => {
  const marks = ratioMarks(min, max);
  expect(marks.length).toBeGreaterThanOrEqual(3);
  expect(marks.length).toBeLessThanOrEqual(8);
  for (const mark of marks)
    expect(logarithmicPosition(mark, min, max)).toBeCloseTo(Math.min(1, Math.max(0, logarithmicPosition(mark, min, max))), 6);
});

test('lessons are text with code and strong parts, and nothing in them is markup', () => {
  expect(richParts('a `b` **c** <i>')).toEqual([
    { kind: 'plain', text: 'a ' },
    { kind: 'code', text: 'b' },
    { kind: 'plain', text: ' ' },
    { kind: 'strong', text: 'c' },
    { kind: 'plain', text: ' <i>' },
  ]);
  expect(richParts('u ** v `')).toEqual([{ kind: 'plain', text: 'u ** v `' }]);
});

test('a session is saved beside the open one, or where the whole path says', () => {
  expect(sessionPathOf('lyon', '/home/me')).toBe('/home/me/lyon.gslab');
  expect(sessionPathOf('lyon', 'C:\\Users\\me')).toBe('C:\\Users\\me\\lyon.gslab');
  expect(sessionPathOf('/tmp/x.GSLAB', '/home/me')).toBe('/tmp/x.GSLAB');
  expect(sessionPathOf('  ', '/home/me')).toBeNull();
  expect([folderOf('/a/b.gslab'), folderOf('/b.gslab'), folderOf('C:\\a\\b.gslab'), folderOf('b')]).toEqual(['/a', '/', 'C:\\a', '']);
});

test('processors are named as people name them', () => {
  expect(shortProcessorName('Intel(R) Core(TM) i7-1185G7 CPU @ 3.00GHz')).toBe('Intel Core i7-1185G7');
  expect(shortProcessorName('AMD EPYC 9B45 128-Core Processor')).toBe('AMD EPYC 9B45');
});

test('a hardware adapter goes before a software one, unless another is chosen', () => {
  const adapter = (id: string, type: 'gpu' | 'software', usable = true) => ({
    id,
    name: id,
    backend: '',
    type,
    driver: '',
    usable,
    features: [],
  });
  const all = [adapter('soft', 'software'), adapter('broken', 'gpu', false), adapter('card', 'gpu')];
  expect(adapterInUse(all, 'auto')?.id).toBe('card');
  expect(adapterInUse(all, 'soft')?.id).toBe('soft');
  expect(adapterInUse(all, 'broken')?.id).toBe('card');
  expect(adapterInUse([], 'auto')).toBeUndefined();
});

test('no shortcut without Ctrl, Cmd or F6 fires while something is typed, and no single letter ever', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  });
  expect(shortcutOf(press('?'), true)).toBeNull();
  expect(shortcutOf(press('?'), false)).toBe('sheet');
  expect(shortcutOf(press('k', { ctrlKey: true }), true)).toBe('palette');
  expect(shortcutOf(press('Enter', { metaKey: true }), true)).toBe('run');
  expect(shortcutOf(press('S', { ctrlKey: true, shiftKey: true }), false)).toBe('saveAs');
  for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') expect(shortcutOf(press(letter), false)).toBeNull();
});
