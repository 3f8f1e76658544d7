/** Several short number fields in one row, with what is wrong told in sentences under the row: the fields never move. */
import { type ReactNode, useId } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { typeNumber, useDraft } from '../state/drafts.ts';
import { draftProblems, type NumberField } from '../state/run-draft.ts';
import { NumberInput, useProblemText } from './number-input.tsx';

export interface NumberRowProps {
  readonly draftKey: string;
  readonly fields: readonly NumberField[];
  readonly labels: Readonly<Partial<Record<NumberField, string>>>;
  readonly className: string;
  readonly disabled?: boolean;
  /** Fields that the lesson sets for each variant: typing there would change nothing. */
  readonly fixed?: ReadonlySet<string>;
  /** After the last field. */
  readonly children?: ReactNode;
}

const NONE_FIXED: ReadonlySet<string> = new Set();

export function NumberRow({ draftKey, fields, labels, className, disabled = false, fixed = NONE_FIXED, children }: NumberRowProps) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const problems = draftProblems(draft);
  const text = useProblemText();
  const id = useId();
  return (
    <div>
      <div className={className}>
        {fields.map((field) => (
          <NumberInput
            key={field}
            label={labels[field] ?? field}
            value={fixed.has(field) ? messages.run.own : draft.numbers[field]}
            problem={problems[field]}
            toldBy={`${id}${field}`}
            placeholder={field === 'threads' ? messages.run.allThreads : ''}
            disabled={disabled || fixed.has(field)}
            testId={`field-${field}`}
            onType={(typed) => typeNumber(draftKey, field, typed)}
          />
        ))}
        {children}
      </div>
      <div aria-live="polite">
        {fields.map((field) =>
          problems[field] === undefined ? null : (
            <p key={field} id={`${id}${field}`} className="gs-small gs-error-text gs-problem">
              <strong>{labels[field]}</strong> — {text(problems[field])}
            </p>
          ),
        )}
      </div>
    </div>
  );
}
