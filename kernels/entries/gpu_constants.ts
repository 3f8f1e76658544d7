import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuConstants: Kernel = {
  id: 'gpu_constants',
  backend: 'webgpu',
  title: { en: 'Constants known to the shader compiler', fr: 'Constantes connues du compilateur' },
  summary: {
    en: 'Model and grid become pipeline constants instead of a uniform buffer: the shader compiler folds them.',
    fr: 'Le modèle et la grille deviennent des constantes du pipeline au lieu d’un tampon uniforme : le compilateur les replie.',
  },
  source: 'kernels/wgsl/gpu_constants.wgsl',
  previous: 'gpu_naive',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#D55E00', marker: 'wye', dash: '1 3' },
};
