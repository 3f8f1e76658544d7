import type { Exercise } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

export const c03: Exercise = {
  id: 'C03',
  day: 2,
  title: { en: 'Flat array of structs', fr: 'Tableau plat de structures' },
  goal: {
    en: 'Replace one allocation per row by a single one, and measure what following pointers was worth.',
    fr: 'Remplacer une allocation par ligne par une seule, et mesurer ce que coûtait le suivi des pointeurs.',
  },
  idea: {
    en: `A \`std::vector\` is a small object that holds the address of a block of memory. A vector of vectors is therefore a table of addresses: to read a cell the program first reads **where its row lies**, and then the cell. The rows may be anywhere, as the allocator placed them.

A flat array has one block. Row after row, the cells follow each other, and the place of a cell is **computed** instead of looked up: \`row * cols + col\`. A processor multiplies in three or four cycles; an address that is not in cache costs it up to hundreds.

There are only 1080 rows, though, and the same three addresses serve a whole row of 1920 cells. They stay in the nearest cache, and a good compiler may even keep them in registers. So be modest in your prediction.

What the change prepares counts for more: one block can be copied, sent to a graphics processor or written to a file in one go, and a loop over it is a loop over consecutive memory. Every later version rests on that.`,
    fr: `Un \`std::vector\` est un petit objet qui contient l’adresse d’un bloc de mémoire. Un vecteur de vecteurs est donc une table d’adresses : pour lire une cellule, le programme lit d’abord **où se trouve sa ligne**, puis la cellule. Les lignes peuvent être n’importe où, selon ce qu’a décidé l’allocateur.

Un tableau plat n’a qu’un bloc. Les cellules s’y suivent, ligne après ligne, et la place d’une cellule se **calcule** au lieu de se lire : \`row * cols + col\`. Une multiplication prend trois ou quatre cycles ; une adresse absente du cache en coûte jusqu’à des centaines.

Il n’y a pourtant que 1080 lignes, et les trois mêmes adresses servent à toute une ligne de 1920 cellules. Elles restent dans le cache le plus proche, et un bon compilateur peut même les garder dans des registres. Soyez donc prudent dans votre prédiction.

Ce que ce changement prépare compte davantage : un seul bloc se copie, s’envoie à un processeur graphique ou s’écrit dans un fichier d’un coup, et le parcourir, c’est parcourir de la mémoire consécutive. Toutes les versions suivantes en dépendent.`,
  },
  formula: {
    en: 'address of a cell = start + (row × cols + col) × 2 × bytes of a value',
    fr: 'adresse d’une cellule = début + (ligne × colonnes + colonne) × 2 × octets d’une valeur',
  },
  changed: {
    en: 'The type `Grid`, a vector of vectors, is gone: `now_` and `next_` are vectors of cells. Wherever the source said `now_[row][col]`, it says `now_[row * cols_ + col]`. The cell, the loops, the window and its tests are the same, line for line.',
    fr: 'Le type `Grid`, un vecteur de vecteurs, a disparu : `now_` et `next_` sont des vecteurs de cellules. Partout où l’on lisait `now_[row][col]`, on lit `now_[row * cols_ + col]`. La cellule, les boucles, la fenêtre et ses tests sont les mêmes, ligne pour ligne.',
  },
  prediction: {
    question: {
      en: 'How many times faster does the flat array make the program?',
      fr: 'Combien de fois le tableau plat rend-il le programme plus rapide ?',
    },
    of: 'aos_flat',
    over: 'aos_nested',
    min: 0.5,
    max: 10,
  },
  lookAt: {
    en: 'Is the distance between the two kernels larger than the scatter of the dots of each? A difference of a few per cent can also come from where the memory happened to lie: run it a second time.',
    fr: 'L’écart entre les deux noyaux dépasse-t-il la dispersion des points de chacun ? Une différence de quelques pour cent peut aussi venir de la place où la mémoire se trouvait : relancez une deuxième fois.',
  },
  variants: [{ kernel: 'aos_nested' }, { kernel: 'aos_flat' }],
  baseline: 'aos_nested',
  grid: DEFAULT_GRID,
  steps: 96,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('aos_flat', 'aos_nested')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('aos_flat', 'aos_nested');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `One allocation instead of one per row is worth ${shown} here: that is what following the rows’ addresses cost. The cell and its window are as they were, and they are what remains to be improved.`,
        fr: `Une seule allocation au lieu d’une par ligne vaut ${shown} ici : c’est ce que coûtait le suivi des adresses des lignes. La cellule et sa fenêtre n’ont pas bougé, et c’est là qu’il reste à gagner.`,
      },
      'not-held': {
        en: `One allocation instead of one per row gives ${shown} here, no gain: the rows’ addresses stayed in the nearest cache, and the arithmetic that replaces them is not free either. What the window costs, nine tests per cell, is far more.`,
        fr: `Une seule allocation au lieu d’une par ligne donne ${shown} ici, aucun gain : les adresses des lignes restaient dans le cache le plus proche, et le calcul qui les remplace n’est pas gratuit non plus. Ce que coûte la fenêtre, neuf tests par cellule, est bien plus grand.`,
      },
      unclear: {
        en: `One allocation instead of one per row gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `Une seule allocation au lieu d’une par ligne donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
