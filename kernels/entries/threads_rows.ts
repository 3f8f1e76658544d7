import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const threadsRows: Kernel = {
  id: 'threads_rows',
  backend: 'native',
  title: { en: 'Threads by rows', fr: 'Threads par lignes' },
  summary: {
    en: 'A persistent team of threads, each with its own band of rows, meets once per step.',
    fr: 'Une équipe permanente de threads, chacun avec sa bande de lignes, se retrouve une fois par pas.',
  },
  source: 'native/src/kernels/threads_rows.cpp',
  previous: 'autovec',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: true,
  parameters: [
    {
      name: 'rows',
      title: { en: 'Loop over a row', fr: 'Boucle sur une ligne' },
      default: 'autovec',
      choices: ['autovec', 'simd-streaming'],
    },
  ],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#A08C00', marker: 'plus', dash: '8 3 2 3' },
};
