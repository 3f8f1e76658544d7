/**
 * The adapter's copy bandwidth, measured by the host that steps the kernels: the copy takes the kernel's place, so that
 * recording, submitting, waiting and both clocks are the same. Runs in a process that finds a GPU (`tests/support`).
 */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { KernelInstance, StepTime } from '../../electron/runner/backend.ts';
import { createWebgpuBackend } from '../../electron/runner/webgpu/backend.ts';
import { COPY } from '../../electron/runner/webgpu/ceiling-kernels.ts';
import { loadDawn } from '../../electron/runner/webgpu/dawn.ts';
import { DEFAULT_CONVENTION, seedField } from '../../kernels/model.ts';

let instance: KernelInstance | undefined;

/** Of a square grid whose side is a multiple of 4. */
export async function openCopy(adapter: string, side: number): Promise<void> {
  const grid = { rows: side, cols: side };
  const convention = { ...DEFAULT_CONVENTION, precision: 'f32' } as const;
  const variant = { kernel: COPY.id, precision: 'f32', threads: 1, adapter, parameters: {} } as const;
  const backend = createWebgpuBackend(resolve(import.meta.dirname, '../..'), loadDawn, [COPY]);
  instance = await backend.open({ variant, convention, grid, flushSubnormals: true, pin: false });
  await instance.load(seedField(grid, convention.seed, 'f32'));
}

export async function copy(times: number): Promise<StepTime> {
  if (instance === undefined) throw new Error('the copy is not open');
  return instance.step(times);
}

/** Whether every value of the state is still that of the seed. */
export async function isSeedStill(side: number): Promise<boolean> {
  const { u, v } = seedField({ rows: side, cols: side }, DEFAULT_CONVENTION.seed, 'f32');
  const state = await instance?.read();
  return isDeepStrictEqual(state, { u, v });
}
