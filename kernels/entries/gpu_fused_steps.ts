import type { Kernel, ParameterValues } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

/** What a work-group holds: the tile with its margins. */
const regionOf = ({ workgroupX, workgroupY, rowsPerInvocation }: ParameterValues) => ({
  rows: Number(workgroupY) * Number(rowsPerInvocation),
  cols: Number(workgroupX),
});

export const gpuFusedSteps: Kernel = {
  id: 'gpu_fused_steps',
  backend: 'webgpu',
  title: { en: 'Several steps per dispatch', fr: 'Plusieurs pas par lancement' },
  summary: {
    en: 'A work-group takes a tile with a margin through several steps in the memory that it shares: the grid is read and written once for all of them, and the margins are computed twice.',
    fr: 'Un groupe de travail fait franchir plusieurs pas à une tuile et à sa marge dans sa mémoire partagée : la grille est lue et écrite une fois pour tous, et les marges sont calculées plusieurs fois.',
  },
  source: 'kernels/wgsl/gpu_fused_steps.wgsl',
  previous: 'gpu_constants',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [
    { name: 'depth', title: { en: 'Steps per dispatch', fr: 'Pas par lancement' }, default: 4, min: 1, max: 32 },
    { ...workgroupX, default: 32 },
    workgroupY,
    {
      name: 'rowsPerInvocation',
      title: { en: 'Rows per invocation', fr: 'Lignes par invocation' },
      ...{ default: 4, min: 1, max: 64 },
    },
    ...hostParameters,
  ],
  gpu: {
    tile: (parameters) => {
      const { rows, cols } = regionOf(parameters);
      const margins = 2 * Number(parameters.depth);
      return { rows: rows - margins, cols: cols - margins };
    },
    workgroupBytes: (parameters) => {
      const { rows, cols } = regionOf(parameters);
      // u and v of two levels, f32.
      return 16 * rows * cols;
    },
  },
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) ÷ depth', fr: '(2 valeurs lues + 2 écrites) ÷ profondeur' },
  },
  look: { color: '#CC79A7', marker: 'diamond', dash: '6 2' },
};
