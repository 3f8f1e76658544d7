import type { Exercise } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED, WITHIN_NOISE } from '../relation.ts';

export const c04: Exercise = {
  id: 'C04',
  day: 2,
  title: { en: 'Structure of arrays', fr: 'Structure de tableaux (SoA)' },
  goal: {
    en: 'Change only how the data lie in memory, and see what that alone is worth.',
    fr: 'Ne changer que le rangement des données en mémoire, et voir ce que cela vaut à soi seul.',
  },
  idea: {
    en: `Memory does not deliver numbers, it delivers **cache lines**: 64 neighbouring bytes at a time. A program is fast when it uses all of a line soon after fetching it.

In the very naive version every row is an allocation of its own, somewhere in memory, reached through a pointer. Inside a row u and v alternate: a line that holds sixteen f32 values holds eight of each.

Here there is **one array per species**: all the u, row after row, then all the v. The place of a neighbour is plain arithmetic, \`row * cols + col\`, with no pointer to follow. Consecutive cells of one species are consecutive in memory, which is also what vector instructions will need later.

The amount of data has not changed: two values read and two written per cell. The formula has not changed either, and neither has the window: each of its nine places is still tested. If the tests cost more than the memory, you will see little gain now. That too is a result: it says where to look next.`,
    fr: `La mémoire ne livre pas des nombres, elle livre des **lignes de cache** : 64 octets voisins à la fois. Un programme est rapide quand il se sert de toute la ligne peu après l’avoir demandée.

Dans la version très naïve, chaque ligne de la grille est une allocation à part, quelque part en mémoire, atteinte par un pointeur. Dans une ligne, u et v alternent : une ligne de cache de seize valeurs f32 en contient huit de chaque.

Ici, il y a **un tableau par espèce** : tous les u, ligne après ligne, puis tous les v. La place d’une voisine se calcule, \`row * cols + col\`, sans pointeur à suivre. Les cellules consécutives d’une espèce sont consécutives en mémoire, ce dont les instructions vectorielles auront aussi besoin.

La quantité de données n’a pas changé : deux valeurs lues et deux écrites par cellule. Ni la formule, ni la fenêtre, dont chacune des neuf places est encore testée. Si les tests coûtent plus que la mémoire, le gain sera faible. C’est aussi un résultat : il dit où chercher ensuite.`,
  },
  formula: {
    en: 'bytes per cell and step = 2 values read + 2 written = 4 × 4 B = 16 B in f32',
    fr: 'octets par cellule et par pas = 2 valeurs lues + 2 écrites = 4 × 4 o = 16 o en f32',
  },
  changed: {
    en: 'The `Cell` structure and the vector of rows are gone; four flat arrays take their place, two that are read and two that are written, and `row * cols_ + col` finds a cell in them. The loops, the window and its test are the same, line for line.',
    fr: 'La structure `Cell` et le vecteur de lignes ont disparu ; quatre tableaux plats les remplacent, deux que l’on lit et deux que l’on écrit, et `row * cols_ + col` y trouve une cellule. Les boucles, la fenêtre et son test sont les mêmes, ligne pour ligne.',
  },
  prediction: {
    question: {
      en: 'How many times faster does the structure of arrays make the program?',
      fr: 'Combien de fois la structure de tableaux rend-elle le programme plus rapide ?',
    },
    of: 'soa_window',
    over: 'aos_nested',
    min: 0.5,
    max: 10,
  },
  lookAt: {
    en: 'Compare the GB/s in the table with what your memory can deliver (tens of GB/s on a laptop). If both kernels are far below, memory is not what holds them back, and the layout alone cannot help much.',
    fr: 'Comparez les Go/s du tableau à ce que votre mémoire peut livrer (quelques dizaines de Go/s sur un portable). Si les deux noyaux en sont loin, ce n’est pas la mémoire qui les freine, et le rangement seul ne peut pas beaucoup aider.',
  },
  variants: [{ kernel: 'aos_nested' }, { kernel: 'soa_window' }],
  baseline: 'aos_nested',
  grid: DEFAULT_GRID,
  steps: 96,
  rounds: 5,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('soa_window', 'aos_nested')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('soa_window', 'aos_nested');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `One array per species is worth ${shown} on this machine, with not one operation less: only the place of the data has changed.`,
        fr: `Un tableau par espèce vaut ${shown} sur cette machine, sans une opération de moins : seule la place des données a changé.`,
      },
      'not-held': {
        en: `One array per species gives ${shown} on this machine: here it does not pay by itself. The tests of the window, still made nine times per cell, hide the memory; take them away (C07) before judging the layout.`,
        fr: `Un tableau par espèce donne ${shown} sur cette machine : ici, cela ne paie pas à soi seul. Les tests de la fenêtre, encore faits neuf fois par cellule, masquent la mémoire ; ôtez-les (C07) avant de juger le rangement.`,
      },
      unclear: {
        en: `One array per species gives ${shown}. ${WITHIN_NOISE.en}`,
        fr: `Un tableau par espèce donne ${shown}. ${WITHIN_NOISE.fr}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
