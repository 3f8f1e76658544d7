/**
 * Seconds that the GPU itself spent stepping, from timestamps at the beginning and the end of every compute pass. The
 * difference to the wall time is what submission and waiting cost.
 *
 * A query set holds 4096 timestamps, so it is emptied into the next stretch of a buffer whenever it is full. Drivers
 * are known to hand out a negative difference now and then (a clock reset): such a measurement is dropped whole.
 */
import type { Dawn } from './dawn.ts';

const PASSES_PER_SET = 2048;
const SETS = 32;
/** Two timestamps of 64 bits. */
const BYTES_PER_PASS = 16;

export class PassTimer {
  readonly #device: GPUDevice;
  readonly #mapRead: GPUMapModeFlags;
  readonly #querySet: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  #passes = 0;

  constructor(device: GPUDevice, { GPUBufferUsage, GPUMapMode }: Dawn) {
    const size = SETS * PASSES_PER_SET * BYTES_PER_PASS;
    this.#device = device;
    this.#mapRead = GPUMapMode.READ;
    this.#querySet = device.createQuerySet({ type: 'timestamp', count: 2 * PASSES_PER_SET });
    this.#resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.#staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  /** Forgets the passes so far. */
  restart(): void {
    this.#passes = 0;
  }

  /** For the descriptor of the next pass; none once the buffer is full. */
  nextPass(): { timestampWrites: GPUComputePassTimestampWrites } | undefined {
    if (this.#passes >= SETS * PASSES_PER_SET) return undefined;
    const first = 2 * (this.#passes % PASSES_PER_SET);
    return { timestampWrites: { querySet: this.#querySet, beginningOfPassWriteIndex: first, endOfPassWriteIndex: first + 1 } };
  }

  /** After the pass: empties the set when it is full or `last`. */
  passEnded(encoder: GPUCommandEncoder, last: boolean): void {
    const capacity = SETS * PASSES_PER_SET;
    if (this.#passes >= capacity) {
      this.#passes = capacity + 1;
      return;
    }
    const inSet = (this.#passes++ % PASSES_PER_SET) + 1;
    if (!last && inSet < PASSES_PER_SET) return;
    const offset = (this.#passes - inSet) * BYTES_PER_PASS;
    encoder.resolveQuerySet(this.#querySet, 0, 2 * inSet, this.#resolved, offset);
  }

  /** Sum over the passes since `restart`; undefined when there were too many or the clock went backwards. */
  async seconds(): Promise<number | undefined> {
    const passes = this.#passes;
    if (passes === 0 || passes > SETS * PASSES_PER_SET) return undefined;
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, passes * BYTES_PER_PASS);
    this.#device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(this.#mapRead, 0, passes * BYTES_PER_PASS);
    const nanoseconds = new BigUint64Array(this.#staging.getMappedRange(0, passes * BYTES_PER_PASS).slice(0));
    this.#staging.unmap();
    return sumOfPasses(nanoseconds);
  }

  destroy(): void {
    this.#querySet.destroy();
    this.#resolved.destroy();
    this.#staging.destroy();
  }
}

/** Seconds in pairs of begin and end, in nanoseconds. */
export function sumOfPasses(nanoseconds: BigUint64Array): number | undefined {
  let total = 0n;
  for (let at = 0; at + 1 < nanoseconds.length; at += 2) {
    const begin = nanoseconds[at]!;
    const end = nanoseconds[at + 1]!;
    if (end < begin) return undefined;
    total += end - begin;
  }
  return total === 0n ? undefined : Number(total) * 1e-9;
}
