/** A plot as a table, for reading exact numbers and for screen readers: a row for each point, cell, bar or span. */
import { splitInterval } from '../../electron/shared/figures/split-interval.ts';
import type {
  BarsPlot,
  HeatMapPlot,
  HistogramPlot,
  LinesPlot,
  Plot,
  RooflinePlot,
  StripsPlot,
  TimelinePlot,
  WaterfallPlot,
} from '../../electron/shared/plots/plot.ts';
import { formatInteger, formatNumber, formatSeconds } from '../../electron/shared/units.ts';
import { type Column, SortableTable } from './sortable-table.tsx';
import { CHART_TEXTS } from './texts.ts';

/** The title without the exercise's, which the page has above. */
const captionOf = ({ title, conclusion, notices }: Plot): string =>
  [`${title.split(' — ').at(-1) ?? title}.`, conclusion, ...notices].join(' ');

/** The title of an axis without its scale, which a column does not have. */
const headOf = (title: string): string => title.split(', ')[0] ?? title;

interface Judged {
  readonly mark?: { readonly text: string };
  readonly trusted: boolean;
}

function stateColumn<Row>(plot: Plot, judged: (row: Row) => Judged): Column<Row> {
  const texts = CHART_TEXTS[plot.language];
  const text = (row: Row) => {
    const { mark, trusted } = judged(row);
    return mark?.text ?? (trusted ? texts.verified : texts.incomplete);
  };
  return { id: 'state', title: texts.state, text, key: text, words: true, warns: (row) => !judged(row).trusted };
}

const valuePart = (text: string): string => splitInterval(text)[0];
const rangePart = (text: string): string => splitInterval(text)[1];

function LinesTable({ plot }: { readonly plot: LinesPlot }) {
  const texts = CHART_TEXTS[plot.language];
  const rows = plot.series.flatMap((series) => series.points.map((point) => ({ series, point })));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { id: 'series', title: texts.kernel, text: ({ series }) => series.label, key: ({ series }) => series.label, words: true },
    { id: 'x', title: headOf(plot.x.title), text: ({ point }) => point.xText, key: ({ point }) => point.x },
    {
      id: 'y',
      title: headOf(plot.y.title),
      text: ({ point }) => valuePart(point.yText),
      below: ({ point }) => rangePart(point.yText),
      key: ({ point }) => point.y.median,
    },
    ...(plot.columns ?? []).map(
      (title, at): Column<Row> => ({
        id: `more${at}`,
        title,
        text: ({ point }) => valuePart(point.more?.[at]?.text ?? ''),
        below: ({ point }) => rangePart(point.more?.[at]?.text ?? ''),
        key: ({ point }) => point.more?.[at]?.value,
      }),
    ),
    stateColumn(plot, ({ point }: Row) => point),
  ];
  return (
    <SortableTable
      caption={captionOf(plot)}
      columns={columns}
      rows={rows}
      rowKey={({ series, point }) => `${series.key} ${point.runId} ${point.variant} ${point.x}`}
      language={plot.language}
    />
  );
}

function HeatMapTable({ plot }: { readonly plot: HeatMapPlot }) {
  const texts = CHART_TEXTS[plot.language];
  type Row = HeatMapPlot['cells'][number];
  const columns: Column<Row>[] = [
    { id: 'kernel', title: texts.kernel, text: () => plot.label, key: () => plot.label, words: true },
    { id: 'y', title: plot.y.title, text: ({ y }) => plot.y.values[y]?.label ?? '', key: ({ y }) => y },
    { id: 'x', title: plot.x.title, text: ({ x }) => plot.x.values[x]?.label ?? '', key: ({ x }) => x },
    {
      id: 'rate',
      title: texts.median,
      text: ({ rateText }) => valuePart(rateText),
      below: ({ rateText }) => rangePart(rateText),
      key: ({ rate }) => rate?.median,
    },
    stateColumn(plot, (cell: Row) => cell),
  ];
  return (
    <SortableTable
      caption={captionOf(plot)}
      columns={columns}
      rows={plot.cells}
      rowKey={({ x, y }) => `${x} ${y}`}
      language={plot.language}
    />
  );
}

function HistogramTable({ plot }: { readonly plot: HistogramPlot }) {
  const { language } = plot;
  const texts = CHART_TEXTS[language];
  type Row = HistogramPlot['series'][number];
  const columns: Column<Row>[] = [
    { id: 'kernel', title: texts.kernel, text: ({ label }) => label, key: ({ label }) => label, words: true },
    {
      id: 'median',
      title: texts.median,
      text: ({ medianText }) => valuePart(medianText),
      below: ({ medianText }) => rangePart(medianText),
      key: ({ median }) => median.median,
    },
    { id: 'fastest', title: texts.fastest, text: ({ leastText }) => leastText, key: ({ least }) => least },
    { id: 'samples', title: texts.samples, text: (row) => formatInteger(row.sampleCount, language), key: (row) => row.sampleCount },
    stateColumn(plot, (series: Row) => series),
  ];
  const bins = [...new Map(plot.series.flatMap((series) => series.bins.map((bin) => [bin.from, bin]))).values()].toSorted(
    (a, b) => a.from - b.from,
  );
  const countIn = (series: Row, from: number) => series.bins.find((bin) => bin.from === from)?.count ?? 0;
  type Bin = (typeof bins)[number];
  const counts: Column<Bin>[] = [
    {
      id: 'time',
      title: texts.time,
      text: ({ from, to }) => texts.bin(formatSeconds(from, language), formatSeconds(to, language)),
      key: ({ from }) => from,
    },
    ...plot.series.map((series) => ({
      id: series.key,
      title: series.label,
      text: ({ from }: Bin) => String(countIn(series, from)),
      key: ({ from }: Bin) => countIn(series, from),
    })),
  ];
  return (
    <>
      <SortableTable caption={captionOf(plot)} columns={columns} rows={plot.series} rowKey={({ key }) => key} language={language} />
      <SortableTable caption={texts.spread} columns={counts} rows={bins} rowKey={({ from }) => String(from)} language={language} />
    </>
  );
}

function TimelineTable({ plot }: { readonly plot: TimelinePlot }) {
  const texts = CHART_TEXTS[plot.language];
  const rows = plot.groups.flatMap((group) => group.lanes.flatMap((lane) => lane.spans.map((span) => ({ group, lane, span }))));
  type Row = (typeof rows)[number];
  const seconds = (id: string, title: string, value: (row: Row) => number): Column<Row> => ({
    id,
    title,
    text: (row) => formatSeconds(value(row), plot.language),
    key: value,
  });
  const words = (id: string, title: string, text: (row: Row) => string): Column<Row> => ({ id, title, text, key: text, words: true });
  const columns: Column<Row>[] = [
    words('kernel', texts.kernel, ({ group }) => group.label),
    words('lane', texts.lane, ({ lane }) => lane.label),
    words('what', texts.what, ({ span }) => plot.key.spans[span.what]),
    seconds('start', texts.start, ({ span }) => span.from),
    seconds('end', texts.end, ({ span }) => span.to),
  ];
  return (
    <SortableTable
      caption={captionOf(plot)}
      columns={columns}
      rows={rows}
      rowKey={({ group, lane, span }) => `${group.key} ${lane.label} ${span.what} ${span.from}`}
      language={plot.language}
    />
  );
}

function RooflineTable({ plot }: { readonly plot: RooflinePlot }) {
  const { language } = plot;
  const texts = CHART_TEXTS[language];
  type Row = RooflinePlot['points'][number];
  const number = (value: number) => formatNumber(value, language, 3);
  const columns: Column<Row>[] = [
    { id: 'kernel', title: texts.kernel, text: ({ label }) => label, key: ({ label }) => label, words: true },
    { id: 'x', title: texts.intensity, text: ({ x }) => number(x), below: ({ costText }) => costText, key: ({ x }) => x, words: true },
    {
      id: 'rate',
      title: texts.median,
      text: ({ rateText }) => valuePart(rateText),
      below: ({ rateText }) => rangePart(rateText),
      key: ({ y }) => y.median,
    },
    { id: 'flops', title: texts.flops, text: ({ flopText }) => flopText, key: ({ y }) => y.median },
    { id: 'limit', title: texts.roof, text: ({ limitText }) => limitText, key: ({ share }) => share, words: true },
    stateColumn(plot, (point: Row) => point),
  ];
  type Roof = RooflinePlot['roofs'][number];
  const roofs: Column<Roof>[] = [
    { id: 'roof', title: texts.roof, text: ({ name }) => name, key: ({ name }) => name, words: true },
    { id: 'rate', title: texts.ceiling, text: ({ rateText }) => rateText, key: ({ rate }) => rate },
  ];
  return (
    <>
      <SortableTable caption={captionOf(plot)} columns={columns} rows={plot.points} rowKey={({ key }) => key} language={language} />
      {plot.roofs.length > 0 && (
        <SortableTable
          caption={[texts.roofs, ...plot.ridges.map(({ text }) => `${text}.`)].join(' ')}
          columns={roofs}
          rows={plot.roofs}
          rowKey={({ key }) => key}
          language={language}
        />
      )}
    </>
  );
}

function BarsTable({ plot }: { readonly plot: BarsPlot }) {
  const { language } = plot;
  const texts = CHART_TEXTS[language];
  type Row = BarsPlot['bars'][number];
  const columns: Column<Row>[] = [
    { id: 'kernel', title: texts.kernel, text: ({ label }) => label, key: ({ label }) => label, words: true },
    {
      id: 'value',
      title: plot.key.value,
      text: ({ valueText }) => valuePart(valueText),
      below: ({ valueText }) => rangePart(valueText),
      key: ({ value }) => value.median,
    },
    { id: 'rounds', title: texts.rounds, text: ({ rounds }) => formatInteger(rounds.length, language), key: ({ rounds }) => rounds.length },
    stateColumn(plot, (bar: Row) => bar),
  ];
  return <SortableTable caption={captionOf(plot)} columns={columns} rows={plot.bars} rowKey={({ key }) => key} language={language} />;
}

/** A row for each turn, a column for each strip. */
function StripsTable({ plot }: { readonly plot: StripsPlot }) {
  const { key, strips, language } = plot;
  const turns = [...new Map(strips.flatMap(({ points }) => points.map((point) => [point.x, point] as const))).values()].toSorted(
    (a, b) => a.x - b.x,
  );
  type Row = (typeof turns)[number];
  const columns: Column<Row>[] = [
    { id: 'turn', title: key.point, text: ({ x, xText }) => `${formatInteger(x, language)}: ${xText}`, key: ({ x }) => x, words: true },
    ...strips.map(({ key: strip, y, points }): Column<Row> => {
      const at = new Map(points.map((point) => [point.x, point]));
      return { id: strip, title: headOf(y.title), text: ({ x }) => at.get(x)?.yText ?? '', key: ({ x }) => at.get(x)?.y };
    }),
    {
      id: 'state',
      title: key.state,
      text: ({ slowed }) => (slowed ? key.slowed : key.usual),
      key: ({ slowed }) => String(slowed),
      words: true,
    },
  ];
  return <SortableTable caption={captionOf(plot)} columns={columns} rows={turns} rowKey={({ x }) => String(x)} language={language} />;
}

/** A row for each bar, and one for each cause that could not be measured here. */
function WaterfallTable({ plot }: { readonly plot: WaterfallPlot }) {
  const { bars, absent, columns: heads } = plot;
  type Row = Partial<WaterfallPlot['bars'][number]> & WaterfallPlot['absent'][number];
  const rows: Row[] = [...bars, ...absent];
  const words = (id: string, title: string, text: (row: Row) => string): Column<Row> => ({ id, title, text, key: text, words: true });
  const columns: Column<Row>[] = [
    words('label', heads.label, ({ label }) => label),
    words('what', heads.what, ({ what }) => what ?? ''),
    { id: 'value', title: heads.value, text: ({ text }) => text ?? '', below: ({ below }) => below ?? '', key: ({ to }) => to?.median },
    { ...words('words', heads.words, ({ sentence }) => sentence), warns: ({ trusted }) => trusted === false },
  ];
  return <SortableTable caption={captionOf(plot)} columns={columns} rows={rows} rowKey={({ key }) => key} language={plot.language} />;
}

export function PlotTable({ plot }: { readonly plot: Plot }) {
  switch (plot.kind) {
    case 'lines':
      return <LinesTable plot={plot} />;
    case 'heat-map':
      return <HeatMapTable plot={plot} />;
    case 'histogram':
      return <HistogramTable plot={plot} />;
    case 'timeline':
      return <TimelineTable plot={plot} />;
    case 'roofline':
      return <RooflineTable plot={plot} />;
    case 'bars':
      return <BarsTable plot={plot} />;
    case 'strips':
      return <StripsTable plot={plot} />;
    case 'waterfall':
      return <WaterfallTable plot={plot} />;
  }
}
