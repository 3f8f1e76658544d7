import type { Kernel } from '../kernel.ts';
import { gpuTiled } from './gpu_tiled.ts';

export const gpuTiledRace: Kernel = {
  ...gpuTiled,
  id: 'gpu_tiled_race',
  title: { en: 'Tile without its barrier, wrong on purpose', fr: 'Tuile sans sa barrière, fausse exprès' },
  summary: {
    en: 'gpu_tiled without its barrier, kept for the lesson on races: its result is wrong, and it is never ranked.',
    fr: 'gpu_tiled sans sa barrière, gardé pour la leçon sur les courses critiques : son résultat est faux, et il n’est jamais classé.',
  },
  source: 'kernels/wgsl/gpu_tiled_race.wgsl',
  previous: 'gpu_tiled',
  broken: true,
  look: { color: '#8A8A8A', marker: 'cross', dash: '1 3' },
};
