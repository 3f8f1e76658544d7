/** Where a run is started: its sizes, what is left out and why, how long it will take, progress, cancel. */
import { Button, NativeSelect, Progress } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RunRequest } from '../../electron/shared/run.ts';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { parseNumber } from '../../electron/shared/units.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { PRECISION_IDS } from '../../kernels/model.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { roughTime, timeLeft } from '../i18n/rough-time.ts';
import { cancelActiveRun, measurePace, pauseOrResume, startRun } from '../state/actions.ts';
import { changeDraft, useDraft } from '../state/drafts.ts';
import { estimatedSeconds } from '../state/estimate.ts';
import { hereOf, useLab } from '../state/lab-store.ts';
import { refusalsOf } from '../state/refusal.ts';
import { draftProblems, RUN_NUMBERS, requestOf } from '../state/run-draft.ts';
import { belongsTo } from '../state/shown-run.ts';
import { fixedNumbers } from '../state/sweep.ts';
import { NumberRow } from './number-row.tsx';
import { QualityBefore } from './quality.tsx';

/** On a projector of few pixels the numbers fold to one line, so that the lesson keeps more than two of its own. */
function useShortOfRoom(): boolean {
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const narrow = useMediaQuery('(max-width: 1200px)') ?? false;
  return projector && narrow;
}

function RunFields({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const running = useLab((state) => state.activeRun !== null);
  const folds = useShortOfRoom();
  const fixed = useMemo(() => fixedNumbers(draft), [draft]);
  const row = (
    <NumberRow draftKey={draftKey} fields={RUN_NUMBERS} labels={messages.run} className="gs-fields" disabled={running} fixed={fixed}>
      <NativeSelect
        label={messages.run.precision}
        value={draft.precision}
        disabled={running || fixed.has('precision')}
        data={fixed.has('precision') ? [{ value: draft.precision, label: messages.run.own }] : [...PRECISION_IDS]}
        data-testid="field-precision"
        onChange={(event) => {
          const precision = PRECISION_IDS.find((known) => known === event.currentTarget.value);
          if (precision !== undefined) changeDraft(draftKey, { precision });
        }}
      />
    </NumberRow>
  );
  const note =
    fixed.size === 0 ? null : (
      <p className="gs-dim gs-small">{draftKey === 'workbench' ? messages.run.fixedBySweep : messages.run.fixed}</p>
    );
  if (!folds) {
    return (
      <div>
        {row}
        {note}
      </div>
    );
  }
  const { rounds, steps, rows, cols } = draft.numbers;
  return (
    <details className="gs-sizes" open={Object.keys(draftProblems(draft)).length > 0}>
      <summary className="gs-numbers">
        {messages.run.sizes({
          rounds,
          ...(!fixed.has('steps') && { steps }),
          ...(!fixed.has('rows') && { grid: `${rows} × ${cols}` }),
          ...(!fixed.has('precision') && { precision: draft.precision }),
        })}
      </summary>
      {row}
      {note}
    </details>
  );
}

/** The progress of the run that this page shows. */
function RunProgress() {
  const messages = useMessages();
  const language = useLanguage();
  const progress = useLab((state) => state.progress);
  const variants = useLab((state) => state.session?.runs.find(({ id }) => id === state.activeRun)?.request.variants);
  const labels = useMemo(() => variantLabels(variants ?? []), [variants]);
  const label = labels[progress?.variant ?? 0] ?? '';
  const percent = 100 * (progress?.fraction ?? 0);
  const paused = useLab((state) => state.paused);
  const again = progress?.control === true ? ` (${messages.run.control})` : '';
  const doing = progress === null ? messages.run.started : `${messages.run.phase[progress.phase]} · ${label}${again}`;
  const phase = paused ? messages.run.paused : doing;
  const left = timeLeft(progress, messages, language);
  return (
    <div className="gs-small gs-numbers gs-progress">
      <span className="gs-dim gs-one-line" title={paused ? messages.run.pausedLong : phase}>
        {phase}
      </span>
      <span>{left}</span>
      <Progress value={percent} size="sm" aria-label={messages.run.progress} transitionDuration={150} data-testid="progress" />
    </div>
  );
}

function TuningProgress({ kernel, fraction }: { kernel: string; fraction: number }) {
  const messages = useMessages();
  const what = messages.run.tuning(kernel);
  return (
    <div className="gs-small gs-progress" data-testid="tuning">
      <span className="gs-dim gs-one-line" title={what}>
        {what}
      </span>
      <Progress value={100 * fraction} size="sm" aria-label={what} transitionDuration={150} />
    </div>
  );
}

/** Of unknown length, and short. */
function PaceProgress() {
  const messages = useMessages();
  return (
    <div className="gs-small gs-progress" data-testid="pacing">
      <span className="gs-dim gs-one-line">{messages.run.pacing}</span>
      <Progress value={100} size="sm" aria-label={messages.run.pacing} striped />
    </div>
  );
}

export function Refusals({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(draftKey);
  const here = useLab(useShallow(hereOf));
  const { runnable, refusals, tooManyThreads } = refusalsOf(draft, here);
  if (draft.variants.length === 0) return <p className="gs-small gs-error-text">{messages.run.noKernel}</p>;
  if (refusals.length === 0 && tooManyThreads.length === 0) return null;
  return (
    <div className="gs-small" data-testid="refusals">
      <strong>{runnable.length === 0 ? messages.run.nothingRuns : messages.run.leftOut}</strong>
      <ul className="gs-refusals">
        {refusals.map((refusal) => (
          <li key={JSON.stringify(refusal)}>{troubleText(refusal, language)}</li>
        ))}
        {tooManyThreads.length > 0 && <li>{messages.run.tooManyThreads(tooManyThreads.join(', '), String(here.logicalCores))}</li>}
      </ul>
    </div>
  );
}

const MOST_NAMES = 3;

/** A second click of a double click on Run must not cancel what it has just started. */
const DOUBLE_CLICK_MILLISECONDS = 500;

/** Takes the focus over where the button it replaces had it, so that the keyboard never falls to the page's top. */
function takeLostFocus(button: HTMLButtonElement | null): void {
  if (document.activeElement === document.body) button?.focus();
}

function PauseButton() {
  const messages = useMessages();
  const paused = useLab((state) => state.paused);
  return (
    <Button size="sm" variant="default" aria-keyshortcuts="Control+;" data-testid="pause-run" onClick={pauseOrResume}>
      {paused ? messages.run.resume : messages.run.pause}
    </Button>
  );
}

function CancelButton() {
  const messages = useMessages();
  const [shownAt] = useState(() => performance.now());
  return (
    <Button
      ref={takeLostFocus}
      size="sm"
      variant="default"
      aria-keyshortcuts="Control+."
      aria-label={messages.run.cancel}
      data-testid="cancel-run"
      onClick={() => performance.now() - shownAt > DOUBLE_CLICK_MILLISECONDS && cancelActiveRun()}
    >
      {messages.run.cancelShort}
    </Button>
  );
}

/** What a run would take, in words; before anything is known of it, a way to know. */
function Duration({ request }: { request: RunRequest }) {
  const messages = useMessages();
  const language = useLanguage();
  const session = useLab((state) => state.session);
  const paces = useLab((state) => state.paces);
  const seconds = useMemo(() => (session === null ? null : estimatedSeconds(session, request, paces)), [session, request, paces]);
  if (seconds !== null) return <span data-testid="duration">{messages.run.about(roughTime(seconds, language))}</span>;
  return (
    <button
      type="button"
      className="gs-inline-button"
      title={messages.run.estimateWhy}
      onClick={() => void measurePace(request)}
      data-testid="estimate"
    >
      {messages.run.estimate}
    </button>
  );
}

interface RunStartProps {
  readonly draftKey: string;
  readonly ready: boolean;
  readonly label: string;
  /** Beside the button: how long it will take, and of what. */
  readonly note: ReactNode;
  readonly onStart: () => void;
}

/** The button that starts a run, and in its place what goes on. */
export function RunStart({ draftKey, ready, label, note, onStart }: RunStartProps) {
  const messages = useMessages();
  const active = useLab((state) => state.session?.runs.find(({ id }) => id === state.activeRun));
  const running = useLab((state) => state.activeRun !== null);
  const tuning = useLab((state) => state.tuning);
  const pacing = useLab((state) => state.pacing);
  const ceilings = useLab((state) => state.ceilingsProgress !== null);
  const here = running && active !== undefined && belongsTo(active, draftKey);
  // A page that just came to the front takes no focus; a run that ended under it does.
  const pageShown = useRef(false);
  useEffect(() => {
    pageShown.current = true;
  }, []);
  if (here || pacing || tuning !== null) {
    return (
      <div className="gs-start">
        <div className="gs-row">
          <CancelButton />
          {tuning === null && here && <PauseButton />}
        </div>
        {tuning !== null ? <TuningProgress {...tuning} /> : here ? <RunProgress /> : <PaceProgress />}
      </div>
    );
  }
  return (
    <div className="gs-start">
      <Button
        ref={pageShown.current ? takeLostFocus : undefined}
        size="sm"
        disabled={!ready || running || ceilings}
        onClick={onStart}
        aria-keyshortcuts="Control+Enter"
        data-testid="start-run"
      >
        {label}
      </Button>
      <span className="gs-small gs-dim">
        {running && messages.run.busyElsewhere}
        {ceilings && messages.run.busyCeilings}
        {!running && !ceilings && ready && note}
      </span>
    </div>
  );
}

export function RunPanel({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const machine = useLab(useShallow(hereOf));
  const { runnable } = useMemo(() => refusalsOf(draft, machine), [draft, machine]);
  const ready = runnable.length > 0 && Object.keys(draftProblems(draft)).length === 0;
  const request = useMemo(() => (ready ? requestOf(draft, runnable, {}) : null), [ready, draft, runnable]);
  const rounds = parseNumber(draft.numbers.rounds) ?? 1;
  const kernelIds = [...new Set(runnable.map(({ kernel }) => kernel))];
  const names = kernelIds.length > MOST_NAMES ? messages.run.kernels(kernelIds.length) : kernelIds.join(', ');
  const count = request?.variants.length ?? runnable.length;
  const what = count > kernelIds.length ? messages.run.variantsOf(count, names) : names;

  return (
    <>
      <RunFields draftKey={draftKey} />
      <Refusals draftKey={draftKey} />
      <QualityBefore />
      <RunStart
        draftKey={draftKey}
        ready={ready}
        label={ready ? messages.run.start(String(rounds), rounds) : messages.run.startPlain}
        note={
          request !== null && (
            <>
              <Duration request={request} /> · {what}
            </>
          )
        }
        onStart={() => void startRun(draftKey)}
      />
    </>
  );
}
