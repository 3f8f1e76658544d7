/**
 * Messages between the engine and a runner child, over Node's IPC channel with advanced serialisation (typed
 * arrays travel as bytes). The runner is ours and local, so types are trusted here; the boundary that is validated
 * is the engine's.
 */
import type { Convention, Field, Grid } from '../../kernels/model.ts';
import type { FrameView } from '../shared/frame.ts';
import type { FieldSummary, Observation, Sample, Span, Variant, VariantSettings, Verification } from '../shared/run.ts';
import type { Trouble } from '../shared/trouble.ts';
import type { BackendReport, CeilingCase, KernelJob } from './backend.ts';

/** One round of one variant, the runner's unit of work. */
export interface RoundJob extends VariantSettings {
  readonly runId: number;
  readonly variantIndex: number;
  readonly round: number;
  readonly variant: Variant;
  readonly display: boolean;
  /** Verify first: true for the first round of a variant. */
  readonly verify: boolean;
  /** Send the final state with `roundDone`. */
  readonly wantField: boolean;
}

export interface VerifyJob {
  readonly id: number;
  readonly variant: Variant;
  readonly convention: Convention;
  readonly grid: Grid;
  readonly steps: number;
}

/** Bytes or operations. */
export interface MeasuredRate {
  readonly perSecond: number;
  /** Its best slots disagree. */
  readonly unsteady?: true;
}

export interface CeilingsJob {
  readonly cases: readonly CeilingCase[];
  /** Of one sample, about. */
  readonly sampleSeconds: number;
  /** Of the samples of one case before the next one's turn. */
  readonly slotSeconds: number;
  /** After which no more slots are added. */
  readonly limitSeconds: number;
}

export type ToRunner =
  | { readonly type: 'probe' }
  /** What `open` would allocate, or the trouble that it would meet as far as limits tell; nothing is allocated. */
  | { readonly type: 'size'; readonly job: KernelJob }
  | { readonly type: 'round'; readonly job: RoundJob }
  | { readonly type: 'verify'; readonly job: VerifyJob }
  | { readonly type: 'ceilings'; readonly job: CeilingsJob }
  | { readonly type: 'cancel' }
  /** One frame, at the next moment when nothing is being timed. */
  | { readonly type: 'pullFrame'; readonly view: FrameView };

export type FromRunner =
  | { readonly type: 'probed'; readonly report: BackendReport }
  | { readonly type: 'sized'; readonly bytes: number }
  | {
      readonly type: 'progress';
      readonly phase: 'verifying' | 'warming' | 'running';
      readonly step: number;
      readonly secondsPerStep?: number;
    }
  | { readonly type: 'verified'; readonly verification: Verification }
  /** The first timed batch of the round is about to begin. */
  | { readonly type: 'timing' }
  | { readonly type: 'samples'; readonly samples: readonly Sample[] }
  | { readonly type: 'spans'; readonly spans: readonly Span[] }
  | { readonly type: 'observation'; readonly observation: Observation }
  | { readonly type: 'frame'; readonly bytes: Uint8Array }
  | { readonly type: 'roundDone'; readonly field: FieldSummary; readonly state?: Field }
  | { readonly type: 'verifyDone'; readonly id: number; readonly verification: Verification }
  | { readonly type: 'ceilingsProgress'; readonly fraction: number; readonly secondsLeft: number }
  /** Of each case; null where it cannot be measured here. */
  | { readonly type: 'ceilingsDone'; readonly rates: readonly (MeasuredRate | null)[] }
  /** The task in progress ended in trouble; the runner is ready for the next one, unless these are its last words. */
  | { readonly type: 'trouble'; readonly trouble: Trouble; readonly last?: true };
