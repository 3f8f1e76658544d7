/**
 * A figure as a table, for reading exact numbers and for screen readers: the same rows as the chart. Unranked rows keep
 * their rate and carry their mark in words. Props: `figure`.
 */
import { type Figure, type FigureRow, isMarkedSuspect } from '../../electron/shared/figures/figure.ts';
import { splitInterval } from '../../electron/shared/figures/split-interval.ts';
import { formatInteger, formatInterval } from '../../electron/shared/units.ts';
import { type Column, SortableTable } from './sortable-table.tsx';
import { CHART_TEXTS, type ChartTexts } from './texts.ts';

function columnsOf(figure: Figure, texts: ChartTexts): Column<FigureRow>[] {
  const words = (id: string, title: string, text: (row: FigureRow) => string) => ({ id, title, text, key: text, words: true });
  const range = ({ rate }: FigureRow) => (rate === undefined ? '' : splitInterval(formatInterval(rate, figure.language, 'rate'))[1]);
  const baseline = figure.rows.find((row) => row.baseline)?.label ?? '';
  return [
    { ...words('kernel', texts.kernel, ({ label }) => label), below: ({ title }) => title },
    words('details', texts.ranOn, ({ details }) => details.join(', ')),
    { ...words('state', texts.state, ({ mark }) => mark?.text ?? texts.verified), warns: isMarkedSuspect },
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
}

export function FigureTable({ figure }: { readonly figure: Figure }) {
  return (
    <SortableTable
      caption={[figure.conclusion, ...figure.notices].join(' ')}
      columns={columnsOf(figure, CHART_TEXTS[figure.language])}
      rows={figure.rows}
      rowKey={({ key }) => key}
      language={figure.language}
    />
  );
}
