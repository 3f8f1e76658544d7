/**
 * One WGSL kernel on one grid: two buffers per species, two bind groups that swap them, and steps recorded into
 * submits. Nothing is copied between steps; the state is wherever the last one wrote it.
 *
 * Stepping is asynchronous to the GPU: `step` keeps a bounded number of submits in flight and looks for a cancel or a
 * lost device each time it waits. A cancelled `step` rejects at once; what was submitted still runs out, and `load`,
 * `read` and `close` queue behind it.
 */
import type { Field, Grid } from '../../kernels/model.ts';
import { TroubleError } from '../shared/trouble.ts';
import type { KernelInstance, StepTime } from './backend.ts';
import type { Dawn } from './webgpu-dawn.ts';
import type { WatchedDevice } from './webgpu-device.ts';
import { BINDINGS, type Dispatch, type ModelValues, packUniform, takesUniform } from './webgpu-interface.ts';
import { STAGING_BYTES } from './webgpu-limits.ts';
import { type Pace, paceFor, UNKNOWN_PACE } from './webgpu-pace.ts';
import { PassTimer } from './webgpu-timing.ts';

export interface PreparedKernel {
  readonly source: string;
  readonly pipeline: GPUComputePipeline;
  readonly values: ModelValues;
  readonly dispatch: Dispatch;
  readonly stepsPerSubmit: number;
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
    this.#staging = device.createBuffer({ size: Math.min(size, STAGING_BYTES), usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
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

  /** Learns the adapter's speed on whatever the buffers hold; the state is undefined afterwards. */
  async calibrate(): Promise<void> {
    for (let steps = 1; ; steps *= 2) {
      // The first submit of a pipeline compiles in the driver; it is repeated before it counts.
      if (steps === 1) await this.#advance(1);
      const seconds = await this.#advance(steps);
      this.#pace = paceFor(seconds / steps, this.#kernel.stepsPerSubmit);
      if (seconds >= CALIBRATION_SECONDS || steps * 2 > this.#kernel.stepsPerSubmit) return;
    }
  }

  async load(start: Field): Promise<void> {
    this.#watched.throwIfFailed();
    this.#cancelled = false;
    this.#current = 0;
    const { u, v } = this.#states[0];
    this.#write(u, start.u as Float32Array<ArrayBuffer>);
    this.#write(v, start.v as Float32Array<ArrayBuffer>);
    await this.#wait(this.#watched.device.queue.onSubmittedWorkDone());
  }

  #write(buffer: GPUBuffer, values: Float32Array<ArrayBuffer>): void {
    const chunk = STAGING_BYTES / values.BYTES_PER_ELEMENT;
    for (let at = 0; at < values.length; at += chunk) {
      const part = values.subarray(at, at + chunk);
      this.#watched.device.queue.writeBuffer(buffer, at * values.BYTES_PER_ELEMENT, part);
    }
  }

  async step(steps: number): Promise<StepTime> {
    this.#throwIfStopped();
    this.#timer?.restart();
    const seconds = await this.#advance(steps);
    this.#pace = paceFor(seconds / steps, this.#kernel.stepsPerSubmit);
    const gpuSeconds = await this.#wait(this.#timer?.seconds() ?? Promise.resolve(undefined));
    return gpuSeconds === undefined ? { seconds } : { seconds, gpuSeconds };
  }

  /** Wall seconds from the first command recorded to the end of the last one's work. */
  async #advance(steps: number): Promise<number> {
    const { queue } = this.#watched.device;
    const { stepsPerSubmit, submitsInFlight } = this.#pace;
    const inFlight: Promise<undefined>[] = [];
    const begin = performance.now();
    for (let left = steps; left > 0; ) {
      const count = Math.min(left, stepsPerSubmit);
      left -= count;
      this.#submit(count, left === 0);
      const done = queue.onSubmittedWorkDone();
      done.catch(() => undefined);
      inFlight.push(done);
      if (left > 0 && inFlight.length >= submitsInFlight) await this.#wait(inFlight.shift()!);
    }
    await this.#wait(inFlight.at(-1)!);
    return (performance.now() - begin) / 1000;
  }

  #submit(steps: number, last: boolean): void {
    const { device } = this.#watched;
    const { x, y, z } = this.#kernel.dispatch;
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
    this.#watched.throwIfFailed();
    const { u, v } = this.#states[this.#current];
    return { u: await this.#readBuffer(u), v: await this.#readBuffer(v) };
  }

  async #readBuffer(buffer: GPUBuffer): Promise<Float32Array> {
    const { device } = this.#watched;
    const values = new Float32Array(this.#cells);
    for (let offset = 0; offset < values.byteLength; offset += STAGING_BYTES) {
      const bytes = Math.min(STAGING_BYTES, values.byteLength - offset);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, offset, this.#staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await this.#wait(this.#staging.mapAsync(this.#dawn.GPUMapMode.READ, 0, bytes));
      values.set(new Float32Array(this.#staging.getMappedRange(0, bytes)), offset / values.BYTES_PER_ELEMENT);
      // Not in a `finally`: unmapping after getMappedRange has thrown aborts the process.
      this.#staging.unmap();
    }
    return values;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#interrupt?.();
  }

  async close(): Promise<void> {
    this.#watched.onTrouble = undefined;
    if (this.#watched.trouble !== undefined) return;
    await this.#watched.device.queue.onSubmittedWorkDone().catch(() => undefined);
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

  /** Waits for the GPU, or for a cancel or trouble, whichever comes first. */
  async #wait<T>(work: Promise<T>): Promise<T> {
    this.#throwIfStopped();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#interrupt = () => reject(new TroubleError({ code: 'cancelled' }));
        work.then(resolve, reject);
      });
    } catch (error) {
      this.#throwIfStopped();
      const detail = error instanceof Error ? error.message : String(error);
      this.#watched.fail({ code: 'gpu-error', detail });
      throw new TroubleError({ code: 'gpu-error', detail });
    } finally {
      this.#interrupt = undefined;
    }
  }
}
