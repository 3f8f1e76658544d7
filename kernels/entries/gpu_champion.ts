import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';
import { hostParameters, workgroupX, workgroupY } from './gpu-parameters.ts';

/** Side of the block of cells that an invocation keeps in registers. */
const BLOCK = 4;

export const gpuChampion: Kernel = {
  id: 'gpu_champion',
  backend: 'webgpu',
  title: { en: 'The champion on the GPU', fr: 'Le champion sur GPU' },
  summary: {
    en: 'Several steps per dispatch with 4 × 4 cells in the registers of each invocation: work-group memory carries only what passes between blocks. Its tuning is found on each adapter.',
    fr: 'Plusieurs pas par lancement, avec 4 × 4 cellules dans les registres de chaque invocation : la mémoire partagée ne porte que ce qui passe d’un bloc à l’autre. Son réglage est trouvé sur chaque adaptateur.',
  },
  source: 'kernels/wgsl/gpu_champion.wgsl',
  previous: 'gpu_fused_steps',
  precisions: ['f32'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  threaded: false,
  parameters: [
    { name: 'depth', title: { en: 'Steps per dispatch', fr: 'Pas par lancement' }, default: 4, min: 1, max: 32 },
    workgroupX,
    workgroupY,
    ...hostParameters,
  ],
  // Work-groups of 256 want 32 KiB of the memory that they share; a deep region must be large, or it is all margin.
  candidates: [
    { depth: 4, workgroupX: 16, workgroupY: 8 },
    { depth: 1, workgroupX: 32, workgroupY: 4 },
    { depth: 2, workgroupX: 16, workgroupY: 8 },
    { depth: 2, workgroupX: 32, workgroupY: 8 },
    { depth: 4, workgroupX: 8, workgroupY: 16 },
    { depth: 4, workgroupX: 16, workgroupY: 16 },
    { depth: 4, workgroupX: 32, workgroupY: 8 },
    { depth: 6, workgroupX: 16, workgroupY: 16 },
    { depth: 8, workgroupX: 16, workgroupY: 16 },
  ],
  gpu: {
    tile: (parameters) => {
      const depth = Number(parameters.depth);
      return {
        rows: BLOCK * Number(parameters.workgroupY) - 2 * depth,
        // Whole blocks, so that every row of the tile begins at a multiple of a vec4.
        cols: BLOCK * (Number(parameters.workgroupX) - 2 * Math.ceil(depth / BLOCK)),
      };
    },
    // Eight vec4 of each invocation.
    workgroupBytes: (parameters) => 128 * Number(parameters.workgroupX) * Number(parameters.workgroupY),
    rowMultiple: BLOCK,
  },
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) ÷ depth', fr: '(2 valeurs lues + 2 écrites) ÷ profondeur' },
  },
  look: { color: '#009E73', marker: 'star', dash: '' },
};
