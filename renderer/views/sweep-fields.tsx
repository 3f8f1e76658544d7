/** What the kernels of the workbench are swept over: one axis or two, their values as typed, and the points that they make. */
import { Checkbox, NativeSelect } from '@mantine/core';
import type { AxisOf } from '../../electron/shared/sweep/axes.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { changeDraft, useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { draftProblems, type RunDraft } from '../state/run-draft.ts';
import { axisChoices, axisField, axisKey, type DraftAxis, sweepAxes, usualValues } from '../state/sweep-draft.ts';
import { NumberInput } from './number-input.tsx';

function useAxisTitle(draft: RunDraft): (of: AxisOf) => string {
  const { parameters } = useMessages();
  const language = useLanguage();
  const { size, rows } = parameters.sweepOver;
  const settings: Record<string, string> = { ...parameters.settings, size, rows, flush: parameters.settings.flushSubnormals };
  return (of) => {
    if ('setting' in of) return settings[of.setting] ?? of.setting;
    const declared = draft.variants.flatMap(({ kernel }) => findKernel(kernel)?.parameters ?? []);
    const title = declared.find(({ name }) => name === of.parameter)?.title[language];
    return title === undefined ? of.parameter : `${title} (${of.parameter})`;
  };
}

const MOST_SHOWN = 12;

function AxisFields({ draftKey, at }: { readonly draftKey: string; readonly at: 0 | 1 }) {
  const { parameters } = useMessages();
  const texts = parameters.sweepOver;
  const draft = useDraft(draftKey);
  const cores = useLab((state) => state.machine?.logicalCores ?? 'unknown');
  const titleOf = useAxisTitle(draft);
  const { sweep, variants } = draft;
  const axis = sweep.axes[at];
  const choices = axisChoices(variants);
  const other = axisKey(sweep.axes[1 - at]?.of);
  const isThere = choices.some((of) => axisKey(of) === axisKey(axis.of));
  const change = (changed: DraftAxis) =>
    changeDraft(draftKey, { sweep: { ...sweep, axes: at === 0 ? [changed, sweep.axes[1]] : [sweep.axes[0], changed] } });
  const values = sweepAxes(sweep, variants).find(({ of }) => axisKey(of) === axisKey(axis.of))?.values ?? [];
  const shown = values.length > MOST_SHOWN ? [...values.slice(0, MOST_SHOWN - 2), '…', values.at(-1)] : values;
  return (
    <>
      <NativeSelect
        label={at === 0 ? texts.first : texts.second}
        value={isThere ? axisKey(axis.of) : ''}
        data={[
          { value: '', label: texts.none },
          ...choices.filter((of) => axisKey(of) !== other).map((of) => ({ value: axisKey(of), label: titleOf(of) })),
        ]}
        data-testid={`sweep-axis-${at}`}
        onChange={(event) => {
          const of = choices.find((choice) => axisKey(choice) === event.currentTarget.value);
          change({ of, text: of === undefined ? '' : usualValues(of, variants, cores) });
        }}
      />
      {isThere && (
        <div>
          <NumberInput
            label={texts.values}
            value={axis.text}
            plain
            problem={draftProblems(draft)[axisField(at)]}
            testId={`sweep-values-${at}`}
            onType={(text) => change({ ...axis, text })}
          />
          {values.length > 0 && <p className="gs-dim gs-small gs-numbers">{texts.points(shown.join(' · '), values.length)}</p>}
        </div>
      )}
    </>
  );
}

export function SweepFields({ draftKey }: { readonly draftKey: string }) {
  const { parameters } = useMessages();
  const texts = parameters.sweepOver;
  const draft = useDraft(draftKey);
  const { sweep, variants } = draft;
  const swept = sweepAxes(sweep, variants).flatMap(({ of }) => ('setting' in of ? [of.setting] : []));
  const box = (name: 'weak' | 'sameWork', label: string) => (
    <Checkbox
      label={label}
      checked={sweep[name]}
      data-testid={`sweep-${name}`}
      onChange={(event) => changeDraft(draftKey, { sweep: { ...sweep, [name]: event.currentTarget.checked } })}
    />
  );
  const second = sweep.axes[0].of !== undefined || sweep.axes[1].of !== undefined;
  return (
    <section className="gs-parameters gs-sweep" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className="gs-dim gs-small">{texts.hint}</p>
      <AxisFields draftKey={draftKey} at={0} />
      {second && <AxisFields draftKey={draftKey} at={1} />}
      {swept.includes('threads') && box('weak', texts.weak)}
      {(swept.includes('size') || swept.includes('rows')) && box('sameWork', texts.sameWork)}
    </section>
  );
}
