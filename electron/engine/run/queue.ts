/**
 * Carries out one run at a time: the rounds of its variants in turn, every result stored before it is announced. It knows
 * runners, store and events by their interfaces only, so that the whole of it can be tried without a process or a file.
 *
 * A variant that fails stops alone; the others go on. A kernel that fails its verification is still timed, and marked.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import type { Field } from '../../../kernels/model.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import type { FrameView } from '../../shared/frame.ts';
import { type Adapter, type ResolvedRequest, type RunRecord, type Sample, settingsOf, type VariantResult } from '../../shared/run.ts';
import { summarise } from '../../shared/statistics.ts';
import { asTrouble, type Trouble, TroubleError } from '../../shared/trouble.ts';
import type { RoundMessage, Runner, Runners } from '../runners/runner.ts';
import type { SessionStore } from '../session/store.ts';
import type { LabEvents } from './events.ts';
import { FrameRequests } from './frame-requests.ts';
import { RemainingTime } from './remaining-time.ts';
import { roundOrder } from './round-order.ts';

const PROGRESS_MILLISECONDS = 100;

export type RunStore = Pick<
  SessionStore,
  'beginRun' | 'addSamples' | 'addSpans' | 'addObservation' | 'updateVariant' | 'storeField' | 'finishRun' | 'readRun'
>;

export interface QueueDependencies {
  readonly runners: Runners;
  readonly store: () => RunStore;
  readonly events: LabEvents;
}

export interface RunPlan {
  readonly request: ResolvedRequest;
  /** Index into the session's machines. */
  readonly machine: number;
  readonly adapters: readonly Adapter[];
  readonly orderSeed: number;
}

/** The variant as far as it has come. */
interface Competitor {
  status: VariantResult['status'];
  roundsLeft: number;
  readonly samples: Sample[];
}

interface ActiveRun {
  readonly id: number;
  readonly request: ResolvedRequest;
  readonly competitors: readonly Competitor[];
  readonly time: RemainingTime;
  readonly finished: Promise<RunRecord>;
  cancelled: boolean;
  /** The session can no longer be written: the run cannot go on. */
  storeTrouble?: Trouble;
  progressAt: number;
  /** Where the round in progress is. */
  runner?: Runner | undefined;
}

const roundJob = (run: ActiveRun, variantIndex: number, round: number): RoundJob => {
  const { request, competitors } = run;
  const variant = request.variants[variantIndex]!;
  const { roundsLeft } = competitors[variantIndex]!;
  return {
    ...{ runId: run.id, variantIndex, round, variant, display: request.display },
    ...settingsOf(request, variant),
    verify: round === 0,
    wantField: request.keepField && roundsLeft === 1,
  };
};

export class RunQueue {
  readonly #dependencies: QueueDependencies;
  readonly #frames = new FrameRequests();
  #active: ActiveRun | undefined;
  /** Final fields of the latest run, as exact as they were computed; the session keeps 32-bit copies. */
  #fields = new Map<string, Field>();

  constructor(dependencies: QueueDependencies) {
    this.#dependencies = dependencies;
  }

  get activeRun(): number | undefined {
    return this.#active?.id;
  }

  /** Throws `busy` while a run goes on. */
  requireIdle(): void {
    if (this.#active !== undefined) throw new TroubleError({ code: 'busy' });
  }

  /** Records the run and starts it. Returns its id before anything has been computed. */
  start({ request, machine, adapters, orderSeed }: RunPlan): number {
    this.requireIdle();
    const store = this.#dependencies.store();
    const order = roundOrder(request.variants.length, request.rounds, orderSeed);
    const id = store.beginRun({ startedAt: new Date().toISOString(), request, orderSeed, order, machine });
    for (const [index, { adapter: adapterId }] of request.variants.entries()) {
      const adapter = adapters.find((candidate) => candidate.id === adapterId);
      if (adapter !== undefined) store.updateVariant(id, index, { adapter });
    }
    this.#fields.clear();
    const finished = Promise.withResolvers<RunRecord>();
    // A caller need not wait for the end.
    finished.promise.catch(() => {});
    const run: ActiveRun = {
      id,
      request,
      competitors: request.variants.map(() => ({ status: 'waiting', roundsLeft: request.rounds, samples: [] })),
      time: new RemainingTime(
        request.variants.map((variant) => settingsOf(request, variant).steps),
        request.rounds,
      ),
      finished: finished.promise,
      cancelled: false,
      progressAt: Number.NEGATIVE_INFINITY,
    };
    this.#active = run;
    this.#dependencies.events.emit('runStarted', { run: store.readRun(id) });
    this.#carryOut(run, order).then(finished.resolve, finished.reject);
    return id;
  }

  cancel(runId: number): void {
    const run = this.#active;
    if (run === undefined || run.id !== runId) return;
    run.cancelled = true;
    run.runner?.cancel();
  }

  /** The finished record, at once for a run of the past. */
  async wait(runId: number): Promise<RunRecord> {
    return this.#active?.id === runId ? this.#active.finished : this.#dependencies.store().readRun(runId);
  }

  /** The next frame of the run in progress; null when there is none or it ends first. */
  async pullFrame(view: FrameView): Promise<Uint8Array | null> {
    return this.#active === undefined ? null : this.#frames.pull(view);
  }

  /** Of the latest run, when it kept its fields. */
  finalField(runId: number, variant: number): Field | undefined {
    return this.#fields.get(`${runId}/${variant}`);
  }

  async #carryOut(run: ActiveRun, order: readonly (readonly number[])[]): Promise<RunRecord> {
    for (const [round, variants] of order.entries()) {
      for (const variant of variants) {
        const { status } = run.competitors[variant]!;
        if (run.cancelled || run.storeTrouble !== undefined) break;
        if (status === 'waiting' || status === 'running') await this.#round(run, variant, round);
      }
    }
    return this.#finish(run);
  }

  async #round(run: ActiveRun, index: number, round: number): Promise<void> {
    const { runners } = this.#dependencies;
    const competitor = run.competitors[index]!;
    const runner = runners[findKernel(run.request.variants[index]!.kernel)!.backend];
    if (competitor.status === 'waiting') this.#update(run, index, { status: 'running' });
    run.time.beginRound(index);
    this.#frames.beginRound(runner);
    run.runner = runner;
    let trouble: Trouble | undefined;
    try {
      const job = roundJob(run, index, round);
      const result = await runner.round(job, (message) => this.#hear(run, index, round, message));
      competitor.roundsLeft--;
      if (result.state !== undefined) this.#keepField(run, index, result.state);
      this.#update(run, index, { field: result.field, ...(competitor.roundsLeft === 0 && { status: 'done' }) });
    } catch (error) {
      trouble = asTrouble(error);
      // A run that is cancelled has no trouble; a round that is, without the run, has been stopped by nobody we know.
      if (!(run.cancelled && trouble.code === 'cancelled')) this.#update(run, index, { status: 'failed', trouble });
    } finally {
      run.runner = undefined;
      this.#frames.endRound();
      run.time.endRound(trouble !== undefined);
    }
  }

  #hear(run: ActiveRun, variant: number, round: number, message: RoundMessage): void {
    const { events } = this.#dependencies;
    switch (message.type) {
      case 'frame':
        this.#frames.answer(message.bytes);
        return;
      case 'progress':
        run.time.progress(message.step, message.secondsPerStep);
        this.#tellProgress(run, variant, round, message);
        return;
      case 'verified': {
        const { verification } = message;
        this.#store(run, (store) => store.updateVariant(run.id, variant, { verification }));
        events.emit('variantVerified', { runId: run.id, variant, verification });
        return;
      }
      case 'samples': {
        const samples = [...message.samples];
        if (!this.#store(run, (store) => store.addSamples(run.id, variant, samples))) return;
        run.competitors[variant]!.samples.push(...samples);
        events.emit('samples', { runId: run.id, variant, samples });
        return;
      }
      case 'spans':
        this.#store(run, (store) => store.addSpans(run.id, variant, [...message.spans]));
        return;
      case 'observation': {
        const { observation } = message;
        if (!this.#store(run, (store) => store.addObservation(run.id, variant, observation))) return;
        events.emit('observation', { runId: run.id, variant, observation });
      }
    }
  }

  #tellProgress(run: ActiveRun, variant: number, round: number, { phase, step }: Extract<RoundMessage, { type: 'progress' }>): void {
    const now = performance.now();
    if (now - run.progressAt < PROGRESS_MILLISECONDS) return;
    run.progressAt = now;
    const { fraction, secondsLeft } = run.time;
    const estimate = secondsLeft === undefined ? {} : { secondsLeft };
    this.#dependencies.events.emit('runProgress', { runId: run.id, variant, phase, round, step, fraction, ...estimate });
  }

  #keepField(run: ActiveRun, variant: number, state: Field): void {
    this.#fields.set(`${run.id}/${variant}`, state);
    const { steps, grid } = settingsOf(run.request, run.request.variants[variant]!);
    this.#store(run, (store) => store.storeField(run.id, variant, steps, grid, state));
  }

  /** Stores what changed, with a summary of the samples so far, and announces it. */
  #update(run: ActiveRun, index: number, change: Partial<Pick<VariantResult, 'status' | 'trouble' | 'field'>>): void {
    const { request, competitors } = run;
    const competitor = competitors[index]!;
    competitor.status = change.status ?? competitor.status;
    const variant = request.variants[index]!;
    const summary = summarise(findKernel(variant.kernel)!, variant, settingsOf(request, variant), competitor.samples);
    const told = { ...change, status: competitor.status, ...(summary && { summary }) };
    if (!this.#store(run, (store) => store.updateVariant(run.id, index, told))) return;
    this.#dependencies.events.emit('variantUpdated', { runId: run.id, variant: index, ...told });
  }

  /** Writes; the first failure ends the run, since what is not stored is not a result. */
  #store(run: ActiveRun, write: (store: RunStore) => void): boolean {
    if (run.storeTrouble !== undefined) return false;
    try {
      write(this.#dependencies.store());
      return true;
    } catch (error) {
      run.storeTrouble = asTrouble(error);
      run.runner?.cancel();
      return false;
    }
  }

  #finish(run: ActiveRun): RunRecord {
    const { events, store } = this.#dependencies;
    for (const [index, { status }] of run.competitors.entries()) {
      if (status === 'waiting' || status === 'running') this.#update(run, index, { status: 'cancelled' });
    }
    const failed = run.competitors.some(({ status }) => status === 'failed');
    const status = run.cancelled ? 'cancelled' : failed ? 'failed' : 'done';
    this.#store(run, (written) => written.finishRun(run.id, status));
    this.#active = undefined;
    this.#frames.endRun();
    const stored = store().readRun(run.id);
    const record = run.storeTrouble === undefined ? stored : unstored(stored, run.storeTrouble);
    events.emit('runFinished', { run: record });
    return record;
  }
}

/** The record of a run whose session could no longer be written, as it would have been. */
function unstored(run: RunRecord, trouble: Trouble): RunRecord {
  const variants = run.variants.map(
    (variant): VariantResult =>
      variant.status === 'waiting' || variant.status === 'running' ? { ...variant, status: 'failed', trouble } : variant,
  );
  return { ...run, status: 'failed', finishedAt: new Date().toISOString(), variants };
}
