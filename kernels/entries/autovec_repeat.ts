import type { Kernel } from '../kernel.ts';
import { autovec } from './autovec.ts';

const { narrowestOnly: _, ...rows } = autovec;

export const autovecRepeat: Kernel = {
  ...rows,
  id: 'autovec_repeat',
  title: { en: 'Rows of autovec, some computed twice', fr: 'Lignes d’autovec, certaines calculées deux fois' },
  summary: {
    en: 'autovec, slower on purpose by a known share: the last of every so many rows is computed twice. For the lesson on honest timing.',
    fr: 'autovec, ralenti exprès d’une part connue : la dernière de tant de lignes est calculée deux fois. Pour la leçon sur le chronométrage honnête.',
  },
  source: 'native/src/kernels/autovec_repeat.cpp',
  previous: 'autovec',
  parameters: [
    {
      name: 'every',
      title: { en: 'One row in so many is computed twice (0: none)', fr: 'Une ligne sur tant est calculée deux fois (0 : aucune)' },
      default: 32,
      min: 0,
      max: 100_000,
    },
  ],
  look: { color: '#0072B2', marker: 'plus', dash: '1 3' },
};
