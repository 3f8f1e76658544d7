/**
 * One WGSL kernel on one grid: two buffers per species, two bind groups that swap them, and steps recorded into
 * submits. Nothing is copied between steps; the state is wherever the last one wrote it.
 *
 * Stepping is asynchronous to the GPU: `step` keeps a bounded number of submits in flight and looks for a cancel or a
 * lost device each time it waits. A cancelled `step` rejects at once; what was submitted still runs out, and `load`,
 * `read` and `close` queue behind it.
 */
import type { Field, Grid } from '../../../kernels/model.ts';
import { TroubleError } from '../../shared/trouble.ts';
import type { KernelInstance, StepTime } from '../backend.ts';
import type { Dawn } from './dawn.ts';
import type { WatchedDevice } from './device.ts';
import { BINDINGS, type Dispatch, type ModelValues, packUniform, takesUniform } from './interface.ts';
import { type Pace, paceFor, UNKNOWN_PACE } from './pace.ts';
import { whilePollingGently } from './polling.ts';
import { PassTimer } from './timing.ts';
import { createStaging, readValues, writeValues } from './transfer.ts';

export interface PreparedKernel {
  readonly source: string;
  readonly pipeline: GPUComputePipeline;
  readonly values: ModelValues;
  readonly dispatch: Dispatch;
  readonly stepsPerSubmit: number;
  /** Whether the adapter computes on this machine's processor. */
  readonly software: boolean;
}

interface Species {
  readonly u: GPUBuffer;
  readonly v: GPUBuffer;
}

/** Calibration stops once a trial takes this long: the estimate is then good enough to set the pace. */
const CALIBRATION_SECONDS = 0.002;

export class WebgpuInstance implements KernelInstance {
  readonly #dawn: Dawn;
  readonly #watched: WatchedDevice;
  readonly #kernel: PreparedKernel;
  readonly #cells: number;
  readonly #states: readonly [Species, Species];
  readonly #bindGroups: readonly [GPUBindGroup, GPUBindGroup];
  readonly #uniform: GPUBuffer | undefined;
  readonly #staging: GPUBuffer;
  readonly #timer: PassTimer | undefined;
  /** Which of the two states is the current one. */
  #current: 0 | 1 = 0;
  #pace: Pace = UNKNOWN_PACE;
  #cancelled = false;
  #interrupt: (() => void) | undefined;

  /** Allocates; call within `WatchedDevice.guarded`. */
  constructor(dawn: Dawn, watched: WatchedDevice, kernel: PreparedKernel, grid: Grid) {
    const { device } = watched;
    const { GPUBufferUsage } = dawn;
    this.#dawn = dawn;
    this.#watched = watched;
    this.#kernel = kernel;
    this.#cells = grid.rows * grid.cols;
    const size = this.#cells * Float32Array.BYTES_PER_ELEMENT;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const species = (): Species => ({ u: device.createBuffer({ size, usage }), v: device.createBuffer({ size, usage }) });
    this.#states = [species(), species()];
    this.#staging = createStaging(device, dawn, size);
    if (takesUniform(kernel.source)) {
      const uniform = packUniform(kernel.values);
      this.#uniform = device.createBuffer({ size: uniform.byteLength, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
      device.queue.writeBuffer(this.#uniform, 0, uniform);
    }
    this.#bindGroups = [this.#bindGroup(0), this.#bindGroup(1)];
    this.#timer = device.features.has('timestamp-query') ? new PassTimer(device, dawn) : undefined;
    watched.onTrouble = () => this.#interrupt?.();
  }

  #bindGroup(from: 0 | 1): GPUBindGroup {
    const source = this.#states[from];
    const target = this.#states[from === 0 ? 1 : 0];
    const entries: GPUBindGroupEntry[] = [
      { binding: BINDINGS.fromU, resource: { buffer: source.u } },
      { binding: BINDINGS.fromV, resource: { buffer: source.v } },
      { binding: BINDINGS.toU, resource: { buffer: target.u } },
      { binding: BINDINGS.toV, resource: { buffer: target.v } },
    ];
    if (this.#uniform !== undefined) entries.push({ binding: BINDINGS.model, resource: { buffer: this.#uniform } });
    return this.#watched.device.createBindGroup({ layout: this.#kernel.pipeline.getBindGroupLayout(0), entries });
  }

  /**
   * Learns the adapter's speed on whatever the buffers hold; the state is undefined afterwards. It begins with a few rows
   * of the grid, since a whole step of a large grid may take a software adapter half a minute.
   */
  async calibrate(): Promise<void> {
    const { dispatch, stepsPerSubmit } = this.#kernel;
    let part: Dispatch = { ...dispatch, y: 1, z: 1 };
    // The first submit of a pipeline may compile in the driver, so it does not count.
    await this.#advance(1, part);
    for (let steps = 1; ; ) {
      const seconds = await this.#advance(steps, part);
      const share = (part.y * part.z) / (dispatch.y * dispatch.z);
      this.#pace = paceFor(seconds / (steps * share), stepsPerSubmit);
      if (seconds >= CALIBRATION_SECONDS) return;
      if (share < 1) part = 2 * part.y < dispatch.y ? { ...part, y: 2 * part.y } : dispatch;
      else if (2 * steps <= stepsPerSubmit) steps *= 2;
      else return;
    }
  }

  async load(start: Field): Promise<void> {
    this.#cancelled = false;
    this.#current = 0;
    const { u, v } = this.#states[0];
    const { device } = this.#watched;
    writeValues(device, u, start.u as Float32Array);
    writeValues(device, v, start.v as Float32Array);
    await this.#waitForTransfer(device.queue.onSubmittedWorkDone());
  }

  async step(steps: number): Promise<StepTime> {
    this.#timer?.restart();
    const seconds = await this.#advance(steps);
    this.#pace = paceFor(seconds / steps, this.#kernel.stepsPerSubmit);
    const gpuSeconds = await this.#waitForStep(this.#timer?.seconds() ?? Promise.resolve(undefined));
    return gpuSeconds === undefined ? { seconds } : { seconds, gpuSeconds };
  }

  /** Wall seconds from the first command recorded to the end of the last one's work. */
  #advance(steps: number, dispatch = this.#kernel.dispatch): Promise<number> {
    this.#throwIfStopped();
    return this.#kernel.software ? whilePollingGently(() => this.#advanceNow(steps, dispatch)) : this.#advanceNow(steps, dispatch);
  }

  async #advanceNow(steps: number, dispatch: Dispatch): Promise<number> {
    const { queue } = this.#watched.device;
    const { stepsPerSubmit, submitsInFlight } = this.#pace;
    const inFlight: Promise<undefined>[] = [];
    const begin = performance.now();
    for (let left = steps; left > 0; ) {
      const count = Math.min(left, stepsPerSubmit);
      left -= count;
      this.#submit(count, dispatch, left === 0);
      const done = queue.onSubmittedWorkDone();
      done.catch(() => undefined);
      inFlight.push(done);
      if (left > 0 && inFlight.length >= submitsInFlight) await this.#waitForStep(inFlight.shift()!);
    }
    await this.#waitForStep(inFlight.at(-1)!);
    return (performance.now() - begin) / 1000;
  }

  #submit(steps: number, { x, y, z }: Dispatch, last: boolean): void {
    const { device } = this.#watched;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(this.#timer?.nextPass());
    pass.setPipeline(this.#kernel.pipeline);
    for (let step = 0; step < steps; step++) {
      pass.setBindGroup(0, this.#bindGroups[this.#current]);
      pass.dispatchWorkgroups(x, y, z);
      this.#current = this.#current === 0 ? 1 : 0;
    }
    pass.end();
    this.#timer?.passEnded(encoder, last);
    device.queue.submit([encoder.finish()]);
  }

  async read(): Promise<Field> {
    const { u, v } = this.#states[this.#current];
    return { u: await this.#values(u), v: await this.#values(v) };
  }

  async #values(buffer: GPUBuffer): Promise<Float32Array> {
    const values = new Float32Array(this.#cells);
    await readValues(this.#watched.device, this.#dawn, this.#staging, buffer, values, (mapping) => this.#waitForTransfer(mapping));
    return values;
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
    this.#uniform?.destroy();
    this.#staging.destroy();
    for (const { u, v } of this.#states) {
      u.destroy();
      v.destroy();
    }
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
