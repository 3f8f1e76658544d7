import type { Kernel } from '../kernel.ts';
import { flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuHalf: Kernel = {
  id: 'gpu_half',
  backend: 'webgpu',
  title: { en: 'Two bytes in memory, on the GPU', fr: 'Deux octets en mémoire, sur le GPU' },
  summary: {
    en: 'Halves in the buffers, f32 in the registers: half the traffic, but no more than 3 decimal digits, and only on adapters that have f16.',
    fr: 'Des demi-précisions dans les tampons, f32 dans les registres : deux fois moins de trafic, mais 3 chiffres décimaux seulement, et uniquement sur les adaptateurs dotés du f16.',
  },
  source: 'kernels/wgsl/gpu_half.wgsl',
  previous: 'gpu_constants',
  precisions: ['f32'],
  storage: 'f16',
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  gpu: { features: ['shader-f16'], state: 'f16-buffers' },
  cost: {
    bytesPerCell: () => 8,
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) × 2 bytes', fr: '(2 valeurs lues + 2 écrites) × 2 octets' },
  },
  look: { color: '#CC79A7', marker: 'star', dash: '8 3 2 3' },
};
