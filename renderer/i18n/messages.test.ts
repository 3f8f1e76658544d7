import { expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { roughTime } from './rough-time.ts';

/** Every text, functions called with placeholders. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('A', 'B', 'C'))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
}

test('no text of either language is empty', () => {
  for (const [path, text] of [...texts(en), ...texts(fr)]) expect(text.trim(), path).not.toBe('');
  expect(texts(fr).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
});

test('French high punctuation never stands at the beginning of a line', () => {
  for (const [path, text] of texts(fr)) {
    expect(text, path).not.toMatch(/ [:;!?»%]/);
    expect(text, path).not.toMatch(/« /);
    expect(text, path).not.toMatch(/'/);
  }
});

test('English texts use typographic quotes', () => {
  for (const [path, text] of texts(en)) expect(text, path).not.toMatch(/["']/);
});

test('estimates carry no more digits than they deserve', () => {
  expect(roughTime(18.46, 'en')).toBe('18\u00a0s');
  expect(roughTime(0.34, 'fr')).toBe('0,3\u00a0s');
  expect(roughTime(59.7, 'en')).toBe(roughTime(60, 'en'));
  expect(roughTime(112, 'en').replaceAll('\u00a0', ' ')).toBe('1 min 50 s');
});
