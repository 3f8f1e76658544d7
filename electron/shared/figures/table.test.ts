import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atSpeed, runUnder } from '../conditions.fixture.ts';
import { LANGUAGES } from '../contract.ts';
import { figureDocumentSchema } from '../documents.ts';
import { chartsOf } from '../plots/charts-of.ts';
import { PLOT_SESSIONS } from '../plots/plot.fixture.ts';
import { buildPlot } from '../plots/plot-data.ts';
import { runRecordSchema, type Sample } from '../run.ts';
import { csvCell, csvText } from './csv.ts';
import { fixtureRun, fixtureSession, TOUR } from './figure.fixture.ts';
import { isFigureChart } from './figure.ts';
import { buildFigure } from './figure-data.ts';
import { chartCsv, chartJson } from './table.ts';

/** RFC 4180, written for these tests alone. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    rows.at(-1)!.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') rows.push([]);
    if (pattern.lastIndex === text.length) break;
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

test('any cells survive writing and reading, formulas with an apostrophe before them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\r', '\n', '=', '+', '-', '@', ' ', '\t'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const guarded = rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
      expect(parseCsv(csvText(rows))).toEqual(guarded);
    }),
  );
});

test('numbers are never guarded', () => {
  expect(csvCell(-1)).toBe('-1');
  expect(csvCell('-1')).toBe("'-1");
  expect(csvCell(undefined)).toBe('');
});

const sample: fc.Arbitrary<Sample> = fc.record({
  round: fc.nat(20),
  index: fc.nat(200),
  steps: fc.integer({ min: 1, max: 1e6 }),
  seconds: fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
});

test.each(LANGUAGES)('every sample comes back exactly, in %s', (language) => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (samples) => {
      const run = fixtureRun({ variants: [{ kernel: 'autovec', rate: 1e9, result: { samples } }] });
      const session = fixtureSession(run);
      const [header = [], ...rows] = parseCsv(chartCsv(buildFigure('timings', { session, runIds: [1], language }), session));
      const at = (name: string) => header.indexOf(name);
      const read = rows.map((row) => ({
        round: Number(row[at('round')]),
        index: Number(row[at('batch')]),
        steps: Number(row[at('steps [1]')]),
        seconds: Number(row[at('seconds [s]')]),
      }));
      expect(read).toEqual(samples);
      for (const row of rows) expect(row).toHaveLength(header.length);
    }),
    { numRuns: 30 },
  );
});

test('decimal dots and the same header in both languages; all samples, however few are drawn', () => {
  const session = fixtureSession(fixtureRun({ rounds: 50, batches: 50, variants: TOUR.slice(0, 2) }));
  const [english, french] = LANGUAGES.map((language) => chartCsv(buildFigure('speedup', { session, runIds: [1], language }), session));
  expect(french).toBe(english);
  expect(parseCsv(english ?? '')).toHaveLength(1 + 2 * 2500);
  expect(english).toContain('0.014');
  expect(english).not.toContain('0,014');
});

test('wrong results keep their mark, tuning parameters have columns', () => {
  const session = fixtureSession(
    fixtureRun({
      variants: [
        { kernel: 'gpu_naive', rate: 1e8, variant: { parameters: { workgroupX: 8 } } },
        { kernel: 'autovec', rate: 9e9, result: { verification: { status: 'failed', maxAbsError: null, tolerance: 5e-6 } } },
      ],
    }),
  );
  const [header = [], ...rows] = parseCsv(chartCsv(buildFigure('timings', { session, runIds: [1], language: 'en' }), session));
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  expect(new Set(column('mark').slice(20))).toEqual(new Set(['wrong']));
  expect(new Set(column('ranked').slice(20))).toEqual(new Set(['false']));
  expect(column('parameter workgroupX')[0]).toBe('8');
});

test('samples of the control stand after those of its twin, and are marked', () => {
  const plain = fixtureRun({ id: 1, variants: TOUR });
  const twin = plain.variants[1]!.samples.map((sample) => ({ ...sample, seconds: 2 * sample.seconds }));
  const session = fixtureSession({ ...plain, order: [[8, 1, 0, 2, 3, 4, 5, 6, 7]], control: { variant: 1, samples: twin } });
  const [header, ...rows] = parseCsv(chartCsv(buildFigure('timings', { session, runIds: [1], language: 'en' }), session));
  const column = (row: readonly string[], name: string) => row[header!.indexOf(name)];
  const marked = rows.filter((row) => column(row, 'control') === 'true');
  expect(marked.map((row) => Number(column(row, 'seconds [s]')))).toEqual(twin.map(({ seconds }) => seconds));
  expect(new Set(marked.map((row) => column(row, 'variant')))).toEqual(new Set(['1']));
  expect(rows.length - marked.length).toBe(plain.variants.flatMap(({ samples }) => samples).length);
  expect(new Set(rows.map((row) => column(row, 'control')))).toEqual(new Set(['true', 'false']));
  // The control, entry 8 of the order, took the first turn of the first round, and its twin the second.
  const places = (control: string, round: string) =>
    rows
      .filter((row) => column(row, 'control') === control && column(row, 'variant') === '1' && column(row, 'round') === round)
      .map((row) => column(row, 'place_in_round'));
  expect([places('true', '0'), places('false', '0')].map((all) => new Set(all))).toEqual([new Set(['0']), new Set(['1'])]);
  expect(new Set(places('false', '1'))).toEqual(new Set(['']));
  expect(new Set(rows.map((row) => column(row, 'order_seed')))).toEqual(new Set([String(plain.orderSeed)]));
});

test.each(Object.entries(PLOT_SESSIONS))('%s: the JSON of every chart is as its published schema says', (_, session) => {
  for (const chart of chartsOf(session.runs[0]!)) {
    const input = { session, runIds: [1], language: 'en' } as const;
    const built = isFigureChart(chart) ? buildFigure(chart, input) : buildPlot(chart, input)!;
    const document = JSON.parse(chartJson(built, session));
    expect(figureDocumentSchema.parse(document)).toEqual(document);
  }
});

test('the JSON holds the figure and its raw runs, each valid by the schema', () => {
  const session = fixtureSession(fixtureRun({ id: 1, variants: TOUR }), fixtureRun({ id: 2, variants: TOUR }));
  const figure = buildFigure('timings', { session, runIds: [2], language: 'fr' });
  const document = JSON.parse(chartJson(figure, session));
  expect(document.schemaVersion).toBe(3);
  expect(document.figure.conclusion).toBe(figure.conclusion);
  expect(document.runs.map((run: unknown) => runRecordSchema.parse(run).id)).toEqual([2]);
});

test('each sample has what the machine was like around its round, the control’s too', () => {
  const spent = { energy: { source: 'package' as const, joules: 2.5, seconds: 1, steps: 8 } };
  const run = runUnder({ variants: [{ kernel: 'autovec', rate: 1e9 }], rounds: 4, batches: 1 }, (at) =>
    at === 2 ? { after: { ...atSpeed(0.5), celsius: 97, power: 'battery' }, ...spent } : {},
  );
  const control = { variant: 0, samples: [{ round: 0, index: 0, steps: 8, seconds: 0.1 }] };
  const session = fixtureSession({ ...run, control });
  const [header = [], ...rows] = parseCsv(chartCsv(buildFigure('timings', { session, runIds: [1], language: 'en' }), session));
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  expect(column('clock [Hz]')).toEqual(['3200000000', '3200000000', '1600000000', '3200000000', '']);
  expect(column('temperature [°C]')).toEqual(['60', '60', '97', '60', '']);
  expect(column('power_source')).toEqual(['mains', 'mains', 'battery', 'mains', '']);
  expect(column('throttled')).toEqual(['false', 'false', 'true', 'false', '']);
  expect(column('round_energy [J]')).toEqual(['', '', '2.5', '', '']);
});
