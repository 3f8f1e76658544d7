import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuSubgroups: Kernel = {
  id: 'gpu_subgroups',
  backend: 'webgpu',
  title: { en: 'Neighbours by shuffle', fr: 'Les voisins par échange de registres' },
  summary: {
    en: 'Invocations of a subgroup hand one another the sums of their columns from register to register: 6 values loaded per cell instead of 18, no barrier.',
    fr: 'Les invocations d’un sous-groupe se passent les sommes de leurs colonnes de registre à registre : 6 valeurs lues par cellule au lieu de 18, sans barrière.',
  },
  source: 'kernels/wgsl/gpu_subgroups.wgsl',
  previous: 'gpu_constants',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  // Whole subgroups side by side in a row, and the largest work-group that every adapter runs.
  parameters: [{ ...workgroupX, default: 64 }, { ...workgroupY, default: 4 }, ...hostParameters],
  gpu: { features: ['subgroups'] },
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#8A8A8A', marker: 'wye', dash: '2 3' },
};
