import { describe, expect, test } from 'vitest';
import { runUnder } from '../conditions.fixture.ts';
import { fixtureRun, fixtureSession } from '../figures/figure.fixture.ts';
import { lookOf } from '../plots/looks.ts';
import type { Session } from '../session.ts';
import { Baselines } from './comparison.ts';
import { bytesPerSecond, differingParameters, energyOfRow, middleEnergy, rowsOf } from './result-row.ts';
import { tableCsv, tableDocumentSchema, tableJson } from './table-document.ts';
import { comparisonSentence, comparisonText } from './words.ts';

const GRID = { rows: 256, cols: 256 };
const FIRST = fixtureRun({
  id: 1,
  grid: GRID,
  variants: [
    { kernel: 'autovec', rate: 1e9 },
    { kernel: 'simd', rate: 2.2e9 },
    { kernel: 'simd', rate: 1.9e9, unverified: true },
    { kernel: 'javascript' },
  ],
});
const SECOND = fixtureRun({
  id: 2,
  grid: GRID,
  variants: [
    { kernel: 'autovec', rate: 1.5e9 },
    { kernel: 'simd', rate: 3.3e9 },
  ],
});
const ELSEWHERE = fixtureRun({ id: 3, grid: { rows: 64, cols: 64 }, variants: [{ kernel: 'autovec', rate: 1e9 }] });
const SESSION = fixtureSession(FIRST, SECOND, ELSEWHERE);

const said = (session: Session, language: 'en' | 'fr' = 'en') => {
  const rows = rowsOf(session, language);
  const baselines = new Baselines(rows, session);
  return rows.map((row) => comparisonText(baselines.compare(row), language));
};

test('a verdict on two runs says that they were not measured in turn', () => {
  const rows = rowsOf(SESSION, 'en');
  const pinned = new Baselines(rows, { ...SESSION, baseline: { runId: 1, variant: 0 } });
  const sentence = (key: string, language: 'en' | 'fr') =>
    comparisonSentence(pinned.compare(rows.find((row) => row.key === key)!), language);
  expect(sentence('1-1', 'en')).not.toContain('in turn');
  expect(sentence('2-1', 'en')).toMatch(/^3.30 times as fast .*, two runs, not in turn$/u);
  expect(sentence('2-1', 'fr')).toMatch(/, deux mesures, pas en alternance$/u);
  expect(sentence('3-0', 'en')).not.toContain('in turn');
});

describe('a row for each variant of each run', () => {
  test('in their order, the hidden ones too, with what a person has set and the look that its charts have', () => {
    const rows = rowsOf({ ...SESSION, annotations: [{ runId: 2, variant: 1, name: 'mine', note: 'why', hidden: true }] }, 'en');
    expect(rows.map(({ key }) => key)).toEqual(['1-0', '1-1', '1-2', '1-3', '2-0', '2-1', '3-0']);
    expect(rows[5]).toMatchObject({ label: 'mine', note: 'why', hidden: true, look: lookOf('simd') });
    expect(rows.filter(({ hidden }) => hidden)).toHaveLength(1);
    expect(bytesPerSecond(rows[0]!)).toBe(FIRST.variants[0]!.summary!.bytesPerSecond);
    expect(energyOfRow(rows[0]!)).toEqual({ unavailable: 'not-read' });
    expect(rows[3]!.rate).toBeUndefined();
  });

  test('has the energy of its own turns, in the middle the same as with its interval', () => {
    const variants = [
      { kernel: 'autovec', rate: 1e9 },
      { kernel: 'simd', rate: 2e9 },
    ];
    const run = runUnder({ variants, rounds: 5 }, (at) => ({ energy: { source: 'package', joules: 20 + at, seconds: 1, steps: 8 } }));
    const rows = rowsOf(fixtureSession(run), 'en');
    const middles = rows.map((row) => {
      const energy = energyOfRow(row);
      return 'source' in energy ? energy.joulesPerBillion.median : undefined;
    });
    expect(rows.map(middleEnergy)).toEqual(middles);
    expect(new Set(middles).size).toBe(2);
    expect(middleEnergy(rowsOf(SESSION, 'en')[0]!)).toBeUndefined();
  });

  test('names of a kernel the parameters that its rows differ in, in its own order', () => {
    const parameters = [
      { blockRows: 8, blockCols: 64 },
      { blockRows: 16, blockCols: 64 },
      { blockRows: 8, blockCols: 128 },
    ];
    const run = fixtureRun({
      variants: [
        ...parameters.map((own) => ({ kernel: 'blocked', rate: 1e9, variant: { parameters: own } })),
        { kernel: 'simd', rate: 1e9 },
      ],
    });
    const differing = differingParameters(rowsOf(fixtureSession(run), 'en'));
    expect(differing.get('blocked')).toEqual(['blockRows', 'blockCols']);
    expect(differing.get('simd')).toEqual([]);
  });
});

describe('a comparison', () => {
  test('is with the run’s own baseline, or says why there is none', () => {
    expect(said(SESSION)).toEqual([
      'baseline',
      expect.stringMatching(/^2\.\d\d times as fast/),
      'not verified',
      '',
      'baseline',
      expect.stringMatching(/^2\.\d\d times as fast/),
      'baseline',
    ]);
  });

  test('is with what is pinned, over runs of one set-up', () => {
    const words = said({ ...SESSION, baseline: { runId: 2, variant: 0 } });
    expect(words[0]).toMatch(/^slower by 3[34]\u00a0%/);
    expect(words[4]).toBe('baseline');
    expect(words[6]).toBe('not comparable: grid differs');
    expect(said({ ...SESSION, baseline: { runId: 2, variant: 0 } }, 'fr')[6]).toBe('pas comparable\u00a0: la grille diffère');
  });

  test('with what is not verified is none', () => {
    expect(said({ ...SESSION, baseline: { runId: 1, variant: 2 } })[1]).toMatch(
      /^not comparable: simd.*, the baseline, has no verified result$/,
    );
  });

  test('is none with what is hidden: the runs have their own again', () => {
    const hidden = { annotations: [{ runId: 2, variant: 0, hidden: true as const }], baseline: { runId: 2, variant: 0 } };
    expect(said({ ...SESSION, ...hidden })).toEqual(said(SESSION));
  });

  test.each([undefined, { runId: 2, variant: 0 }, { runId: 1, variant: 2 }])('is sorted by its own middle, over %j', (baseline) => {
    const session = { ...SESSION, ...(baseline && { baseline }) };
    const rows = rowsOf(session, 'en');
    const baselines = new Baselines(rows, session);
    for (const row of rows) {
      const comparison = baselines.compare(row);
      if (comparison.kind === 'ratio') expect(baselines.centre(row)).toBe(comparison.ratio.median);
      else expect(baselines.centre(row)).toBe(comparison.kind === 'baseline' && row.ranked ? 1 : undefined);
    }
  });
});

describe('as a file', () => {
  const session: Session = {
    ...SESSION,
    annotations: [
      { runId: 1, variant: 1, name: '=SUM(A1)', note: 'a "note"\nof two lines' },
      { runId: 2, variant: 1, hidden: true },
    ],
    baseline: { runId: 1, variant: 0 },
  };
  const lines = (csv: string | undefined) =>
    csv!
      .replace(/"(?:[^"]|"")*"/g, 'quoted')
      .trimEnd()
      .split('\r\n');

  test('leaves out what is hidden unless it is asked for', () => {
    expect(lines(tableCsv(session, { language: 'en' }))).toHaveLength(1 + 6);
    expect(lines(tableCsv(session, { language: 'en', hidden: true }))).toHaveLength(1 + 7);
  });

  test('has the rows that are given in their order', () => {
    const rows = [
      { runId: 3, variant: 0 },
      { runId: 1, variant: 1 },
      { runId: 9, variant: 0 },
    ];
    const document = tableDocumentSchema.parse(JSON.parse(tableJson(session, { language: 'fr', rows })!));
    expect(document.rows.map(({ runId, variant }) => [runId, variant])).toEqual([
      [3, 0],
      [1, 1],
    ]);
    expect(document.baseline).toEqual({ runId: 1, variant: 0 });
    expect(document.rows[0]).toMatchObject({ over: { runId: 1, variant: 0 }, comparison: 'pas comparable\u00a0: la grille diffère' });
    expect(document.rows[1]).toMatchObject({ verdict: 'faster', note: 'a "note"\nof two lines' });
    expect(document.rows[1]!.ratio!.median).toBeCloseTo(2.2, 1);
  });

  test('is nothing where no row is left', () => {
    expect(tableCsv(session, { language: 'en', rows: [] })).toBeUndefined();
    expect(tableJson(fixtureSession(), { language: 'en' })).toBeUndefined();
  });

  test('no name is a formula, and every row has all columns', () => {
    const csv = lines(tableCsv(session, { language: 'en', hidden: true }));
    const columns = csv[0]!.split(',').length;
    for (const line of csv) expect(line.split(',')).toHaveLength(columns);
    expect(csv.join('\n')).toContain(",'=SUM(A1),");
  });
});
