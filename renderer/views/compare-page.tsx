/** Two sessions held against each other: first what differs in how they were measured, then kernel by kernel. */
import { NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { type ComparedResult, type Comparison, type ComparisonRow, compareSessions } from '../../electron/shared/compare.ts';
import { buildRooflinePair } from '../../electron/shared/plots/roofline-pair.ts';
import type { Session } from '../../electron/shared/session.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { PlotChart } from '../charts/plot-chart.tsx';
import { PlotTable } from '../charts/plot-table.tsx';
import { tryEngine } from '../connection.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useHere, useLab } from '../state/lab-store.ts';
import { chooseComparison, useComparison } from './comparison-choice.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { ComparisonExportMenu } from './export-menu.tsx';
import { useSessionList } from './sessions-page.tsx';
import { setupText } from './setup-text.ts';

/** The session at a path: the open one as it is now, another one read from its file; null while there is none. */
function useSessionAt(path: string): Session | null {
  const openPath = useLab((state) => state.sessionInfo?.path);
  const open = useLab((state) => state.session);
  const [read, setRead] = useState<{ path: string; session: Session } | null>(null);
  const other = path !== '' && path !== openPath;
  useEffect(() => {
    if (!other) return;
    let wanted = true;
    void tryEngine('readSession', { path }).then((answer) => {
      if (wanted) setRead(answer === undefined ? null : { path, session: answer.session });
    });
    return () => {
      wanted = false;
    };
  }, [path, other]);
  if (path === '') return null;
  if (!other) return open;
  return read?.path === path ? read.session : null;
}

function Setup({ comparison }: { comparison: Comparison }) {
  const messages = useMessages();
  const language = useLanguage();
  const { compare } = messages;
  return (
    <section className="gs-card" data-testid="setup-differences">
      <h2 className="gs-card-title">{compare.setup}</h2>
      {comparison.setup.length === 0 ? (
        <p className="gs-dim">{compare.sameSetup}</p>
      ) : (
        <table className="gs-table gs-numbers" style={{ tableLayout: 'fixed' }}>
          <thead>
            <tr>
              <th scope="col">{compare.columns.what}</th>
              <th scope="col">{compare.columns.a}</th>
              <th scope="col">{compare.columns.b}</th>
            </tr>
          </thead>
          <tbody>
            {comparison.setup.map(({ field, a, b }) => (
              <tr key={field}>
                <th scope="row">{compare.fields[field]}</th>
                <td>{setupText(field, a, messages, language)}</td>
                <td>{setupText(field, b, messages, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What one session has alone. A kernel that both measured, and one of them again, stands in the table already. */
function Alone({ title, results, rows }: { title: string; results: readonly ComparedResult[]; rows: readonly ComparisonRow[] }) {
  const all = variantLabels([...rows.map(({ a }) => a.variant), ...results.map(({ variant }) => variant)]);
  const compared = new Set(all.slice(0, rows.length));
  const labels = [...new Set(all.slice(rows.length))].filter((label) => !compared.has(label));
  if (labels.length === 0) return null;
  return (
    <p>
      <span className="gs-dim">{title}</span> <span className="gs-mono">{labels.join(', ')}</span>
    </p>
  );
}

/** Both under the roofs of their machines. */
function Rooflines({ a, b, paths }: ComparedSessions) {
  const { compare, results } = useMessages();
  const language = useLanguage();
  const here = useHere();
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const plot = useMemo(
    () => buildRooflinePair({ session: a, name: nameOf(paths.a) }, { session: b, name: nameOf(paths.b) }, language, here),
    [a, b, paths.a, paths.b, language, here],
  );
  if (plot === undefined) return null;
  return (
    <section className="gs-card" data-testid="comparison-roofline">
      <div className="gs-row">
        <h2 className="gs-card-title" style={{ flex: 1 }}>
          {compare.roofline}
        </h2>
        <ComparisonExportMenu {...paths} />
      </div>
      <PlotChart plot={plot} projector={projector} />
      <p>{plot.conclusion}</p>
      <details>
        <summary>{results.tabs.table}</summary>
        <PlotTable plot={plot} />
      </details>
    </section>
  );
}

interface ComparedSessions {
  readonly a: Session;
  readonly b: Session;
  readonly paths: { readonly a: string; readonly b: string };
}

/** Of a session's file, without its folder and ending. */
const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '').replace(/\.gslab$/, '');

function Compared({ a, b, paths }: ComparedSessions) {
  const messages = useMessages();
  const comparison = useMemo(() => compareSessions(a, b), [a, b]);
  const { compare } = messages;
  return (
    <>
      {comparison.rows.length > 0 && <Setup comparison={comparison} />}
      <section className="gs-card" data-testid="comparison">
        <h2 className="gs-card-title">{compare.results}</h2>
        {comparison.rows.length === 0 ? <p>{compare.nothing}</p> : <ComparisonTable rows={comparison.rows} />}
        <Alone title={compare.onlyA} results={comparison.onlyInA} rows={comparison.rows} />
        <Alone title={compare.onlyB} results={comparison.onlyInB} rows={comparison.rows} />
      </section>
      <Rooflines {...{ a, b, paths }} />
    </>
  );
}

export function ComparePage() {
  const messages = useMessages();
  const listed = useSessionList();
  const openPath = useLab((state) => state.sessionInfo?.path ?? '');
  const { first, second } = useComparison();
  const chosenSecond = second === '' ? openPath : second;
  const a = useSessionAt(first);
  const b = useSessionAt(chosenSecond);
  const { compare } = messages;
  const options = [
    { value: '', label: compare.pick },
    ...listed.map(({ path, name }) => ({ value: path, label: path === openPath ? `${name} ${compare.openOne}` : name })),
  ];
  const choice = (label: string, value: string, take: (path: string) => void, testId: string) => (
    <NativeSelect
      label={label}
      value={value}
      data={options}
      data-testid={testId}
      style={{ flex: '1 1 16rem' }}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
  const hint = listed.length < 2 ? compare.need : first !== '' && first === chosenSecond ? compare.same : compare.choose;
  return (
    <div className="gs-page" data-pane="compare">
      <div className="gs-page-inner">
        <header>
          <h1>{compare.title}</h1>
          <p className="gs-dim">{compare.intro}</p>
        </header>
        <div className="gs-row">
          {choice(compare.first, first, (path) => chooseComparison({ first: path }), 'compare-first')}
          {choice(compare.second, chosenSecond, (path) => chooseComparison({ second: path }), 'compare-second')}
        </div>
        {a !== null && b !== null && first !== chosenSecond ? (
          <Compared a={a} b={b} paths={{ a: first, b: chosenSecond }} />
        ) : (
          <p className="gs-dim">{hint}</p>
        )}
      </div>
    </div>
  );
}
