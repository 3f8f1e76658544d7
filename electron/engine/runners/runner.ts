/** What the queue asks of a runner. `RunnerProcess` is the real one; tests give their own. */
import type { Backend } from '../../../kernels/kernel.ts';
import type { Field } from '../../../kernels/model.ts';
import type { BackendReport, KernelJob } from '../../runner/backend.ts';
import type { CeilingsJob, FromRunner, MeasuredRate, RoundJob, VerifyJob } from '../../runner/protocol.ts';
import type { FrameView } from '../../shared/frame.ts';
import type { FieldSummary, Verification } from '../../shared/run.ts';
import type { Trouble } from '../../shared/trouble.ts';

/** Trouble after which a runner's process is not used again. */
export const SPENDS_RUNNER: ReadonlySet<Trouble['code']> = new Set(['gpu-lost', 'gpu-error', 'out-of-memory']);

/** What a round tells before its end, in the order in which it happens. */
export type RoundMessage = Extract<
  FromRunner,
  { type: 'progress' | 'verified' | 'timing' | 'samples' | 'spans' | 'observation' | 'frame' }
>;

export type CeilingsProgress = Extract<FromRunner, { type: 'ceilingsProgress' }>;

export interface RoundResult {
  readonly field: FieldSummary;
  /** When the job wanted it. */
  readonly state?: Field;
}

/** One backend's kernels, somewhere else. Calls are queued; each rejects with a `TroubleError`. */
export interface Runner {
  /** Of the process that it has now. */
  readonly pid?: number | undefined;
  probe(): Promise<BackendReport>;
  /** Bytes that the job would allocate. Rejects with the trouble that it would meet, as far as limits foretell. */
  bytesNeeded(job: KernelJob): Promise<number>;
  /** `onMessage` must not throw. */
  round(job: RoundJob, onMessage: (message: RoundMessage) => void): Promise<RoundResult>;
  verify(job: VerifyJob): Promise<Verification>;
  /** Of each case, null where it cannot be measured here. `onProgress` must not throw. */
  ceilings(job: CeilingsJob, onProgress: (progress: CeilingsProgress) => void): Promise<readonly (MeasuredRate | null)[]>;
  /** Ends what is in progress with `cancelled`, within seconds whatever the runner does. */
  cancel(): void;
  /** One frame of the round in progress. */
  pullFrame(view: FrameView): void;
  close(): Promise<void>;
}

export type Runners = Readonly<Record<Backend, Runner>>;
