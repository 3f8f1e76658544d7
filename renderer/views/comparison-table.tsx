/** Kernel by kernel: both rates with their intervals, the ratio of B to A, and the verdict in words. */
import { type ComparedResult, type ComparisonRow, rowLabels } from '../../electron/shared/compare.ts';
import { formatInterval } from '../../electron/shared/units.ts';
import { slowedPhrase, verdictPhrase } from '../../electron/shared/verdict-words.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';

/** Said in words and by a sign, never by colour alone. */
const SIGNS: Record<ComparisonRow['verdict']['kind'], string> = {
  faster: '↑',
  slower: '↓',
  'no-difference': '=',
  'cannot-tell': '?',
  'not-comparable': '–',
};

export function ComparisonTable({ rows: allRows }: { rows: readonly ComparisonRow[] }) {
  const { compare, topBar } = useMessages();
  const language = useLanguage();
  // What was measured in neither session says nothing.
  const rows = allRows.filter(({ a, b }) => a.cellsPerSecond !== undefined || b.cellsPerSecond !== undefined);
  const labels = rowLabels(rows);
  const rate = ({ cellsPerSecond, software }: ComparedResult) =>
    cellsPerSecond === undefined ? '—' : `${formatInterval(cellsPerSecond, language, 'rate')}${software ? ` (${topBar.softwareGpu})` : ''}`;
  return (
    <table className="gs-table gs-numbers">
      <thead>
        <tr>
          <th scope="col">{compare.columns.kernel}</th>
          <th scope="col">{compare.columns.a}</th>
          <th scope="col">{compare.columns.b}</th>
          <th scope="col">{compare.columns.ratio}</th>
          <th scope="col">{compare.columns.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row.a.runId}-${row.a.index}`}>
            <th scope="row" className="gs-mono">
              {labels[index]}
            </th>
            <td>{rate(row.a)}</td>
            <td>{rate(row.b)}</td>
            <td>{row.ratio === undefined ? '—' : formatInterval(row.ratio, language, 'ratio')}</td>
            <td>
              <span aria-hidden="true">{SIGNS[row.verdict.kind]}</span>{' '}
              {row.verdict.kind === 'not-comparable' ? compare.notComparable : verdictPhrase('B', row.verdict, language)}
              {slowedPhrase(row.slowed, { of: 'B', over: 'A' }, language)}
              {row.reasons.length > 0 && (
                <span className="gs-dim"> ({row.reasons.map((reason) => compare.reasons[reason]).join(', ')})</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
