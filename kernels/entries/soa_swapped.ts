import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const soaSwapped: Kernel = {
  id: 'soa_swapped',
  backend: 'native',
  title: { en: 'Window loop, loops in the wrong order', fr: 'Fenêtre, boucles dans le mauvais ordre' },
  summary: {
    en: 'Columns outside, rows inside: the same operations, but each cell lies a whole row after the one before it in memory.',
    fr: 'Les colonnes dehors, les lignes dedans : les mêmes opérations, mais chaque cellule est à une ligne entière de la précédente en mémoire.',
  },
  source: 'native/src/kernels/soa_swapped.cpp',
  previous: 'soa_window',
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
  look: { color: '#C77F00', marker: 'cross', dash: '2 3' },
};
