/**
 * Numbers as people read them, in both languages, and as they type them. Digits are grouped by a narrow no-break
 * space in both, so that a comma is never a thousands separator: on entry comma and dot are the same decimal mark.
 * A number and its unit are held together by a no-break space. Files never use these: they take plain dots.
 */
import type { Language } from './contract.ts';
import type { Interval } from './run.ts';

export const NO_BREAK_SPACE = '\u00a0';
const GROUP_SPACE = '\u202f';
const DECIMAL_MARK: Record<Language, string> = { en: '.', fr: ',' };
const INTERVAL_WORD: Record<Language, string> = { en: 'to', fr: 'à' };

/** Decimals that show `value` with `significant` digits; whole digits are never rounded away. */
function decimalsFor(value: number, significant: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  // Through the text, so that 9.996 counts as 10.0 and needs one decimal less.
  const exponent = Number(
    Math.abs(value)
      .toExponential(significant - 1)
      .split('e')[1],
  );
  return Math.min(100, Math.max(0, significant - 1 - exponent));
}

/** Fixed decimals, grouped, with the language's decimal mark and a true minus sign. */
function fixed(value: number, decimals: number, language: Language): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SPACE) : whole;
  const sign = value < 0 && /[1-9]/.test(whole + (fraction ?? '')) ? '−' : '';
  return sign + grouped + (fraction === undefined ? '' : DECIMAL_MARK[language] + fraction);
}

const trimmed = (text: string, language: Language): string => {
  if (!text.includes(DECIMAL_MARK[language])) return text;
  return text.replace(/0+$/, '').replace(/[.,]$/, '');
};

/** At most `digits` significant digits, without trailing zeros; very large and very small values as 2.5e−7, which every font and terminal can show. */
export function formatNumber(value: number, language: Language, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e15)) {
    const [mantissa = '', exponent = '0'] = value.toExponential(Math.min(100, digits - 1)).split('e');
    const power = Number(exponent).toString().replace('-', '−');
    const shown = trimmed(mantissa.replace('-', '−').replace('.', DECIMAL_MARK[language]), language);
    return `${shown}e${power}`;
  }
  return trimmed(fixed(value, decimalsFor(value, digits), language), language);
}

/** With so many decimals, zeros kept. */
export function formatDecimals(value: number, decimals: number, language: Language): string {
  return fixed(value, decimals, language);
}

/** A whole number, every digit shown. */
export function formatInteger(value: number, language: Language): string {
  return fixed(value, 0, language);
}

export interface Scale {
  readonly factor: number;
  readonly unit: string;
}

/** The last scale whose factor does not exceed `value`, else the first. */
function scaleOf(value: number, scales: readonly Scale[]): Scale {
  const magnitude = Math.abs(value);
  // A shade below the factor still rounds up to one of the larger unit.
  return scales.findLast(({ factor }) => magnitude >= factor * 0.9995) ?? scales[0]!;
}

const TIME_SCALES: readonly Scale[] = [
  { factor: 1e-9, unit: 'ns' },
  { factor: 1e-6, unit: 'µs' },
  { factor: 1e-3, unit: 'ms' },
  { factor: 1, unit: 's' },
];

/** Mcell/s is the unit of every table; only what would be unreadable in it is scaled. */
const RATE_SCALES: readonly Scale[] = [
  { factor: 1, unit: 'cell/s' },
  { factor: 1e3, unit: 'kcell/s' },
  { factor: 1e5, unit: 'Mcell/s' },
  { factor: 1e11, unit: 'Gcell/s' },
];
const RATE_DIVISORS: Record<string, number> = { 'cell/s': 1, 'kcell/s': 1e3, 'Mcell/s': 1e6, 'Gcell/s': 1e9 };

/** The unit that a time below a minute is shown in. */
export const timeScale = (seconds: number): Scale => scaleOf(seconds, TIME_SCALES);

const withUnit = (text: string, unit: string): string => text + NO_BREAK_SPACE + unit;

/** Three significant digits, trailing zeros kept: a measured value shows its precision. */
const measured = (value: number, language: Language): string => fixed(value, decimalsFor(value, 3), language);

/** The unit that a rate is shown in, for several rates that must share one. */
export function rateScale(cellsPerSecond: number): Scale {
  const { unit } = scaleOf(cellsPerSecond, RATE_SCALES);
  return { factor: RATE_DIVISORS[unit]!, unit };
}

/** "412 Mcell/s". */
export function formatRate(cellsPerSecond: number, language: Language): string {
  const { factor, unit } = rateScale(cellsPerSecond);
  return withUnit(measured(cellsPerSecond / factor, language), unit);
}

/** A measured time: "12.3 ms"; from one minute "1 min 12 s". */
export function formatSeconds(seconds: number, language: Language): string {
  if (Number.isFinite(seconds) && Math.round(seconds) >= 60) return formatDuration(seconds, language);
  if (seconds === 0) return withUnit('0', 's');
  const { factor, unit } = scaleOf(seconds, TIME_SCALES);
  return withUnit(measured(seconds / factor, language), unit);
}

/** A time to wait, in whole seconds: "12 s", "1 min 12 s", "2 h 5 min". */
export function formatDuration(seconds: number, language: Language): string {
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < 60) return withUnit(String(wholeSeconds), 's');
  const hours = Math.floor(wholeSeconds / 3600);
  const minutes = Math.floor((wholeSeconds % 3600) / 60);
  const rest = wholeSeconds % 60;
  const parts: string[] = [];
  if (hours > 0) parts.push(withUnit(formatInteger(hours, language), 'h'));
  if (minutes > 0) parts.push(withUnit(String(minutes), 'min'));
  if (rest > 0 && hours === 0) parts.push(withUnit(String(rest), 's'));
  return parts.join(NO_BREAK_SPACE);
}

const BYTE_UNITS: Record<Language, readonly string[]> = {
  en: ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
  fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio'],
};

/** Memory, in powers of 1024: "1.5 GiB", "1,5 Gio". */
export function formatBytes(bytes: number, language: Language): string {
  const scales = BYTE_UNITS[language].map((unit, power) => ({ factor: 1024 ** power, unit }));
  const { factor, unit } = scaleOf(bytes, scales);
  return withUnit(formatNumber(bytes / factor, language), unit);
}

/** Memory traffic, in powers of 1000: "48.2 GB/s", "48,2 Go/s". */
export function formatByteRate(bytesPerSecond: number, language: Language): string {
  return withUnit(measured(bytesPerSecond / 1e9, language), language === 'fr' ? 'Go/s' : 'GB/s');
}

/** "258 GFLOP/s". */
export function formatFlopRate(flopsPerSecond: number, language: Language): string {
  return withUnit(measured(flopsPerSecond / 1e9, language), 'GFLOP/s');
}

/** "× 2.41". */
export function formatRatio(ratio: number, language: Language): string {
  return `×${NO_BREAK_SPACE}${measured(ratio, language)}`;
}

/** "1080 × 1920", rows first. */
export function formatGrid({ rows, cols }: { readonly rows: number; readonly cols: number }, language: Language): string {
  return `${formatInteger(rows, language)}${NO_BREAK_SPACE}×${NO_BREAK_SPACE}${formatInteger(cols, language)}`;
}

export type IntervalKind = 'seconds' | 'rate' | 'ratio' | 'number';

function intervalScale(median: number, kind: IntervalKind): Scale {
  switch (kind) {
    case 'seconds':
      return scaleOf(median, TIME_SCALES);
    case 'rate':
      return rateScale(median);
    case 'ratio':
    case 'number':
      return { factor: 1, unit: '' };
  }
}

/**
 * The median with its interval, in one unit and to the same decimal: "12.3 ms (12.1 to 12.6)", "× 2.41 (2.38 to 2.45)".
 * The three decimals are the median's, so that the interval is read at the precision of the value.
 */
export function formatInterval({ median, low, high }: Interval, language: Language, kind: IntervalKind = 'number'): string {
  const { factor, unit } = intervalScale(median, kind);
  const decimals = decimalsFor(median / factor, 3);
  const show = (value: number) => fixed(value / factor, decimals, language);
  const value = kind === 'ratio' ? `×${NO_BREAK_SPACE}${show(median)}` : unit === '' ? show(median) : withUnit(show(median), unit);
  return `${value} (${show(low)}${NO_BREAK_SPACE}${INTERVAL_WORD[language]}${NO_BREAK_SPACE}${show(high)})`;
}

const NUMBER = /^([+−-]?)(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)?(?:[.,](\d*))?(?:[eE]([+−-]?\d+))?$/;

/**
 * The number that `text` spells, with comma or dot as decimal mark and spaces between groups of three digits, or
 * null for anything else: words, "NaN", "Infinity", hexadecimal, two marks, and values too large for a number.
 */
export function parseNumber(text: string): number | null {
  const match = NUMBER.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const plain = `${sign === '' || sign === '+' ? '' : '-'}${whole.replace(/\D/g, '') || '0'}.${fraction || '0'}e${exponent.replace('−', '-')}`;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
