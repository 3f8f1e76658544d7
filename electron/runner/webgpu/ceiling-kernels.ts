/**
 * What an adapter can do at most, as kernels that the host steps like any other, so that recording, submitting, waiting and
 * the clock are the same. They compute nothing of the model and are in no catalogue.
 */
import type { Kernel } from '../../../kernels/kernel.ts';
import { DEFAULT_CONVENTION, type Grid } from '../../../kernels/model.ts';
import type { CeilingCase } from '../backend.ts';
import { type ListedAdapter, largestCells } from './adapters.ts';

/** 2 values read and 2 written, of f32. */
export const COPY_BYTES_PER_CELL = 16;
const COPIED_TOGETHER = 4;
/** Of one cell in `fma_peak.wgsl`: so many values in registers, each multiplied and added so many times. */
const FMA_VALUES = 32;
const FMA_ROUNDS = 512;
export const FMA_FLOPS_PER_CELL = 2 * FMA_VALUES * FMA_ROUNDS;

const BYTES_FORMULA = { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' };

const UNBOUNDED = { title: { en: '', fr: '' }, min: 1, max: 4096 };

const COMMON = {
  backend: 'webgpu',
  summary: { en: '', fr: '' },
  precisions: ['f32'],
  stencils: [DEFAULT_CONVENTION.stencil],
  boundaries: [DEFAULT_CONVENTION.boundary],
  threaded: false,
  look: { color: '#000000', marker: 'plus', dash: '' },
} as const;

export const COPY: Kernel = {
  ...COMMON,
  id: 'copy_bandwidth',
  title: { en: 'Copy', fr: 'Copie' },
  source: 'kernels/wgsl/copy_bandwidth.wgsl',
  parameters: [
    { ...UNBOUNDED, name: 'workgroupX', default: 64 },
    { ...UNBOUNDED, name: 'workgroupY', default: 4 },
    { ...UNBOUNDED, name: 'stepsPerSubmit', default: 32 },
  ],
  gpu: { tile: ({ workgroupX, workgroupY }) => ({ rows: Number(workgroupY), cols: COPIED_TOGETHER * Number(workgroupX) }) },
  cost: {
    bytesPerCell: () => COPY_BYTES_PER_CELL,
    flopsPerCell: () => 0,
    bytesFormula: BYTES_FORMULA,
  },
};

export const FMA: Kernel = {
  ...COMMON,
  id: 'fma_peak',
  title: { en: 'Multiply and add', fr: 'Multiplier et additionner' },
  source: 'kernels/wgsl/fma_peak.wgsl',
  parameters: [
    { ...UNBOUNDED, name: 'workgroupX', default: 256 },
    { ...UNBOUNDED, name: 'workgroupY', default: 1 },
    { ...UNBOUNDED, name: 'stepsPerSubmit', default: 32 },
    { ...UNBOUNDED, name: 'rounds', default: FMA_ROUNDS },
  ],
  cost: {
    bytesPerCell: () => COPY_BYTES_PER_CELL,
    flopsPerCell: () => FMA_FLOPS_PER_CELL,
    bytesFormula: BYTES_FORMULA,
  },
};

/** Larger than any cache of a GPU; a software adapter has the processor's. Sides are multiples of `COPIED_TOGETHER`. */
const COPIED_CELLS = { gpu: 4096 ** 2, software: 2048 ** 2 };
/** Enough invocations for the largest GPU, few enough that one step of a software adapter takes milliseconds. */
const COMPUTED_CELLS = { gpu: 2048 ** 2, software: 128 ** 2 };

export function ceilingKernel({ kind }: CeilingCase): Kernel | undefined {
  if (kind === 'copy') return COPY;
  return kind === 'gpu-fma' ? FMA : undefined;
}

export function ceilingGrid(kernel: Kernel, { record, limits }: Pick<ListedAdapter, 'record' | 'limits'>): Grid {
  const cells = (kernel === COPY ? COPIED_CELLS : COMPUTED_CELLS)[record.type];
  const side = Math.floor(Math.sqrt(Math.min(cells, largestCells(limits))) / COPIED_TOGETHER) * COPIED_TOGETHER;
  return { rows: side, cols: side };
}

/** Bytes of the copy, operations of the other. */
export function ceilingWork(kernel: Kernel, { rows, cols }: Grid): number {
  return rows * cols * (kernel === COPY ? COPY_BYTES_PER_CELL : FMA_FLOPS_PER_CELL);
}
