import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const simd: Kernel = {
  id: 'simd',
  backend: 'native',
  title: { en: 'Explicit vectors', fr: 'Vecteurs explicites' },
  summary: {
    en: 'Vector instructions chosen by hand: three aligned loads per species, column sums shared in registers, neighbours by shuffles.',
    fr: 'Des instructions vectorielles choisies à la main : trois lectures alignées par espèce, sommes de colonnes partagées en registres, voisins par permutation.',
  },
  source: 'native/src/kernels/simd.cpp',
  previous: 'autovec',
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
  look: { color: '#D55E00', marker: 'diamond', dash: '6 3' },
};
