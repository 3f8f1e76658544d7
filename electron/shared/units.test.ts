import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './contract.ts';
import {
  formatByteRate,
  formatBytes,
  formatDuration,
  formatGrid,
  formatInteger,
  formatInterval,
  formatNumber,
  formatRate,
  formatRatio,
  formatSeconds,
  parseNumber,
} from './units.ts';

const language = fc.constantFrom(...LANGUAGES);

/** Spaces made plain, so that the expectations stay readable. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what is written', () => {
  it.each([
    [412e6, 'en', '412 Mcell/s'],
    [1.875e9, 'en', '1875 Mcell/s'],
    [10_848e6, 'fr', '10 848 Mcell/s'],
    [4.2e6, 'fr', '4,20 Mcell/s'],
    [250e9, 'en', '250 Gcell/s'],
    [12_300, 'en', '12.3 kcell/s'],
  ] as const)('%d cells per second in %s', (value, lang, text) => {
    expect(plain(formatRate(value, lang))).toBe(text);
  });

  it.each([
    [0, 'en', '0 s'],
    [1.23e-7, 'en', '123 ns'],
    [0.0123, 'en', '12.3 ms'],
    [0.0123, 'fr', '12,3 ms'],
    [0.99999, 'en', '1.00 s'],
    [72, 'en', '1 min 12 s'],
    [3600, 'fr', '1 h'],
    [3725, 'fr', '1 h 2 min'],
  ] as const)('%d seconds in %s', (value, lang, text) => {
    expect(plain(formatSeconds(value, lang))).toBe(text);
  });

  it('writes a time to wait in whole seconds', () => {
    expect([0.2, 12.4, 59.6, 3725].map((seconds) => plain(formatDuration(seconds, 'en')))).toEqual(['0 s', '12 s', '1 min', '1 h 2 min']);
  });

  it('writes memory in powers of 1024 and traffic in powers of 1000', () => {
    expect(plain(formatBytes(1.5 * 2 ** 30, 'en'))).toBe('1.5 GiB');
    expect(plain(formatBytes(1.5 * 2 ** 30, 'fr'))).toBe('1,5 Gio');
    expect(plain(formatByteRate(48.2e9, 'fr'))).toBe('48,2 Go/s');
  });

  it('keeps every part of an interval in one unit and to one decimal', () => {
    expect(plain(formatInterval({ median: 0.0123, low: 0.01206, high: 0.0126 }, 'en', 'seconds'))).toBe('12.3 ms (12.1 to 12.6)');
    expect(plain(formatInterval({ median: 2.41, low: 2.38, high: 2.45 }, 'fr', 'ratio'))).toBe('× 2,41 (2,38 à 2,45)');
    expect(plain(formatInterval({ median: 412e6, low: 411e6, high: 413e6 }, 'en', 'rate'))).toBe('412 Mcell/s (411 to 413)');
  });

  it('writes ratios, grids and plain numbers', () => {
    expect(plain(formatRatio(2.414, 'en'))).toBe('× 2.41');
    expect(plain(formatGrid({ rows: 1080, cols: 16384 }, 'en'))).toBe('1080 × 16 384');
    expect(plain(formatNumber(2.5e-7, 'fr'))).toBe('2,5e−7');
    expect(plain(formatNumber(-0.00001 + 0.00001, 'en'))).toBe('0');
    expect(formatNumber(Number.NaN, 'en')).toBe('NaN');
  });

  it('never lets a line break between a number and its unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e15, noNaN: true }), language, (value, lang) => {
        const texts = [formatRate(value, lang), formatSeconds(value, lang), formatBytes(value, lang), formatRatio(value, lang)];
        for (const text of texts) expect(text).not.toContain(' ');
      }),
    );
  });
});

describe('what is read', () => {
  it.each([
    ['12', 12],
    ['12,5', 12.5],
    ['12.5', 12.5],
    [' -0,014 ', -0.014],
    ['−3', -3],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1 920', 1920],
    ['1\u202f234\u202f567,25', 1234567.25],
  ] as const)('%j is a number', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', ' ', '.', ',', '-', 'abc', 'NaN', 'Infinity', '0x10', '1,080.5', '1.2.3', '12 34', '1e999', '5 m', '1_000', '١'])(
    '%j is none',
    (text) => {
      expect(parseNumber(text)).toBeNull();
    },
  );

  it('reads any number written with either mark', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value);
        expect(parseNumber(text)).toBe(Number(text));
        expect(parseNumber(text.replace('.', ','))).toBe(Number(text));
      }),
    );
  });

  it('reads back what the app writes, to the digits shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e14, noNaN: true }), language, (value, lang) => {
        expect(Math.abs(parseNumber(formatNumber(value, lang, 6))! / value - 1)).toBeLessThan(1e-5);
      }),
    );
    fc.assert(
      fc.property(fc.integer(), language, (value, lang) => {
        expect(parseNumber(formatInteger(value, lang))).toBe(value);
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const value = parseNumber(text);
        expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
