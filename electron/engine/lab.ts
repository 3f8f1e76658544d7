/**
 * The engine without a socket: sessions, runs, verification, and everything that a client may ask. The server and the
 * command line are its two clients and have no other way in.
 *
 * Runners start when they are first needed. A request is checked whole before anything is allocated or written.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { KERNELS } from '../../kernels/catalog.ts';
import { BACKENDS, type Backend } from '../../kernels/kernel.ts';
import type { Field } from '../../kernels/model.ts';
import type { KernelJob } from '../runner/backend.ts';
import { type AnnotationChange, changedAnnotation, type ResultPlace } from '../shared/annotations.ts';
import { roundsToClear } from '../shared/baseline.ts';
import type { Ceilings } from '../shared/ceilings.ts';
import type { EventData, EventName, Hello, Method, Params, Result, Uploaded, View } from '../shared/contract.ts';
import type { FrameView } from '../shared/frame.ts';
import { makeFrame } from '../shared/frame-make.ts';
import type { Compared } from '../shared/plots/roofline-pair.ts';
import { type ResolvedRequest, type RunRecord, type RunRequest, settingsOf } from '../shared/run.ts';
import type { SessionInfo } from '../shared/session.ts';
import { TroubleError } from '../shared/trouble.ts';
import type { VerifyCase } from '../shared/verify.ts';
import { CeilingsMemory } from './ceilings/ceilings-memory.ts';
import { measureCeilings } from './ceilings/measure.ts';
import { presentConditions } from './conditions/round-watch.ts';
import type { ConditionSource } from './conditions/source.ts';
import { conditionsOfThisMachine } from './conditions/this-machine.ts';
import { chartFiles } from './export/chart-files.ts';
import { type ExportedFile, exportChart } from './export/export-chart.ts';
import { exportComparison } from './export/export-comparison.ts';
import { exportTable } from './export/export-table.ts';
import { zipOf } from './export/zip.ts';
import { isFigureFile, readMeasurements } from './figure-file/read-figure.ts';
import { defaultThreads, readMachine } from './machine/machine.ts';
import { requireSameMachine } from './machine/same-machine.ts';
import { OpenSession } from './open-session.ts';
import { Memory } from './preferences.ts';
import { dataFolder, resourceRoot } from './resources.ts';
import { LabEvents } from './run/events.ts';
import { availableMemoryBytes, fieldsInRunner, requireAdapter, requireMemory } from './run/limits.ts';
import { paceOf } from './run/pace.ts';
import { type More, RunQueue } from './run/queue.ts';
import { requireKernel, resolveAdapter, resolveRequest } from './run/requests.ts';
import { Tuner } from './run/tuner.ts';
import { TuningMemory } from './run/tuning-memory.ts';
import { planCases, type VerifyOptions, variantsOf, verifyCases } from './run/verify-all.ts';
import { mergeProbes, type Offered, type Probed, probeAll, probeRunner } from './runners/availability.ts';
import { type Runners, SPENDS_RUNNER } from './runners/runner.ts';
import { createRunners } from './runners/runners.ts';
import type { SessionStore } from './session/store.ts';

export interface LabOptions {
  readonly appVersion: string;
  /** Without it the latest unnamed session of the data folder, or a new one. */
  readonly sessionPath?: string;
  /** Make the session file; it must not exist. */
  readonly create?: boolean;
  /** The runners to work with, for tests. */
  readonly runners?: Runners;
  /** What tells of the machine's conditions, for tests. */
  readonly conditions?: ConditionSource;
  readonly dataFolder?: string;
}

/** What ends or starts a run in another way than asked: the backend is looked at again afterwards. */
const SHAKEN: ReadonlySet<string> = new Set(['runner-died', 'runner-silent', ...SPENDS_RUNNER]);

const packed = ({ fileName, mediaType, bytes }: ExportedFile) => ({
  ...{ fileName, mediaType },
  base64: Buffer.from(bytes).toString('base64'),
});

type CallableMethod = Exclude<Method, 'pullFrame'>;
type Handlers = { readonly [M in CallableMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>> };

export class Lab {
  readonly #appVersion: string;
  readonly #memory: Memory;
  readonly #session: OpenSession;
  readonly #runners: Runners;
  readonly #events = new LabEvents();
  readonly #conditions: ConditionSource;
  readonly #queue: RunQueue;
  readonly #tunings: TuningMemory;
  readonly #tuner: Tuner;
  readonly #knownCeilings: CeilingsMemory;
  readonly #handlers: Handlers;
  #probes: Promise<Readonly<Record<Backend, Probed>>> | undefined;
  /** A run being checked, or a verification of everything, which no run may disturb. */
  #occupied = false;
  #verification: AbortController | undefined;
  #ceilings: AbortController | undefined;
  #pacing: AbortController | undefined;
  #closed: Promise<void> | undefined;

  /** Opens or makes the session; rejects with a `TroubleError`. No runner is started yet. */
  static async open(options: LabOptions): Promise<Lab> {
    return new Lab(options);
  }

  private constructor({ appVersion, runners, conditions, dataFolder: folder = dataFolder(), ...wanted }: LabOptions) {
    this.#appVersion = appVersion;
    this.#memory = new Memory(folder);
    this.#session = new OpenSession(folder, appVersion, this.#memory, wanted);
    this.#runners = runners ?? createRunners();
    this.#conditions = conditions ?? conditionsOfThisMachine(this.#runners);
    const store = () => this.#session.store;
    this.#queue = new RunQueue({
      ...{ runners: this.#runners, store, events: this.#events },
      conditions: this.#conditions,
      roundsToClear: (run) => roundsToClear(run, store().pinnedBaseline()),
    });
    this.#tunings = new TuningMemory(folder);
    this.#tuner = new Tuner({ runners: this.#runners, memory: this.#tunings, events: this.#events });
    this.#knownCeilings = new CeilingsMemory(folder);
    this.#handlers = this.#methods();
    this.#events.on('runFinished', ({ run }) => this.#afterRun(run));
  }

  get events(): { on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): () => void } {
    return this.#events;
  }

  get session(): SessionStore {
    return this.#session.store;
  }

  /** Answers once every backend has been probed, and those that could run nothing once more. */
  async hello(): Promise<Hello> {
    if (!this.#isBusy) await this.#lookAgainAtMissing(BACKENDS);
    const offered = await this.#offered();
    const { activeRun, isPaused } = this.#queue;
    const machine = await readMachine(this.#appVersion, offered);
    const ceilings = this.#knownCeilings.recall(machine, offered.adapters);
    return {
      appVersion: this.#appVersion,
      machine,
      adapters: [...offered.adapters],
      kernels: [...offered.kernels],
      preferences: this.#memory.preferences,
      session: this.#session.info,
      ...(ceilings && { ceilings }),
      ...(activeRun !== undefined && { activeRun }),
      ...(isPaused && { paused: true }),
    };
  }

  /** Rejects with the precise `TroubleError`, nothing having been written, or starts the run. */
  async startRun(request: RunRequest): Promise<{ runId: number }> {
    return this.#alone(async () => {
      await this.#lookAgainAtMissing(request.variants.map(({ kernel }) => requireKernel(kernel).backend));
      const offered = await this.#offered();
      const preferredAdapter = this.#memory.preferences.adapter;
      const resolved = resolveRequest(request, { ...offered, preferredAdapter, cores: await defaultThreads() });
      await this.#requireFit(resolved, offered);
      const described = await readMachine(this.#appVersion, offered);
      const tuned = await this.#tuner.tune(request, resolved, described, offered.adapters);
      const machine = this.session.addMachine(described);
      const ceilings = this.#knownCeilings.recall(described, offered.adapters);
      if (ceilings !== undefined) this.session.setCeilings(machine, ceilings);
      const orderSeed = Math.floor(Math.random() * 2 ** 31);
      return { runId: this.#queue.start({ request: tuned, machine, adapters: offered.adapters, orderSeed }) };
    });
  }

  /** Rejects with the precise `TroubleError`, nothing having been written, or takes the run up again. */
  async continueRun(runId: number, more: More): Promise<void> {
    return this.#alone(async () => {
      const run = this.session.readRun(runId);
      await this.#lookAgainAtMissing(run.variants.map(({ backend }) => backend));
      const offered = await this.#offered();
      const here = await readMachine(this.#appVersion, offered);
      requireSameMachine(run, this.session.readMachine(run.machine), here, offered.adapters);
      // All that it wants is there still.
      resolveRequest(run.request, { ...offered, preferredAdapter: 'auto', cores: 1 });
      await this.#requireFit(run.request, offered);
      this.#queue.continue(runId, more);
    });
  }

  /** Seconds per step of each variant, roughly. Rejects as `startRun` does, or with `cancelled`. */
  async paceOf(request: RunRequest): Promise<number[]> {
    return this.#alone(async () => {
      const offered = await this.#offered();
      const preferredAdapter = this.#memory.preferences.adapter;
      const resolved = resolveRequest(request, { ...offered, preferredAdapter, cores: await defaultThreads() });
      await this.#requireFit(resolved, offered);
      this.#pacing = new AbortController();
      return paceOf(resolved, this.#runners, this.#pacing.signal);
    });
  }

  cancelRun(runId: number): void {
    this.#queue.cancel(runId);
  }

  /** Resolves when the run has ended, however it did. */
  waitForRun(runId: number): Promise<RunRecord> {
    return this.#queue.wait(runId);
  }

  /** Null when the run ends before the next frame, or none goes on. */
  pullFrame(view: FrameView): Promise<Uint8Array | null> {
    return this.#queue.pullFrame(view);
  }

  /** The state after the last step, when the request had `keepField`: exact for the latest run, else as the session keeps it. */
  finalField(runId: number, variant: number): Field | undefined {
    return this.#queue.finalField(runId, variant) ?? this.session.readField(runId, variant)?.field;
  }

  /** What was found to be fastest here is sought again from now on. Returns how many tunings were known. */
  forgetTunings(): number {
    return this.#tunings.forget();
  }

  /** Rejects with `busy`, or with `cancelled` after `cancelCeilings` and when the lab closes. Remembered, and in the session. */
  async measureCeilings(): Promise<Ceilings> {
    return this.#alone(async () => {
      this.#ceilings = new AbortController();
      const { signal } = this.#ceilings;
      let ceilings: Ceilings | undefined;
      try {
        const offered = await this.#offered();
        ceilings = await measureCeilings({ runners: this.#runners, events: this.#events }, offered, signal);
        const machine = await readMachine(this.#appVersion, offered);
        this.#knownCeilings.remember(machine, offered.adapters, ceilings);
        this.session.setCeilings(this.session.addMachine(machine), ceilings);
        return ceilings;
      } finally {
        this.#events.emit('ceilingsMeasured', { ...(ceilings && { ceilings }) });
      }
    });
  }

  cancelCeilings(): void {
    this.#ceilings?.abort();
  }

  /** Rejects with `cancelled` when the signal is set or the lab closes. */
  async verifyAll(onCase: (verifyCase: VerifyCase, fraction: number) => void, options: VerifyOptions = {}): Promise<VerifyCase[]> {
    return this.#alone(async () => {
      const { kernels, adapters } = await this.#offered();
      const wanted = options.kernels?.map(requireKernel) ?? KERNELS;
      const threads = await defaultThreads();
      const candidates = wanted.flatMap((kernel) => {
        const found = kernels.find((candidate) => candidate.kernel === kernel.id);
        if (!found?.available) return [];
        const parameters = Object.fromEntries(kernel.parameters.map((parameter) => [parameter.name, parameter.default]));
        const wantedAdapter = kernel.backend === 'webgpu' ? options.adapter : undefined;
        const adapter = resolveAdapter(kernel, wantedAdapter, { adapters, preferredAdapter: this.#memory.preferences.adapter });
        const base = { kernel: kernel.id, threads: kernel.threaded ? threads : 1, parameters, ...(adapter && { adapter }) };
        const isas = found.isas ?? [];
        return [{ kernel, variants: variantsOf(kernel, base, options.everyIsa ? isas : isas.slice(-1)) }];
      });
      this.#verification = new AbortController();
      const signal = AbortSignal.any([this.#verification.signal, ...(options.signal ? [options.signal] : [])]);
      return verifyCases(planCases(candidates), this.#runners, signal, onCase);
    });
  }

  /** The final field as a frame; undefined when it was not kept. */
  #finalPicture(runId: number, variant: number, view: FrameView): Uint8Array | undefined {
    const { request, variants } = this.session.readRun(runId);
    const result = variants[variant];
    const field = result && this.finalField(runId, variant);
    if (result === undefined || field === undefined) return undefined;
    const { grid, steps } = settingsOf(request, result.variant);
    return makeFrame(field, grid, view, { runId, variant, round: request.rounds - 1, step: steps });
  }

  /** Any method of the contract but `pullFrame`, whose answer is no JSON. */
  async call<M extends CallableMethod>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.#handlers[method](params);
  }

  /** Cancels what goes on, ends the runners and closes the session. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#verification?.abort();
    this.#pacing?.abort();
    this.#tuner.cancel();
    this.cancelCeilings();
    const { activeRun } = this.#queue;
    if (activeRun !== undefined) {
      this.#queue.cancel(activeRun);
      await this.#queue.wait(activeRun).catch(() => {});
    }
    await Promise.all(Object.values(this.#runners).map((runner) => runner.close()));
    this.#session.close();
  }

  /** Does what must not be disturbed by a run, nor disturb one. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#requireIdle();
    this.#occupied = true;
    try {
      return await work();
    } finally {
      this.#occupied = false;
    }
  }

  get #isBusy(): boolean {
    return this.#occupied || this.#queue.activeRun !== undefined;
  }

  #requireIdle(): void {
    if (this.#occupied) throw new TroubleError({ code: 'busy' });
    this.#queue.requireIdle();
  }

  async #offered(): Promise<Offered> {
    this.#probes ??= probeAll(this.#runners);
    return mergeProbes(await this.#probes);
  }

  async #requireFit(request: ResolvedRequest, { adapters }: Offered): Promise<void> {
    const { keepField, display } = request;
    for (const variant of request.variants) {
      const { convention, grid, flushSubnormals, pin, images, observe } = settingsOf(request, variant);
      const kernel = requireKernel(variant.kernel);
      const fields = fieldsInRunner({
        backend: kernel.backend,
        display,
        keepField,
        ...(images && { images }),
        ...(observe && { observe }),
      });
      const adapter = adapters.find(({ id }) => id === variant.adapter);
      if (adapter !== undefined) requireAdapter(kernel, grid, adapter);
      const job: KernelJob = { variant, convention, grid, flushSubnormals, pin };
      const bytes = await this.#runners[kernel.backend].bytesNeeded(job);
      // A GPU's own memory is the adapter's matter.
      const kernelBytes = adapter?.type === 'gpu' ? 0 : bytes;
      const demand = { kernel: kernel.id, grid, precision: variant.precision, keepField, fieldsInRunner: fields, kernelBytes };
      requireMemory(demand, await availableMemoryBytes());
    }
  }

  #afterRun(run: RunRecord): void {
    const { exercise } = run.request;
    if (exercise !== undefined && run.status === 'done') this.#markExercise(exercise, true);
    const shaken = run.variants.filter(({ trouble }) => trouble !== undefined && SHAKEN.has(trouble.code));
    for (const backend of new Set(shaken.map((variant) => variant.backend))) void this.#lookAgain(backend);
  }

  /** Probes a backend anew after it fell, and tells what runs now. */
  async #lookAgain(backend: Backend): Promise<void> {
    const probed = await probeRunner(this.#runners[backend]);
    if (this.#probes === undefined || this.#closed !== undefined) return;
    // Others may be looked at meanwhile.
    this.#probes = this.#probes.then((known) => ({ ...known, [backend]: probed }));
    const { kernels, adapters } = await this.#offered();
    this.#events.emit('kernelsChanged', { kernels: [...kernels], adapters: [...adapters] });
  }

  /** A driver or an addon that was missing when its backend was last looked at may have been installed since. */
  async #lookAgainAtMissing(backends: readonly Backend[]): Promise<void> {
    const probes = await this.#probes;
    const missing = (backend: Backend) => {
      const probed = probes?.[backend];
      return probed !== undefined && 'report' in probed && !probed.report.kernels.some(({ available }) => available);
    };
    await Promise.all([...new Set(backends)].filter(missing).map((backend) => this.#lookAgain(backend)));
  }

  #markExercise(exercise: string, done: boolean): void {
    this.session.setExerciseDone(exercise, done);
    this.#events.emit('sessionChanged', this.#session.info);
  }

  /** Of the open session what it is now, of another one its file. */
  #comparedAt(path: string): Compared {
    const info = this.#session.infoOf(resolve(path));
    return { name: info.name, session: info.path === this.#session.info.path ? this.session.read() : readMeasurements(info.path) };
  }

  #annotate(at: ResultPlace, change: AnnotationChange): void {
    const annotation = changedAnnotation(this.session.annotationOf(at), at, change);
    this.session.setAnnotation(at, annotation);
    this.#events.emit('annotated', { at, ...(annotation && { annotation }) });
  }

  #pinBaseline(baseline: ResultPlace | undefined): void {
    if (baseline !== undefined) this.session.requireResult(baseline);
    this.session.setBaseline(baseline);
    this.#events.emit('baselinePinned', { ...(baseline && { baseline }) });
  }

  /** Goes to another session, unless a run is being recorded in this one. */
  #change(go: () => void): SessionInfo {
    this.#requireIdle();
    go();
    const { info } = this.#session;
    this.#events.emit('sessionChanged', info);
    return info;
  }

  #open(path: string): Uploaded {
    let view: View | undefined;
    const info = this.#change(() => {
      if (isFigureFile(path)) view = this.#session.openFigure(path);
      else this.#session.open(path);
    });
    return { ...info, ...(view && { view }) };
  }

  async #kernelSource(id: string): Promise<Result<'kernelSource'>> {
    const { source } = requireKernel(id);
    const root = resourceRoot();
    const path = resolve(root, source);
    const inside = relative(root, path);
    if (inside.startsWith('..') || isAbsolute(inside)) throw new TroubleError({ code: 'cannot-read', path: source, detail: 'outside' });
    const text = await readFile(path, 'utf8').catch((error: Error) => {
      throw new TroubleError({ code: 'cannot-read', path: source, detail: error.message });
    });
    return { path: source, text };
  }

  #methods(): Handlers {
    return {
      hello: () => this.hello(),
      startRun: (request) => this.startRun(request),
      cancelRun: ({ runId }) => {
        this.cancelRun(runId);
        return {};
      },
      continueRun: async ({ runId, ...more }) => {
        await this.continueRun(runId, more);
        return {};
      },
      pauseRun: ({ runId }) => {
        this.#queue.pause(runId);
        return {};
      },
      resumeRun: ({ runId }) => {
        this.#queue.resume(runId);
        return {};
      },
      paceOf: async (request) => ({ secondsPerStep: await this.paceOf(request) }),
      cancelTuning: () => {
        this.#tuner.cancel();
        this.#pacing?.abort();
        return {};
      },
      presentConditions: () => presentConditions(this.#conditions),
      measureCeilings: () => this.measureCeilings(),
      cancelCeilings: () => {
        this.cancelCeilings();
        return {};
      },
      getSession: () => ({ info: this.#session.info, session: this.session.read() }),
      newSession: () => this.#change(() => this.#session.startNew()),
      openSession: ({ path }) => this.#open(resolve(path)),
      saveSessionAs: ({ path, replace }) => this.#change(() => this.#session.saveAs(path, replace)),
      listSessions: () => this.#session.list(),
      readSession: ({ path }) => ({ info: this.#session.infoOf(resolve(path)), session: readMeasurements(resolve(path)) }),
      setNotes: ({ notes }) => {
        this.session.setNotes(notes);
        return {};
      },
      annotate: ({ at, change }) => {
        this.#annotate(at, change);
        return {};
      },
      pinBaseline: ({ baseline }) => {
        this.#pinBaseline(baseline);
        return {};
      },
      setExerciseDone: ({ exercise, done }) => {
        this.#markExercise(exercise, done);
        return {};
      },
      setPreferences: (preferences) => this.#memory.remember(preferences),
      kernelSource: ({ kernel }) => this.#kernelSource(kernel),
      finalField: ({ runId, variant, ...view }) => {
        const picture = this.#finalPicture(runId, variant, view);
        return picture === undefined ? {} : { base64: Buffer.from(picture).toString('base64') };
      },
      exportChart: async (request) => {
        return packed(await exportChart(this.session.read(), request));
      },
      exportAllCharts: async ({ runs, ...settings }) => {
        const files = await chartFiles(this.session.read(), runs, settings);
        const fileName = `${this.#session.info.name}-figures.zip`;
        return packed({ fileName, mediaType: 'application/zip', bytes: zipOf(files) });
      },
      exportComparison: async ({ a, b, ...request }) => {
        const [first, second] = [this.#comparedAt(a), this.#comparedAt(b)];
        return packed(await exportComparison(first, second, request));
      },
      exportTable: (request) => packed(exportTable(this.session.read(), request)),
    };
  }
}
