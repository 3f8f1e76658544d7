/**
 * The roofline of a page: of the run that it shows, with every other kernel of the session beside it, or of the next
 * run, on which a prediction is placed by hand, by keys or by typing.
 */
import { NativeSelect, Progress } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { expected } from '../../electron/shared/expectation.ts';
import { lookOf } from '../../electron/shared/plots/looks.ts';
import { buildPlot } from '../../electron/shared/plots/plot-data.ts';
import { rooflineRuns } from '../../electron/shared/plots/roofline-choice.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { intensityOf } from '../../electron/shared/under-roofs.ts';
import { formatNumber, formatRate, parseNumber } from '../../electron/shared/units.ts';
import { PlotChart } from '../charts/plot-chart.tsx';
import { PlotTable } from '../charts/plot-table.tsx';
import type { Guess } from '../charts/roofline-chart.tsx';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { measureCeilings } from '../state/actions.ts';
import { useDraft } from '../state/drafts.ts';
import { hereOf, useHere, useLab } from '../state/lab-store.ts';
import { type PlannedRun, plannedRun } from '../state/planned-run.ts';
import { predictRate } from '../state/predicted-rate.ts';
import { draftLabels } from '../state/run-draft.ts';
import { NumberInput } from './number-input.tsx';

const MEGA = 1e6;
/** Of a typed prediction, in Mcell/s. */
const BOUNDS = { least: 1e-3, most: 1e9 };

interface Planning {
  readonly key: string;
  readonly planned: PlannedRun;
}

/** The variant to predict first: the last rung on the processor, for a GPU may be a software one. */
function firstGuess({ run, drafted }: PlannedRun): number {
  const at = run.variants.findLastIndex(({ backend }) => backend === 'native');
  return drafted[at < 0 ? drafted.length - 1 : at]!;
}

/** The diamond of the kernel that is being predicted, on its intensity. */
function useGuess(planning: Planning | undefined): Guess | undefined {
  const language = useLanguage();
  const { roofline } = useMessages();
  const predicted = useLab((state) => (planning === undefined ? undefined : state.predictedRates[planning.key]));
  if (planning === undefined) return undefined;
  const { key, planned } = planning;
  const at = Math.max(0, planned.drafted.indexOf(predicted?.variant ?? firstGuess(planned)));
  const result = planned.run.variants[at];
  const intensity = result && intensityOf({ run: planned.run, result });
  if (result === undefined || intensity === undefined) return undefined;
  const variant = planned.drafted[at]!;
  const cells = predicted?.variant === variant ? predicted.cellsPerSecond : undefined;
  return {
    label: roofline.guess(result.variant.kernel),
    color: lookOf(result.variant.kernel).color,
    x: intensity.value,
    y: cells === undefined ? undefined : cells * intensity.flopsPerCell,
    text: cells === undefined ? roofline.untouched : formatRate(cells, language),
    onMove: (flops) => predictRate(key, { variant, cellsPerSecond: Number((flops / intensity.flopsPerCell).toPrecision(3)) }),
    onTurn: (by) => {
      const next = planned.drafted[(at + by + planned.drafted.length) % planned.drafted.length]!;
      predictRate(key, { variant: next });
    },
  };
}

/** `focused`: the keyboard goes on in the field of the rate, which comes in sight with it. */
function PredictionFields({ planning: { key, planned }, focused }: { readonly planning: Planning; readonly focused: boolean }) {
  const language = useLanguage();
  const { roofline } = useMessages();
  const draft = useDraft(key);
  const predicted = useLab((state) => state.predictedRates[key]);
  const [typed, setTyped] = useState<string | null>(null);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) fields.current?.querySelector('input')?.focus();
  }, [focused]);
  const labels = draftLabels(draft);
  const variant = predicted?.variant ?? firstGuess(planned);
  const cells = predicted?.cellsPerSecond;
  const typedValue = typed === null ? null : parseNumber(typed);
  // What was typed stands as long as the diamond was not moved since.
  const shown =
    typed !== null && (cells === undefined || typedValue === null || Math.abs(typedValue * MEGA - cells) < 1e-9 * cells)
      ? typed
      : cells === undefined
        ? ''
        : formatNumber(cells / MEGA, language, 3);
  const wrong = shown.trim() !== '' && !((parseNumber(shown) ?? 0) >= BOUNDS.least && (parseNumber(shown) ?? 0) <= BOUNDS.most);
  const type = (text: string) => {
    setTyped(text);
    const value = parseNumber(text);
    const good = value !== null && value >= BOUNDS.least && value <= BOUNDS.most;
    predictRate(key, good ? { variant, cellsPerSecond: value * MEGA } : { variant });
  };
  return (
    <div className="gs-row gs-roofline-fields gs-roofline-typed" ref={fields}>
      <NativeSelect
        label={roofline.kernel}
        value={String(variant)}
        data={planned.drafted.map((at) => ({ value: String(at), label: labels[at] ?? '' }))}
        data-testid="predicted-kernel"
        onChange={(event) => {
          setTyped(null);
          predictRate(key, { variant: Number(event.currentTarget.value) });
        }}
      />
      <NumberInput
        label={roofline.rate}
        value={shown}
        problem={wrong ? { expected: expected.number(BOUNDS.least, BOUNDS.most), received: shown } : undefined}
        onType={type}
        testId="predicted-rate"
      />
      {cells !== undefined && (
        <button
          type="button"
          className="gs-chip"
          onClick={() => {
            setTyped(null);
            predictRate(key, undefined);
          }}
        >
          {roofline.clear}
        </button>
      )}
    </div>
  );
}

/** Starts what the roofs are made of; they are drawn when it ends. */
function MeasureButton() {
  const { roofline } = useMessages();
  const { ceilings: words } = useMessages().machine;
  const progress = useLab((state) => state.ceilingsProgress);
  const busy = useLab((state) => state.activeRun !== null || state.tuning !== null || state.pacing);
  return (
    <div className="gs-row gs-roofline-fields">
      {progress === null ? (
        <button type="button" className="gs-chip" disabled={busy} onClick={() => void measureCeilings()} data-testid="roofline-measure">
          {roofline.measure}
        </button>
      ) : (
        <Progress value={100 * progress.fraction} aria-label={words.measuring} flex={1} />
      )}
      <span className="gs-dim gs-small">{progress !== null ? words.measuring : busy ? words.afterTheRun : words.takes}</span>
    </div>
  );
}

export interface RooflinePanelProps {
  readonly draftKey: string;
  readonly session: Session;
  readonly run: RunRecord | undefined;
  readonly asTable: boolean;
}

export function RooflinePanel({ draftKey, session, run, asTable }: RooflinePanelProps) {
  const language = useLanguage();
  const { roofline } = useMessages();
  const draft = useDraft(draftKey);
  const machine = useLab((state) => state.machine);
  const known = useHere();
  const here = useLab(useShallow(hereOf));
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const [predicting, setPredicting] = useState(false);
  const running = run?.status === 'running';
  const wanted = !running && !asTable && (run === undefined || predicting);
  const planned = useMemo(
    () => (wanted && machine !== null ? plannedRun(draftKey, draft, { machine, session, here }) : undefined),
    [wanted, draftKey, draft, machine, session, here],
  );
  const target = planned?.run ?? run;
  const plot = useMemo(() => {
    if (target === undefined) return undefined;
    const whole = target === run ? session : { ...session, runs: [...session.runs, target] };
    return buildPlot('roofline', {
      session: whole,
      runIds: rooflineRuns(whole, target.id),
      language,
      ...(known && { here: known }),
    });
  }, [target, run, session, language, known]);
  const planning = planned === undefined ? undefined : { key: draftKey, planned };
  const guess = useGuess(planning);
  if (plot === undefined) return null;
  if (asTable) return <PlotTable plot={plot} />;
  return (
    <>
      {plot.kind === 'roofline' && plot.ceilingsMissing && <MeasureButton />}
      {planning !== undefined && <PredictionFields planning={planning} focused={predicting} />}
      <PlotChart plot={plot} projector={projector} guess={guess} />
      {planning === undefined && <p className="gs-roofline-conclusion">{plot.conclusion}</p>}
      {run !== undefined && !running && (
        <button
          type="button"
          className="gs-chip gs-roofline-turn"
          aria-pressed={predicting}
          onClick={() => setPredicting(!predicting)}
          data-testid="predict-next"
        >
          {predicting ? roofline.back : roofline.predict}
        </button>
      )}
    </>
  );
}
