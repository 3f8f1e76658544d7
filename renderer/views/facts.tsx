/** What is known of the run shown: how far it is, whether it is right, under which convention. */
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { runLabels } from '../../electron/shared/figures/labels.ts';
import { cellsOf, type RunRecord, settingsOf } from '../../electron/shared/run.ts';
import { formatGrid, formatInteger, formatNumber } from '../../electron/shared/units.ts';
import { type Convention, NAMED_CONVENTIONS } from '../../kernels/model.ts';
import { LOCALES } from '../i18n/locales.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { timeLeft } from '../i18n/rough-time.ts';
import { useLab } from '../state/lab-store.ts';
import { COSTS } from '../state/page.ts';
import { runsOf, showRun } from '../state/shown-run.ts';
import { RoundOrder } from './round-order.tsx';

/** The name of the course whose convention this is (precision, F and k apart), else its parts. */
export function conventionName(convention: Convention): string {
  const { stencil, boundary, seed, precision } = convention;
  const named = Object.values(NAMED_CONVENTIONS).find(
    (known) => known.convention.stencil === stencil && known.convention.boundary === boundary && known.convention.seed === seed,
  );
  return named === undefined ? `${stencil}, ${boundary}, ${seed}, ${precision}` : `${named.title}, ${precision}`;
}

function useVerified(run: RunRecord): ReactNode {
  const messages = useMessages();
  const language = useLanguage();
  const checked = run.variants.flatMap(({ verification }) => (verification === undefined ? [] : [verification]));
  const passed = checked.filter(({ status }) => status === 'passed');
  const session = useLab((state) => state.session);
  const labels = runLabels(run, session ?? {});
  const wrong = run.variants.flatMap(({ verification }, index) => (verification?.status === 'failed' ? [labels[index] ?? ''] : []));
  if (wrong.length > 0) return <strong className="gs-error-text">{messages.facts.wrong(wrong.join(', '))}</strong>;
  const largest = Math.max(0, ...passed.map(({ maxAbsError }) => maxAbsError ?? 0));
  const count = messages.facts.verifiedOf(passed.length, run.variants.length);
  return passed.length === 0 ? count : `${count}, ${messages.facts.maxError(formatNumber(largest, language, 2))}`;
}

function RunPicker({ draftKey, run }: { draftKey: string; run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const session = useLab((state) => state.session);
  const running = useLab((state) => state.activeRun === run.id);
  const runs = runsOf(session, draftKey);
  if (runs.length < 2) return null;
  const time = (iso: string) => new Date(iso).toLocaleString(LOCALES[language], { dateStyle: 'short', timeStyle: 'short' });
  return (
    <NativeSelect
      aria-label={messages.facts.pick}
      value={String(run.id)}
      disabled={running}
      data={runs
        .toReversed()
        .map(({ id, startedAt }) => ({ value: String(id), label: messages.facts.runNumber(String(id), time(startedAt)) }))}
      onChange={(event) => showRun(draftKey, Number(event.currentTarget.value))}
    />
  );
}

const MOST_VALUES = 2;

/** What the variants have as one value, as the few that there are, or as a range; `values` ascending. */
function spread(values: readonly string[], range: (low: string, high: string) => string): string {
  const distinct = [...new Set(values)];
  return distinct.length <= MOST_VALUES ? distinct.join(' · ') : range(distinct[0] ?? '', distinct.at(-1) ?? '');
}

function RunFacts({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const progress = useLab((state) => (state.activeRun === run.id ? state.progress : null));
  const { request, status } = run;
  const { convention } = request;
  const oneConvention = request.variants.every(({ stencil, precision }) => stencil === undefined && precision === convention.precision);
  const rounds = formatInteger(request.rounds, language);
  const { facts } = messages;
  const rows: [string, ReactNode][] = [];
  if (status === 'running') {
    const round = facts.roundOf(formatInteger((progress?.round ?? 0) + 1, language), rounds);
    rows.push([facts.round, [round, timeLeft(progress, messages, language)].filter(Boolean).join(' · ')]);
  } else rows.push([facts.status, messages.run.status[status]]);
  rows.push([facts.verified, useVerified(run)]);
  rows.push([facts.convention, oneConvention ? conventionName(convention) : `${conventionName(convention)} · ${facts.differs}`]);
  rows.push([facts.feedKill, `${formatNumber(convention.feed, language, 4)} ; ${formatNumber(convention.kill, language, 4)}`]);
  const settings = request.variants.map((variant) => settingsOf(request, variant));
  const grids = settings.map(({ grid }) => grid).toSorted((a, b) => cellsOf(a) - cellsOf(b));
  const steps = settings.map((each) => each.steps).toSorted((a, b) => a - b);
  const threads = request.variants.map((variant) => variant.threads).toSorted((a, b) => a - b);
  const flushed = new Set(settings.map(({ flushSubnormals }) => flushSubnormals));
  const whole = (value: number) => formatInteger(value, language);
  rows.push([
    facts.grid,
    spread(
      grids.map((grid) => formatGrid(grid, language)),
      facts.range,
    ),
  ]);
  const stepsText = spread(steps.map(whole), facts.range);
  rows.push([facts.steps, new Set(steps).size > 1 ? `${stepsText}, × ${rounds}` : `${stepsText} × ${rounds}`]);
  if (new Set(threads).size > 1) rows.push([facts.threads, spread(threads.map(whole), facts.range)]);
  rows.push([facts.flush, flushed.size > 1 ? facts.differs : flushed.has(true) ? facts.flushed : facts.kept]);
  return (
    <dl className="gs-numbers" data-testid="facts">
      {rows.map(([name, value]) => (
        <div key={name} className="gs-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Facts({ draftKey, run }: { draftKey: string; run: RunRecord | undefined }) {
  const messages = useMessages();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where the window is low, and the keyboard must reach that
    <section className="gs-facts" aria-label={messages.facts.label} tabIndex={0}>
      {run === undefined ? (
        <>
          <h2>{messages.facts.label}</h2>
          <p className="gs-dim">{draftKey === 'workbench' || draftKey === COSTS ? messages.facts.noneYet : messages.facts.none}</p>
        </>
      ) : (
        <>
          <h2>{messages.facts.label}</h2>
          <RunPicker draftKey={draftKey} run={run} />
          <RunFacts run={run} />
          {run.variants.length > 1 && run.request.rounds > 1 && <RoundOrder run={run} />}
        </>
      )}
    </section>
  );
}
