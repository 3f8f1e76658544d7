/** A number that is typed with comma or dot. What is wrong with it is said under it, in one sentence, as it is typed. */
import { TextInput } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { translateExpectation } from '../../electron/shared/expectation.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import type { FieldProblem } from '../state/run-draft.ts';

export interface NumberInputProps {
  readonly label: string;
  readonly value: string;
  readonly problem: FieldProblem | undefined;
  readonly onType: (text: string) => void;
  readonly placeholder?: string;
  /** Several numbers, whose dots and commas stay as they are. */
  readonly plain?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  /** The id of the sentence, where it is told elsewhere than under the field. */
  readonly toldBy?: string;
}

export function useProblemText(): (problem: FieldProblem | undefined) => string | undefined {
  const messages = useMessages();
  const language = useLanguage();
  return (problem) => {
    if (problem === undefined) return undefined;
    const expectation = translateExpectation(problem.expected, language);
    return problem.received.trim() === ''
      ? messages.run.emptyProblem(expectation)
      : messages.run.fieldProblem(expectation, problem.received);
  };
}

export function NumberInput({ label, value, problem, onType, placeholder, plain = false, disabled, testId, toldBy }: NumberInputProps) {
  const text = useProblemText()(problem);
  const shown = useLanguage() === 'fr' && !plain ? value.replace('.', ',') : value;
  // A dot typed in French shows as a comma; a field whose text is replaced would lose its caret.
  const field = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  return (
    <TextInput
      label={label}
      value={shown}
      error={toldBy === undefined ? text : problem !== undefined}
      {...(toldBy === undefined || problem === undefined ? {} : { 'aria-describedby': toldBy })}
      placeholder={placeholder}
      readOnly={disabled}
      data-disabled={disabled || undefined}
      inputMode={plain ? 'text' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      data-testid={testId}
      classNames={{ input: 'gs-numbers' }}
      ref={field}
      onChange={(event) => {
        caret.current = event.currentTarget.selectionStart;
        onType(event.currentTarget.value);
      }}
    />
  );
}
