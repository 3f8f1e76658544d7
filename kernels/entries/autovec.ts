import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const autovec: Kernel = {
  id: 'autovec',
  backend: 'native',
  title: { en: 'Rows vectorised by the compiler', fr: 'Lignes vectorisées par le compilateur' },
  summary: {
    en: 'Branch-free rows over a halo, with restrict: the compiler turns the loop into vector instructions, once per instruction set.',
    fr: 'Des lignes sans branchement sur un halo, avec restrict : le compilateur en fait des instructions vectorielles, une fois par jeu d’instructions.',
  },
  source: 'native/src/kernels/autovec.cpp',
  previous: 'soa_split',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  narrowestOnly: ({ flags }) => flags !== 'native',
  threaded: false,
  parameters: [
    {
      name: 'flags',
      title: { en: 'Compiler flags', fr: 'Options de compilation' },
      // `native` is the highest level for the instruction set that was picked; the levels are for the baseline.
      default: 'native',
      choices: ['native', 'O0', 'O1', 'O2', 'O3'],
    },
  ],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#0072B2', marker: 'diamond', dash: '' },
};
