import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const threadsBlocks: Kernel = {
  id: 'threads_blocks',
  backend: 'native',
  title: { en: 'Threads by blocks', fr: 'Threads par blocs' },
  summary: {
    en: 'The grid is cut into blocks, and each thread takes the next one when it is free: a slower thread takes fewer.',
    fr: 'La grille est découpée en blocs, et chaque thread prend le suivant dès qu’il est libre : un thread plus lent en prend moins.',
  },
  source: 'native/src/kernels/threads_blocks.cpp',
  previous: 'threads_rows',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: true,
  parameters: [
    { name: 'blockRows', title: { en: 'Rows of a block', fr: 'Lignes d’un bloc' }, default: 64, min: 1, max: 1024 },
    { name: 'blockCols', title: { en: 'Columns of a block', fr: 'Colonnes d’un bloc' }, default: 512, min: 1, max: 4096 },
  ],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#A08C00', marker: 'diamond', dash: '2 3' },
};
