/** A table whose columns sort; a column that is empty in every row is left out. The first column heads the rows. */
import { useState } from 'react';
import './charts.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly text: (row: Row) => string;
  /** Set small below the text. */
  readonly below?: (row: Row) => string;
  /** What it sorts by; rows without a value stand last in both directions. */
  readonly key: (row: Row) => number | string | undefined;
  /** Words stand at the left and first sort from the start of the alphabet, numbers at the right and from the largest. */
  readonly words?: boolean;
  /** Rows where the text is a warning. */
  readonly warns?: (row: Row) => boolean;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in the order of a column; rows that are equal in it keep their order. */
export function sortRows<Row>(rows: readonly Row[], key: Column<Row>['key'], descending: boolean, language: string): Row[] {
  const collator = new Intl.Collator(language, { numeric: true });
  // Each asked for its key once: some keys take a while to find.
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return descending ? -order : order;
  });
  return keyed.map(({ row }) => row);
}

/** Of a column that is pressed: its own order, then the other way round, then none. */
export function nextSorting(column: string, sorting: Sorting | null, numeric: boolean): Sorting | null {
  if (sorting?.column !== column) return { column, descending: numeric };
  return sorting.descending === numeric ? { column, descending: !numeric } : null;
}

const smallPrint = (text = '') => text !== '' && <span className="gs-below">{text}</span>;

export interface SortableTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly language: string;
}

export function SortableTable<Row>({ caption, columns, rows, rowKey, language }: SortableTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const shown = columns.filter(({ text }) => rows.some((row) => text(row) !== ''));
  const sorted = shown.find(({ id }) => id === sorting?.column);
  const inOrder = sorting === null || sorted === undefined ? rows : sortRows(rows, sorted.key, sorting.descending, language);
  return (
    <div className="gs-figure-table-frame">
      <table className="gs-figure-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {shown.map(({ id, title, words = false }) => (
              <th
                key={id}
                scope="col"
                className={words ? 'gs-words' : undefined}
                aria-sort={sorting?.column !== id ? 'none' : sorting.descending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => setSorting(nextSorting(id, sorting, !words))}>
                  {title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((row) => (
            <tr key={rowKey(row)}>
              {shown.map(({ id, text, below, words = false, warns }, index) =>
                index === 0 ? (
                  <th key={id} scope="row" className="gs-words">
                    {text(row)}
                    {smallPrint(below?.(row))}
                  </th>
                ) : (
                  <td key={id} className={[words ? 'gs-words' : '', warns?.(row) ? 'gs-mark' : ''].join(' ').trim() || undefined}>
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
