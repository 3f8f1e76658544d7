/**
 * What a backend gives the measuring loop. The loop (`measure.ts`) is one for all backends, so that a CPU kernel
 * and a GPU kernel are warmed, batched, timed, verified and shown by the same code.
 */
import type { Isa } from '../../kernels/kernel.ts';
import type { Convention, Field, Grid, Precision } from '../../kernels/model.ts';
import type { ComputeCeiling, ComputeUnit } from '../shared/ceilings.ts';
import type { FrameView } from '../shared/frame.ts';
import type { FramePlace } from '../shared/frame-make.ts';
import type { Adapter, Variant } from '../shared/run.ts';
import type { UnavailableReason } from '../shared/trouble.ts';

export interface KernelJob {
  readonly variant: Variant;
  readonly convention: Convention;
  readonly grid: Grid;
  readonly flushSubnormals: boolean;
  readonly pin: boolean;
}

/** What a call of `step` spent its time on, in seconds since the call. */
export interface StepSpan {
  readonly what: 'upload' | 'steps' | 'download';
  /** Of the call, the first being 0. */
  readonly image: number;
  readonly begin: number;
  readonly end: number;
}

export interface StepTime {
  /** Wall seconds of stepping alone. */
  readonly seconds: number;
  readonly gpuSeconds?: number;
  /** Where fewer steps than asked for went in one submit: how many. */
  readonly stepsPerSubmit?: number;
  /** Where the state crosses between host and GPU within the steps, which `seconds` then includes. In the order of `begin`. */
  readonly spans?: readonly StepSpan[];
}

/** One kernel on one grid, holding its own state. Methods are called one at a time. */
export interface KernelInstance {
  /** GPU kernels, whose state is uploaded and read back: what compiling took, when that was done for the first time. */
  readonly compileSeconds?: number;
  /** Sets the state; `start` has the job's grid and precision. Not timed. */
  load(start: Field): Promise<void>;
  /**
   * Advances by `steps` and resolves with the time of stepping alone. Rejects with a `TroubleError`; after
   * `cancel` it rejects with `cancelled` within 50 ms, the state then being undefined.
   */
  step(steps: number): Promise<StepTime>;
  /** A copy of the state, in `into` where the backend can; one read before serves. Not timed. */
  read(into?: Field): Promise<Field>;
  /**
   * `load` and `read` for some rows only, those from `firstRow` on that fill `rows`, where the backend can: a run then
   * needs no copy of the whole field. Rows are loaded in order, from the first to the last.
   */
  loadRows?(rows: Field, firstRow: number): void;
  readRows?(rows: Field, firstRow: number): void;
  /**
   * `makeFrame` of the present state, where the backend makes it with less than a copy of the state; undefined where this
   * view of this state needs one. Not timed.
   */
  frame?(view: FrameView, place: FramePlace): Promise<Uint8Array | undefined>;
  /** May be called while `step` is pending, from any turn of the event loop. */
  cancel(): void;
  /** Frees everything; no call follows. */
  close(): Promise<void>;
}

export interface KernelReport {
  readonly kernel: string;
  readonly available: boolean;
  readonly reason?: UnavailableReason;
  readonly detail?: string;
  readonly isas?: readonly Isa[];
}

export interface BackendReport {
  readonly kernels: readonly KernelReport[];
  /** WebGPU only. */
  readonly adapters: readonly Adapter[];
  /** Native only: the compiler and its flags. */
  readonly compiler?: string;
}

/** A micro-kernel, and where it runs. */
export type CeilingCase =
  /** a = b + s c in f64, each thread on arrays of its own of so many values. */
  | { readonly kind: 'triad'; readonly threads: number; readonly streaming: boolean; readonly valuesPerThread: number }
  | {
      readonly kind: 'compute';
      readonly unit: ComputeUnit;
      readonly precision: Precision;
      readonly operation: ComputeCeiling['operation'];
      readonly threads: number;
    }
  | { readonly kind: 'copy' | 'gpu-fma'; readonly adapter: string };

export interface Ceiling {
  /** Bytes read and written, or floating-point operations. */
  readonly workPerStep: number;
  /** As a kernel's. */
  step(steps: number): Promise<StepTime>;
  cancel(): void;
  close(): Promise<void>;
}

export interface RunnerBackend {
  /** What can run here and why not; never throws for a missing part. */
  probe(): Promise<BackendReport>;
  /**
   * Allocates and prepares (compiles pipelines, starts the team). Rejects with a `TroubleError`: `grid-too-large`
   * before any allocation, `kernel-unavailable`, `out-of-memory`, `gpu-lost`, `gpu-error`.
   */
  open(job: KernelJob): Promise<KernelInstance>;
  /** Bytes that `open` will allocate for this job, so that the engine can refuse before it starts. */
  bytesNeeded(job: KernelJob): number;
  /** Rejects with `kernel-unavailable` for a case that cannot run here, else as `open` does. */
  openCeiling?(one: CeilingCase): Promise<Ceiling>;
  /** Rejects with the `TroubleError` of `open` that limits known beforehand foretell; allocates nothing. */
  requireFit?(job: KernelJob): Promise<void>;
  /** Called between two tasks, for what had better not happen while anything is timed. */
  tidy?(): void;
}
