/** The workbench: any kernels under any conditions. What cannot run as things are set is greyed, with the reason. */
import { Checkbox } from '@mantine/core';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { changeDraft, useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { refusalOf } from '../state/refusal.ts';
import './exercise.css';
import { Parameters } from './parameters.tsx';
import { RightSide } from './right-side.tsx';
import { RunPanel } from './run-panel.tsx';
import { SweepFields } from './sweep-fields.tsx';

const KEY = 'workbench';

function KernelChoice() {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(KEY);
  const available = useLab((state) => state.kernels);
  const choose = (kernel: string, chosen: boolean) => {
    const others = draft.variants.filter((variant) => variant.kernel !== kernel);
    const wanted = chosen ? [...others, { kernel, tuning: {} }] : others;
    // In the order of the ladder, whatever the order of the clicks.
    const order = KERNELS.map(({ id }) => id);
    changeDraft(KEY, { variants: wanted.toSorted((a, b) => order.indexOf(a.kernel) - order.indexOf(b.kernel)) });
  };
  return (
    <section className="gs-parameters" aria-label={messages.workbench.kernels} style={{ gap: '0.375rem', paddingBottom: 0 }}>
      <h2>{messages.workbench.kernels}</h2>
      {KERNELS.map((kernel) => {
        const chosen = draft.variants.some((variant) => variant.kernel === kernel.id);
        const refusal = refusalOf({ kernel: kernel.id }, draft, available);
        return (
          <Checkbox
            key={kernel.id}
            checked={chosen}
            disabled={refusal !== undefined && !chosen}
            label={
              <>
                <span className="gs-mono">{kernel.id}</span> · {kernel.title[language]}
              </>
            }
            description={refusal === undefined ? undefined : troubleText(refusal, language)}
            onChange={(event) => choose(kernel.id, event.currentTarget.checked)}
            data-testid={`kernel-${kernel.id}`}
          />
        );
      })}
    </section>
  );
}

export function WorkbenchPage() {
  const messages = useMessages();
  return (
    <div className="gs-exercise">
      <article className="gs-lesson" aria-labelledby="workbench-title" data-pane="workbench">
        <header className="gs-lesson-head">
          <h1 id="workbench-title">{messages.workbench.title}</h1>
          <p className="gs-dim">{messages.workbench.intro}</p>
        </header>
        <div style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
          <SweepFields draftKey={KEY} />
          <KernelChoice />
          <Parameters draftKey={KEY} />
        </div>
        <div className="gs-run">
          <RunPanel draftKey={KEY} />
        </div>
      </article>
      <RightSide draftKey={KEY} />
    </div>
  );
}
