/** Everything of a run that the lesson usually decides: convention, conditions, tuning of each kernel. */
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { findKernel } from '../../kernels/catalog.ts';
import { ISAS, type Isa, isSought, type KernelParameter } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, NAMED_CONVENTIONS, PRESETS, SEED_IDS, STENCIL_IDS } from '../../kernels/model.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { changeDraft, resetDraft, typeTuning, useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { COSTS } from '../state/page.ts';
import { CONVENTION_NUMBERS, draftLabels, draftProblems, tuningField, withConvention } from '../state/run-draft.ts';
import { groupVariants, isFullGrid, type VariantGroup } from '../state/sweep.ts';
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

interface GroupProps {
  readonly draftKey: string;
  readonly group: VariantGroup;
}

/** One parameter of a kernel, for all variants of the group at once. */
function TuningInput({ draftKey, group, parameter }: GroupProps & { readonly parameter: KernelParameter }) {
  const messages = useMessages();
  const language = useLanguage();
  const draft = useDraft(draftKey);
  const { name, title, choices, default: usual } = parameter;
  const kernel = findKernel(group.kernel);
  const sought = kernel !== undefined && isSought(kernel, name);
  const value = draft.variants[group.indices[0] ?? 0]?.tuning[name] ?? (sought ? '' : String(usual));
  const type = (text: string) => typeTuning(draftKey, group.indices, name, text);
  if (choices !== undefined) {
    return <Pick label={title[language]} value={value} options={choices.map((word) => ({ value: word, label: word }))} onPick={type} />;
  }
  return (
    <NumberInput
      label={title[language]}
      value={value}
      {...(sought && { placeholder: messages.parameters.sought(String(usual)) })}
      problem={draftProblems(draft)[tuningField(group.kernel, name)]}
      testId={`tuning-${group.kernel}-${name}`}
      onType={type}
    />
  );
}

function IsaPick({ draftKey, group, isas }: GroupProps & { readonly isas: readonly Isa[] }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const setIsa = (word: string) => {
    const isa = ISAS.find((known) => known === word);
    changeDraft(draftKey, {
      variants: draft.variants.map((variant, at) => {
        if (!group.indices.includes(at)) return variant;
        const { isa: _before, ...rest } = variant;
        return isa === undefined ? rest : { ...rest, isa };
      }),
    });
  };
  return (
    <Pick
      label={messages.parameters.isa}
      value={draft.variants[group.indices[0] ?? 0]?.isa ?? ''}
      options={[{ value: '', label: messages.parameters.widest }, ...isas.map((isa) => ({ value: isa, label: isa }))]}
      onPick={setIsa}
    />
  );
}

function SweptAxes({ group }: { readonly group: VariantGroup }) {
  const messages = useMessages();
  const language = useLanguage();
  const { parameters } = messages;
  const kernel = findKernel(group.kernel);
  const axes = (group.swept ?? []).map(({ of, values }) => {
    if ('setting' in of) {
      const words = parameters.switches as Readonly<Record<string, string>>;
      return { name: of.setting, title: parameters.settings[of.setting], values: values.map((value) => words[value] ?? value) };
    }
    const title = kernel?.parameters.find(({ name }) => name === of.parameter)?.title[language] ?? of.parameter;
    return { name: of.parameter, title, values };
  });
  const points = isFullGrid(group)
    ? parameters.sweepGrid(axes.map(({ values }) => values.length).join(' × '), group.indices.length)
    : parameters.sweepPoints(group.indices.length);
  return (
    <div data-testid={`sweep-${group.kernel}`}>
      <p>
        <strong>{parameters.sweep(axes.map(({ name }) => name).join(' × '))}</strong> · {points}
      </p>
      <dl className="gs-swept gs-numbers">
        {axes.map(({ name, title, values }) => (
          <div key={name} className="gs-fact">
            <dt>{title}</dt>
            <dd>{values.join(' · ')}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Tuning({ draftKey }: { draftKey: string }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const available = useLab((state) => state.kernels);
  const labels = draftLabels(draft);
  const tunable = groupVariants(draft.variants).flatMap((group) => {
    const isas = available.find((entry) => entry.kernel === group.kernel)?.isas ?? [];
    const varies = (name: string) => group.swept?.some(({ of }) => ('setting' in of ? of.setting : of.parameter) === name) ?? false;
    const parameters = (findKernel(group.kernel)?.parameters ?? []).filter(({ name }) => !varies(name));
    const choosable = isas.length > 1 && !varies('isa') ? isas : [];
    return group.swept === undefined && parameters.length === 0 && choosable.length === 0 ? [] : [{ group, parameters, isas: choosable }];
  });
  return (
    <section aria-label={messages.parameters.tuning}>
      <h2>{messages.parameters.tuning}</h2>
      {tunable.length === 0 && <p className="gs-dim gs-small">{messages.parameters.noTuning}</p>}
      {tunable.map(({ group, parameters, isas }) => (
        <fieldset key={group.indices.join()} className="gs-card" style={{ margin: 0 }}>
          <legend className="gs-mono">{group.swept === undefined ? labels[group.indices[0] ?? 0] : group.kernel}</legend>
          {group.swept !== undefined && <SweptAxes group={group} />}
          {group.swept !== undefined && (isas.length > 0 || parameters.length > 0) && (
            <p className="gs-dim gs-small">{messages.parameters.forAllPoints}</p>
          )}
          <div className="gs-pairs">
            {isas.length > 0 && <IsaPick draftKey={draftKey} group={group} isas={isas} />}
            {parameters.map((parameter) => (
              <TuningInput key={parameter.name} draftKey={draftKey} group={group} parameter={parameter} />
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
          {draftKey === 'workbench' || draftKey === COSTS ? parameters.resetPlain : parameters.reset}
        </Button>
      </div>
    </div>
  );
}
