import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const blocked: Kernel = {
  id: 'blocked',
  backend: 'native',
  title: { en: 'Cache blocking', fr: 'Blocage de cache' },
  summary: {
    en: 'One block after the other, so that three rows of a block are still in the nearest cache when they are read again.',
    fr: 'Un bloc après l’autre, pour que trois lignes d’un bloc soient encore dans le cache le plus proche quand on les relit.',
  },
  source: 'native/src/kernels/blocked.cpp',
  previous: 'autovec',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
  parameters: [
    { name: 'blockRows', title: { en: 'Rows of a block', fr: 'Lignes d’un bloc' }, default: 64, min: 1, max: 1024 },
    { name: 'blockCols', title: { en: 'Columns of a block', fr: 'Colonnes d’un bloc' }, default: 512, min: 1, max: 4096 },
  ],
  cost: {
    bytesPerCell: ({ precision }) => 4 * bytesPerValue(precision),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '2 values read + 2 written', fr: '2 valeurs lues + 2 écrites' },
  },
  look: { color: '#0072B2', marker: 'square', dash: '2 3' },
};
