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
    { name: 'depth', title: { en: 'Most steps per sweep', fr: 'Pas par balayage, au plus' }, default: 32, min: 1, max: 64 },
    {
      name: 'strip',
      title: { en: 'Strip width (columns of f32)', fr: 'Largeur de bande (colonnes de f32)' },
      default: 448,
      min: 16,
      max: 65536,
    },
  ],
  // What a processor's caches and the width of its vectors can make of them; in between there is little to gain.
  candidates: [
    { depth: 32, strip: 448 },
    { depth: 16, strip: 448 },
    { depth: 24, strip: 448 },
    { depth: 48, strip: 448 },
    { depth: 32, strip: 704 },
    { depth: 48, strip: 704 },
    { depth: 32, strip: 1216 },
  ],
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) ÷ depth', fr: '(2 valeurs lues + 2 écrites) ÷ profondeur' },
  },
  look: { color: '#D55E00', marker: 'star', dash: '' },
};
