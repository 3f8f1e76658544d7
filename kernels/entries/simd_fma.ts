import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const simdFma: Kernel = {
  id: 'simd_fma',
  backend: 'native',
  title: { en: 'Fused multiply-add in chains', fr: 'Multiplications-additions fusionnées en chaînes' },
  summary: {
    en: 'The whole Laplacian as fused multiply-adds, in 1, 2, 4 or 8 independent chains: fewer operations each, but nothing is shared between cells.',
    fr: 'Tout le laplacien en multiplications-additions fusionnées, en 1, 2, 4 ou 8 chaînes indépendantes : moins d’opérations par voisin, mais plus rien n’est partagé entre cellules.',
  },
  source: 'native/src/kernels/simd_fma.cpp',
  previous: 'simd',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
  parameters: [
    {
      name: 'chains',
      title: { en: 'Independent chains', fr: 'Chaînes indépendantes' },
      default: '1',
      choices: ['1', '2', '4', '8'],
    },
  ],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#CC79A7', marker: 'triangle', dash: '6 3' },
};
