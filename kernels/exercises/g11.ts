import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Values of 4 bytes that go to or from memory per cell and step. */
const FUSED_BYTES = 4 * 4;
const SEPARATE_BYTES = 10 * 4;
const PROMISE = SEPARATE_BYTES / FUSED_BYTES;

/** What each moved in a second, by its own count. */
function trafficSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const fused = measured.cellsPerSecond('gpu_naive');
  const separate = measured.cellsPerSecond('gpu_two_pass');
  if (fused === undefined || separate === undefined) return '';
  const gigabytes = (rate: number, bytes: number) => tools.number((rate * bytes) / 1e9, 3);
  return {
    en: ` By their own count of bytes, one pass moves ${gigabytes(fused, FUSED_BYTES)} GB/s and two move ${gigabytes(separate, SEPARATE_BYTES)} GB/s: the nearer these are to one another, the more it was memory that both waited for.`,
    fr: ` D’après leur propre compte d’octets, une passe déplace ${gigabytes(fused, FUSED_BYTES)} Go/s et deux en déplacent ${gigabytes(separate, SEPARATE_BYTES)} Go/s : plus ces débits sont proches, plus c’est la mémoire que les deux attendaient.`,
  }[language];
}

export const g11: Exercise = {
  id: 'G11',
  day: 7,
  title: { en: 'Fused or separate operators', fr: 'Opérateurs fusionnés ou séparés' },
  goal: {
    en: 'Compute the Laplacian and the update in two passes over the grid, as array libraries do, and measure what the trip through memory between them costs.',
    fr: 'Calculer le laplacien et la mise à jour en deux passes sur la grille, comme le font les bibliothèques de tableaux, et mesurer ce que coûte le passage par la mémoire entre les deux.',
  },
  idea: {
    en: `One who thinks in arrays writes operators: \`L = laplacian(U)\`, then \`U += …\`. NumPy and CuPy work that way, and each line is a **kernel of its own**, a pass over the whole grid.

Between two passes nothing stays in registers or in the nearest cache: the grid is far too large. The Laplacian of every cell is **written to memory and read again**, and u and v are read twice. Count the values per cell and step: the first pass reads 2 and writes 2, the second reads 4 and writes 2. That makes 10, against 4 for \`gpu_naive\`, which does both at once.

The arithmetic is the same. If memory sets the pace, time follows the bytes: one pass should be 10 ÷ 4 = **2.5 times** as fast. A grid that fits in the GPU’s last cache pays less for the trip, and a tiny one pays above all for twice as many launches.

This is **kernel fusion**, and compilers for arrays (JAX, Numba) do it by themselves: most of what they gain is bytes, not arithmetic.`,
    fr: `Qui pense en tableaux écrit des opérateurs : \`L = laplacien(U)\`, puis \`U += …\`. NumPy et CuPy procèdent ainsi, et chaque ligne est un **noyau à part**, une passe sur toute la grille.

Entre deux passes, rien ne reste dans les registres ni dans le cache le plus proche : la grille est bien trop grande. Le laplacien de chaque cellule est **écrit en mémoire puis relu**, et u et v sont lus deux fois. Comptons les valeurs par cellule et par pas : la première passe en lit 2 et en écrit 2, la seconde en lit 4 et en écrit 2. Cela fait 10, contre 4 pour \`gpu_naive\`, qui fait tout à la fois.

Les calculs sont les mêmes. Si la mémoire donne le rythme, le temps suit les octets : une seule passe devrait être 10 ÷ 4 = **2,5 fois** plus rapide. Une grille qui tient dans le dernier cache du GPU paie moins le passage ; une toute petite paie surtout deux fois plus de lancements.

C’est la **fusion de noyaux**, que les compilateurs de tableaux (JAX, Numba) font d’eux-mêmes : ils y gagnent surtout des octets, non des calculs.`,
  },
  formula: {
    en: 'bytes per cell and step: separate (2 + 2 + 4 + 2) × 4 = 40,   fused (2 + 2) × 4 = 16;   expected ratio 40 ÷ 16 = 2.5',
    fr: 'octets par cellule et par pas : séparés (2 + 2 + 4 + 2) × 4 = 40,   fusionnés (2 + 2) × 4 = 16 ;   rapport attendu 40 ÷ 16 = 2,5',
  },
  changed: {
    en: '`step` is cut in two: `diffuse` ends by storing the Laplacian in `scratchU` and `scratchV`, `update` starts by loading it. The host dispatches both for every step, and there are two more buffers as large as the grid. No expression has changed.',
    fr: '`step` est coupé en deux : `diffuse` finit par ranger le laplacien dans `scratchU` et `scratchV`, `update` commence par le relire. L’hôte lance les deux à chaque pas, et il y a deux tampons de plus, grands comme la grille. Aucune expression n’a changé.',
  },
  prediction: {
    question: {
      en: 'How many times faster is one pass than two?',
      fr: 'Combien de fois une passe est-elle plus rapide que deux ?',
    },
    of: 'gpu_naive',
    over: 'gpu_two_pass',
    min: 0.5,
    max: 8,
  },
  lookAt: {
    en: 'How near does the ratio come to 2.5? Compare the GB/s of the two in the table. Then run it again at 256 × 256, where everything stays in the GPU’s cache, and at 8192 × 8192, where nothing does.',
    fr: 'De combien le rapport s’approche-t-il de 2,5 ? Comparez dans le tableau les Go/s des deux. Relancez ensuite en 256 × 256, où tout reste dans le cache du GPU, et en 8192 × 8192, où rien n’y reste.',
  },
  variants: [{ kernel: 'gpu_two_pass' }, { kernel: 'gpu_naive' }],
  baseline: 'gpu_two_pass',
  // 64 MiB in two states, and 32 MiB between the passes: more than the last cache of most GPUs holds.
  grid: { rows: 2048, cols: 2048 },
  steps: 16,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'speedup',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_naive', 'gpu_two_pass')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_naive', 'gpu_two_pass');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const promise = tools.number(PROMISE, 2);
    if (measured.gpu !== 'hardware') {
      return {
        en: `One pass gives ${shown} over two, on a software GPU: the processor spends far longer on each invocation than on its bytes, so the count of ${promise} cannot show. The number weighs twice as many invocations against shorter ones, no more; on a GPU, which waits for memory, the same exercise measures the bytes.`,
        fr: `Une passe donne ${shown} par rapport à deux, sur un GPU logiciel : le processeur passe bien plus de temps sur chaque invocation que sur ses octets, et le rapport de ${promise} ne peut pas s’y voir. Le nombre met seulement en balance deux fois plus d’invocations et des invocations plus courtes ; sur un GPU, qui attend la mémoire, le même exercice mesure les octets.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `One pass is worth ${shown} over two, where the bytes promise ${promise}.`,
        fr: `Une passe vaut ${shown} par rapport à deux, là où les octets promettent ${promise}.`,
      },
      'not-held': {
        en: `One pass gives ${shown} against two, no gain: at this size this GPU does not wait for memory. Its caches hold the grid, or the many loads of the Laplacian are what takes the time, which both have.`,
        fr: `Une passe donne ${shown} face à deux, aucun gain : à cette taille, ce GPU n’attend pas la mémoire. Ses caches contiennent la grille, ou bien ce sont les nombreuses lectures du laplacien, communes aux deux, qui prennent le temps.`,
      },
      unclear: {
        en: `One pass gives ${shown} against two. ${tools.undecided(ratio)}`,
        fr: `Une passe donne ${shown} face à deux. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + trafficSentence(measured, language, tools);
  },
};
