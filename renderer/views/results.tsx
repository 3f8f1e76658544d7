/** What a run has shown: charts, table, the conclusion in words, the prediction against the measurement, what comes next. */
import { Tabs } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type FigureChart, isFigureChart } from '../../electron/shared/figures/figure.ts';
import { buildFigure } from '../../electron/shared/figures/figure-data.ts';
import { conclude, measuredOf } from '../../electron/shared/lesson.ts';
import type { PlotChart as PlotChartId } from '../../electron/shared/plots/plot.ts';
import { buildPlot } from '../../electron/shared/plots/plot-data.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { formatInterval, formatRatio } from '../../electron/shared/units.ts';
import type { ChartId, Exercise } from '../../kernels/exercise.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { FigureTable } from '../charts/figure-table.tsx';
import { PlotChart } from '../charts/plot-chart.tsx';
import { PlotTable } from '../charts/plot-table.tsx';
import { SpeedupChart } from '../charts/speedup-chart.tsx';
import { TimingsChart } from '../charts/timings-chart.tsx';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { setExerciseDone } from '../state/actions.ts';
import { useHere, useLab } from '../state/lab-store.ts';
import { pageAddress } from '../state/page.ts';
import { chartInFront, chartsFor, openingChart, showChart } from '../state/shown-run.ts';
import { ExportMenu } from './export-menu.tsx';
import { FinalFields } from './final-fields.tsx';
import { RunQuality } from './quality.tsx';
import { inline } from './rich-text.tsx';
import { RooflinePanel } from './roofline-panel.tsx';
import { RunStanding } from './run-standing.tsx';

type ResultTab = ChartId | 'table' | 'fields';

function Troubles({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const troubled = run.variants.flatMap(({ trouble }) => (trouble === undefined || trouble.code === 'cancelled' ? [] : [trouble]));
  if (troubled.length === 0) return null;
  const texts = [...new Set(troubled.map((trouble) => troubleText(trouble, language)))];
  return (
    <section className="gs-banner" style={{ margin: '0.5rem 1rem 0' }} aria-label={messages.results.troubles} data-testid="run-troubles">
      <p>{texts.join(' ')}</p>
    </section>
  );
}

function PredictionLine({ exercise, session, run }: { exercise: Exercise; session: Session; run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const { prediction } = run.request;
  if (prediction === undefined) return null;
  const measured = measuredOf(session, run.id).ratio(exercise.prediction.of, exercise.prediction.over);
  const predicted = formatRatio(prediction.ratio, language);
  return (
    <span data-testid="prediction-result">
      {measured === undefined
        ? messages.prediction.notMeasured(predicted)
        : messages.prediction.compared(predicted, formatInterval(measured, language, 'ratio'))}
    </span>
  );
}

function Conclusion({ exercise, session, run }: { exercise: Exercise; session: Session; run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const done = session.exercisesDone.includes(exercise.id);
  const next = EXERCISES[EXERCISES.indexOf(exercise) + 1];
  const { outcome, text } = conclude(exercise, session, run.id, language, useHere());
  return (
    <section className="gs-conclusion" aria-label={messages.results.conclusion} data-testid="conclusion" data-outcome={outcome}>
      <p>
        <strong>{messages.results.outcome[outcome]}.</strong> {inline(text)}{' '}
        <PredictionLine exercise={exercise} session={session} run={run} />
      </p>
      <div className="gs-conclusion-foot">
        <button type="button" className="gs-chip" aria-pressed={done} onClick={() => void setExerciseDone(exercise.id, !done)}>
          {done ? messages.syllabus.markNotDone : messages.syllabus.markDone}
        </button>
        {next === undefined ? (
          <span className="gs-dim">{messages.syllabus.last}</span>
        ) : (
          <a className="gs-link" href={pageAddress({ name: 'exercise', exercise: next.id })} data-testid="next-exercise">
            {messages.syllabus.next(next.id, next.title[language])}
          </a>
        )}
      </div>
    </section>
  );
}

interface ChartsProps {
  readonly session: Session;
  readonly run: RunRecord;
  /** The chart in front, or the one whose table is. */
  readonly chart: ChartId;
  readonly asTable: boolean;
}

/** A chart of which nothing is left, because rows are hidden. */
function AllHidden() {
  const { results } = useMessages();
  return (
    <div className="gs-empty" data-testid="all-hidden">
      <strong>{results.allHidden}</strong>
      <a className="gs-link" href={pageAddress({ name: 'table' })}>
        {results.allHiddenHint}
      </a>
    </div>
  );
}

function RowChart({ session, run, chart, asTable }: ChartsProps & { readonly chart: FigureChart }) {
  const language = useLanguage();
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const figure = useMemo(() => buildFigure(chart, { session, runIds: [run.id], language }), [session, run.id, language, chart]);
  if (figure.rows.length === 0) return <AllHidden />;
  if (asTable) return <FigureTable figure={figure} />;
  const Chart = chart === 'speedup' ? SpeedupChart : TimingsChart;
  return <Chart figure={figure} projector={projector} />;
}

function PlotOf({ session, run, chart, asTable }: ChartsProps & { readonly chart: PlotChartId }) {
  const language = useLanguage();
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const plot = useMemo(() => buildPlot(chart, { session, runIds: [run.id], language }), [session, run.id, language, chart]);
  if (plot === undefined) return session.annotations?.some(({ runId, hidden }) => hidden && runId === run.id) ? <AllHidden /> : null;
  return asTable ? <PlotTable plot={plot} /> : <PlotChart plot={plot} projector={projector} />;
}

function Charts({ chart, ...rest }: ChartsProps) {
  return isFigureChart(chart) ? <RowChart chart={chart} {...rest} /> : <PlotOf chart={chart} {...rest} />;
}

export function Results({ draftKey, run }: { draftKey: string; run: RunRecord | undefined }) {
  const messages = useMessages();
  const language = useLanguage();
  const exercise = findExercise(draftKey);
  // While samples pour in, the charts may lag behind the field and the fields that are typed in.
  const session = useDeferredValue(useLab((state) => state.session));
  const shown = session?.runs.find(({ id }) => id === run?.id);
  const charts = chartsFor(shown, draftKey);
  const chart = useLab((state) => chartInFront(charts, state, draftKey));
  const [asTable, setAsTable] = useState(false);
  const [asFields, setAsFields] = useState(false);
  const finished = run !== undefined && run.status !== 'running';
  const hasFields = finished && shown?.request.keepField === true;
  const tab: ResultTab = asTable ? 'table' : asFields && hasFields ? 'fields' : chart;
  const ofFigure = useLab((state) => state.figureRun !== null && state.figureRun === run?.id);
  const opening = openingChart(charts, draftKey);
  // A sweep is watched as it is drawn.
  const watched = exercise === undefined && run !== undefined && !finished ? run.id : undefined;
  useEffect(() => {
    if (watched !== undefined) showChart(draftKey, opening);
  }, [watched, draftKey, opening]);
  useEffect(() => {
    if (!finished) return;
    if (!ofFigure) showChart(draftKey, opening);
    setAsTable(false);
    setAsFields(false);
  }, [finished, draftKey, opening, ofFigure]);
  // Where the tabs are wider than the window, the one in front stays in sight.
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const front = list.current?.querySelector<HTMLElement>(`[data-chart="${tab}"]`);
    if (list.current === null || front === null || front === undefined) return;
    // Not `scrollIntoView`: it moves the place from which the keyboard goes on.
    const over = front.getBoundingClientRect().right - list.current.getBoundingClientRect().right;
    const under = list.current.getBoundingClientRect().left - front.getBoundingClientRect().left;
    if (over > 0) list.current.scrollLeft += over;
    else if (under > 0) list.current.scrollLeft -= under;
  }, [tab]);
  const open = (name: string | null) => {
    setAsTable(name === 'table');
    setAsFields(name === 'fields');
    const found = charts.find((known) => known === name);
    if (found !== undefined) showChart(draftKey, found);
  };

  const measured = shown?.variants.some(({ samples }) => samples.length > 0) ?? false;
  return (
    <section className="gs-results" aria-label={messages.results.label} data-pane="results">
      <Tabs className="gs-tabs" value={tab} onChange={open} keepMounted={false} data-testid="results">
        <div className="gs-results-bar">
          <Tabs.List aria-label={messages.results.label} ref={list}>
            {[...charts, 'table' as const, ...(hasFields ? (['fields'] as const) : [])].map((name) => (
              <Tabs.Tab key={name} value={name} data-chart={name}>
                {messages.results.tabs[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <ExportMenu runId={measured ? shown?.id : undefined} chart={tab === 'fields' ? 'fields' : chart} />
        </div>
        <Tabs.Panel value={tab} tabIndex={0}>
          {shown !== undefined && session !== null && measured && <RunStanding run={shown} session={session} />}
          {shown !== undefined && <Troubles run={shown} />}
          {shown !== undefined && measured && <RunQuality run={shown} machine={session?.machines[shown.machine]} />}
          {session !== null && chart === 'roofline' && tab !== 'fields' && (measured || !asTable) ? (
            <div className="gs-results-chart" data-testid={`chart-${tab}`} lang={language}>
              <RooflinePanel draftKey={draftKey} session={session} run={shown} asTable={asTable} />
            </div>
          ) : shown === undefined || session === null || !measured ? (
            <div className="gs-empty">
              <strong>{messages.results.empty}</strong>
              <span>{shown?.status === 'running' ? messages.results.waiting : messages.results.emptyHint}</span>
            </div>
          ) : (
            <div className="gs-results-chart" data-testid={`chart-${tab}`} lang={language}>
              {tab === 'fields' ? (
                <FinalFields session={session} run={shown} />
              ) : (
                <Charts session={session} run={shown} chart={chart} asTable={asTable} />
              )}
            </div>
          )}
          {exercise !== undefined && shown !== undefined && session !== null && finished && measured && (
            <Conclusion exercise={exercise} session={session} run={shown} />
          )}
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
