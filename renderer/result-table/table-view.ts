/** What of the table of results is looked at: filters, order, groups. Kept while other pages are in front. */
import { create } from 'zustand';
import type { Language } from '../../electron/shared/contract.ts';
import type { MarkKind } from '../../electron/shared/figures/figure.ts';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { formatGrid } from '../../electron/shared/units.ts';
import { findKernel } from '../../kernels/catalog.ts';
import type { Precision } from '../../kernels/model.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import type { Sorting } from '../charts/sortable-table.tsx';
import type { Messages } from '../i18n/en.ts';
import { COSTS, draftKey, pageOfRun } from '../state/page.ts';

export const GROUPINGS = ['none', 'kernel', 'exercise', 'grid', 'precision', 'machine'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface TableFilter {
  readonly text: string;
  /** Null takes all. */
  readonly kernel: string | null;
  readonly exercise: string | null;
  readonly precision: Precision | null;
  readonly status: MarkKind | 'verified' | null;
}

export interface TableView {
  readonly filter: TableFilter;
  readonly sorting: Sorting | null;
  readonly grouping: Grouping;
  /** Groups of which only the head is shown. */
  readonly folded: ReadonlySet<string>;
  /** Hidden rows are listed too. */
  readonly withHidden: boolean;
  /** All columns, wider than the window if need be. */
  readonly allColumns: boolean;
}

export const NO_FILTER: TableFilter = { text: '', kernel: null, exercise: null, precision: null, status: null };

export const useTableView = create<TableView>()(() => ({
  filter: NO_FILTER,
  sorting: null,
  grouping: 'none',
  folded: new Set(),
  withHidden: false,
  allColumns: false,
}));

export const setFilter = (change: Partial<TableFilter>): void =>
  useTableView.setState(({ filter }) => ({ filter: { ...filter, ...change } }));

export function toggleFolded(group: string): void {
  useTableView.setState(({ folded }) => ({
    folded: new Set(folded.has(group) ? [...folded].filter((other) => other !== group) : [...folded, group]),
  }));
}

/** Where its run was made: an exercise by its id, or another page. */
export const exerciseOf = ({ run }: ResultRow): string => draftKey(pageOfRun(run));

/** "C04 Structure of arrays", "Workbench". */
export function exerciseName(key: string, messages: Messages, language: Language): string {
  const exercise = findExercise(key);
  return exercise === undefined ? messages.pages[key === COSTS ? COSTS : 'workbench'] : `${exercise.id} ${exercise.title[language]}`;
}
export const statusOf = ({ mark }: ResultRow): MarkKind | 'verified' => mark ?? 'verified';

/** Without accents and capitals, every space the same. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s/g, ' ').toLowerCase();

/** Everything of a row that may be typed to find it. */
export function wordsOfRow(row: ResultRow, language: Language): string {
  const { result, run, settings, kernel, label, mark, note } = row;
  const { variant, adapter } = result;
  const texts = FIGURE_TEXTS[language];
  const exercise = findExercise(run.request.exercise ?? '');
  const { rows, cols } = settings.grid;
  return plain(
    [
      ...[kernel, label, findKernel(kernel)?.title[language], result.backend],
      ...[exercise?.id, exercise?.title[language], texts.run(run.id)],
      ...[formatGrid(settings.grid, language), `${rows}x${cols}`, variant.precision, variant.isa, adapter?.name],
      texts.threads(variant.threads),
      ...Object.entries(variant.parameters).map(([name, value]) => `${name}=${value}`),
      ...[mark && texts.marks[mark], note],
    ]
      .filter((text) => text !== undefined)
      .join('\n'),
  );
}

/** Rows that have every word that is typed, in any place, and all that is chosen. */
export function filterRows(rows: readonly ResultRow[], filter: TableFilter, words: (row: ResultRow) => string): ResultRow[] {
  const { kernel, exercise, precision, status } = filter;
  const typed = plain(filter.text).split(' ').filter(Boolean);
  return rows.filter(
    (row) =>
      (kernel === null || row.kernel === kernel) &&
      (exercise === null || exerciseOf(row) === exercise) &&
      (precision === null || row.result.variant.precision === precision) &&
      (status === null || statusOf(row) === status) &&
      (typed.length === 0 || typed.every((word) => words(row).includes(word))),
  );
}

export interface GroupItem {
  readonly kind: 'group';
  readonly key: string;
  readonly title: string;
  readonly count: number;
  readonly folded: boolean;
}
export type TableItem = GroupItem | { readonly kind: 'row'; readonly key: string; readonly row: ResultRow };

/** The lines of the table: rows, under the heads of their groups. Groups stand in the order of their first rows. */
export function itemsOf(
  rows: readonly ResultRow[],
  titleOf: ((row: ResultRow) => string) | null,
  folded: ReadonlySet<string>,
): TableItem[] {
  const items = (of: readonly ResultRow[]) => of.map((row): TableItem => ({ kind: 'row', key: row.key, row }));
  if (titleOf === null) return items(rows);
  return [...Map.groupBy(rows, titleOf)].flatMap(([title, own]) => {
    const isFolded = folded.has(title);
    const head: GroupItem = { kind: 'group', key: `group ${title}`, title, count: own.length, folded: isFolded };
    return [head, ...(isFolded ? [] : items(own))];
  });
}
