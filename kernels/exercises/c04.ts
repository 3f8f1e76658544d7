import type { Exercise } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

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

In the flat array of cells u and v alternate: a line that holds sixteen f32 values holds eight of each. A cell needs both, so nothing is fetched in vain; yet no two values of one species are neighbours.

Here there is **one array per species**: all the u, row after row, then all the v. A cell is still found by \`row * cols + col\`, now in four arrays. Consecutive cells of one species are consecutive in memory, which is also what vector instructions will need later.

The amount of data has not changed: two values read and two written per cell. The formula has not changed either, and neither has the window: each of its nine places is still tested. If the tests cost more than the memory, you will see little gain now. That too is a result: it says where to look next.`,
    fr: `La mémoire ne livre pas des nombres, elle livre des **lignes de cache** : 64 octets voisins à la fois. Un programme est rapide quand il se sert de toute la ligne peu après l’avoir demandée.

Dans le tableau plat de cellules, u et v alternent : une ligne de cache de seize valeurs f32 en contient huit de chaque. Une cellule a besoin des deux, rien n’est donc lu en vain ; mais deux valeurs d’une même espèce ne sont jamais voisines.

Ici, il y a **un tableau par espèce** : tous les u, ligne après ligne, puis tous les v. Une cellule se trouve toujours par \`row * cols + col\`, mais dans quatre tableaux. Les cellules consécutives d’une espèce sont consécutives en mémoire, ce dont les instructions vectorielles auront aussi besoin.

La quantité de données n’a pas changé : deux valeurs lues et deux écrites par cellule. Ni la formule, ni la fenêtre, dont chacune des neuf places est encore testée. Si les tests coûtent plus que la mémoire, le gain sera faible. C’est aussi un résultat : il dit où chercher ensuite.`,
  },
  formula: {
    en: 'bytes per cell and step = 2 values read + 2 written = 4 × 4 B = 16 B in f32',
    fr: 'octets par cellule et par pas = 2 valeurs lues + 2 écrites = 4 × 4 o = 16 o en f32',
  },
  changed: {
    en: 'The `Cell` structure and its two arrays are gone; four arrays of numbers take their place, two that are read and two that are written (`SoaPlanes`), with the same `row * cols_ + col`. The loops, the window and its test are the same, line for line.',
    fr: 'La structure `Cell` et ses deux tableaux ont disparu ; quatre tableaux de nombres les remplacent, deux que l’on lit et deux que l’on écrit (`SoaPlanes`), avec le même `row * cols_ + col`. Les boucles, la fenêtre et son test sont les mêmes, ligne pour ligne.',
  },
  prediction: {
    question: {
      en: 'How many times faster does the structure of arrays make the program?',
      fr: 'Combien de fois la structure de tableaux rend-elle le programme plus rapide ?',
    },
    of: 'soa_window',
    over: 'aos_flat',
    min: 0.5,
    max: 10,
  },
  lookAt: {
    en: 'Compare the GB/s in the table with what your memory can deliver (tens of GB/s on a laptop). If both kernels are far below, memory is not what holds them back, and the layout alone cannot help much.',
    fr: 'Comparez les Go/s du tableau à ce que votre mémoire peut livrer (quelques dizaines de Go/s sur un portable). Si les deux noyaux en sont loin, ce n’est pas la mémoire qui les freine, et le rangement seul ne peut pas beaucoup aider.',
  },
  variants: [{ kernel: 'aos_flat' }, { kernel: 'soa_window' }],
  baseline: 'aos_flat',
  grid: DEFAULT_GRID,
  steps: 96,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('soa_window', 'aos_flat')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('soa_window', 'aos_flat');
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
        en: `One array per species gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `Un tableau par espèce donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
