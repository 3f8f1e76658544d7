import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';
import { VECTORS } from '../vector-registers.ts';

/** Which registers both used, and what the same comparison gave with the narrowest. */
function registersSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const isa = measured.isa('simd');
  if (isa === undefined || isa !== measured.isa('autovec')) return '';
  const { name, values } = VECTORS[isa];
  const both = {
    en: ` Both used ${name}, ${values} values per register.`,
    fr: ` Les deux ont employé ${name}, ${values} valeurs par registre.`,
  }[language];
  const narrow = measured.isa('simd@baseline');
  const ratio = measured.ratio('simd@baseline', 'autovec@baseline');
  if (narrow === undefined || narrow === isa || ratio === undefined) return both;
  const shown = tools.ratio(ratio);
  return {
    en: `${both} With ${VECTORS[narrow].name}, ${VECTORS[narrow].values} values each, the same comparison gives ${shown}.`,
    fr: `${both} Avec ${VECTORS[narrow].name}, ${VECTORS[narrow].values} valeurs chacun, la même comparaison donne ${shown}.`,
  }[language];
}

export const c09: Exercise = {
  id: 'C09',
  day: 6,
  title: { en: 'Explicit SIMD', fr: 'SIMD explicite' },
  goal: {
    en: 'Write the vector instructions by hand, and find out what that alone brings and what it makes possible.',
    fr: 'Écrire à la main les instructions vectorielles, et découvrir ce que cela apporte en soi et ce que cela rend possible.',
  },
  idea: {
    en: `The compiler already vectorises \`autovec\`. Writing the **same** operations with intrinsics, the functions that stand for single instructions, gives the same instructions: courses that do so measure equality, and that is a result. Hands do not compute faster than compilers.

What they can do is **another** computation. The nine cells around one cell form three columns, and each column belongs to three neighbouring cells. The compiler adds it anew for each. By hand it is added once and stays in a register.

Its neighbours to the left and right then need no load either: a **shuffle** takes them out of two registers. Per species, three aligned loads remain of nine, six of which were unaligned; those that straddle two cache lines count twice, and with AVX-512 every one of them does.

Lastly, products and sums are fused (FMA) where the processor can. The compiler was forbidden to: fusing changes the rounding, and all builds of a kernel should agree.

The grid stays in cache, as in C08. In memory the two would wait alike.`,
    fr: `Le compilateur vectorise déjà \`autovec\`. Écrire les **mêmes** opérations avec des intrinsèques, ces fonctions qui désignent chacune une instruction, donne les mêmes instructions : les cours qui le font mesurent une égalité, et c’est un résultat. La main ne calcule pas plus vite que le compilateur.

Elle peut en revanche faire un **autre** calcul. Les neuf cellules autour d’une cellule forment trois colonnes, et chaque colonne sert à trois cellules voisines. Le compilateur refait la somme pour chacune. À la main, on la fait une fois et on la garde dans un registre.

Les voisins de gauche et de droite se passent alors de lecture : une **permutation** les tire de deux registres. Par espèce, il reste trois lectures alignées sur neuf, dont six ne l’étaient pas ; celles qui chevauchent deux lignes de cache comptent double, et en AVX-512 toutes chevauchent.

Enfin, produits et sommes sont fusionnés (FMA) si le processeur le peut. C’était interdit au compilateur : fusionner change l’arrondi.

La grille reste en cache, comme en C08. En mémoire, les deux attendraient autant.`,
  },
  formula: {
    en: 'column = north + centre + south,   Laplacian = column to the west + column + column to the east − 9 × centre',
    fr: 'colonne = nord + centre + sud,   laplacien = colonne à l’ouest + colonne + colonne à l’est − 9 × centre',
  },
  changed: {
    en: 'The loop advances by whole vectors instead of cells. `load_column` reads three rows and adds them once; `left_neighbours` and `right_neighbours` shift between registers; `multiply_add` and `subtract_product` fuse. The loop exists for equal weights, for no corners and for weights that differ. A row that does not end with a whole vector stores only the lanes it has.',
    fr: 'La boucle avance de vecteur en vecteur et non plus de cellule en cellule. `load_column` lit trois lignes et les additionne une fois ; `left_neighbours` et `right_neighbours` décalent entre registres ; `multiply_add` et `subtract_product` fusionnent. La boucle existe pour des poids égaux, sans coins, et pour des poids différents. Une ligne qui ne finit pas sur un vecteur entier n’écrit que les voies qu’elle possède.',
  },
  prediction: {
    question: {
      en: 'How many times faster are the vectors written by hand than those of the compiler?',
      fr: 'Combien de fois les vecteurs écrits à la main sont-ils plus rapides que ceux du compilateur ?',
    },
    of: 'simd',
    over: 'autovec',
    min: 0.5,
    max: 8,
  },
  lookAt: {
    en: 'Compare the gain with the narrowest registers and with the widest: which of the two can less afford unaligned loads? Then run both again at 4096 × 4096, where the hand-written loop waits for memory like the other.',
    fr: 'Comparez le gain avec les registres les plus étroits et avec les plus larges : lesquels supportent le moins les lectures non alignées ? Relancez ensuite les deux en 4096 × 4096, où la boucle écrite à la main attend la mémoire comme l’autre.',
  },
  variants: [
    { kernel: 'autovec', key: 'autovec@baseline', isa: 'baseline' },
    { kernel: 'simd', key: 'simd@baseline', isa: 'baseline' },
    { kernel: 'autovec' },
    { kernel: 'simd' },
  ],
  baseline: 'autovec',
  // 16 B per cell in f32: 1 MiB, within the second-level cache of most processors.
  grid: { rows: 204, cols: 320 },
  steps: 8000,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('simd', 'autovec')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd', 'autovec');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Vectors written by hand are worth ${shown} here, not because a hand wrote them, but because columns are added once and neighbours shuffled instead of loaded.`,
        fr: `Les vecteurs écrits à la main valent ici ${shown} : non parce qu’une main les a écrits, mais parce que les colonnes sont additionnées une seule fois et les voisins permutés au lieu d’être relus.`,
      },
      'not-held': {
        en: `Vectors written by hand give ${shown}: the compiler does as well or better here, from a page that everybody can read. That is a good reason to leave the work to it.`,
        fr: `Les vecteurs écrits à la main donnent ${shown} : ici, le compilateur fait aussi bien ou mieux, à partir d’une page que tout le monde peut lire. C’est une bonne raison de lui laisser ce travail.`,
      },
      unclear: {
        en: `Vectors written by hand give ${shown}. ${tools.undecided(ratio)}`,
        fr: `Les vecteurs écrits à la main donnent ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + registersSentence(measured, language, tools);
  },
};
