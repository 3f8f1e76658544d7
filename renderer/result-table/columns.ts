/** The columns of the table of results: what each says of a row, what it sorts by, and how long it stays where there is little room. */
import type { Language } from '../../electron/shared/contract.ts';
import { ENERGY_WORDS } from '../../electron/shared/energy-words.ts';
import { isSuspect } from '../../electron/shared/figures/figure.ts';
import { splitInterval } from '../../electron/shared/figures/split-interval.ts';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { Baselines } from '../../electron/shared/result-table/comparison.ts';
import { bytesPerSecond, flopsPerSecond, middleEnergy, type ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { comparisonText, reservationText } from '../../electron/shared/result-table/words.ts';
import { cellsOf } from '../../electron/shared/run.ts';
import { formatGrid, formatInteger, formatInterval, formatNumber } from '../../electron/shared/units.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import type { Column } from '../charts/sortable-table.tsx';
import { CHART_TEXTS } from '../charts/texts.ts';
import type { Messages } from '../i18n/en.ts';
import { exerciseName, exerciseOf } from './table-view.ts';

export interface ResultColumn extends Column<ResultRow> {
  /** The least goes last where there is little room; 0 to 2 never. */
  readonly rank: number;
  /** Sentences and lists: set small, on three lines at most. */
  readonly long?: boolean;
  /** In em, where it is not that of the longest text. */
  readonly width?: number;
}

export interface ColumnContext {
  readonly baselines: Baselines;
  /** Of each kernel the parameters to tell. */
  readonly differing: ReadonlyMap<string, readonly string[]>;
  /** In words; empty where there is only one. */
  readonly machineOf: (row: ResultRow) => string;
  readonly messages: Messages;
  readonly language: Language;
}

export const ESSENTIAL_RANK = 2;

/** What ran it: the adapter of a GPU kernel, the instruction set of a native one. */
export function ranOn({ result }: ResultRow, language: Language): string {
  const { adapter, variant } = result;
  if (adapter === undefined) return variant.isa ?? '';
  return adapter.type === 'software' ? `${adapter.name} (${FIGURE_TEXTS[language].softwareGpu})` : adapter.name;
}

export function columnsOf({ baselines, differing, machineOf, messages, language }: ColumnContext): ResultColumn[] {
  const { resultTable: texts } = messages;
  const { columns: titles } = texts;
  const words = FIGURE_TEXTS[language];
  const parametersOf = ({ kernel, result }: ResultRow) =>
    (differing.get(kernel) ?? []).map((name) => `${name}=${result.variant.parameters[name]}`).join(', ');
  const measured = (value: number | undefined) => (value === undefined ? '' : formatNumber(value / 1e9, language));
  const status = ({ mark }: ResultRow) => (mark === undefined ? CHART_TEXTS[language].verified : words.marks[mark]);
  const word = (id: keyof typeof titles, rank: number, text: (row: ResultRow) => string) =>
    ({ ...{ id, rank, text, key: (row: ResultRow) => text(row) || undefined, words: true }, title: titles[id] }) as const;
  return [
    // By kernel first, so that what a person has named stays with the others of its kernel.
    {
      ...word('name', 0, (row) => row.name ?? row.kernel),
      below: ({ name, kernel }) => (name === undefined ? '' : kernel),
      key: ({ kernel, name }) => `${kernel} ${name ?? ''}`,
    },
    {
      ...word('run', 4, (row) => findExercise(exerciseOf(row))?.id ?? exerciseName(exerciseOf(row), messages, language)),
      below: ({ run }) => words.run(run.id),
      key: ({ run }) => run.id,
    },
    {
      ...word('grid', 5, ({ settings }) => formatGrid(settings.grid, language)),
      key: ({ settings }) => cellsOf(settings.grid),
      words: false,
    },
    word('precision', 7, ({ result }) => result.variant.precision),
    {
      ...word('threads', 9, ({ result }) => formatInteger(result.variant.threads, language)),
      key: ({ result }) => result.variant.threads,
      words: false,
    },
    { ...word('on', 8, (row) => ranOn(row, language)), width: 8, long: true },
    { ...word('parameters', 6, parametersOf), width: 9, long: true },
    {
      ...{ id: 'rate', title: titles.rate, rank: 1 },
      text: ({ rate }) => (rate === undefined ? '' : splitInterval(formatInterval(rate, language, 'rate'))[0]),
      below: ({ rate }) => (rate === undefined ? '' : splitInterval(formatInterval(rate, language, 'rate'))[1]),
      key: ({ rate }) => rate?.median,
    },
    {
      ...{ id: 'ratio', title: titles.ratio, rank: 2, width: 9 },
      text: (row) => ratioParts(row, baselines, language)[0],
      below: (row) => ratioParts(row, baselines, language)[1],
      key: (row) => baselines.centre(row),
    },
    {
      ...{ id: 'verdict', title: titles.verdict, rank: 3, width: 14, words: true, long: true },
      text: (row) => comparisonText(baselines.compare(row), language),
      below: (row) => reservationText(baselines.compare(row), language),
      key: (row) => baselines.centre(row),
    },
    { ...{ id: 'bytes', title: titles.bytes, rank: 12 }, text: (row) => measured(bytesPerSecond(row)), key: bytesPerSecond },
    { ...{ id: 'flops', title: titles.flops, rank: 13 }, text: (row) => measured(flopsPerSecond(row)), key: flopsPerSecond },
    {
      ...{ id: 'error', title: titles.error, rank: 14 },
      text: ({ result: { verification } }) =>
        verification === undefined ? '' : formatNumber(verification.maxAbsError ?? Number.NaN, language, 2),
      key: ({ result: { verification } }) =>
        verification === undefined ? undefined : (verification.maxAbsError ?? Number.POSITIVE_INFINITY),
    },
    {
      ...{ id: 'energy', title: ENERGY_WORDS[language].heading, rank: 15 },
      text: (row) => {
        const joules = middleEnergy(row);
        return joules === undefined ? '' : formatNumber(joules, language);
      },
      key: middleEnergy,
    },
    { ...word('status', 10, status), warns: ({ mark }) => mark !== undefined && isSuspect(mark) },
    { ...word('machine', 16, machineOf), width: 12, long: true },
    { ...word('note', 11, ({ note }) => note ?? ''), width: 12, long: true },
  ];
}

export function ratioParts(row: ResultRow, baselines: Baselines, language: Language): readonly [value: string, range: string] {
  const comparison = baselines.compare(row);
  return comparison.kind === 'ratio' ? splitInterval(formatInterval(comparison.ratio, language, 'ratio')) : ['', ''];
}
