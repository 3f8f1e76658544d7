import type { Kernel } from '../kernel.ts';
import { flopsPerCell, STENCIL_IDS } from '../model.ts';

export const halfStorage: Kernel = {
  id: 'half_storage',
  backend: 'native',
  title: { en: 'Two bytes in memory', fr: 'Deux octets en mémoire' },
  summary: {
    en: 'The explicit vectors with halves in memory: each load widens to f32, each store rounds to 11 significant bits. Half the traffic, but no more than 3 decimal digits.',
    fr: 'Les vecteurs explicites, avec des demi-précisions en mémoire : chaque lecture élargit en f32, chaque écriture arrondit à 11 bits significatifs. Deux fois moins de trafic, mais 3 chiffres décimaux seulement.',
  },
  source: 'native/src/kernels/half_storage.cpp',
  previous: 'simd',
  precisions: ['f32'],
  storage: 'f16',
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
  parameters: [],
  cost: {
    bytesPerCell: () => 8,
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) × 2 bytes', fr: '(2 valeurs lues + 2 écrites) × 2 octets' },
  },
  look: { color: '#CC79A7', marker: 'square', dash: '' },
};
