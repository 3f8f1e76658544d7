import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuTwoPass: Kernel = {
  id: 'gpu_two_pass',
  backend: 'webgpu',
  title: { en: 'Two operators, two passes', fr: 'Deux opérateurs, deux passes' },
  summary: {
    en: 'The Laplacian of the whole grid goes to memory, and a second pass updates the cells from it: two and a half times the traffic of one pass.',
    fr: 'Le laplacien de toute la grille part en mémoire, et une seconde passe en met à jour les cellules : deux fois et demie le trafic d’une seule passe.',
  },
  source: 'kernels/wgsl/gpu_two_pass.wgsl',
  previous: 'gpu_naive',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  gpu: { passes: ['diffuse', 'update'], scratch: true },
  cost: {
    bytesPerCell: ({ precision }) => 10 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: {
      en: 'Laplacian: 2 values read + 2 written; update: 4 read + 2 written',
      fr: 'laplacien : 2 valeurs lues + 2 écrites ; mise à jour : 4 lues + 2 écrites',
    },
  },
  look: { color: '#0072B2', marker: 'wye', dash: '4 2 1 2' },
};
