import type { Kernel } from '../kernel.ts';
import { BOUNDARY_IDS, bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const javascript: Kernel = {
  id: 'javascript',
  backend: 'javascript',
  title: { en: 'Plain loop in JavaScript', fr: 'Boucle simple en JavaScript' },
  summary: {
    en: 'The same loop on typed arrays, compiled by V8 while it runs: what a scripting language gives.',
    fr: 'La même boucle sur des tableaux typés, compilée par V8 pendant qu’elle tourne : ce que donne un langage de script.',
  },
  source: 'kernels/javascript.ts',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: BOUNDARY_IDS,
  threaded: false,
  parameters: [],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#CC79A7', marker: 'cross', dash: '4 2 1 2' },
};
