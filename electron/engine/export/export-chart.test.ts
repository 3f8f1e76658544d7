import { existsSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS, type ExportRequest, LANGUAGES } from '../../shared/contract.ts';
import { fixtureRun, fixtureSession, TOUR } from '../../shared/figures/figure.fixture.ts';
import { FIGURE_CHARTS, isFigureChart } from '../../shared/figures/figure.ts';
import { PRESET_IDS, PRESETS } from '../../shared/figures/presets.ts';
import { FIGURE_TEXTS } from '../../shared/figures/texts.ts';
import { chartsOf } from '../../shared/plots/charts-of.ts';
import { PLOT_SESSIONS } from '../../shared/plots/plot.fixture.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { evidenceIn } from '../figure-file/read-figure.ts';
import { exportChart, MOST_SVG_BYTES } from './export-chart.ts';
import { fontFile } from './fonts.ts';

const SESSION = fixtureSession(fixtureRun({ variants: TOUR, request: { exercise: 'B01' } }));
const request = (change: Partial<ExportRequest>): ExportRequest => ({
  chart: 'timings',
  format: 'svg',
  runs: [1],
  language: 'en',
  preset: 'report',
  grey: false,
  scale: 1,
  ...change,
});

describe('PNG', () => {
  test.each(PRESET_IDS.flatMap((preset) => [1, 3].map((scale) => [preset, scale] as const)))(
    'as a %s at scale %d has its pixels and its true size',
    async (preset, scale) => {
      const { bytes, fileName, mediaType } = await exportChart(SESSION, request({ format: 'png', preset, scale }));
      const png = Buffer.from(bytes);
      expect(fileName).toBe('b01-timings-1080x1920.png');
      expect(mediaType).toBe('image/png');
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      const { widthMm, heightMm } = PRESETS[preset];
      const [width, height, perMetre] = [16, 20, 41].map((at) => png.readUInt32BE(at)) as [number, number, number];
      expect(width).toBe(Math.round((widthMm * 144 * scale) / 25.4));
      if (heightMm !== undefined) expect([width, height]).toEqual([1920 * scale, 1080 * scale]);
      expect((1000 * width) / perMetre).toBeCloseTo(widthMm, 1);
      expect(png.subarray(37, 41).toString('latin1')).toBe('pHYs');
      expect(png.readUInt32BE(50)).toBe(crc32(png.subarray(37, 50)));
    },
  );

  test('is drawn with our faces: without them there would be no text', async () => {
    const { bytes } = await exportChart(SESSION, request({ format: 'png' }));
    const french = await exportChart(SESSION, request({ format: 'png', language: 'fr' }));
    expect(Buffer.from(bytes).equals(Buffer.from(french.bytes))).toBe(false);
  });
});

test('an SVG carries its fonts and asks for nothing outside', async () => {
  const svg = new TextDecoder().decode((await exportChart(SESSION, request({}))).bytes);
  expect(svg.match(/@font-face/g)).toHaveLength(2);
  const addresses = [...svg.matchAll(/(?:href|src|xmlns(?::\w+)?)\s*[=:]\s*["']?([^"')\s]+)|url\(([^)]+)\)/g)].map(
    (match) => match[1] ?? match[2],
  );
  for (const address of addresses)
    expect(address).toMatch(/^(#|data:font\/woff2;base64,|url\(data:font|http:\/\/www\.w3\.org\/|urn:gray-scott-lab:)/);
});

describe.each(LANGUAGES)('an SVG of 40 000 samples, %s', (language) => {
  const dense = fixtureSession(fixtureRun({ rounds: 50, batches: 100, variants: TOUR }));

  test.each(FIGURE_CHARTS)('%s stays under its size, and says what it is without', async (chart) => {
    const { bytes } = await exportChart(dense, request({ chart, language }));
    const svg = new TextDecoder().decode(bytes);
    expect(bytes.length).toBeLessThanOrEqual(MOST_SVG_BYTES);
    expect(svg.match(/@font-face/g)).toHaveLength(2);
    expect(svg).toContain(FIGURE_TEXTS[language].captionLeftOut);
    expect(() => evidenceIn('x.svg', Buffer.from(bytes))).toThrow(
      expect.objectContaining({ trouble: expect.objectContaining({ problem: 'data-left-out' }) }),
    );
  });

  test('of fewer the data is inside, and nothing is said', async () => {
    const few = fixtureSession(fixtureRun({ rounds: 50, batches: 10, variants: TOUR }));
    const { bytes } = await exportChart(few, request({ language }));
    expect(bytes.length).toBeLessThanOrEqual(MOST_SVG_BYTES);
    expect(new TextDecoder().decode(bytes)).not.toContain(FIGURE_TEXTS[language].captionLeftOut);
    expect(evidenceIn('x.svg', Buffer.from(bytes)).session.runs).toEqual(few.runs);
  });
});

const CHARTS = [
  ['timings', SESSION],
  ['speedup', SESSION],
  ...Object.values(PLOT_SESSIONS).flatMap((session) =>
    chartsOf(session.runs[0]!)
      .filter((chart) => !isFigureChart(chart) && session.runs[0]!.variants.some(({ samples }) => samples.length > 0))
      .map((chart) => [chart, session] as const),
  ),
] as const;

test.each(CHARTS)('%s in grey has no colour left, and tells as many looks apart', async (chart, session) => {
  const svg = async (grey: boolean) => new TextDecoder().decode((await exportChart(session, request({ chart, grey }))).bytes);
  const [coloured, grey] = await Promise.all([svg(false), svg(true)]);
  const colours = (text: string) => [...text.matchAll(/"#([0-9a-f]{6})"/g)].map((match) => match[1]!);
  expect(colours(grey).filter((hex) => !/^(..)\1\1$/.test(hex))).toEqual([]);
  expect(colours(coloured).some((hex) => !/^(..)\1\1$/.test(hex))).toBe(true);
  // A swatch is a line and a marker: shade, dash and shape.
  const swatches = (text: string) =>
    new Set(
      [...text.matchAll(/stroke="(#.{6})" stroke-width="1.8"([^>]*)\/><path [^>]*d="([^"]+)"/g)].map(([, ...look]) => look.join(' ')),
    );
  expect(swatches(grey).size).toBe(swatches(coloured).size);
});

test.each(CHARTS)('%s is drawn as PDF', async (chart, session) => {
  const { bytes } = await exportChart(session, request({ chart, format: 'pdf' }));
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
});

test.each(PRESET_IDS)('a %s as PDF has its true size, and its text is text', async (preset) => {
  const { bytes } = await exportChart(SESSION, request({ format: 'pdf', preset }));
  const pdf = Buffer.from(bytes).toString('latin1');
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.map(Number);
  const { widthMm, heightMm } = PRESETS[preset];
  expect((width! * 25.4) / 72).toBeCloseTo(widthMm, 1);
  if (heightMm !== undefined) expect((height! * 25.4) / 72).toBeCloseTo(heightMm, 1);
  // Both faces are inside, with the table that leads from glyphs back to characters.
  expect(pdf.match(/\/FontFile2/g)).toHaveLength(2);
  expect(pdf.match(/\/ToUnicode/g)).toHaveLength(2);
  expect(pdf).not.toMatch(/\/Subtype \/Image/);
  const again = await exportChart(SESSION, request({ format: 'pdf', preset }));
  expect(Buffer.from(again.bytes).equals(Buffer.from(bytes))).toBe(true);
});

test.each([
  ['csv', 'text/csv; charset=utf-8'],
  ['json', 'application/json'],
] as const)('%s', async (format, mediaType) => {
  const file = await exportChart(SESSION, request({ format, chart: 'speedup' }));
  expect(file.fileName).toBe(`b01-speedup-1080x1920.${format}`);
  expect(file.mediaType).toBe(mediaType);
  expect(new TextDecoder().decode(file.bytes)).toContain('threads_rows');
});

test.each([
  ['sweep', 'processor and card over sizes', 'champion-gpu_naive-sweep-8-grids'],
  ['scaling', 'strong scaling', 'threads_rows-champion-scaling-1080x1920'],
  ['weak-scaling', 'weak scaling', 'threads_rows-champion-weak-scaling-4-grids'],
  ['heat-map', 'blocks, and what they are compared with', 'blocked-simd-heat-map-1080x1920'],
  ['histogram', 'pinned, free and cold', 'autovec-histogram-1080x1920'],
] as const)('%s in every format', async (chart, name, fileName) => {
  const session = PLOT_SESSIONS[name]!;
  for (const format of EXPORT_FORMATS) {
    const file = await exportChart(session, request({ chart, format }));
    expect(file.fileName).toBe(`${fileName}.${format}`);
    const { samples } = session.runs[0]!.variants[0]!;
    const text = new TextDecoder().decode(file.bytes);
    if (format === 'png') expect(Buffer.from(file.bytes).readUInt32BE(16)).toBe(907);
    if (format === 'pdf') expect(text.slice(0, 5)).toBe('%PDF-');
    if (format === 'svg') expect(text.match(/@font-face/g)).toHaveLength(2);
    if (format === 'csv') expect(text.split('\r\n').filter((line) => line.includes(String(samples[0]!.seconds)))).toHaveLength(1);
    if (format === 'json') expect(JSON.parse(text).figure).toMatchObject({ chart, conclusion: expect.stringContaining(' ') });
  }
});

test('a chart that the run has nothing for', async () => {
  await expect(exportChart(SESSION, request({ chart: 'heat-map' }))).rejects.toMatchObject({ trouble: { code: 'nothing-to-export' } });
});

test('file names are safe whatever the session says', async () => {
  const hostile = fixtureSession(fixtureRun({ variants: TOUR, request: { exercise: '../../etc/pass wd' } }));
  expect((await exportChart(hostile, request({ format: 'csv' }))).fileName).toBe('etc-pass-wd-timings-1080x1920.csv');
});

test('nothing measured is nothing to export', async () => {
  const empty = fixtureSession(fixtureRun({ variants: [{ kernel: 'autovec' }] }));
  for (const session of [empty, fixtureSession()]) {
    const refusal = await exportChart(session, request({})).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TroubleError);
    expect((refusal as TroubleError).trouble.code).toBe('nothing-to-export');
  }
});

test('the faces are there with their licence, each under 400 kB and of one family', () => {
  for (const weight of [400, 600] as const) {
    const font = readFileSync(fontFile(weight, 'ttf'));
    expect(font.length).toBeLessThan(400_000);
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    expect(existsSync(fontFile(weight, 'woff2'))).toBe(true);
  }
  expect(readFileSync(fontFile(400, 'ttf').replace(/[^/\\]+$/, 'OFL.txt'), 'utf8')).toContain('SIL Open Font License');
});
