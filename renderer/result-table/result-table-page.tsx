/** Every result of the session in one table: sorted, filtered, grouped, compared with one of them, named, noted, hidden. */
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Baselines } from '../../electron/shared/result-table/comparison.ts';
import { differingParameters, type ResultRow } from '../../electron/shared/result-table/result-row.ts';
import type { Session } from '../../electron/shared/session.ts';
import { formatGrid } from '../../electron/shared/units.ts';
import { sortRows } from '../charts/sortable-table.tsx';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { annotate, pinBaseline } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { columnsOf } from './columns.ts';
import { measured } from './fitting.ts';
import { type Place, ResultGrid } from './result-grid.tsx';
import './result-table.css';
import { type DetailsFocus, RowDetails } from './row-details.tsx';
import { RowMenu } from './row-menu.tsx';
import { Filters, TableButtons } from './table-tools.tsx';
import { exerciseName, exerciseOf, filterRows, type Grouping, itemsOf, NO_FILTER, setFilter, useTableView } from './table-view.ts';
import { knownWords, rowsOfSession } from './use-rows.ts';

/** What a row has in common with the others of its group, in words; null for no groups. */
function useGroupTitle(grouping: Grouping, machineOf: (row: ResultRow) => string): ((row: ResultRow) => string) | null {
  const messages = useMessages();
  const language = useLanguage();
  const titles: Record<Exclude<Grouping, 'none'>, (row: ResultRow) => string> = {
    kernel: ({ kernel }) => kernel,
    exercise: (row) => exerciseName(exerciseOf(row), messages, language),
    grid: ({ settings }) => formatGrid(settings.grid, language),
    precision: ({ result }) => result.variant.precision,
    machine: machineOf,
  };
  return grouping === 'none' ? null : titles[grouping];
}

function useTable(session: Session) {
  const messages = useMessages();
  const language = useLanguage();
  const { filter, sorting, withHidden } = useTableView();
  // Of what is typed, the table follows when there is time.
  const typed = useDeferredValue(filter);
  const all = useMemo(() => rowsOfSession(session, language), [session, language]);
  const { annotations, baseline } = session;
  const baselines = useMemo(
    () => new Baselines(all, { ...(annotations && { annotations }), ...(baseline && { baseline }) }),
    [all, annotations, baseline],
  );
  const columns = useMemo(() => {
    const machines = new Map(session.machines.map((machine, at) => [at, machine.cpu]));
    const machineOf = ({ run }: ResultRow) => (machines.size > 1 ? `${run.machine + 1} · ${machines.get(run.machine) ?? ''}` : '');
    return measured(columnsOf({ baselines, differing: differingParameters(all), machineOf, messages, language }), all);
  }, [all, baselines, session.machines, messages, language]);
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sorting?.column);
    return sorting === null || column === undefined ? all : sortRows(all, column.key, sorting.descending, language);
  }, [all, columns, sorting, language]);
  const hidden = all.filter((row) => row.hidden).length;
  const listed = useMemo(() => {
    const shown = withHidden ? sorted : sorted.filter((row) => !row.hidden);
    return filterRows(shown, typed, (row) => knownWords(row, language));
  }, [sorted, withHidden, typed, language]);
  return { all, baselines, columns, listed, hidden };
}

/** Which row is looked at, or asked what can be done with it. */
type Front =
  | { readonly kind: 'details'; readonly key: string; readonly focus: DetailsFocus }
  | { readonly kind: 'menu'; readonly key: string; readonly at: Place };

const NOWHERE: Place = { x: 0, y: 0 };

function BaselineLine({ baselines }: { readonly baselines: Baselines }) {
  const { resultTable: texts } = useMessages();
  const { pinned } = baselines;
  if (pinned === undefined) return <span>{texts.ownBaselines}</span>;
  return (
    <span className="gs-row">
      {texts.comparedWith(pinned.label, String(pinned.run.id))}
      <button type="button" className="gs-chip" onClick={() => void pinBaseline(undefined)} data-testid="unpin">
        {texts.unpin}
      </button>
    </span>
  );
}

function Table({ session }: { readonly session: Session }) {
  const { resultTable: texts } = useMessages();
  const { grouping, folded } = useTableView();
  const { all, baselines, columns, listed, hidden } = useTable(session);
  const several = session.machines.length > 1;
  const machineOf = (row: ResultRow) => session.machines[row.run.machine]?.cpu ?? '';
  const titleOf = useGroupTitle(grouping === 'machine' && !several ? 'none' : grouping, machineOf);
  const items = itemsOf(listed, titleOf, folded);
  const [front, setFront] = useState<Front | null>(null);
  const row = all.find(({ key }) => key === front?.key);
  const page = useRef<HTMLDivElement>(null);
  const close = () => {
    setFront(null);
    page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  };
  const details = (of: ResultRow, focus: DetailsFocus) => setFront({ kind: 'details', key: of.key, focus });
  return (
    <div className="gs-rt-page" data-pane="table" ref={page}>
      <header className="gs-row">
        <h1>{texts.title}</h1>
        <span className="gs-dim gs-numbers" role="status" data-testid="table-count">
          {texts.shown(listed.length, all.length - (useTableView.getState().withHidden ? 0 : hidden))}
        </span>
        <span className="gs-rt-gap" />
        <TableButtons listed={listed} hidden={hidden} />
      </header>
      <Filters rows={all} severalMachines={several} />
      <div className="gs-small gs-dim">
        <BaselineLine baselines={baselines} />
      </div>
      {listed.length === 0 ? (
        <div className="gs-empty">
          <strong>{texts.noMatch}</strong>
          <button type="button" className="gs-chip" onClick={() => setFilter(NO_FILTER)}>
            {texts.clear}
          </button>
        </div>
      ) : (
        <ResultGrid
          {...{ caption: texts.title, columns, items, pinned: baselines.pinned?.key }}
          onDetails={(of) => details(of, 'facts')}
          onMenu={(of, at) => setFront({ kind: 'menu', key: of.key, at })}
          onKey={(of, key) => (key === 'F2' ? details(of, 'name') : void annotate(of.place, { hidden: !of.hidden }))}
        />
      )}
      <RowMenu
        row={front?.kind === 'menu' ? row : undefined}
        at={front?.kind === 'menu' ? front.at : NOWHERE}
        onDetails={(focus) => row !== undefined && details(row, focus)}
        onClose={() => front?.kind === 'menu' && close()}
      />
      {row !== undefined && front?.kind === 'details' && (
        <RowDetails key={row.key} row={row} baselines={baselines} focus={front.focus} onClose={close} />
      )}
    </div>
  );
}

export function ResultTablePage() {
  const { resultTable: texts, results } = useMessages();
  // While samples pour in, the table may lag behind what is typed.
  const session = useDeferredValue(useLab((state) => state.session));
  if (session !== null && session.runs.length > 0) return <Table session={session} />;
  return (
    <div className="gs-rt-page" data-pane="table">
      <h1>{texts.title}</h1>
      <div className="gs-empty">
        <strong>{results.empty}</strong>
        <span>{texts.emptyHint}</span>
      </div>
    </div>
  );
}
