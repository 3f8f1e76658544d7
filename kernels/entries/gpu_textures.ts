import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuTextures: Kernel = {
  id: 'gpu_textures',
  backend: 'webgpu',
  title: { en: 'Images instead of buffers', fr: 'Des images au lieu de tampons' },
  summary: {
    en: 'Both species in one image with a border a texel wide: no neighbour is tested, and the image’s own layout and cache serve neighbours on every side.',
    fr: 'Les deux espèces dans une image bordée d’un texel : aucun voisin n’est testé, et l’agencement et le cache propres aux images servent les voisins de tous côtés.',
  },
  source: 'kernels/wgsl/gpu_textures.wgsl',
  previous: 'gpu_naive',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  gpu: { state: 'texture' },
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#C77F00', marker: 'star', dash: '4 2 1 2' },
};
