import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const simdLanes: Kernel = {
  id: 'simd_lanes',
  backend: 'native',
  title: { en: 'One segment of the row per lane', fr: 'Un segment de ligne par voie' },
  summary: {
    en: 'Each lane of a vector walks through its own segment of the row: every access is aligned, and shuffles remain only where segments meet.',
    fr: 'Chaque voie d’un vecteur parcourt son propre segment de la ligne : tous les accès sont alignés, et il ne reste de permutations qu’à la jonction des segments.',
  },
  source: 'native/src/kernels/simd_lanes.cpp',
  previous: 'simd',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
  parameters: [],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#009E73', marker: 'square', dash: '2 3' },
};
