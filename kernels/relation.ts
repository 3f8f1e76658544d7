/** What lessons share when they judge a measured ratio: when it counts as shown, and what to say when it was not measured. */
import type { MeasuredRatio, RelationOutcome } from './exercise.ts';
import type { Text } from './model.ts';

/** Fewer rounds have an interval so narrow, down to none for one, that it would call noise a difference. */
export const LEAST_ROUNDS = 3;

/** What a run has when nobody asks for another number: the rank interval of a ratio needs 6, and one of them may be bad. */
export const USUAL_ROUNDS = 7;

/** "`of` is faster than `over`": shown, refuted, or not to be told apart, in this run or on this machine. */
export function judge(ratio: MeasuredRatio): 'held' | 'not-held' | 'unclear' {
  if (!ratio.clear) return 'unclear';
  return ratio.median > 1 ? 'held' : 'not-held';
}

export const fasterRelation = (ratio: MeasuredRatio | undefined): RelationOutcome => (ratio === undefined ? 'not-measured' : judge(ratio));

/** Several relations as one, which holds when all of them do; else the worst of them. */
export function together(...outcomes: readonly RelationOutcome[]): RelationOutcome {
  return (['not-measured', 'not-held', 'unclear'] as const).find((worst) => outcomes.includes(worst)) ?? 'held';
}

/** The conclusion without numbers, where one of the two was not measured or not verified. */
export const NOT_MEASURED: Text = {
  en: 'No conclusion: at least one of the kernels compared has no verified result in this run. The table says which, and why.',
  fr: 'Pas de conclusion : au moins un des noyaux comparés n’a pas de résultat vérifié dans cette exécution. Le tableau dit lequel, et pourquoi.',
};
