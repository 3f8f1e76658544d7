/** What is predicted on the roofline for the next run of a page: the rate of one variant of its draft. */
import { useLab } from './lab-store.ts';
import type { DraftVariant, RunDraft } from './run-draft.ts';

export interface PredictedRate {
  /** Index in the draft. */
  readonly variant: number;
  /** Undefined until it was placed. */
  readonly cellsPerSecond?: number;
}

export function predictRate(key: string, predicted: PredictedRate | undefined): void {
  useLab.setState(({ predictedRates }) => {
    const { [key]: _, ...others } = predictedRates;
    return { predictedRates: predicted === undefined ? others : { ...others, [key]: predicted } };
  });
}

/** For the request of what can run; undefined where nothing was placed, or its kernel cannot run. */
export function predictionOf(predicted: PredictedRate | undefined, draft: RunDraft, runnable: readonly DraftVariant[]) {
  const asked = predicted && draft.variants[predicted.variant];
  const variant = asked === undefined ? -1 : runnable.indexOf(asked);
  return predicted?.cellsPerSecond === undefined || variant < 0 ? undefined : { variant, cellsPerSecond: predicted.cellsPerSecond };
}
