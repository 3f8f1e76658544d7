/**
 * A GPU's own clock against the clock on the wall. The rates are those of the wall; where an adapter has timestamps, the
 * time that its passes took is kept beside, and where the two part, something besides the passes took time.
 */
import type { VariantResult } from './run.ts';

/** Parts of the wall time that may be missing, or too much, without a word. */
const TOLERATED = 0.1;

export interface Clocks {
  readonly wallSeconds: number;
  readonly gpuSeconds: number;
  /** 1 − GPU ÷ wall: positive where the passes took less than the wall says. */
  readonly gap: number;
  readonly disagree: boolean;
}

/** Over all samples with both times; undefined without any, and where transfers are a part of the steps anyway. */
export function clocksOf({ variant, samples }: Pick<VariantResult, 'variant' | 'samples'>): Clocks | undefined {
  const both = samples.flatMap(({ seconds, gpuSeconds }) => (gpuSeconds === undefined ? [] : [{ seconds, gpuSeconds }]));
  if (both.length === 0 || (variant.parameters.transfer ?? 'once') !== 'once') return undefined;
  const wallSeconds = both.reduce((sum, { seconds }) => sum + seconds, 0);
  const gpuSeconds = both.reduce((sum, sample) => sum + sample.gpuSeconds, 0);
  const gap = 1 - gpuSeconds / wallSeconds;
  return { wallSeconds, gpuSeconds, gap, disagree: Math.abs(gap) > TOLERATED };
}

/** Of some results those whose clocks disagree, with how much more (+) or less (−) the GPU's counts than elapsed. */
export function disagreements(
  results: readonly { readonly label: string; readonly result: Pick<VariantResult, 'variant' | 'samples'> }[],
): { readonly label: string; readonly percent: string }[] {
  return results.flatMap(({ label, result }) => {
    const clocks = clocksOf(result);
    if (clocks === undefined || !clocks.disagree) return [];
    return [{ label, percent: `${clocks.gap > 0 ? '−' : '+'}${Math.round(100 * Math.abs(clocks.gap))}` }];
  });
}
