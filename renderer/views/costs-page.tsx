/** What costs what: one kernel with all its good choices, and a run that takes each of them away alone. */
import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { unchangedText } from '../../electron/shared/plots/cost-ladder-texts.ts';
import type { RunRequest } from '../../electron/shared/run.ts';
import { formatInteger, parseNumber } from '../../electron/shared/units.ts';
import { SOUND_KERNELS } from '../../kernels/catalog.ts';
import { CAUSES } from '../../kernels/causes.ts';
import { PRECISION_IDS } from '../../kernels/model.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { startLadder } from '../state/actions.ts';
import { changeDraft, useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { ladderHereOf, ladderOf } from '../state/ladder-draft.ts';
import { COSTS, pageAddress } from '../state/page.ts';
import { refusalOf } from '../state/refusal.ts';
import { RUN_NUMBERS } from '../state/run-draft.ts';
import './exercise.css';
import { NumberRow } from './number-row.tsx';
import { Parameters } from './parameters.tsx';
import { QualityBefore } from './quality.tsx';
import { RightSide } from './right-side.tsx';
import { Refusals, RunStart } from './run-panel.tsx';

const FIELDS = RUN_NUMBERS.filter((name) => name !== 'steps');

function useLadder(): RunRequest | undefined {
  const draft = useDraft(COSTS);
  const machine = useLab((state) => state.machine);
  const kernels = useLab((state) => state.kernels);
  const adapters = useLab((state) => state.adapters);
  const preferences = useLab((state) => state.preferences);
  return useMemo(
    () => ladderOf(draft, ladderHereOf({ kernels, adapters, preferences }, machine)),
    [draft, kernels, adapters, preferences, machine],
  );
}

function KernelChoice() {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(COSTS);
  const available = useLab((state) => state.kernels);
  const chosen = draft.variants[0]?.kernel ?? '';
  const kernels = SOUND_KERNELS.filter(({ id }) => id === chosen || refusalOf({ kernel: id }, draft, available) === undefined);
  return (
    <NativeSelect
      label={messages.costs.kernel}
      value={chosen}
      data={kernels.map(({ id, title }) => ({ value: id, label: `${id} · ${title[language]}` }))}
      data-testid="ladder-kernel"
      onChange={(event) => changeDraft(COSTS, { variants: [{ kernel: event.currentTarget.value, tuning: {} }] })}
    />
  );
}

/** Each cause with its module and its lesson, and what this machine cannot change. */
function Causes({ request }: { readonly request: RunRequest }) {
  const messages = useMessages();
  const language = useLanguage();
  const { changes = [], unchanged = [] } = request.ladder ?? {};
  const causes = [...new Set(changes.map(({ cause }) => cause))];
  return (
    <>
      <h2>{messages.costs.changed(causes.length)}</h2>
      <ul className="gs-causes" data-testid="ladder-causes">
        {causes.map((cause) => {
          const { title, module, exercise } = CAUSES[cause];
          return (
            <li key={cause}>
              <strong>{title[language]}</strong>
              <span className="gs-small gs-dim">
                {module[language]} ·{' '}
                <a className="gs-link" href={pageAddress({ name: 'exercise', exercise })} title={findExercise(exercise)?.title[language]}>
                  {exercise}
                </a>
              </span>
            </li>
          );
        })}
      </ul>
      {unchanged.length > 0 && (
        <>
          <h2>{messages.costs.unchanged}</h2>
          <ul className="gs-causes" data-testid="ladder-unchanged">
            {unchanged.map(({ cause, reason }) => (
              <li key={cause}>
                <strong>{CAUSES[cause].change[language]}</strong>
                <span className="gs-small gs-dim">{unchangedText(reason, language)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function CostsPage() {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(COSTS);
  const running = useLab((state) => state.activeRun !== null);
  const request = useLadder();
  const rounds = parseNumber(draft.numbers.rounds) ?? 1;
  return (
    <div className="gs-exercise">
      <article className="gs-lesson" aria-labelledby="costs-title" data-pane="costs">
        <header className="gs-lesson-head">
          <h1 id="costs-title">{messages.costs.title}</h1>
          <p className="gs-dim">{messages.costs.intro}</p>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that */}
        <section className="gs-costs" aria-label={messages.costs.title} tabIndex={0}>
          <KernelChoice />
          {request !== undefined && <Causes request={request} />}
          <details>
            <summary className="gs-costs-state">{messages.costs.state}</summary>
            <Parameters draftKey={COSTS} />
          </details>
        </section>
        <div className="gs-run">
          <NumberRow draftKey={COSTS} fields={FIELDS} labels={messages.run} className="gs-fields" disabled={running}>
            <NativeSelect
              label={messages.run.precision}
              value={draft.precision}
              disabled={running}
              data={[...PRECISION_IDS]}
              data-testid="field-precision"
              onChange={(event) => {
                const precision = PRECISION_IDS.find((known) => known === event.currentTarget.value);
                if (precision !== undefined) changeDraft(COSTS, { precision });
              }}
            />
          </NumberRow>
          <Refusals draftKey={COSTS} />
          <QualityBefore />
          <RunStart
            draftKey={COSTS}
            ready={request !== undefined}
            label={request === undefined ? messages.run.startPlain : messages.run.start(String(rounds), rounds)}
            note={messages.costs.plan(formatInteger(request?.variants.length ?? 0, language))}
            onStart={() => void startLadder()}
          />
        </div>
      </article>
      <RightSide draftKey={COSTS} />
    </div>
  );
}
