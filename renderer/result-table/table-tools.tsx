/** What of the table is shown, in which order, and as which file. */
import { Menu, NativeSelect, TextInput } from '@mantine/core';
import type { TableFormat } from '../../electron/shared/contract.ts';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { CHART_TEXTS } from '../charts/texts.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { exportTable } from '../state/actions.ts';
import { exerciseName, exerciseOf, GROUPINGS, type Grouping, setFilter, statusOf, type TableFilter, useTableView } from './table-view.ts';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly all: string;
  readonly value: T | null;
  readonly options: readonly T[];
  readonly nameOf?: (value: T) => string;
  readonly onChange: (value: T | null) => void;
}

/** One of what the rows have, or all; nothing where they all have the same. */
function Choice<T extends string>({ label, all, value, options, nameOf = String, onChange }: ChoiceProps<T>) {
  if (options.length < 2 && value === null) return null;
  return (
    <NativeSelect
      aria-label={label}
      className="gs-rt-choice"
      value={value ?? ''}
      data={[{ value: '', label: all }, ...options.map((option) => ({ value: option as string, label: nameOf(option) }))]}
      onChange={({ currentTarget }) => onChange(options.find((option) => option === currentTarget.value) ?? null)}
    />
  );
}

/** "autovec" once, in the order of the alphabet. */
function distinct<T extends string>(rows: readonly ResultRow[], of: (row: ResultRow) => T): T[] {
  return [...new Set(rows.map(of))].sort();
}

export function Filters({ rows, severalMachines }: { readonly rows: readonly ResultRow[]; readonly severalMachines: boolean }) {
  const messages = useMessages();
  const language = useLanguage();
  const { resultTable: texts } = messages;
  const filter = useTableView((view) => view.filter);
  const grouping = useTableView((view) => view.grouping);
  const marks = FIGURE_TEXTS[language].marks;
  const nameOf = (key: string) => exerciseName(key, messages, language);
  const statusName = (status: NonNullable<TableFilter['status']>) =>
    status === 'verified' ? CHART_TEXTS[language].verified : marks[status].toLowerCase();
  const { filters } = texts;
  return (
    <search className="gs-row gs-rt-tools" aria-label={texts.filter}>
      <TextInput
        aria-label={texts.filter}
        placeholder={texts.filter}
        type="search"
        className="gs-rt-search"
        value={filter.text}
        onChange={(event) => setFilter({ text: event.currentTarget.value })}
        data-testid="table-filter"
      />
      <Choice
        {...{ ...filters.kernel, value: filter.kernel, options: distinct(rows, ({ kernel }) => kernel) }}
        onChange={(kernel) => setFilter({ kernel })}
      />
      <Choice
        {...{ ...filters.exercise, value: filter.exercise, options: distinct(rows, exerciseOf), nameOf }}
        onChange={(exercise) => setFilter({ exercise })}
      />
      <Choice
        {...{ ...filters.precision, value: filter.precision, options: distinct(rows, ({ result }) => result.variant.precision) }}
        onChange={(precision) => setFilter({ precision })}
      />
      <Choice
        {...{ ...filters.status, value: filter.status, options: distinct(rows, statusOf), nameOf: statusName }}
        onChange={(status) => setFilter({ status })}
      />
      <NativeSelect
        aria-label={texts.group}
        className="gs-rt-choice"
        value={grouping}
        data={GROUPINGS.filter((each) => each !== 'machine' || severalMachines).map((each) => ({
          value: each,
          label: texts.groupBy[each],
        }))}
        onChange={({ currentTarget }) => useTableView.setState({ grouping: currentTarget.value as Grouping })}
      />
    </search>
  );
}

export interface TableButtonsProps {
  /** Rows that are listed, in their order. */
  readonly listed: readonly ResultRow[];
  readonly hidden: number;
}

export function TableButtons({ listed, hidden }: TableButtonsProps) {
  const { resultTable: texts, results } = useMessages();
  const { withHidden, allColumns } = useTableView();
  const write = (format: TableFormat) =>
    void exportTable(
      format,
      listed.map(({ place }) => place),
    );
  return (
    <>
      {hidden > 0 && (
        <button
          type="button"
          className="gs-chip"
          aria-pressed={withHidden}
          onClick={() => useTableView.setState({ withHidden: !withHidden })}
          data-testid="with-hidden"
        >
          {texts.hiddenRows(hidden)}
        </button>
      )}
      <button
        type="button"
        className="gs-chip"
        aria-pressed={allColumns}
        onClick={() => useTableView.setState({ allColumns: !allColumns })}
      >
        {texts.allColumns}
      </button>
      <Menu position="bottom-end" width={200} disabled={listed.length === 0}>
        <Menu.Target>
          <button type="button" className="gs-chip" disabled={listed.length === 0} data-testid="table-export">
            {results.export} <Icon name="down" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{texts.exported}</Menu.Label>
          <Menu.Item onClick={() => write('csv')}>{results.exportAs.csv}</Menu.Item>
          <Menu.Item onClick={() => write('json')}>{results.exportAs.json}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
