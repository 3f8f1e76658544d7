import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED, together } from '../relation.ts';
import { VECTORS } from '../vector-registers.ts';

/** What the wider registers brought beside the narrowest; empty where there are none or both were not measured. */
function widthSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const isa = measured.isa('autovec');
  const narrow = measured.isa('autovec@baseline');
  if (isa === undefined || narrow === undefined) return '';
  const { name, values } = VECTORS[isa];
  if (isa === narrow) {
    return {
      en: ` This processor offers nothing wider than ${name}, so both runs of \`autovec\` use registers of ${values} values.`,
      fr: ` Ce processeur n’offre rien de plus large que ${name} : les deux exécutions d’\`autovec\` emploient des registres de ${values} valeurs.`,
    }[language];
  }
  const ratio = measured.ratio('autovec', 'autovec@baseline');
  if (ratio === undefined) return '';
  const shown = tools.ratio(ratio);
  const widening = values / VECTORS[narrow].values;
  const steps = {
    en: ` From ${VECTORS[narrow].values} to ${values} values per register (${name})`,
    fr: ` De ${VECTORS[narrow].values} à ${values} valeurs par registre (${name})`,
  };
  // A reason is given only for a gain that the interval shows.
  const found = {
    held: {
      en: ` it gains ${shown}, where the width alone would promise × ${widening}: loads and stores, not arithmetic, set the rest.`,
      fr: `, le gain est de ${shown}, là où la largeur seule promettrait × ${widening} : les lectures et les écritures, et non le calcul, font le reste.`,
    },
    'not-held': {
      en: ` it gains nothing here: ${shown}.`,
      fr: `, rien n’est gagné ici : ${shown}.`,
    },
    unclear: {
      en: ` the ratio is ${shown}: this run cannot tell the widths apart.`,
      fr: `, le rapport est de ${shown} : cette mesure ne départage pas les largeurs.`,
    },
  };
  return steps[language] + found[judge(ratio)][language];
}

/** 64 MiB, more than most caches. */
const IN_MEMORY = { grid: { rows: 2048, cols: 2048 }, steps: 20 } as const;

/** What fusing the two passes brought, near and far. */
function fusionSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const near = measured.ratio('autovec', 'laplacian_pass');
  const far = measured.ratio('autovec@memory', 'laplacian_pass@memory');
  if (near === undefined || far === undefined) return '';
  const [inCache, inMemory] = [tools.ratio(near), tools.ratio(far)];
  const measurement = {
    en: ` Fusing its two passes gives ${inCache} in cache and ${inMemory} in memory`,
    fr: ` Fusionner ses deux passes donne ${inCache} en cache et ${inMemory} en mémoire`,
  };
  const found = {
    held: {
      en: ', where 10 values per cell were moved instead of 4.',
      fr: ', où l’on déplaçait 10 valeurs par cellule au lieu de 4.',
    },
    'not-held': {
      en: ': moving 10 values per cell instead of 4 costs nothing here, so something other than memory sets the pace.',
      fr: ' : déplacer 10 valeurs par cellule au lieu de 4 ne coûte rien ici ; autre chose que la mémoire donne donc le rythme.',
    },
    unclear: {
      en: ': in memory this run cannot tell the two apart.',
      fr: ' : en mémoire, cette mesure ne les départage pas.',
    },
  };
  return measurement[language] + found[judge(far)][language];
}

export const c08: Exercise = {
  id: 'C08',
  day: 2,
  title: { en: 'Auto-vectorised Laplacian', fr: 'Laplacien auto-vectorisé' },
  goal: {
    en: 'Write the loop so that the compiler itself computes several cells with each instruction.',
    fr: 'Écrire la boucle de sorte que le compilateur traite lui-même plusieurs cellules par instruction.',
  },
  idea: {
    en: `A **vector instruction** does the same operation on several neighbouring values: 4 of f32 with SSE2 or NEON, 8 with AVX2, 16 with AVX-512. The compiler uses them by itself, but only where it can prove that nothing changes. It refuses when a test changes the path from one cell to the next, and when the array written might be one of those read.

Both doubts are answered here. A **halo** of one cell around the grid holds what the boundary says, so no cell needs a test. The word \`__restrict\` promises that no two pointers reach the same memory.

On the blackboard one writes the Laplacian first, then the update. \`laplacian_pass\` does just that, in **two passes**: short loops, easy to vectorise, but the Laplacian is written and read again, 10 values per cell instead of 4. \`autovec\` **fuses** them.

The source is compiled once per instruction set; the widest that your processor has is called, and the **baseline** too for comparison.

The grid of 1 MB stays in cache, so that computing is measured. Two bars use a grid that only memory can hold.`,
    fr: `Une **instruction vectorielle** fait la même opération sur plusieurs valeurs voisines : 4 en f32 avec SSE2 ou NEON, 8 avec AVX2, 16 avec AVX-512. Le compilateur s’en sert de lui-même, s’il peut prouver que rien ne change. Il refuse quand un test change le chemin d’une cellule à la suivante, et quand le tableau écrit pourrait être l’un de ceux qu’on lit.

Ces deux doutes sont levés ici. Un **halo** d’une cellule autour de la grille contient ce que dit le bord : plus aucune cellule n’a besoin de test. Le mot \`__restrict\` promet que deux pointeurs n’atteignent jamais la même mémoire.

Au tableau noir, on écrit d’abord le laplacien, puis la mise à jour. \`laplacian_pass\` fait de même, en **deux passes** : des boucles courtes, faciles à vectoriser, mais le laplacien est écrit puis relu, 10 valeurs par cellule au lieu de 4. \`autovec\` les **fusionne**.

Le code est compilé une fois par jeu d’instructions ; on appelle le plus large de votre processeur et, pour comparer, le jeu **de base**.

La grille de 1 Mo reste en cache : on mesure le calcul. Deux barres prennent une grille que seule la mémoire contient.`,
  },
  formula: {
    en: 'ideal gain = bits of a register ÷ 32:  128 → × 4,  256 → × 8,  512 → × 16',
    fr: 'gain idéal = bits d’un registre ÷ 32 :  128 → × 4,  256 → × 8,  512 → × 16',
  },
  changed: {
    en: 'The split into centre and edges is gone again: the halo makes every cell a centre cell. The window loop and its table of weights have become two sums, one for the edges and one for the corners. In `laplacian_pass` they fill planes of their own, which a second loop reads; in `autovec` one plain loop over `__restrict` pointers does both.',
    fr: 'La séparation entre centre et bords disparaît : avec le halo, toute cellule est une cellule du centre. La boucle sur la fenêtre et sa table de poids sont devenues deux sommes, l’une pour les côtés, l’autre pour les coins. Dans `laplacian_pass`, elles remplissent des plans à part, qu’une seconde boucle relit ; dans `autovec`, une simple boucle sur des pointeurs `__restrict` fait les deux.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the vectorised loop, with the widest instructions, than the regular centre?',
      fr: 'Combien de fois la boucle vectorisée, avec les instructions les plus larges, est-elle plus rapide que le centre régulier ?',
    },
    of: 'autovec',
    over: 'soa_split',
    min: 0.5,
    max: 32,
  },
  lookAt: {
    en: 'Three gains stand side by side: the loop in two passes, their fusion, the wider registers. Then compare the fusion in cache and in memory. A fused loop moves less, but it also does more at once: where data are near, that can weigh as much.',
    fr: 'Trois gains sont côte à côte : la boucle en deux passes, leur fusion, les registres plus larges. Comparez ensuite la fusion en cache et en mémoire. La boucle fusionnée déplace moins de données, mais elle fait aussi davantage à la fois : quand les données sont proches, cela peut peser autant.',
  },
  variants: [
    { kernel: 'soa_split' },
    { kernel: 'laplacian_pass' },
    { kernel: 'autovec', key: 'autovec@baseline', isa: 'baseline' },
    { kernel: 'autovec' },
    { kernel: 'laplacian_pass', key: 'laplacian_pass@memory', ...IN_MEMORY },
    { kernel: 'autovec', key: 'autovec@memory', ...IN_MEMORY },
  ],
  baseline: 'soa_split',
  // 16 B per cell in f32: 1 MiB, within the second-level cache of most processors.
  grid: { rows: 204, cols: 320 },
  steps: 2000,
  rounds: 7,
  chart: 'speedup',
  // Fused must not be slower in memory; where that bar is missing, the rest decides.
  relation: (measured) => {
    const vectorised = fasterRelation(measured.ratio('autovec', 'soa_split'));
    const fused = measured.ratio('autovec@memory', 'laplacian_pass@memory');
    return fused !== undefined && judge(fused) === 'not-held' ? together(vectorised, 'not-held') : vectorised;
  },
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('autovec', 'soa_split');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Written so that the compiler can vectorise it, the loop is worth ${shown} in cache, without one vector instruction written by hand.`,
        fr: `Écrite de façon à être vectorisée par le compilateur, la boucle vaut ${shown} en cache, sans une seule instruction vectorielle écrite à la main.`,
      },
      'not-held': {
        en: `The rewritten loop gives ${shown}: no gain here. Either the compiler had already vectorised the regular centre, or it refused this loop too; its optimisation report would tell.`,
        fr: `La boucle réécrite donne ${shown} : aucun gain ici. Ou bien le compilateur vectorisait déjà le centre régulier, ou bien il a aussi refusé cette boucle ; son rapport d’optimisation le dirait.`,
      },
      unclear: {
        en: `The rewritten loop gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `La boucle réécrite donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + fusionSentence(measured, language, tools) + widthSentence(measured, language, tools);
  },
};
