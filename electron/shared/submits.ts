/**
 * Steps that a GPU kernel sent in one submit, where they were fewer than its parameter asks for: a submit cannot be taken
 * back, so the runner sends no more at once than a cancel can wait for.
 */
import { stepsPerTransfer } from '../../kernels/transfer.ts';
import type { VariantResult } from './run.ts';
import { median } from './statistics.ts';

export interface Submits {
  readonly asked: number;
  /** Median over the samples. */
  readonly sent: number;
}

/** Undefined where all went as asked, and where something besides the time of a submit kept it short. */
export function shortSubmits({ variant, samples }: Pick<VariantResult, 'variant' | 'samples'>): Submits | undefined {
  const { stepsPerSubmit: asked, depth } = variant.parameters;
  if (typeof asked !== 'number' || samples.length === 0) return undefined;
  const sweep = Number(depth ?? 1);
  const whole = Math.max(1, Math.floor(asked / sweep)) * sweep;
  const sent = Math.round(median(samples.map(({ stepsPerSubmit }) => stepsPerSubmit ?? whole)));
  // A submit ends with the round, and wherever the state is transferred, observed or drawn.
  const rounds = [...Map.groupBy(samples, ({ round }) => round).values()];
  const steps = Math.max(...rounds.map((ofRound) => ofRound.reduce((sum, each) => sum + each.steps, 0)));
  const stretch = stepsPerTransfer(variant.parameters) ?? variant.observe?.every ?? variant.images?.every ?? steps;
  return sent < Math.min(whole, stretch, steps) ? { asked, sent } : undefined;
}
