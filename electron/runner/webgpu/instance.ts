/**
 * One WGSL kernel on one grid: two states, two bind groups that swap them, and steps recorded into submits. Nothing is
 * copied between steps; the state is wherever the last one wrote it.
 *
 * Stepping is asynchronous to the GPU: `step` keeps a bounded number of submits in flight and looks for a cancel or a
 * lost device each time it waits. A cancelled `step` rejects at once; what was submitted still runs out, and `load`,
 * `read` and `close` queue behind it.
 */
import type { GpuHost } from '../../../kernels/kernel.ts';
import type { BoundaryId, Field, Grid } from '../../../kernels/model.ts';
import type { FrameView } from '../../shared/frame.ts';
import type { FramePlace } from '../../shared/frame-make.ts';
import { TroubleError } from '../../shared/trouble.ts';
import type { KernelInstance, StepSpan, StepTime } from '../backend.ts';
import type { Dawn } from './dawn.ts';
import type { WatchedDevice } from './device.ts';
import { FramePass } from './frame-pass.ts';
import { BINDINGS, type Dispatch, type Tuning } from './interface.ts';
import { paddedCols } from './limits.ts';
import { type Pace, paceFor, UNKNOWN_PACE } from './pace.ts';
import { whilePollingGently } from './polling.ts';
import type { Sweep } from './shader.ts';
import { BufferStates, type StateIndex, type States, TextureStates } from './states.ts';
import { PassTimer } from './timing.ts';
import { Transfers } from './transfers.ts';

export interface PreparedKernel {
  readonly host: GpuHost;
  readonly layout: GPUBindGroupLayout;
  readonly uniform: ArrayBuffer | undefined;
  readonly sweep: Sweep;
  /** The sweep for what is left of steps that are no multiple of the kernel's depth. */
  readonly shallower: (steps: number) => Promise<Sweep>;
  readonly tuning: Pick<Tuning, 'stepsPerSubmit' | 'transfer' | 'stepsPerTransfer'>;
  /** Whether the adapter computes on this machine's processor. */
  readonly software: boolean;
  /** Compiled when a frame is asked for; absent where the state is rather read whole. */
  readonly framePipeline: (() => Promise<GPUComputePipeline>) | undefined;
}

/** The whole sweeps of a call and the shallower one that ends it. */
interface Course {
  readonly sweep: Sweep;
  readonly last?: Sweep;
}

/** Calibration stops once a trial takes this long: the estimate is then good enough to set the pace. */
const CALIBRATION_SECONDS = 0.002;

export class WebgpuInstance implements KernelInstance {
  readonly #watched: WatchedDevice;
  readonly #kernel: PreparedKernel;
  readonly #states: States;
  readonly #scratch: readonly GPUBuffer[];
  readonly #bindGroups: readonly [GPUBindGroup, GPUBindGroup];
  readonly #uniform: GPUBuffer | undefined;
  readonly #timer: PassTimer | undefined;
  readonly #framePass: FramePass | undefined;
  readonly #transfers: Transfers | undefined;
  readonly compileSeconds: number;
  /** Which of the two states is the current one. */
  #current: StateIndex = 0;
  #pace: Pace = UNKNOWN_PACE;
  /** Submits that may still run, the oldest first. */
  #inFlight: Promise<undefined>[] = [];
  #cancelled = false;
  #interrupt: (() => void) | undefined;

  /** Allocates; call within `WatchedDevice.guarded`. */
  constructor(dawn: Dawn, watched: WatchedDevice, kernel: PreparedKernel, grid: Grid, boundary: BoundaryId) {
    const { device } = watched;
    const { GPUBufferUsage } = dawn;
    const { host, uniform } = kernel;
    this.#watched = watched;
    this.#kernel = kernel;
    this.#states = host.state === 'texture' ? new TextureStates(device, dawn, grid, boundary) : new BufferStates(device, dawn, grid, host);
    const scratchBytes = grid.rows * paddedCols(grid, { gpu: host }) * Float32Array.BYTES_PER_ELEMENT;
    const scratch = () => device.createBuffer({ size: scratchBytes, usage: GPUBufferUsage.STORAGE });
    this.#scratch = host.scratch ? [scratch(), scratch()] : [];
    if (uniform !== undefined) {
      this.#uniform = device.createBuffer({ size: uniform.byteLength, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
      device.queue.writeBuffer(this.#uniform, 0, uniform);
    }
    this.#bindGroups = [this.#bindGroup(0), this.#bindGroup(1)];
    this.#timer = device.features.has('timestamp-query') ? new PassTimer(device, dawn) : undefined;
    const { framePipeline } = kernel;
    this.#framePass = framePipeline && new FramePass(dawn, device, framePipeline, grid);
    const { transfer, stepsPerTransfer } = kernel.tuning;
    this.#transfers = transfer === 'once' ? undefined : new Transfers(device, dawn, this.#states, transfer, stepsPerTransfer);
    this.compileSeconds = kernel.sweep.compileSeconds;
    watched.onTrouble = () => this.#interrupt?.();
  }

  #bindGroup(from: StateIndex): GPUBindGroup {
    const entries = this.#states.entries(from);
    const [scratchU, scratchV] = this.#scratch;
    if (scratchU !== undefined) entries.push({ binding: BINDINGS.scratchU, resource: { buffer: scratchU } });
    if (scratchV !== undefined) entries.push({ binding: BINDINGS.scratchV, resource: { buffer: scratchV } });
    if (this.#uniform !== undefined) entries.push({ binding: BINDINGS.model, resource: { buffer: this.#uniform } });
    return this.#watched.device.createBindGroup({ layout: this.#kernel.layout, entries });
  }

  /**
   * Learns the adapter's speed on whatever the buffers hold; the state is undefined afterwards. It begins with a few rows
   * of the grid, since a whole step of a large grid may take a software adapter half a minute.
   */
  async calibrate(): Promise<void> {
    const { sweep, tuning } = this.#kernel;
    const { depth, dispatch } = sweep;
    let part: Dispatch = { ...dispatch, y: 1, z: 1 };
    const advance = (sweeps: number) => this.#atOwnPace(() => this.#advance(sweeps * depth, { sweep: { ...sweep, dispatch: part } }));
    // The first submit of a pipeline may compile in the driver, so it does not count.
    await advance(1);
    for (let sweeps = 1; ; ) {
      const seconds = await advance(sweeps);
      const share = (part.y * part.z) / (dispatch.y * dispatch.z);
      this.#pace = paceFor(seconds / (sweeps * share), this.#sweepsPerSubmit);
      if (seconds >= CALIBRATION_SECONDS) return;
      if (share < 1) part = 2 * part.y < dispatch.y ? { ...part, y: 2 * part.y } : dispatch;
      else if (2 * sweeps * depth <= tuning.stepsPerSubmit) sweeps *= 2;
      else return;
    }
  }

  get #sweepsPerSubmit(): number {
    return Math.max(1, Math.floor(this.#kernel.tuning.stepsPerSubmit / this.#kernel.sweep.depth));
  }

  async load(start: Field): Promise<void> {
    this.#cancelled = false;
    // What a cancelled step left on its way.
    await this.#waitForTransfer(this.#transfers?.settled() ?? Promise.resolve());
    this.#current = 0;
    this.#states.write(0, start);
    await this.#waitForTransfer(this.#watched.device.queue.onSubmittedWorkDone());
    await this.#waitForTransfer(this.#transfers?.begin(0) ?? Promise.resolve());
  }

  async step(steps: number): Promise<StepTime> {
    const courses = await this.#courses(this.#transfers?.stretches(steps) ?? [steps]);
    const stepsPerSubmit = Math.min(this.#pace.sweepsPerSubmit * this.#kernel.sweep.depth, Math.max(...courses.keys()));
    this.#timer?.restart();
    const { seconds, spans } = await this.#atOwnPace(() => this.#timed(steps, courses));
    const stepping = spans?.reduce((sum, { what, begin, end }) => (what === 'steps' ? sum + end - begin : sum), 0) ?? seconds;
    this.#pace = paceFor(stepping / Math.ceil(steps / this.#kernel.sweep.depth), this.#sweepsPerSubmit);
    const gpuSeconds = await this.#waitForStep(this.#timer?.seconds() ?? Promise.resolve(undefined));
    return {
      seconds,
      ...(gpuSeconds !== undefined && { gpuSeconds }),
      ...(stepsPerSubmit < this.#sweepsPerSubmit * this.#kernel.sweep.depth && { stepsPerSubmit }),
      ...(spans && { spans }),
    };
  }

  /** What each number of steps takes, compiled where it is not yet. */
  async #courses(lengths: readonly number[]): Promise<ReadonlyMap<number, Course>> {
    const { sweep, shallower } = this.#kernel;
    const courses = new Map<number, Course>();
    for (const length of lengths) {
      const rest = length % sweep.depth;
      courses.set(length, rest === 0 ? { sweep } : { sweep, last: await shallower(rest) });
    }
    return courses;
  }

  async #timed(steps: number, courses: ReadonlyMap<number, Course>): Promise<{ seconds: number; spans?: readonly StepSpan[] }> {
    if (this.#transfers === undefined) return { seconds: await this.#advance(steps, courses.get(steps)!) };
    this.#throwIfStopped();
    this.#inFlight = [];
    const begin = performance.now();
    const spans = await this.#transfers.step(steps, {
      send: (stretch, isLast) => this.#send(stretch, courses.get(stretch)!, isLast),
      current: () => this.#current,
      waitFor: (work) => this.#waitForStep(work),
    });
    return { seconds: (performance.now() - begin) / 1000, spans };
  }

  #atOwnPace<T>(work: () => Promise<T>): Promise<T> {
    return this.#kernel.software ? whilePollingGently(work) : work();
  }

  /** Wall seconds from the first command recorded to the end of the last one's work. */
  async #advance(steps: number, course: Course): Promise<number> {
    this.#throwIfStopped();
    this.#inFlight = [];
    const begin = performance.now();
    const { done } = await this.#send(steps, course, true);
    await this.#waitForStep(done);
    return (performance.now() - begin) / 1000;
  }

  /** Submits all of the steps, waiting for earlier ones where too many would be in flight. `isLast`: of a call of `step`. */
  async #send(steps: number, { sweep, last }: Course, isLast: boolean): Promise<{ done: Promise<undefined> }> {
    const { queue } = this.#watched.device;
    const { sweepsPerSubmit, submitsInFlight } = this.#pace;
    for (let left = steps; left > 0; ) {
      if (this.#inFlight.length >= submitsInFlight) await this.#waitForStep(this.#inFlight.shift()!);
      const sweeps = Math.min(sweepsPerSubmit, Math.floor(left / sweep.depth));
      left -= sweeps * sweep.depth;
      const ends = left < sweep.depth;
      if (ends) left = 0;
      this.#submit(sweep, sweeps, ends ? last : undefined, ends && isLast);
      const done = queue.onSubmittedWorkDone();
      done.catch(() => undefined);
      this.#inFlight.push(done);
    }
    return { done: this.#inFlight.at(-1)! };
  }

  #submit(sweep: Sweep, sweeps: number, then: Sweep | undefined, isLast: boolean): void {
    const { device } = this.#watched;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(this.#timer?.nextPass());
    const record = ({ pipelines, dispatch: { x, y, z } }: Sweep) => {
      pass.setBindGroup(0, this.#bindGroups[this.#current]);
      for (const pipeline of pipelines) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroups(x, y, z);
      }
      this.#current = this.#current === 0 ? 1 : 0;
    };
    for (let count = 0; count < sweeps; count++) record(sweep);
    if (then !== undefined) record(then);
    pass.end();
    this.#timer?.passEnded(encoder, isLast);
    device.queue.submit([encoder.finish()]);
  }

  async read(): Promise<Field> {
    const field = await this.#states.read(this.#current, (mapping) => this.#waitForTransfer(mapping));
    this.#transfers?.overlay(field);
    return field;
  }

  async frame(view: FrameView, place: FramePlace): Promise<Uint8Array | undefined> {
    const cells = this.#states.plainBuffers(this.#current)?.[view.species];
    return cells && this.#framePass?.frame(cells, view, place, (mapping) => this.#waitForTransfer(mapping));
  }

  cancel(): void {
    this.#cancelled = true;
    this.#interrupt?.();
  }

  /** Does not wait for work still running: Dawn keeps what it uses until it has ended. */
  async close(): Promise<void> {
    this.#watched.onTrouble = undefined;
    if (this.#watched.trouble !== undefined) return;
    this.#timer?.destroy();
    this.#framePass?.destroy();
    this.#transfers?.destroy();
    this.#uniform?.destroy();
    for (const buffer of this.#scratch) buffer.destroy();
    this.#states.destroy();
  }

  #throwIfStopped(): void {
    this.#watched.throwIfFailed();
    if (this.#cancelled) throw new TroubleError({ code: 'cancelled' });
  }

  /** Waits for the stepping, or for a cancel or trouble, whichever comes first. */
  #waitForStep<T>(work: Promise<T>): Promise<T> {
    return this.#wait(work, () => this.#throwIfStopped());
  }

  /** Waits for a transfer, which is too short to cancel, or for trouble. */
  #waitForTransfer<T>(work: Promise<T>): Promise<T> {
    return this.#wait(work, () => this.#watched.throwIfFailed());
  }

  /** `throwIfOver` says what may end the waiting early; a rejection of `work` that it does not explain is a GPU error. */
  async #wait<T>(work: Promise<T>, throwIfOver: () => void): Promise<T> {
    throwIfOver();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#interrupt = () => {
          try {
            throwIfOver();
          } catch (reason) {
            reject(reason);
          }
        };
        work.then(resolve, reject);
      });
    } catch (error) {
      throwIfOver();
      this.#watched.fail({ code: 'gpu-error', detail: error instanceof Error ? error.message : String(error) });
      throw new TroubleError(this.#watched.trouble!);
    } finally {
      this.#interrupt = undefined;
    }
  }
}
