import { describe, expect, test } from 'vitest';
import { fixtureRun, fixtureSession } from '../../electron/shared/figures/figure.fixture.ts';
import { Baselines } from '../../electron/shared/result-table/comparison.ts';
import { differingParameters, rowsOf } from '../../electron/shared/result-table/result-row.ts';
import type { Session } from '../../electron/shared/session.ts';
import { sortRows } from '../charts/sortable-table.tsx';
import { MESSAGES } from '../i18n/messages.ts';
import { columnsOf, ESSENTIAL_RANK } from './columns.ts';
import { fitting, measured } from './fitting.ts';
import { filterRows, itemsOf, NO_FILTER, type TableFilter, wordsOfRow } from './table-view.ts';
import { rowsOfSession } from './use-rows.ts';
import { inSight, scrolledTo } from './window-of-rows.ts';

const SESSION: Session = {
  ...fixtureSession(
    fixtureRun({
      id: 1,
      variants: [
        { kernel: 'autovec', rate: 1e9 },
        { kernel: 'simd', rate: 2e9, variant: { precision: 'f64' } },
        { kernel: 'simd', rate: 1e9, unverified: true },
        { kernel: 'fortran', result: { status: 'failed' } },
      ],
      request: { exercise: 'C07' },
    }),
    fixtureRun({
      id: 2,
      grid: { rows: 64, cols: 96 },
      variants: [8, 16].map((blockRows) => ({ kernel: 'blocked', rate: 1e9, variant: { parameters: { blockRows, blockCols: 64 } } })),
    }),
  ),
  annotations: [{ runId: 2, variant: 1, name: 'Étalon', note: 'mesuré sur batterie' }],
};
const ROWS = rowsOf(SESSION, 'fr');

const found = (filter: Partial<TableFilter>) =>
  filterRows(ROWS, { ...NO_FILTER, ...filter }, (row) => wordsOfRow(row, 'fr')).map(({ key }) => key);

describe('a filter', () => {
  test.each([
    ['', 6],
    ['simd', 2],
    ['SIMD f64', 1],
    ['64x96', 2],
    ['64 × 96', 2],
    ['blockrows=8', 1],
    ['etalon', 1],
    ['BATTERIE mesuré', 1],
    ['c07', 4],
    ['echec', 1],
    ['nothing of this', 0],
  ])('of the words “%s” leaves %i rows', (text, count) => expect(found({ text })).toHaveLength(count));

  test('of choices takes rows that have all of them', () => {
    expect(found({ kernel: 'simd' })).toEqual(['1-1', '1-2']);
    expect(found({ kernel: 'simd', status: 'unverified' })).toEqual(['1-2']);
    expect(found({ exercise: 'workbench' })).toEqual(['2-0', '2-1']);
    expect(found({ precision: 'f64', text: 'simd' })).toEqual(['1-1']);
    expect(found({ precision: 'f64', kernel: 'blocked' })).toEqual([]);
  });
});

describe('groups', () => {
  const items = (folded: readonly string[]) => itemsOf(ROWS, ({ kernel }) => kernel, new Set(folded));

  test('stand in the order of their first rows, with all of their rows', () => {
    expect(items([]).map(({ key }) => key)).toEqual([
      ...['group autovec', '1-0', 'group simd', '1-1', '1-2', 'group fortran', '1-3'],
      ...['group blocked', '2-0', '2-1'],
    ]);
    expect(items([])[2]).toMatchObject({ count: 2, folded: false });
  });

  test('that are folded keep their head and its count', () => {
    expect(items(['simd']).map(({ key }) => key)).not.toContain('1-1');
    expect(items(['simd'])[2]).toMatchObject({ count: 2, folded: true });
  });
});

describe('columns', () => {
  const columns = (language: 'en' | 'fr', session = SESSION) => {
    const rows = rowsOf(session, language);
    const context = { baselines: new Baselines(rows, session), differing: differingParameters(rows), machineOf: () => '' };
    return { rows, all: measured(columnsOf({ ...context, messages: MESSAGES[language], language }), rows) };
  };

  test('that say nothing are left out', () => {
    expect(columns('en').all.map(({ id }) => id)).not.toContain('energy');
    expect(columns('en').all.map(({ id }) => id)).toContain('note');
    const { annotations: _, ...bare } = SESSION;
    expect(columns('en', bare).all.map(({ id }) => id)).not.toContain('note');
  });

  test.each(['en', 'fr'] as const)('go in the order of their importance as the room shrinks, in %s', (language) => {
    const { all } = columns(language);
    let before = all.length;
    for (let room = 200; room > 0; room -= 5) {
      const shown = fitting(all, room);
      const gone = all.filter((column) => !shown.includes(column));
      expect(shown.length).toBeLessThanOrEqual(before);
      before = shown.length;
      for (const left of shown) for (const right of gone) expect(left.rank).toBeLessThan(right.rank);
    }
    expect(
      fitting(all, 0)
        .map(({ rank }) => rank)
        .sort(),
    ).toEqual([0, 1, 2].filter((rank) => rank <= ESSENTIAL_RANK));
  });

  test('sort both ways, rows without a value last, equal ones in their order', () => {
    const { rows, all } = columns('en');
    for (const { id, key } of all) {
      for (const descending of [false, true]) {
        const sorted = sortRows(rows, key, descending, 'en');
        const without = sorted.map((row) => key(row) === undefined);
        expect(without, id).toEqual([...without].sort());
        const same = Map.groupBy(sorted, (row) => key(row));
        for (const of of same.values())
          expect(of.map((row) => rows.indexOf(row))).toEqual(of.map((row) => rows.indexOf(row)).sort((a, b) => a - b));
      }
    }
  });

  test('tell only the parameters that differ', () => {
    const { rows, all } = columns('en');
    const parameters = all.find(({ id }) => id === 'parameters')!;
    expect(rows.map(parameters.text)).toEqual(['', '', '', '', 'blockRows=8', 'blockRows=16']);
  });
});

test('rows of a run that did not change are kept, and made anew for another name or language', () => {
  const rows = rowsOfSession(SESSION, 'en');
  const changed = { ...SESSION, runs: [{ ...SESSION.runs[0]! }, SESSION.runs[1]!] };
  expect(rowsOfSession(changed, 'en')[4]).toBe(rows[4]);
  expect(rowsOfSession(changed, 'en')[0]).not.toBe(rows[0]);
  expect(rowsOfSession({ ...SESSION, annotations: [] }, 'en')[5]!.label).toBe('blocked blockRows=16');
  expect(rowsOfSession(SESSION, 'fr')[4]).not.toBe(rows[4]);
});

describe('of a thousand lines', () => {
  test('those in sight are drawn, and a few beyond', () => {
    expect(inSight(1000, 40, 0, 400)).toEqual({ first: 0, end: 18 });
    expect(inSight(1000, 40, 4000, 400)).toEqual({ first: 92, end: 118 });
    expect(inSight(1000, 40, 39_600, 400)).toEqual({ first: 982, end: 1000 });
    expect(inSight(0, 40, 0, 400)).toEqual({ first: 0, end: 0 });
  });

  test('some are drawn where a filter has left fewer than had been scrolled through', () => {
    const { first, end } = inSight(3, 40, 20_000, 400);
    expect(end).toBe(3);
    expect(first).toBeLessThan(end);
  });

  test('the one that is gone to stands in full below the head', () => {
    expect(scrolledTo(5, 40, 0, 400, 40)).toBe(0);
    expect(scrolledTo(0, 40, 300, 400, 40)).toBe(0);
    const top = scrolledTo(500, 40, 0, 400, 40);
    expect(501 * 40 + 40 - top).toBe(400);
  });
});
