/**
 * The tick of an adapter's clock, as far as it shows: WebGPU gives timestamps in nanoseconds whatever the hardware counts
 * in, and no limit says how coarse they are.
 */
import type { Dawn } from './dawn.ts';

/** Passes with nothing in them, so that their timestamps lie as close as the clock can tell apart. */
const PASSES = 256;
const BYTES_PER_TIMESTAMP = 8;

/** The smallest difference above zero, in seconds; undefined when the clock never moved. */
export function smallestDifference(nanoseconds: BigUint64Array): number | undefined {
  const sorted = nanoseconds.toSorted();
  let smallest: bigint | undefined;
  for (let at = 1; at < sorted.length; at++) {
    const difference = sorted[at]! - sorted[at - 1]!;
    if (difference > 0n && (smallest === undefined || difference < smallest)) smallest = difference;
  }
  return smallest === undefined ? undefined : Number(smallest) * 1e-9;
}

/** Of a device with the feature `timestamp-query`. Rejects as the device does. */
export async function timestampResolution(device: GPUDevice, { GPUBufferUsage, GPUMapMode }: Dawn): Promise<number | undefined> {
  const count = 2 * PASSES;
  const size = count * BYTES_PER_TIMESTAMP;
  const querySet = device.createQuerySet({ type: 'timestamp', count });
  const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  for (let pass = 0; pass < PASSES; pass++) {
    const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * pass, endOfPassWriteIndex: 2 * pass + 1 };
    encoder.beginComputePass({ timestampWrites }).end();
  }
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  return smallestDifference(new BigUint64Array(staging.getMappedRange()));
}
