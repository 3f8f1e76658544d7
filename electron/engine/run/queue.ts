/**
 * Carries out one run at a time: the rounds of its variants in turn, every result stored before it is announced. It knows
 * runners, store and events by their interfaces only, so that the whole of it can be tried without a process or a file.
 *
 * A variant that fails stops alone; the others go on. A kernel that fails its verification is still timed, and marked.
 * One of the variants is measured twice in every round, its second time kept apart from the first (`control.ts`).
 */
import { findKernel } from '../../../kernels/catalog.ts';
import type { Field } from '../../../kernels/model.ts';
import { LEAST_ROUNDS } from '../../../kernels/relation.ts';
import type { RoundCondition } from '../../shared/conditions.ts';
import { expected } from '../../shared/expectation.ts';
import type { FrameView } from '../../shared/frame.ts';
import { type Adapter, MAX_ROUNDS, type ResolvedRequest, type RunRecord, settingsOf, type VariantResult } from '../../shared/run.ts';
import { asTrouble, type Trouble, TroubleError } from '../../shared/trouble.ts';
import { RoundWatch } from '../conditions/round-watch.ts';
import type { ConditionSource } from '../conditions/source.ts';
import type { RoundMessage, Runners } from '../runners/runner.ts';
import type { SessionStore, Turn } from '../session/store.ts';
import { ActiveRun, type Past } from './active-run.ts';
import { controlVariantOf } from './control.ts';
import type { LabEvents } from './events.ts';
import { FrameRequests } from './frame-requests.ts';
import { roundsToNextLook } from './next-look.ts';
import { longerOrder, roundOrder } from './round-order.ts';

const PROGRESS_MILLISECONDS = 100;

export type RunStore = Pick<
  SessionStore,
  | 'beginRun'
  | 'addRoundCondition'
  | 'addSamples'
  | 'addControlSamples'
  | 'addSpans'
  | 'addObservation'
  | 'updateVariant'
  | 'finishTurn'
  | 'finishedTurns'
  | 'reopenRun'
  | 'extendRun'
  | 'hasField'
  | 'storeField'
  | 'finishRun'
  | 'readRun'
>;

export interface QueueDependencies {
  readonly runners: Runners;
  readonly store: () => RunStore;
  readonly events: LabEvents;
  /** Without it nothing is known of the machine's conditions. */
  readonly conditions?: ConditionSource;
  /** How many rounds more could decide what a run compares; 0 when everything is decided, or never will be. */
  readonly roundsToClear: (run: RunRecord) => number;
}

/** What is added to a run that has ended, after what its order has left. */
export interface More {
  readonly rounds?: number | undefined;
  readonly untilClear?: { readonly seconds: number } | undefined;
}

export interface RunPlan {
  readonly request: ResolvedRequest;
  /** Index into the session's machines. */
  readonly machine: number;
  readonly adapters: readonly Adapter[];
  readonly orderSeed: number;
}

export class RunQueue {
  readonly #dependencies: QueueDependencies;
  readonly #frames = new FrameRequests();
  #active: { readonly run: ActiveRun; readonly finished: Promise<RunRecord> } | undefined;
  /** Final fields of the latest run, as exact as they were computed; the session keeps 32-bit copies. */
  #fields = new Map<string, Field>();

  constructor(dependencies: QueueDependencies) {
    this.#dependencies = dependencies;
  }

  get activeRun(): number | undefined {
    return this.#active?.run.id;
  }

  /** Throws `busy` while a run goes on. */
  requireIdle(): void {
    if (this.#active !== undefined) throw new TroubleError({ code: 'busy' });
  }

  /** Records the run and starts it. Returns its id before anything has been computed. */
  start({ request, machine, adapters, orderSeed }: RunPlan): number {
    this.requireIdle();
    const store = this.#dependencies.store();
    const twin = controlVariantOf(request);
    const order = roundOrder(request.variants.length + (twin === undefined ? 0 : 1), request.rounds, orderSeed);
    const control = twin === undefined ? {} : { control: { variant: twin, samples: [] } };
    const id = store.beginRun({ startedAt: new Date().toISOString(), request, orderSeed, order, machine, ...control });
    for (const [index, { adapter: adapterId }] of request.variants.entries()) {
      const adapter = adapters.find((candidate) => candidate.id === adapterId);
      if (adapter !== undefined) store.updateVariant(id, index, { adapter });
    }
    this.#fields.clear();
    const record = store.readRun(id);
    this.#begin(new ActiveRun(record), record);
    return id;
  }

  /**
   * Takes a run of the past up again. What was cut short is measured anew, and every variant verified before its first
   * turn. Throws `bad-value` where nothing is left to do, or more rounds than a run may have.
   */
  continue(runId: number, { rounds = 0, untilClear }: More): void {
    this.requireIdle();
    const store = this.#dependencies.store();
    const before = store.readRun(runId);
    const extension = extended(before, rounds, untilClear !== undefined);
    const finished = store.finishedTurns(runId);
    const past: Past = { finished, hasField: (variant) => store.hasField(runId, variant) };
    const later = new ActiveRun({ ...before, ...extension }, past);
    if (!later.canGoOn || !(later.hasTurn || untilClear !== undefined))
      throw new TroubleError({ code: 'bad-value', name: 'run', expected: expected.unfinishedRun(), received: String(runId) });
    let run = later;
    store.reopenRun(runId, extension, (record) => {
      run = new ActiveRun(record, past, untilClear?.seconds);
      return run.competitors
        .filter(({ isControl }) => !isControl)
        .map(({ status }, variant) => (status === 'failed' ? {} : { status, summary: run.summary(variant) }));
    });
    this.#fields.clear();
    this.#begin(run, store.readRun(runId));
  }

  cancel(runId: number): void {
    const run = this.#active?.run;
    if (run === undefined || run.id !== runId) return;
    run.cancelled = true;
    run.runner?.cancel();
    run.held?.resolve();
  }

  /** Between two turns at the soonest. */
  pause(runId: number): void {
    const run = this.#active?.run;
    if (run === undefined || run.id !== runId || run.held !== undefined) return;
    run.held = Promise.withResolvers();
    this.#dependencies.events.emit('runPaused', { runId, paused: true });
  }

  resume(runId: number): void {
    const run = this.#active?.run;
    if (run?.held === undefined || run.id !== runId) return;
    run.held.resolve();
    run.held = undefined;
    this.#dependencies.events.emit('runPaused', { runId, paused: false });
  }

  /** The run in progress is held, or will be when its turn has ended. */
  get isPaused(): boolean {
    return this.#active?.run.held !== undefined;
  }

  /** The finished record, at once for a run of the past. */
  async wait(runId: number): Promise<RunRecord> {
    return this.#active?.run.id === runId ? this.#active.finished : this.#dependencies.store().readRun(runId);
  }

  /** The next frame of the run in progress; null when there is none or it ends first. */
  async pullFrame(view: FrameView): Promise<Uint8Array | null> {
    return this.#active === undefined ? null : this.#frames.pull(view);
  }

  /** Of the latest run, when it kept its fields. */
  finalField(runId: number, variant: number): Field | undefined {
    return this.#fields.get(`${runId}/${variant}`);
  }

  #begin(run: ActiveRun, record: RunRecord): void {
    const finished = Promise.withResolvers<RunRecord>();
    // A caller need not wait for the end.
    finished.promise.catch(() => {});
    this.#active = { run, finished: finished.promise };
    this.#dependencies.events.emit('runStarted', { run: record });
    this.#carryOut(run).then(finished.resolve, finished.reject);
  }

  async #carryOut(run: ActiveRun): Promise<RunRecord> {
    while (!run.ends && (run.hasTurn || this.#addRound(run))) {
      if (run.held === undefined) {
        await this.#turn(run, run.takeTurn());
        continue;
      }
      run.time.hold();
      await run.held.promise;
      run.time.release();
    }
    return this.#finish(run);
  }

  /** A round more, of a run that goes on until everything is decided; false when it is, or the time is spent. */
  #addRound(run: ActiveRun): boolean {
    if (run.clearSeconds === undefined || !run.canGoOn || run.rounds >= MAX_ROUNDS || !run.hasTimeForRound) return false;
    const { store, events, roundsToClear } = this.#dependencies;
    if (run.roundsAhead === 0) {
      const asked = roundsToClear(store().readRun(run.id));
      if (asked <= 0) return false;
      run.roundsAhead = roundsToNextLook(run.rounds, asked);
    }
    run.roundsAhead--;
    const order = run.addRound();
    if (!this.#store(run, (written) => written.extendRun(run.id, run.extension))) return false;
    events.emit('roundAdded', { runId: run.id, order });
    return true;
  }

  async #turn(run: ActiveRun, turn: Turn): Promise<void> {
    const { runners } = this.#dependencies;
    const competitor = run.competitors[turn.entry]!;
    const runner = runners[findKernel(run.request.variants[competitor.variant]!.kernel)!.backend];
    if (competitor.status === 'waiting') this.#update(run, turn.entry, { status: 'running' });
    const noteConditions = await this.#watch(run, turn);
    if (run.ends) return;
    run.time.beginTurn(turn.entry);
    this.#frames.beginRound(runner);
    run.runner = runner;
    let trouble: Trouble | undefined;
    try {
      const result = await runner.round(run.job(turn), (message) => this.#hear(run, turn, message));
      competitor.turnsLeft--;
      if (result.state !== undefined) this.#keepField(run, competitor.variant, result.state);
      this.#update(run, turn.entry, { field: result.field, ...(competitor.turnsLeft === 0 && { status: 'done' }) }, turn);
    } catch (error) {
      trouble = asTrouble(error);
      // A run that is cancelled has no trouble; a round that is, without the run, has been stopped by nobody we know.
      if (!(run.cancelled && trouble.code === 'cancelled')) this.#update(run, turn.entry, { status: 'failed', trouble });
    } finally {
      run.runner = undefined;
      this.#frames.endRound();
      run.time.endTurn(trouble !== undefined);
      await noteConditions?.();
    }
  }

  /** Reads the machine before the turn; what is returned reads it again, and keeps and tells both. */
  async #watch(run: ActiveRun, { round, entry }: Turn): Promise<(() => Promise<void>) | undefined> {
    const { conditions, events } = this.#dependencies;
    if (conditions === undefined) return undefined;
    const watch = await RoundWatch.begin(conditions, run.settingsOf(run.competitors[entry]!).steps);
    const begin = run.secondsSinceStart;
    run.watch = watch;
    return async () => {
      run.watch = undefined;
      const end = run.secondsSinceStart;
      const condition: RoundCondition = { round, variant: entry, begin, end, ...(await watch.end()) };
      if (this.#store(run, (store) => store.addRoundCondition(run.id, condition)))
        events.emit('roundCondition', { runId: run.id, condition });
    };
  }

  #hear(run: ActiveRun, turn: Turn, message: RoundMessage): void {
    const { events } = this.#dependencies;
    const competitor = run.competitors[turn.entry]!;
    const { variant, isControl } = competitor;
    if (message.type === 'frame') this.#frames.answer(message.bytes);
    else if (message.type === 'progress') {
      run.time.progress(message.step, message.secondsPerStep);
      this.#tellProgress(run, turn, message);
    } else if (message.type === 'timing') run.watch?.timing();
    else if (message.type === 'samples') {
      const samples = [...message.samples];
      run.watch?.timed(samples.reduce((sum, { steps }) => sum + steps, 0));
      const add = (store: RunStore) => (isControl ? store.addControlSamples(run.id, samples) : store.addSamples(run.id, variant, samples));
      if (!this.#store(run, add)) return;
      competitor.samples.push(...samples);
      if (isControl) events.emit('controlSamples', { runId: run.id, samples });
      else events.emit('samples', { runId: run.id, variant, samples });
    } else if (!isControl) this.#hearMore(run, variant, message);
  }

  /** What a round tells beside its samples, which of a control is what its twin tells. */
  #hearMore(run: ActiveRun, variant: number, message: Extract<RoundMessage, { type: 'verified' | 'spans' | 'observation' }>): void {
    const { events } = this.#dependencies;
    switch (message.type) {
      case 'verified': {
        const { verification } = message;
        run.competitors[variant]!.isVerified = true;
        this.#store(run, (store) => store.updateVariant(run.id, variant, { verification }));
        events.emit('variantVerified', { runId: run.id, variant, verification });
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

  #tellProgress(run: ActiveRun, { round, entry }: Turn, { phase, step }: Extract<RoundMessage, { type: 'progress' }>): void {
    const now = performance.now();
    if (now - run.progressAt < PROGRESS_MILLISECONDS) return;
    run.progressAt = now;
    const { variant, isControl } = run.competitors[entry]!;
    const control = isControl ? { control: true as const } : {};
    this.#dependencies.events.emit('runProgress', { runId: run.id, variant, phase, round, step, ...control, ...run.estimate });
  }

  #keepField(run: ActiveRun, variant: number, state: Field): void {
    this.#fields.set(`${run.id}/${variant}`, state);
    const { steps, grid } = settingsOf(run.request, run.request.variants[variant]!);
    this.#store(run, (store) => store.storeField(run.id, variant, steps, grid, state));
  }

  /** Stores what changed, with the turn that it ends and a summary of the samples so far, and announces it. Nobody is told of the control. */
  #update(run: ActiveRun, entry: number, change: Partial<Pick<VariantResult, 'status' | 'trouble' | 'field'>>, finished?: Turn): void {
    const competitor = run.competitors[entry]!;
    competitor.status = change.status ?? competitor.status;
    if (competitor.isControl) {
      if (finished !== undefined) this.#store(run, (store) => store.finishTurn(run.id, finished));
      return;
    }
    const summary = run.summary(entry);
    const told = { ...change, status: competitor.status, ...(summary && { summary }) };
    const write = (store: RunStore) =>
      finished === undefined ? store.updateVariant(run.id, entry, told) : store.finishTurn(run.id, finished, told);
    if (!this.#store(run, write)) return;
    this.#dependencies.events.emit('variantUpdated', { runId: run.id, variant: entry, ...told });
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
    const failed = run.competitors.some(({ status, isControl }) => status === 'failed' && !isControl);
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

/** The run with as many rounds more, and with a control from there on where it had none and is to conclude from them. */
function extended(run: RunRecord, rounds: number, untilClear: boolean): Pick<RunRecord, 'request' | 'order' | 'control'> {
  const total = run.order.length + rounds;
  if (total > MAX_ROUNDS) {
    const most = expected.wholeNumber(1, MAX_ROUNDS - run.order.length);
    throw new TroubleError({ code: 'bad-value', name: 'rounds', expected: most, received: String(rounds) });
  }
  const twin = controlVariantOf({ ...run.request, rounds: untilClear ? MAX_ROUNDS : rounds });
  const control = run.control ?? (twin === undefined ? undefined : { variant: twin, samples: [] });
  const entries = run.variants.length + (control === undefined ? 0 : 1);
  const order = longerOrder(run.order, entries, total, run.orderSeed);
  const isLookedAtAgain = untilClear || (rounds > 0 && run.order.length >= LEAST_ROUNDS);
  const request = { ...run.request, rounds: total, ...(isLookedAtAgain && { repeatedLooks: true as const }) };
  return { request, order, ...(control && { control }) };
}

/** The record of a run whose session could no longer be written, as it would have been. */
function unstored(run: RunRecord, trouble: Trouble): RunRecord {
  const variants = run.variants.map(
    (variant): VariantResult =>
      variant.status === 'waiting' || variant.status === 'running' ? { ...variant, status: 'failed', trouble } : variant,
  );
  return { ...run, status: 'failed', finishedAt: new Date().toISOString(), variants };
}
