import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const aosNested: Kernel = {
  id: 'aos_nested',
  backend: 'native',
  title: { en: 'Vector of vectors of cells', fr: 'Vecteur de vecteurs de cellules' },
  summary: {
    en: 'The very naive start: every row is an allocation of its own, u and v lie interleaved, and the 3 × 3 window is tested at every neighbour.',
    fr: 'Le point de départ très naïf : chaque ligne est une allocation à part, u et v sont entrelacés, et la fenêtre 3 × 3 est testée à chaque voisin.',
  },
  source: 'native/src/kernels/aos_nested.cpp',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: BOUNDARY_IDS,
  isas: ['baseline'],
  threaded: false,
  parameters: [],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#8A8A8A', marker: 'circle', dash: '' },
};
