import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ExportRequest } from '../../shared/contract.ts';
import { evidenceOf } from '../../shared/evidence.ts';
import { fixtureRun, fixtureSession, SOFTWARE_ADAPTER, TOUR } from '../../shared/figures/figure.fixture.ts';
import { chartsOf } from '../../shared/plots/charts-of.ts';
import { PLOT_SESSIONS } from '../../shared/plots/plot.fixture.ts';
import { JSON_SCHEMA_VERSION, type Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { exportChart } from '../export/export-chart.ts';
import { readSessionFile } from '../session/read.ts';
import { SessionStore } from '../session/store.ts';
import { EVIDENCE_MEDIA_TYPE, EVIDENCE_NAME, evidenceText, MAX_EVIDENCE_BYTES } from './evidence-text.ts';
import { textChunk, withChunks } from './png-chunks.ts';
import { evidenceIn, isFigureFile, readFigureFile } from './read-figure.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-figure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PICTURES = ['svg', 'png', 'pdf'] as const;
const request = (change: Partial<ExportRequest>): ExportRequest => ({
  ...{ chart: 'timings', format: 'svg', runs: [1], language: 'fr', preset: 'column', grey: true, scale: 1 },
  ...change,
});

const tour = fixtureRun({ variants: TOUR, request: { exercise: 'B01' } });
const SESSION: Session = {
  ...fixtureSession(fixtureRun({ id: 4, variants: TOUR.slice(0, 2) }), {
    ...tour,
    machine: 1,
    order: [[0, 1, 8, 2, 3, 4, 5, 6, 7]],
    control: { variant: 3, samples: tour.variants[3]!.samples },
  }),
  machines: [0, 1].map((at) => ({ ...fixtureSession().machines[0]!, cpu: `processor ${at}` })),
  notes: 'mine alone',
  exercisesDone: ['C01'],
};

let made = 0;
function fileOf(bytes: Uint8Array, extension: string): string {
  const path = join(folder, `${++made}.${extension}`);
  writeFileSync(path, bytes);
  return path;
}

/** The session that a figure is opened as. */
function opened(path: string): Session {
  const session = join(folder, `${++made}.gslab`);
  SessionStore.createFrom(session, readFigureFile(path).session).close();
  return readSessionFile(session);
}

const CASES = [
  ['timings', SESSION] as const,
  ...Object.values(PLOT_SESSIONS)
    .filter(({ runs }) => runs[0]!.variants.some(({ samples }) => samples.length > 0))
    .flatMap((session) => chartsOf(session.runs[0]!).map((chart) => [chart, session] as const)),
];

describe.each(PICTURES)('%s', (format) => {
  test('carries its runs and its view, and nothing of the person', async () => {
    const path = fileOf((await exportChart(SESSION, request({ format }))).bytes, format);
    expect(isFigureFile(path)).toBe(true);
    const { view, session, caption } = readFigureFile(path);
    expect(view).toEqual({ chart: 'timings', runs: [1], language: 'fr', preset: 'column', grey: true });
    expect(session.runs.map(({ id, machine }) => [id, machine])).toEqual([[1, 0]]);
    expect(session.machines.map(({ cpu }) => cpu)).toEqual(['processor 1']);
    expect(session.runs[0]).toEqual({ ...SESSION.runs[1], machine: 0 });
    expect([session.notes, session.exercisesDone]).toEqual(['', []]);
    expect(caption).toContain('Gray-Scott Lab');
  });

  // Pixels take their time, and all charts are packed alike.
  test.each(format === 'svg' ? CASES : CASES.slice(0, 3))(
    '%s, exported, opened and exported again carries the same bytes',
    async (chart, session) => {
      const first = fileOf((await exportChart(session, request({ chart, format }))).bytes, format);
      const again = fileOf((await exportChart(opened(first), request({ chart, format }))).bytes, format);
      expect(evidenceText(readFigureFile(again))).toBe(evidenceText(readFigureFile(first)));
    },
  );
});

test('thousands of samples stay within 300 kB of SVG', async () => {
  const dense = fixtureSession(fixtureRun({ rounds: 10, batches: 50, variants: TOUR }));
  const { bytes } = await exportChart(dense, request({}));
  expect(dense.runs[0]!.variants.flatMap(({ samples }) => samples)).toHaveLength(4000);
  expect(bytes.length).toBeLessThan(300_000);
});

describe('what comes from others', () => {
  const evidence = evidenceOf(SESSION, request({}), request({}).runs, { title: '', caption: '' });
  const asSvg = (packed: Uint8Array) =>
    Buffer.from(`<svg><metadata><gslab:evidence x="y">${Buffer.from(packed).toString('base64')}</gslab:evidence>`);
  const withText = (text: string) => asSvg(gzipSync(text));
  const problemOf = (bytes: Buffer): string => {
    try {
      evidenceIn('figure', bytes);
      return 'none';
    } catch (error) {
      expect(error).toBeInstanceOf(TroubleError);
      const { trouble } = error as TroubleError;
      return trouble.code === 'session' ? trouble.problem : trouble.code;
    }
  };
  const changed = (change: (session: Session) => unknown) =>
    withText(JSON.stringify({ ...evidence, session: change(structuredClone(evidence.session)) }));
  const png = async () => Buffer.from((await exportChart(SESSION, request({ format: 'png' }))).bytes);

  test('the one that the others are made from is believed', () => {
    expect(problemOf(withText(evidenceText(evidence)))).toBe('none');
    expect(problemOf(changed((session) => session))).toBe('none');
  });

  test.each([
    ['a picture of another program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'), 'no-data'],
    ['a PDF of another program', Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj'), 'no-data'],
    ['text', Buffer.from('data'), 'no-data'],
    ['data that is not packed', asSvg(Buffer.from('{}')), 'corrupt'],
    ['data that is cut off', asSvg(gzipSync(evidenceText(evidence)).subarray(0, 500)), 'corrupt'],
    ['no JSON', withText('<xml/>'), 'corrupt'],
    ['no evidence', withText('{}'), 'corrupt'],
    ['null', withText('null'), 'corrupt'],
    ['data of a newer version', withText(JSON.stringify({ ...evidence, schemaVersion: JSON_SCHEMA_VERSION + 1 })), 'newer-schema'],
    ['a bomb', asSvg(gzipSync(Buffer.alloc(MAX_EVIDENCE_BYTES + 1))), 'too-large'],
    [
      'a bomb in a PDF',
      (() => {
        const packed = deflateSync(Buffer.alloc(MAX_EVIDENCE_BYTES + 1));
        const head = `%PDF-1.4\n1 0 obj\n<< /Subtype /${EVIDENCE_MEDIA_TYPE.replace('/', '#2F')} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
        return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
      })(),
      'too-large',
    ],
  ] as const)('%s', (_, bytes, problem) => {
    expect(problemOf(bytes)).toBe(problem);
  });

  test('entities are not looked at', () => {
    const bomb =
      '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg><metadata><gslab:evidence>&b;</gslab:evidence></metadata></svg>';
    expect(problemOf(Buffer.from(bomb))).toBe('corrupt');
  });

  const two = <T>(items: readonly T[]) => [...items, ...items];
  test.each([
    ['a machine that is not there', (session: Session) => ({ ...session, machines: [] })],
    ['a machine twice', (session: Session) => ({ ...session, machines: two(session.machines) })],
    ['a run twice', (session: Session) => ({ ...session, runs: two(session.runs) })],
    [
      'fewer results than variants',
      (session: Session) => ({ ...session, runs: session.runs.map((run) => ({ ...run, variants: run.variants.slice(1) })) }),
    ],
    ['a name of what is not there', (session: Session) => ({ ...session, annotations: [{ runId: 99, variant: 0, name: 'a' }] })],
    ['two names of one result', (session: Session) => ({ ...session, annotations: two([{ runId: 1, variant: 0, name: 'a' }]) })],
    ['a baseline that is not there', (session: Session) => ({ ...session, baseline: { runId: 1, variant: 99 } })],
    ['an order of more', (session: Session) => ({ ...session, runs: session.runs.map((run) => ({ ...run, order: [[99]] })) })],
    [
      'a sample twice',
      (session: Session) => ({
        ...session,
        runs: session.runs.map((run) => ({
          ...run,
          variants: run.variants.map((result) => ({ ...result, samples: two(result.samples) })),
        })),
      }),
    ],
    [
      'a result of another variant',
      (session: Session) => ({
        ...session,
        runs: session.runs.map((run) => ({
          ...run,
          variants: run.variants.map((result) => ({ ...result, variant: { ...result.variant, threads: 7 } })),
        })),
      }),
    ],
  ])('%s', (_, change) => {
    expect(problemOf(changed(change))).toBe('corrupt');
  });

  test('a chunk with a wrong checksum is none of ours', async () => {
    const bytes = await png();
    bytes[bytes.indexOf(`${EVIDENCE_NAME}\0`) + 40]! ^= 1;
    expect(problemOf(bytes)).toBe('no-data');
    const bomb = withChunks((await png()).subarray(0, 33), [textChunk(EVIDENCE_NAME, ' '.repeat(MAX_EVIDENCE_BYTES + 1), true)]);
    expect(problemOf(Buffer.from(bomb))).toBe('too-large');
  });

  test('any bytes, and any damage to a figure, are refused or believed, never a crash', async () => {
    const good = Object.fromEntries(
      await Promise.all(
        PICTURES.map(async (format) => [format, Buffer.from((await exportChart(SESSION, request({ format }))).bytes)] as const),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...PICTURES),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (format, changes) => {
          const bytes = Buffer.from(good[format]!);
          for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value;
          expect(['none', 'no-data', 'corrupt', 'too-large', 'newer-schema']).toContain(problemOf(bytes));
        },
      ),
      { numRuns: 60 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => problemOf(Buffer.from(bytes)) !== 'none'));
  });
});

test('a session written from records reads as the same session', () => {
  const full: Session = {
    ...SESSION,
    ceilings: [],
    annotations: [{ runId: 1, variant: 0, name: 'mine', note: 'why', hidden: true }],
    baseline: { runId: 1, variant: 1 },
    runs: SESSION.runs.map((run) => ({
      ...run,
      variants: run.variants.map((result, at) => ({
        ...result,
        ...(at === 0 && {
          adapter: SOFTWARE_ADAPTER,
          trouble: { code: 'cancelled' as const },
          spans: [{ round: 0, what: 'steps' as const, image: 0, begin: 0, end: 1 }],
          observations: [{ round: 0, step: 3, name: 'difference' as const, value: null }],
          field: { step: 3, meanU: 1, meanV: null, minU: 0, maxU: 1, minV: 0, maxV: 1 },
        }),
      })),
    })),
  };
  const path = join(folder, 'full.gslab');
  const store = SessionStore.createFrom(path, full);
  expect(store.read()).toEqual({ ...full, runs: full.runs.toSorted((a, b) => a.id - b.id) });
  // Every round has all of its steps.
  expect(store.finishedTurns(1)).toHaveLength(9 * 5);
  store.close();
  expect(() => SessionStore.createFrom(path, full)).toThrow(TroubleError);
});
