import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuNaive: Kernel = {
  id: 'gpu_naive',
  backend: 'webgpu',
  title: { en: 'First GPU kernel', fr: 'Premier noyau GPU' },
  summary: {
    en: 'One invocation per cell, four storage buffers, nothing shared: the GPU’s own very naive version.',
    fr: 'Une invocation par cellule, quatre tampons, rien de partagé : la version très naïve du GPU.',
  },
  source: 'kernels/wgsl/gpu_naive.wgsl',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: BOUNDARY_IDS,
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#009E73', marker: 'plus', dash: '' },
};
