/**
 * The adapter's copy bandwidth, measured by the host that steps the kernels: the copy takes the kernel's place, so that
 * recording, submitting, waiting and both clocks are the same. Runs in a process that finds a GPU (`tests/support`).
 */
import { isDeepStrictEqual } from 'node:util';
import type { KernelInstance, StepTime } from '../../electron/runner/backend.ts';
import { createWebgpuBackend } from '../../electron/runner/webgpu/backend.ts';
import { loadDawn } from '../../electron/runner/webgpu/dawn.ts';
import type { Kernel } from '../../kernels/kernel.ts';
import { DEFAULT_CONVENTION, seedField } from '../../kernels/model.ts';
import { COPY_BYTES_PER_CELL } from './gpu-results.ts';

const VALUES_OF_INVOCATION = 4;
const UNBOUNDED = { title: { en: '', fr: '' }, min: 1, max: 4096 };

const COPY: Kernel = {
  id: 'copy_bandwidth',
  backend: 'webgpu',
  title: { en: 'Copy', fr: 'Copie' },
  summary: { en: 'Copies the state.', fr: 'Copie l’état.' },
  source: 'copy_bandwidth.wgsl',
  precisions: ['f32'],
  stencils: [DEFAULT_CONVENTION.stencil],
  boundaries: [DEFAULT_CONVENTION.boundary],
  threaded: false,
  parameters: [
    { ...UNBOUNDED, name: 'workgroupX', default: 64 },
    { ...UNBOUNDED, name: 'workgroupY', default: 4 },
    { ...UNBOUNDED, name: 'stepsPerSubmit', default: 32 },
  ],
  gpu: { tile: (parameters) => ({ rows: Number(parameters.workgroupY), cols: VALUES_OF_INVOCATION * Number(parameters.workgroupX) }) },
  cost: {
    bytesPerCell: () => COPY_BYTES_PER_CELL,
    flopsPerCell: () => 0,
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#000000', marker: 'plus', dash: '' },
};

let instance: KernelInstance | undefined;

/** Of a square grid whose side is a multiple of 4. */
export async function openCopy(adapter: string, side: number): Promise<void> {
  const grid = { rows: side, cols: side };
  const convention = { ...DEFAULT_CONVENTION, precision: 'f32' } as const;
  const variant = { kernel: COPY.id, precision: 'f32', threads: 1, adapter, parameters: {} } as const;
  const backend = createWebgpuBackend(import.meta.dirname, loadDawn, [COPY]);
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
