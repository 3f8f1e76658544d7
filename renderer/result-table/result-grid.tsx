/**
 * The table itself: a grid that one Tab reaches and arrows walk through, of whose lines only those in sight are drawn. Every
 * line is as high as the others, so that any of a thousand is found by counting.
 */
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { LineSwatch } from '../charts/plot-legend.tsx';
import { nextSorting } from '../charts/sortable-table.tsx';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { useLab } from '../state/lab-store.ts';
import type { ResultColumn } from './columns.ts';
import { type FittedColumn, fitting } from './fitting.ts';
import { type GroupItem, type TableItem, toggleFolded, useTableView } from './table-view.ts';
import { inSight, scrolledTo } from './window-of-rows.ts';

/** Where a menu of a row opens, in the window. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface ResultGridProps {
  readonly caption: string;
  readonly columns: readonly FittedColumn[];
  readonly items: readonly TableItem[];
  readonly pinned: string | undefined;
  readonly onDetails: (row: ResultRow) => void;
  readonly onMenu: (row: ResultRow, at: Place) => void;
  /** Shortcuts of the menu. */
  readonly onKey: (row: ResultRow, key: 'F2' | 'Delete') => void;
}

const lineId = (key: string): string => `result-${key.replace(/[^\w-]/g, '_')}`;

/** How large what scrolls is, and how far it has been scrolled. */
function useScroll(shown: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, em: 13, line: 40, head: 40 });
  const [top, setTop] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first lines are what is measured
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      const line = element.querySelector<HTMLElement>('tbody tr[aria-rowindex]')?.getBoundingClientRect().height;
      const head = element.querySelector<HTMLElement>('thead')?.getBoundingClientRect().height ?? 0;
      const next = { width: element.clientWidth, height: element.clientHeight, em, line: line ?? 3 * em, head };
      setSize((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const table = element.querySelector('table');
    if (table !== null) observer.observe(table);
    return () => observer.disconnect();
  }, [shown]);
  return { frame, ...size, top, setTop };
}

function Head({ columns }: { readonly columns: readonly ResultColumn[] }) {
  const sorting = useTableView((view) => view.sorting);
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ id, title, words = false }) => (
          <th
            key={id}
            scope="col"
            className={words ? 'gs-words' : undefined}
            aria-sort={sorting?.column !== id ? 'none' : sorting.descending ? 'descending' : 'ascending'}
          >
            <button type="button" onClick={() => useTableView.setState({ sorting: nextSorting(id, sorting, !words) })}>
              {title}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface LineProps {
  readonly index: number;
  readonly active: boolean;
  readonly onActive: () => void;
}

function GroupLine({ item, index, active, columns, onActive }: LineProps & { readonly item: GroupItem; readonly columns: number }) {
  const { resultTable: texts } = useMessages();
  return (
    <tr
      id={lineId(item.key)}
      className="gs-rt-group"
      aria-rowindex={index + 2}
      aria-selected={active}
      data-active={active || undefined}
      onClick={() => {
        onActive();
        toggleFolded(item.title);
      }}
    >
      <th colSpan={columns} scope="rowgroup">
        <button type="button" className="gs-rt-group-title" tabIndex={-1} aria-expanded={!item.folded}>
          <span aria-hidden="true">{item.folded ? '+' : '−'}</span> {item.title} <span className="gs-dim">{texts.count(item.count)}</span>
        </button>
      </th>
    </tr>
  );
}

interface RowLineProps extends LineProps {
  readonly row: ResultRow;
  readonly columns: readonly ResultColumn[];
  readonly pinned: boolean;
  /** The column that says it has no room. */
  readonly tellsStatus: boolean;
  readonly onDetails: () => void;
  readonly onMenu: (at: Place) => void;
}

function Tags({ row, pinned, tellsStatus }: Pick<RowLineProps, 'row' | 'pinned' | 'tellsStatus'>) {
  const { resultTable: texts } = useMessages();
  const language = useLanguage();
  return (
    <>
      {pinned && <span className="gs-rt-tag">{texts.pinned}</span>}
      {row.hidden && <span className="gs-rt-tag">{texts.hidden}</span>}
      {tellsStatus && row.mark !== undefined && <span className="gs-rt-tag gs-mark">{FIGURE_TEXTS[language].marks[row.mark]}</span>}
    </>
  );
}

function RowLine({ row, columns, index, active, pinned, tellsStatus, onActive, onDetails, onMenu }: RowLineProps) {
  const { resultTable: texts } = useMessages();
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const menuAt = (event: MouseEvent) => {
    event.preventDefault();
    onActive();
    onMenu({ x: event.clientX, y: event.clientY });
  };
  return (
    <tr
      id={lineId(row.key)}
      aria-rowindex={index + 2}
      aria-selected={active}
      data-active={active || undefined}
      data-hidden={row.hidden || undefined}
      data-row={row.key}
      onClick={onActive}
      onDoubleClick={onDetails}
      onContextMenu={menuAt}
    >
      {columns.map((column, at) => {
        const { id, text, below, words = false, long = false, warns } = column;
        const said = text(row);
        const small = below?.(row) ?? '';
        if (at === 0) {
          return (
            <th key={id} scope="row" className="gs-words">
              <span className="gs-rt-name">
                <LineSwatch look={row.look} projector={projector} />
                <span className="gs-rt-text" title={said}>
                  <span>{said}</span> <Tags row={row} pinned={pinned} tellsStatus={tellsStatus} />
                  {small !== '' && <span className="gs-below">{small}</span>}
                </span>
                <button type="button" className="gs-rt-more" tabIndex={-1} aria-label={texts.actionsOf(row.label)} onClick={menuAt}>
                  <Icon name="more" />
                </button>
              </span>
            </th>
          );
        }
        return (
          <td
            key={id}
            className={[words ? 'gs-words' : '', long ? 'gs-rt-long' : '', warns?.(row) ? 'gs-mark' : ''].join(' ').trim() || undefined}
          >
            <span className="gs-rt-text" title={words ? said : undefined}>
              {said}
              {small !== '' && <span className="gs-below">{small}</span>}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

export function ResultGrid({ caption, columns: all, items, pinned, onDetails, onMenu, onKey }: ResultGridProps) {
  const { resultTable: texts } = useMessages();
  const allColumns = useTableView((view) => view.allColumns);
  const { frame, width, height, em, line, head, top, setTop } = useScroll(items.length > 0);
  const [active, setActive] = useState<string | null>(null);
  const columns = allColumns || width === 0 ? all : fitting(all, width / em);
  const { first, end } = inSight(items.length, line, top, height);
  const at = items.findIndex(({ key }) => key === active);
  const activeInSight = at >= first && at < end;
  const ems = columns.reduce((sum, column) => sum + column.em, 0);

  const goTo = (to: number) => {
    const index = Math.min(items.length - 1, Math.max(0, to));
    const item = items[index];
    if (item === undefined || frame.current === null) return;
    setActive(item.key);
    frame.current.scrollTop = scrolledTo(index, line, frame.current.scrollTop, height, head);
    setTop(frame.current.scrollTop);
  };

  const press = (event: KeyboardEvent) => {
    // The heads of the columns are buttons of their own.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((height - head) / line) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    };
    const item = items[at];
    const to = steps[event.key];
    if (to !== undefined) goTo(to);
    else if (item === undefined) return;
    else if (item.kind === 'group') {
      const wanted = { ArrowLeft: true, ArrowRight: false, Enter: !item.folded, ' ': !item.folded }[event.key];
      if (wanted === undefined) return;
      if (wanted !== item.folded) toggleFolded(item.title);
    } else if (event.key === 'Enter') onDetails(item.row);
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const box = document.getElementById(lineId(item.key))?.getBoundingClientRect();
      if (box !== undefined) onMenu(item.row, { x: box.left + 2 * em, y: box.bottom });
    } else if (event.key === 'F2' || event.key === 'Delete') onKey(item.row, event.key);
    else return;
    event.preventDefault();
  };

  return (
    <div className="gs-rt-frame" ref={frame} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      {/* As high as all lines together, so that what scrolls knows how far. */}
      <div style={{ minHeight: head + items.length * line }}>
        <table
          className="gs-figure-table gs-rt"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose lines are chosen is a grid
          role="grid"
          aria-label={caption}
          aria-describedby="result-table-keys"
          aria-rowcount={items.length + 1}
          aria-activedescendant={activeInSight ? lineId(active!) : undefined}
          tabIndex={0}
          style={{ minWidth: `${ems}em`, marginTop: first * line }}
          onKeyDown={press}
          onFocus={(event) => event.target === event.currentTarget && at < 0 && setActive(items[first]?.key ?? null)}
          data-testid="result-grid"
        >
          <colgroup>
            {columns.map(({ id, em: wide }) => (
              <col key={id} style={{ width: `${wide}em` }} />
            ))}
          </colgroup>
          <Head columns={columns} />
          <tbody>
            {items.slice(first, end).map((item, offset) => {
              const shared = {
                index: first + offset,
                active: item.key === active,
                onActive: () => setActive(item.key),
              };
              return item.kind === 'group' ? (
                <GroupLine key={item.key} item={item} columns={columns.length} {...shared} />
              ) : (
                <RowLine
                  key={item.key}
                  row={item.row}
                  columns={columns}
                  pinned={item.key === pinned}
                  tellsStatus={!columns.some(({ id }) => id === 'status')}
                  onDetails={() => onDetails(item.row)}
                  onMenu={(place) => onMenu(item.row, place)}
                  {...shared}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="gs-visually-hidden" id="result-table-keys">
        {texts.keys}
      </p>
    </div>
  );
}
