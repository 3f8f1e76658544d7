import type { Kernel, ParameterValues } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

/** Both species of the work-group's cells and of the ring around them. */
export const tileBytes = ({ workgroupX, workgroupY }: ParameterValues): number =>
  2 * bytesPerValue('f32') * (Number(workgroupX) + 2) * (Number(workgroupY) + 2);

export const gpuTiled: Kernel = {
  id: 'gpu_tiled',
  backend: 'webgpu',
  title: { en: 'Tile in work-group memory', fr: 'Tuile en mémoire de groupe' },
  summary: {
    en: 'The work-group copies its cells and a ring around them into shared memory, meets at a barrier, and reads from there.',
    fr: 'Le groupe copie ses cellules et leur couronne en mémoire partagée, se retrouve à une barrière, et lit là.',
  },
  source: 'kernels/wgsl/gpu_tiled.wgsl',
  previous: 'gpu_naive',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, ...hostParameters],
  gpu: { workgroupBytes: tileBytes },
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#2F93D0', marker: 'square', dash: '' },
};
