/** Frames made on the GPU beside those that `makeFrame` makes of the same field, in the process that has the GPU. */
import { join } from 'node:path';
import { listAdapters } from '../../electron/runner/webgpu/adapters.ts';
import { loadDawn } from '../../electron/runner/webgpu/dawn.ts';
import { openDevice } from '../../electron/runner/webgpu/device.ts';
import { FramePass, framePipeline } from '../../electron/runner/webgpu/frame-pass.ts';
import { PipelineStore } from '../../electron/runner/webgpu/pipelines.ts';
import type { FrameView } from '../../electron/shared/frame.ts';
import { makeFrame } from '../../electron/shared/frame-make.ts';
import type { Grid } from '../../kernels/model.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PLACE = { runId: 4, variant: 2, round: 1, step: 12_345 };

async function openFirstDevice() {
  const dawn = await loadDawn();
  const { adapters } = await listAdapters(dawn);
  const watched = await openDevice(adapters.find(({ record }) => record.usable)!);
  return { dawn, watched, pipeline: await framePipeline(ROOT, dawn, watched.device, new PipelineStore(watched)) };
}

let opened: ReturnType<typeof openFirstDevice> | undefined;

export interface BothFrames {
  /** Undefined where the GPU declines. */
  readonly gpu: Uint8Array | undefined;
  readonly cpu: Uint8Array;
}

/** The frames of one field as each of the views asks for them, one after the other from the same pass. */
export async function framesOf(values: Float32Array, grid: Grid, views: readonly FrameView[]): Promise<BothFrames[]> {
  opened ??= openFirstDevice();
  const { dawn, watched, pipeline } = await opened;
  const { device } = watched;
  const cells = device.createBuffer({ size: values.byteLength, usage: dawn.GPUBufferUsage.STORAGE | dawn.GPUBufferUsage.COPY_DST });
  device.queue.writeBuffer(cells, 0, values as Float32Array<ArrayBuffer>);
  const pass = new FramePass(dawn, device, async () => pipeline, grid);
  const frames: BothFrames[] = [];
  for (const view of views) {
    const gpu = await pass.frame(cells, view, PLACE, (mapping) => mapping);
    frames.push({ gpu, cpu: makeFrame({ u: values, v: values }, grid, view, PLACE) });
  }
  pass.destroy();
  cells.destroy();
  watched.throwIfFailed();
  return frames;
}
