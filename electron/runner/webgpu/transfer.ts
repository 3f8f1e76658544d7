/** Fields to and from a GPU buffer, in chunks, so that a transfer needs little memory beside the field itself. */
import type { Dawn } from './dawn.ts';
import { STAGING_BYTES } from './limits.ts';

export function writeValues(device: GPUDevice, buffer: GPUBuffer, values: Float32Array): void {
  const chunk = STAGING_BYTES / values.BYTES_PER_ELEMENT;
  for (let at = 0; at < values.length; at += chunk) {
    const part = values.subarray(at, at + chunk) as Float32Array<ArrayBuffer>;
    device.queue.writeBuffer(buffer, at * values.BYTES_PER_ELEMENT, part);
  }
}

export function createStaging(device: GPUDevice, { GPUBufferUsage }: Dawn, fieldBytes: number): GPUBuffer {
  return device.createBuffer({ size: Math.min(fieldBytes, STAGING_BYTES), usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
}

/** Copies the first `values.length` numbers of `buffer`; `waitFor` may end the waiting early by throwing. */
export async function readValues(
  device: GPUDevice,
  { GPUMapMode }: Dawn,
  staging: GPUBuffer,
  buffer: GPUBuffer,
  values: Float32Array,
  waitFor: (mapping: Promise<undefined>) => Promise<undefined>,
): Promise<void> {
  for (let offset = 0; offset < values.byteLength; offset += STAGING_BYTES) {
    const bytes = Math.min(STAGING_BYTES, values.byteLength - offset);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await waitFor(staging.mapAsync(GPUMapMode.READ, 0, bytes));
    values.set(new Float32Array(staging.getMappedRange(0, bytes)), offset / values.BYTES_PER_ELEMENT);
    // Not in a `finally`: unmapping after getMappedRange has thrown aborts the process.
    staging.unmap();
  }
}
