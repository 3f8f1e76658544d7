/** Everything of a run that the lesson usually decides: convention, conditions, tuning of each kernel. */
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { findKernel } from '../../kernels/catalog.ts';
import { ISAS, type KernelParameter } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, NAMED_CONVENTIONS, PRESETS, SEED_IDS, STENCIL_IDS } from '../../kernels/model.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { changeDraft, resetDraft, typeTuning, useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { CONVENTION_NUMBERS, type DraftVariant, draftProblems, tuningField, withConvention } from '../state/run-draft.ts';
import { NumberInput } from './number-input.tsx';
import { NumberRow } from './number-row.tsx';

/** A list of known words; `onPick` gets one of them. */
function Pick<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onPick: (value: T) => void;
}) {
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      data={props.options.map((option) => ({ ...option }))}
      onChange={(event) => {
        const picked = props.options.find(({ value }) => value === event.currentTarget.value);
        if (picked !== undefined) props.onPick(picked.value);
      }}
    />
  );
}

function TakeOver({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(draftKey);
  const choose = { value: '', label: messages.parameters.choose };
  const conventions = Object.entries(NAMED_CONVENTIONS);
  return (
    <div className="gs-pairs">
      <Pick
        label={messages.parameters.named}
        value=""
        options={[choose, ...conventions.map(([value, { title }]) => ({ value, label: title }))]}
        onPick={(id) => {
          const named = conventions.find(([known]) => known === id)?.[1];
          if (named !== undefined) changeDraft(draftKey, withConvention(draft, named.convention));
        }}
      />
      <Pick
        label={messages.parameters.preset}
        value=""
        options={[choose, ...PRESETS.map(({ id, title }) => ({ value: id, label: title[language] }))]}
        onPick={(id) => {
          const preset = PRESETS.find((known) => known.id === id);
          if (preset === undefined) return;
          const { feed, kill, seed } = preset;
          changeDraft(draftKey, { seed, numbers: { ...draft.numbers, feed: String(feed), kill: String(kill) } });
        }}
      />
    </div>
  );
}

function Convention({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const { parameters } = messages;
  return (
    <section aria-label={parameters.convention}>
      <h2>{parameters.convention}</h2>
      <TakeOver draftKey={draftKey} />
      <div className="gs-thirds">
        <Pick
          label={parameters.stencil}
          value={draft.stencil}
          options={STENCIL_IDS.map((value) => ({ value, label: parameters.stencils[value] }))}
          onPick={(stencil) => changeDraft(draftKey, { stencil })}
        />
        <Pick
          label={parameters.boundary}
          value={draft.boundary}
          options={BOUNDARY_IDS.map((value) => ({ value, label: parameters.boundaries[value] }))}
          onPick={(boundary) => changeDraft(draftKey, { boundary })}
        />
        <Pick
          label={parameters.seed}
          value={draft.seed}
          options={SEED_IDS.map((value) => ({ value, label: parameters.seeds[value] }))}
          onPick={(seed) => changeDraft(draftKey, { seed })}
        />
      </div>
      <NumberRow draftKey={draftKey} fields={CONVENTION_NUMBERS} labels={parameters} className="gs-fives" />
    </section>
  );
}

function TuningInput(props: { draftKey: string; index: number; variant: DraftVariant; parameter: KernelParameter }) {
  const language = useLanguage();
  const draft = useDraft(props.draftKey);
  const { name, title, choices, default: usual } = props.parameter;
  const value = props.variant.tuning[name] ?? String(usual);
  const type = (text: string) => typeTuning(props.draftKey, props.index, name, text);
  if (choices !== undefined) {
    return <Pick label={title[language]} value={value} options={choices.map((word) => ({ value: word, label: word }))} onPick={type} />;
  }
  return (
    <NumberInput
      label={title[language]}
      value={value}
      problem={draftProblems(draft)[tuningField(props.variant.kernel, name)]}
      testId={`tuning-${props.variant.kernel}-${name}`}
      onType={type}
    />
  );
}

function Tuning({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const available = useLab((state) => state.kernels);
  const tunable = draft.variants.flatMap((variant, index) => {
    const kernel = findKernel(variant.kernel);
    const isas = available.find((entry) => entry.kernel === variant.kernel)?.isas ?? [];
    if (kernel === undefined || (kernel.parameters.length === 0 && isas.length < 2)) return [];
    return [{ variant, index, kernel, isas }];
  });
  const setIsa = (index: number, word: string) => {
    const isa = ISAS.find((known) => known === word);
    changeDraft(draftKey, {
      variants: draft.variants.map((variant, at) => {
        if (at !== index) return variant;
        const { isa: _before, ...rest } = variant;
        return isa === undefined ? rest : { ...rest, isa };
      }),
    });
  };
  return (
    <section aria-label={messages.parameters.tuning}>
      <h2>{messages.parameters.tuning}</h2>
      {tunable.length === 0 && <p className="gs-dim gs-small">{messages.parameters.noTuning}</p>}
      {tunable.map(({ variant, index, kernel, isas }) => (
        <fieldset key={`${index}${variant.kernel}`} className="gs-card" style={{ margin: 0 }}>
          <legend className="gs-mono">{variant.kernel}</legend>
          <div className="gs-pairs">
            {isas.length > 1 && (
              <Pick
                label={messages.parameters.isa}
                value={variant.isa ?? ''}
                options={[{ value: '', label: messages.parameters.widest }, ...isas.map((isa) => ({ value: isa, label: isa }))]}
                onPick={(word) => setIsa(index, word)}
              />
            )}
            {kernel.parameters.map((parameter) => (
              <TuningInput key={parameter.name} draftKey={draftKey} index={index} variant={variant} parameter={parameter} />
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  );
}

export function Parameters({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const { parameters } = messages;
  const box = (name: 'display' | 'flushSubnormals' | 'pin' | 'keepField', label: string) => (
    <Checkbox label={label} checked={draft[name]} onChange={(event) => changeDraft(draftKey, { [name]: event.currentTarget.checked })} />
  );
  return (
    <div className="gs-parameters">
      <Convention draftKey={draftKey} />
      <Tuning draftKey={draftKey} />
      <section aria-label={parameters.run}>
        <h2>{parameters.run}</h2>
        {box('display', parameters.display)}
        {box('flushSubnormals', parameters.flush)}
        {box('pin', parameters.pin)}
        {box('keepField', parameters.keepField)}
      </section>
      <div>
        <Button variant="default" onClick={() => resetDraft(draftKey)}>
          {draftKey === 'workbench' ? parameters.resetPlain : parameters.reset}
        </Button>
      </div>
    </div>
  );
}
