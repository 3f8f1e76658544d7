import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const laplacianPass: Kernel = {
  id: 'laplacian_pass',
  backend: 'native',
  title: { en: 'Laplacian in a pass of its own', fr: 'Laplacien dans une passe à part' },
  summary: {
    en: 'Two vectorised passes: the Laplacian into two planes of its own, then the update in place. Short loops, and more than twice the traffic.',
    fr: 'Deux passes vectorisées : le laplacien dans deux plans à part, puis la mise à jour sur place. Des boucles courtes, et plus de deux fois le trafic.',
  },
  source: 'native/src/kernels/laplacian_pass.cpp',
  previous: 'soa_split',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
  parameters: [],
  cost: {
    bytesPerCell: ({ precision }) => 10 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: {
      en: 'Laplacian: 2 values read + 2 written; update: 4 read + 2 written',
      fr: 'laplacien : 2 valeurs lues + 2 écrites ; mise à jour : 4 lues + 2 écrites',
    },
  },
  look: { color: '#2F93D0', marker: 'wye', dash: '8 3 2 3' },
};
