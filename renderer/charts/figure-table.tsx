/**
 * A figure as a table, for reading exact numbers and for screen readers: the same rows as the chart, with columns that
 * sort; a column that is empty in every row is left out. Unranked rows keep their rate and carry their mark in words. Props: `figure`.
 */
import { useState } from 'react';
import type { Figure, FigureRow } from '../../electron/shared/figures/figure.ts';
import { splitInterval } from '../../electron/shared/figures/split-interval.ts';
import { formatInteger, formatInterval } from '../../electron/shared/units.ts';
import { CHART_TEXTS, type ChartTexts } from './texts.ts';
import './charts.css';

interface Column {
  readonly id: string;
  readonly title: string;
  readonly text: (row: FigureRow) => string;
  /** Set small below: what the kernel is, or the 95 % interval. */
  readonly below?: (row: FigureRow) => string;
  /** What it sorts by; rows without a value stand last in both directions. */
  readonly key: (row: FigureRow) => number | string | undefined;
}

function columnsOf(figure: Figure, texts: ChartTexts): Column[] {
  const words = (id: string, title: string, text: (row: FigureRow) => string): Column => ({ id, title, text, key: text });
  const range = ({ rate }: FigureRow) => (rate === undefined ? '' : splitInterval(formatInterval(rate, figure.language, 'rate'))[1]);
  const baseline = figure.rows.find((row) => row.baseline)?.label ?? '';
  const columns: Column[] = [
    { ...words('kernel', texts.kernel, ({ label }) => label), below: ({ title }) => title },
    words('details', texts.ranOn, ({ details }) => details.join(', ')),
    words('state', texts.state, ({ mark }) => mark?.text ?? texts.verified),
    { id: 'median', title: texts.median, text: ({ rateText }) => rateText, below: range, key: ({ rate }) => rate?.median },
    {
      id: 'ratio',
      title: texts.ratio(baseline),
      text: ({ ratioText }) => ratioText,
      below: ({ ratioRangeText }) => ratioRangeText,
      key: ({ ratio }) => ratio?.median,
    },
    { id: 'rounds', title: texts.rounds, text: (row) => formatInteger(row.rounds, figure.language), key: (row) => row.rounds },
    { id: 'samples', title: texts.samples, text: (row) => formatInteger(row.sampleCount, figure.language), key: (row) => row.sampleCount },
  ];
  return columns.filter(({ text }) => figure.rows.some((row) => text(row) !== ''));
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in the order of a column; rows that are equal in it keep their order. */
export function sortRows(rows: readonly FigureRow[], key: Column['key'], descending: boolean, language: string): FigureRow[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return rows.toSorted((rowA, rowB) => {
    const [a, b] = [key(rowA), key(rowB)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return descending ? -order : order;
  });
}

/** A first click on numbers asks for the largest, on words for the first of the alphabet. */
function nextSorting(column: string, sorting: Sorting | null, numeric: boolean): Sorting | null {
  if (sorting?.column !== column) return { column, descending: numeric };
  return sorting.descending === numeric ? { column, descending: !numeric } : null;
}

const WORDS = new Set(['kernel', 'details', 'state']);

const smallPrint = (text = '') => text !== '' && <span className="gs-below">{text}</span>;

export function FigureTable({ figure }: { readonly figure: Figure }) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = columnsOf(figure, CHART_TEXTS[figure.language]);
  const sorted = columns.find(({ id }) => id === sorting?.column);
  const rows =
    sorting === null || sorted === undefined ? figure.rows : sortRows(figure.rows, sorted.key, sorting.descending, figure.language);
  return (
    <div className="gs-figure-table-frame">
      <table className="gs-figure-table">
        <caption>{figure.conclusion}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title }) => (
              <th
                key={id}
                scope="col"
                className={WORDS.has(id) ? 'gs-words' : undefined}
                aria-sort={sorting?.column !== id ? 'none' : sorting.descending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => setSorting(nextSorting(id, sorting, !WORDS.has(id)))}>
                  {title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {columns.map(({ id, text, below }) =>
                id === 'kernel' ? (
                  <th key={id} scope="row" className="gs-words">
                    {text(row)}
                    {smallPrint(below?.(row))}
                  </th>
                ) : (
                  <td
                    key={id}
                    className={
                      [WORDS.has(id) ? 'gs-words' : '', id === 'state' && !row.ranked ? 'gs-mark' : ''].join(' ').trim() || undefined
                    }
                  >
                    {text(row)}
                    {smallPrint(below?.(row))}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
