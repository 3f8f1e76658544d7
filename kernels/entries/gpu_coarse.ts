import type { Kernel, KernelParameter } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

const cellsY: KernelParameter = {
  name: 'cellsY',
  title: { en: 'Rows per invocation', fr: 'Lignes par invocation' },
  ...{ default: 4, min: 1, max: 64 },
};

export const gpuCoarse: Kernel = {
  id: 'gpu_coarse',
  backend: 'webgpu',
  title: { en: 'Strips of several cells', fr: 'Bandes de plusieurs cellules' },
  summary: {
    en: 'Each invocation computes four columns as one vector over several rows, whose sums stay in registers.',
    fr: 'Chaque invocation calcule quatre colonnes en un vecteur sur plusieurs lignes, dont les sommes restent en registres.',
  },
  source: 'kernels/wgsl/gpu_coarse.wgsl',
  previous: 'gpu_tiled',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [workgroupX, workgroupY, cellsY, ...hostParameters],
  gpu: {
    tile: ({ workgroupX, workgroupY, cellsY }) => ({ rows: Number(workgroupY) * Number(cellsY), cols: 4 * Number(workgroupX) }),
    rowMultiple: 4,
  },
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#0072B2', marker: 'cross', dash: '6 3' },
};
