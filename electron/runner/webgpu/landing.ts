/** Where copies from the GPU arrive: a buffer that both sides see, and memory of the host's own to take them out into. */
import type { Dawn } from './dawn.ts';
import type { Rows } from './states.ts';

export class Landing {
  readonly #device: GPUDevice;
  readonly #mapRead: GPUMapModeFlags;
  readonly #staging: GPUBuffer;
  #last: Promise<void> = Promise.resolve();
  /** What was brought last. */
  readonly bytes: ArrayBuffer;

  constructor(device: GPUDevice, { GPUBufferUsage, GPUMapMode }: Dawn, size: number) {
    this.#device = device;
    this.#mapRead = GPUMapMode.READ;
    this.#staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    this.bytes = new ArrayBuffer(size);
    // Fresh pages cost more than the first copy into them.
    new Uint8Array(this.bytes).fill(1);
  }

  /** Resolves when nothing is on its way here any more, whatever became of it. */
  get free(): Promise<void> {
    return this.#last.catch(() => undefined);
  }

  /** Queues the copy of a whole plane, to be called when the landing is free; resolves once `bytes` hold it. */
  bring(rows: Rows): Promise<void> {
    const encoder = this.#device.createCommandEncoder();
    rows.copyOut(encoder, 0, rows.count, this.#staging);
    this.#device.queue.submit([encoder.finish()]);
    this.#last = this.#taken();
    // Who waits for it is told; until then its failure must not end the process.
    this.#last.catch(() => undefined);
    return this.#last;
  }

  async #taken(): Promise<void> {
    await this.#staging.mapAsync(this.#mapRead);
    new Uint8Array(this.bytes).set(new Uint8Array(this.#staging.getMappedRange()));
    // Not in a `finally`: unmapping after getMappedRange has thrown aborts the process.
    this.#staging.unmap();
  }

  destroy(): void {
    this.#staging.destroy();
  }
}
