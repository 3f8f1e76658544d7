/** The drafts of the pages, as the store keeps them. */
import { findExercise } from '../../kernels/syllabus.ts';
import { useLab } from './lab-store.ts';
import { COSTS } from './page.ts';
import { exerciseDraft, ladderDraft, type NumberField, type RunDraft, workbenchDraft } from './run-draft.ts';

const fresh = new Map<string, RunDraft>();

/** The draft of a page: what was typed, or the lesson's own values (always the same object, as selectors need). */
export function draftFor(drafts: Readonly<Record<string, RunDraft>>, key: string): RunDraft {
  const typed = drafts[key];
  if (typed !== undefined) return typed;
  const known = fresh.get(key);
  if (known !== undefined) return known;
  const exercise = findExercise(key);
  const draft = exercise !== undefined ? exerciseDraft(exercise) : key === COSTS ? ladderDraft() : workbenchDraft();
  fresh.set(key, draft);
  return draft;
}

export function useDraft(key: string): RunDraft {
  return useLab((state) => draftFor(state.drafts, key));
}

export function changeDraft(key: string, change: Partial<RunDraft>): void {
  useLab.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: { ...draftFor(drafts, key), ...change } } }));
}

export function typeNumber(key: string, field: NumberField, text: string): void {
  const { numbers } = draftFor(useLab.getState().drafts, key);
  changeDraft(key, { numbers: { ...numbers, [field]: text } });
}

/** Types a tuning parameter of the variants with these indices. */
export function typeTuning(key: string, indices: readonly number[], parameter: string, text: string): void {
  const { variants } = draftFor(useLab.getState().drafts, key);
  changeDraft(key, {
    variants: variants.map((variant, at) =>
      indices.includes(at) ? { ...variant, tuning: { ...variant.tuning, [parameter]: text } } : variant,
    ),
  });
}

/** Back to the lesson's own values. */
export function resetDraft(key: string): void {
  useLab.setState(({ drafts }) => {
    const { [key]: _dropped, ...kept } = drafts;
    return { drafts: kept };
  });
}
