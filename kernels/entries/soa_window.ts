import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const soaWindow: Kernel = {
  id: 'soa_window',
  backend: 'native',
  title: { en: 'Structure of arrays, window loop', fr: 'Structure de tableaux, boucle sur la fenêtre' },
  summary: {
    en: 'One array per species: what is read together lies together. The window is still tested at every neighbour.',
    fr: 'Un tableau par espèce : ce qui est lu ensemble est rangé ensemble. La fenêtre reste testée à chaque voisin.',
  },
  source: 'native/src/kernels/soa_window.cpp',
  previous: 'aos_flat',
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
  look: { color: '#C77F00', marker: 'square', dash: '6 3' },
};
