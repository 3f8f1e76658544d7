import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

export const gpuSwapped: Kernel = {
  id: 'gpu_swapped',
  backend: 'webgpu',
  title: { en: 'Neighbours down a column', fr: 'Voisines le long d’une colonne' },
  summary: {
    en: 'Work-groups numbered down the columns: neighbouring invocations read cells a whole row apart, and coalescing is lost.',
    fr: 'Les groupes numérotés le long des colonnes : des invocations voisines lisent à une ligne d’écart, et la coalescence est perdue.',
  },
  source: 'kernels/wgsl/gpu_swapped.wgsl',
  previous: 'gpu_naive',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: BOUNDARY_IDS,
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  gpu: {
    tile: ({ workgroupX, workgroupY }) => ({ rows: Number(workgroupX), cols: Number(workgroupY) }),
  },
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#CC79A7', marker: 'plus', dash: '2 3' },
};
