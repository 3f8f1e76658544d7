import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const pyramid: Kernel = {
  id: 'pyramid',
  backend: 'native',
  title: { en: 'Pyramids', fr: 'Pyramides' },
  summary: {
    en: 'Temporal blocking: each tile is computed several steps ahead in the cache, from a margin that shrinks by one cell per step. Memory is read once for all of them, and the margins are computed twice.',
    fr: 'Blocage temporel : chaque tuile est calculée plusieurs pas d’avance en cache, à partir d’une marge qui rétrécit d’une cellule par pas. La mémoire n’est lue qu’une fois pour tous, et les marges sont calculées deux fois.',
  },
  source: 'native/src/kernels/pyramid.cpp',
  previous: 'blocked',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: false,
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
  look: { color: '#009E73', marker: 'triangle', dash: '' },
};
