import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

export const champion: Kernel = {
  id: 'champion',
  backend: 'native',
  title: { en: 'The champion', fr: 'Le champion' },
  summary: {
    en: 'Explicit vectors, threads and temporal blocking together: rows are carried through many steps while they are in the cache, and memory is read once for all of them.',
    fr: 'Vecteurs explicites, threads et blocage temporel réunis : les lignes traversent plusieurs pas pendant qu’elles sont en cache, et la mémoire n’est lue qu’une fois pour tous.',
  },
  source: 'native/src/kernels/champion.cpp',
  previous: 'threads_rows',
  precisions: ['f32', 'f64'],
  stencils: STENCIL_IDS,
  boundaries: ['zero', 'background', 'periodic'],
  isas: ['baseline', 'avx2', 'avx512', 'neon'],
  threaded: true,
  parameters: [
    { name: 'depth', title: { en: 'Steps per sweep', fr: 'Pas par balayage' }, default: 24, min: 1, max: 64 },
    {
      name: 'strip',
      title: { en: 'Strip width with its margins (columns of f32)', fr: 'Largeur de bande avec ses marges (colonnes de f32)' },
      default: 640,
      min: 16,
      max: 65536,
    },
  ],
  // What a processor's caches and the width of its vectors can make of them; in between there is little to gain.
  candidates: [
    { depth: 24, strip: 640 },
    { depth: 12, strip: 512 },
    { depth: 16, strip: 512 },
    { depth: 24, strip: 1280 },
    { depth: 24, strip: 512 },
    { depth: 32, strip: 768 },
    { depth: 32, strip: 1280 },
    { depth: 48, strip: 1280 },
  ],
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) ÷ depth', fr: '(2 valeurs lues + 2 écrites) ÷ profondeur' },
  },
  look: { color: '#D55E00', marker: 'star', dash: '' },
};
