import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const threadsPyramids: Kernel = {
  id: 'threads_pyramids',
  backend: 'native',
  title: { en: 'Threads by pyramids', fr: 'Threads par pyramides' },
  summary: {
    en: 'Every thread carries tiles of its own several steps ahead in its cache: memory is asked once for all those steps, and the team meets once.',
    fr: 'Chaque thread mène ses propres tuiles plusieurs pas d’avance dans son cache : pour tous ces pas, on ne sollicite la mémoire qu’une fois et l’équipe ne se retrouve qu’une fois.',
  },
  source: 'native/src/kernels/threads_pyramids.cpp',
  previous: 'threads_blocks',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: true,
  parameters: [
    { name: 'depth', title: { en: 'Steps per pyramid', fr: 'Pas par pyramide' }, default: 8, min: 1, max: 64 },
    { name: 'blockRows', title: { en: 'Rows of a tile', fr: 'Lignes d’une tuile' }, default: 64, min: 1, max: 1024 },
    {
      name: 'blockCols',
      title: { en: 'Columns of a tile, in whole cache lines', fr: 'Colonnes d’une tuile, par lignes de cache entières' },
      default: 512,
      min: 1,
      max: 4096,
    },
  ],
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    // Of the cells that are kept; those of the margins are computed again, which is no progress.
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: {
      en: '(2 values read + 2 written) ÷ depth; margins are read again from the cache',
      fr: '(2 valeurs lues + 2 écrites) ÷ profondeur ; les marges sont relues dans le cache',
    },
  },
  look: { color: '#A08C00', marker: 'triangle', dash: '' },
};
