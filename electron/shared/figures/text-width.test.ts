import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitText, textWidth, wrapText } from './text-width.ts';

test('widths are proportional to the size, and bold is wider', () => {
  expect(textWidth('Gray-Scott', 20)).toBeCloseTo(2 * textWidth('Gray-Scott', 10));
  expect(textWidth('Gray-Scott', 10, 600)).toBeGreaterThan(textWidth('Gray-Scott', 10));
});

test('characters that the font lacks count as wide ones', () => {
  expect(textWidth('界', 10)).toBe(10);
});

test('a cut text fits and says that it is cut', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (text, width) => {
      const fitted = fitText(text, width, 10);
      expect(textWidth(fitted, 10)).toBeLessThanOrEqual(width);
      expect(fitted === text || fitted.endsWith('…')).toBe(true);
    }),
  );
});

test('wrapped lines fit, lose no word that fits on a line, and are no more than allowed', () => {
  const word = fc.stringMatching(/^[a-zé]{1,8}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 80, max: 300 }), (words, width) => {
      const lines = wrapText(words.join(' '), width, 10);
      for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(width);
      expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
      expect(wrapText(words.join(' '), width, 10, 400, 2).length).toBeLessThanOrEqual(2);
    }),
  );
});

test('no-break spaces hold', () => {
  expect(wrapText('aaaa\u00a0bbbb cccc', 60, 10)).toEqual(['aaaa\u00a0bbbb', 'cccc']);
});
