/** A number that is typed with comma or dot. What is wrong with it is said under it, in one sentence, as it is typed. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { translateExpectation } from '../../electron/shared/expectation.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import type { FieldProblem } from '../state/run-draft.ts';

export interface NumberInputProps {
  readonly label: string;
  readonly value: string;
  readonly problem: FieldProblem | undefined;
  readonly onType: (text: string) => void;
  readonly placeholder?: string;
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

export function NumberInput({ label, value, problem, onType, placeholder, disabled, testId, toldBy }: NumberInputProps) {
  const text = useProblemText()(problem);
  // While it is being typed a number stays as it was typed; else the caret would jump.
  const [focused, setFocused] = useState(false);
  const shown = useLanguage() === 'fr' && !focused ? value.replace('.', ',') : value;
  return (
    <TextInput
      label={label}
      value={shown}
      error={toldBy === undefined ? text : problem !== undefined}
      {...(toldBy === undefined || problem === undefined ? {} : { 'aria-describedby': toldBy })}
      placeholder={placeholder}
      readOnly={disabled}
      data-disabled={disabled || undefined}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      data-testid={testId}
      classNames={{ input: 'gs-numbers' }}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
