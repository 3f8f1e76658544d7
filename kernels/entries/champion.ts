import type { Kernel } from '../kernel.ts';
import { bytesPerValue, flopsPerCell, STENCIL_IDS } from '../model.ts';

const DEPTH = 32;
const STRIP = 448;
/** In small grids, which stay in the caches anyway: enough for few meetings of the team, and not more margin than grid. */
const FEWEST_STEPS = 4;
const SIDE_PER_STEP = 8;

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
    { name: 'depth', title: { en: 'Steps per sweep', fr: 'Pas par balayage' }, default: DEPTH, min: 1, max: 64 },
    {
      name: 'strip',
      title: { en: 'Strip width (columns of f32)', fr: 'Largeur de bande (colonnes de f32)' },
      default: STRIP,
      min: 16,
      max: 65536,
    },
  ],
  // What a processor's caches and the width of its vectors can make of them; in between there is little to gain.
  candidates: [
    { depth: DEPTH, strip: STRIP },
    { depth: 8, strip: STRIP },
    { depth: 16, strip: STRIP },
    { depth: 24, strip: STRIP },
    { depth: 48, strip: STRIP },
    { depth: 32, strip: 704 },
    { depth: 48, strip: 704 },
    { depth: 32, strip: 1216 },
  ],
  // Each step of a sweep widens a thread's part by one row or column at each side.
  untuned: ({ rows, cols }, threads) => ({
    depth: Math.min(DEPTH, Math.max(FEWEST_STEPS, Math.floor(Math.min(cols, rows / threads) / SIDE_PER_STEP))),
    strip: STRIP,
  }),
  cost: {
    bytesPerCell: ({ precision, parameters }) => (4 * bytesPerValue(precision)) / Number(parameters.depth ?? 1),
    flopsPerCell: ({ stencil }) => flopsPerCell(stencil),
    bytesFormula: { en: '(2 values read + 2 written) ÷ depth', fr: '(2 valeurs lues + 2 écrites) ÷ profondeur' },
  },
  look: { color: '#D55E00', marker: 'star', dash: '' },
};
