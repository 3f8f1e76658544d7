/**
 * A runner inside the test's own process that does what its script says, for tests of the queue and the lab: each round
 * verifies, takes `samples` batches of a known time, and ends, unless the script has it end otherwise.
 */
import type { CeilingsProgress, RoundMessage, RoundResult, Runner } from '../../electron/engine/runners/runner.ts';
import type { BackendReport, CeilingCase } from '../../electron/runner/backend.ts';
import type { CeilingsJob, MeasuredRate, RoundJob, VerifyJob } from '../../electron/runner/protocol.ts';
import { encodeFrame, type FrameView } from '../../electron/shared/frame.ts';
import type { Verification } from '../../electron/shared/run.ts';
import { type Trouble, TroubleError } from '../../electron/shared/trouble.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { seedField } from '../../kernels/model.ts';

export interface Script {
  readonly samples?: number;
  /** Seconds of each step. */
  readonly seconds?: (job: RoundJob) => number;
  /** As told with the progress. */
  readonly secondsPerStep?: number;
  /** Trouble at the end of a round, for the rounds that it names. */
  readonly trouble?: (job: RoundJob) => Trouble | undefined;
  readonly verification?: Verification;
  /** Rounds wait for `release` or a cancel. */
  readonly held?: boolean;
  readonly bytesNeeded?: number;
  readonly report?: BackendReport;
  /** Work per second of each case; absent, 1e9. */
  readonly rate?: (one: CeilingCase) => MeasuredRate | null;
  readonly ceilingsTrouble?: (job: CeilingsJob) => Trouble | undefined;
}

const PASSED: Verification = { status: 'passed', maxAbsError: 1e-7, tolerance: 5e-6 };

export class ScriptedRunner implements Runner {
  script: Script;
  readonly jobs: RoundJob[] = [];
  readonly verified: VerifyJob[] = [];
  readonly ceilingJobs: CeilingsJob[] = [];
  closed = false;
  #release = Promise.withResolvers<void>();
  #cancelled = false;
  #view: FrameView | undefined;

  constructor(script: Script = {}) {
    this.script = script;
  }

  async probe(): Promise<BackendReport> {
    return this.script.report ?? { kernels: KERNELS.map(({ id }) => ({ kernel: id, available: true })), adapters: [], compiler: 'test' };
  }

  async bytesNeeded(): Promise<number> {
    return this.script.bytesNeeded ?? 1000;
  }

  async round(job: RoundJob, onMessage: (message: RoundMessage) => void): Promise<RoundResult> {
    this.jobs.push(job);
    this.#cancelled = false;
    await Promise.resolve();
    if (job.verify) onMessage({ type: 'verified', verification: this.script.verification ?? PASSED });
    onMessage({ type: 'timing' });
    const samples = this.script.samples ?? 2;
    const seconds = this.script.seconds?.(job) ?? 0.01 * (job.variantIndex + 1);
    for (let index = 0; index < samples; index++) {
      if (this.#view !== undefined) this.#frame(job, this.#view, onMessage);
      onMessage({ type: 'samples', samples: [{ round: job.round, index, steps: 1, seconds }] });
      const { observe } = job;
      if (observe !== undefined && (index + 1) % observe.every === 0)
        onMessage({ type: 'observation', observation: { round: job.round, step: index + 1, name: observe.what, value: 7 } });
      onMessage({ type: 'progress', phase: 'running', step: index + 1, secondsPerStep: this.script.secondsPerStep ?? 0.01 });
    }
    if (this.script.held) await this.#release.promise;
    if (this.#cancelled) throw new TroubleError({ code: 'cancelled' });
    const trouble = this.script.trouble?.(job);
    if (trouble !== undefined) throw new TroubleError(trouble);
    const field = { step: job.steps, meanU: 1, meanV: 0, minU: 1, maxU: 1, minV: 0, maxV: 0 };
    return { field, ...(job.wantField && { state: seedField(job.grid, job.convention.seed, job.variant.precision) }) };
  }

  async verify(job: VerifyJob): Promise<Verification> {
    this.verified.push(job);
    return this.script.verification ?? PASSED;
  }

  async ceilings(job: CeilingsJob, onProgress: (progress: CeilingsProgress) => void): Promise<(MeasuredRate | null)[]> {
    this.ceilingJobs.push(job);
    this.#cancelled = false;
    await Promise.resolve();
    onProgress({ type: 'ceilingsProgress', fraction: 0.5, secondsLeft: 1 });
    if (this.script.held) await this.#release.promise;
    if (this.#cancelled) throw new TroubleError({ code: 'cancelled' });
    const trouble = this.script.ceilingsTrouble?.(job);
    if (trouble !== undefined) throw new TroubleError(trouble);
    return job.cases.map((one) => (this.script.rate === undefined ? { perSecond: 1e9 } : this.script.rate(one)));
  }

  cancel(): void {
    this.#cancelled = true;
    this.release();
  }

  /** Lets the held round go on, and those after it wait again. */
  release(): void {
    this.#release.resolve();
    this.#release = Promise.withResolvers();
  }

  pullFrame(view: FrameView): void {
    this.#view = view;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  #frame(job: RoundJob, view: FrameView, onMessage: (message: RoundMessage) => void): void {
    this.#view = undefined;
    const { species, low, high } = view;
    const place = { runId: job.runId, variant: job.variantIndex, round: job.round, step: 0 };
    const header = { ...place, rows: 1, cols: 1, gridRows: 1, gridCols: 1, species, low, high, min: 0, max: 0, mean: 0 };
    onMessage({ type: 'frame', bytes: encodeFrame({ header, pixels: new Uint16Array(1) }) });
  }
}
