import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const aosFlat: Kernel = {
  id: 'aos_flat',
  backend: 'native',
  title: { en: 'Flat array of cells', fr: 'Tableau plat de cellules' },
  summary: {
    en: 'One allocation for the whole grid, and a cell is found by arithmetic. u and v still lie interleaved, and the window is tested at every neighbour.',
    fr: 'Une seule allocation pour toute la grille, et une cellule se trouve par un calcul. u et v restent entrelacés, et la fenêtre est testée à chaque voisin.',
  },
  source: 'native/src/kernels/aos_flat.cpp',
  previous: 'aos_nested',
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
  look: { color: '#8A8A8A', marker: 'square', dash: '6 3' },
};
