import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const fortran: Kernel = {
  id: 'fortran',
  backend: 'native',
  title: { en: 'Fortran, do concurrent', fr: 'Fortran, do concurrent' },
  summary: {
    en: 'The loop of autovec in Fortran: arrays that do not overlap and iterations that are independent belong to the language, not to a promise.',
    fr: 'La boucle d’autovec en Fortran : des tableaux qui ne se recouvrent pas et des itérations indépendantes font partie du langage, sans promesse à ajouter.',
  },
  source: 'native/src/kernels/fortran.f90',
  precisions: ['f32', 'f64'],
  compiler: 'gfortran',
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
  look: { color: '#009E73', marker: 'wye', dash: '4 2 1 2' },
};
