import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const soaSplit: Kernel = {
  id: 'soa_split',
  backend: 'native',
  title: { en: 'Regular centre, edges apart', fr: 'Centre régulier, bords à part' },
  summary: {
    en: 'The centre of the grid needs no test at all; only the edge cells keep the slow window.',
    fr: 'Le centre de la grille n’a besoin d’aucun test ; seules les cellules du bord gardent la fenêtre lente.',
  },
  source: 'native/src/kernels/soa_split.cpp',
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
  look: { color: '#2F93D0', marker: 'triangle', dash: '2 3' },
};
