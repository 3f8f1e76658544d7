import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED, WITHIN_NOISE } from '../relation.ts';
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
      fr: `, le gain est de ${shown}, là où la largeur seule promettrait × ${widening} : les lectures et les écritures, et non le calcul, font le reste.`,
    },
    'not-held': {
      en: ` it gains nothing here: ${shown}.`,
      fr: `, rien n’est gagné ici : ${shown}.`,
    },
    unclear: {
      en: ` the ratio is ${shown}: this run cannot tell the widths apart.`,
      fr: `, le rapport est de ${shown} : cette mesure ne départage pas les largeurs.`,
    },
  };
  return steps[language] + found[judge(ratio)][language];
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
    en: `A **vector instruction** does the same operation on several neighbouring values: 4 of f32 with SSE2 or NEON, 8 with AVX2, 16 with AVX-512. The compiler uses them by itself, but only where it can prove that nothing changes.

Vectorising is therefore a conversation with the compiler. It refuses when a test changes the path from one cell to the next, and when the array written might be one of those read.

This version answers both doubts. A **halo** of one cell around the grid holds what the boundary says, so no cell needs a test. The word \`__restrict\` promises that no two pointers reach the same memory. The window loop is unrolled into sums, with the constants combined beforehand.

The same source is compiled once per instruction set, and the widest one that your processor has is called. The exercise runs it twice: with the **baseline** set, and with the widest.

The grid is small on purpose. Its 1 MB stays in cache, so that what you measure is computing; on a large grid memory would set the pace.`,
    fr: `Une **instruction vectorielle** fait la même opération sur plusieurs valeurs voisines : 4 en f32 avec SSE2 ou NEON, 8 avec AVX2, 16 avec AVX-512. Le compilateur s’en sert de lui-même, mais seulement s’il peut prouver que rien ne change.

Vectoriser, c’est donc dialoguer avec le compilateur. Il refuse quand un test change le chemin d’une cellule à la suivante, et quand le tableau écrit pourrait être l’un de ceux qu’on lit.

Cette version lève ces deux doutes. Un **halo** d’une cellule autour de la grille contient ce que dit le bord : plus aucune cellule n’a besoin de test. Le mot \`__restrict\` promet que deux pointeurs n’atteignent jamais la même mémoire. La boucle sur la fenêtre est déroulée en sommes, les constantes combinées d’avance.

Le même code est compilé une fois par jeu d’instructions, et l’on appelle le plus large que possède votre processeur. L’exercice le lance deux fois : avec le jeu **de base**, puis avec le plus large.

La grille est petite à dessein. Son Mo reste en cache : on mesure le calcul ; sur une grande grille, la mémoire imposerait son rythme.`,
  },
  formula: {
    en: 'ideal gain = bits of a register ÷ 32:  128 → × 4,  256 → × 8,  512 → × 16',
    fr: 'gain idéal = bits d’un registre ÷ 32 :  128 → × 4,  256 → × 8,  512 → × 16',
  },
  changed: {
    en: 'The split into centre and edges is gone again: the halo makes every cell a centre cell. The window loop and its table of weights have become two sums, one for the edges and one for the corners. Each row is updated by one plain loop over `__restrict` pointers.',
    fr: 'La séparation entre centre et bords disparaît : avec le halo, toute cellule est une cellule du centre. La boucle sur la fenêtre et sa table de poids sont devenues deux sommes, l’une pour les côtés, l’autre pour les coins. Chaque ligne est mise à jour par une simple boucle sur des pointeurs `__restrict`.',
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
    en: 'Two gains stand side by side: from `soa_split` to `autovec` with the baseline instructions (what the way of writing brings), and from there to the widest ones (what the processor brings). Which of the two is larger on your machine?',
    fr: 'Deux gains sont côte à côte : de `soa_split` à `autovec` avec les instructions de base (ce qu’apporte l’écriture), puis de là aux plus larges (ce qu’apporte le processeur). Lequel est le plus grand sur votre machine ?',
  },
  variants: [{ kernel: 'soa_split' }, { kernel: 'autovec', key: 'autovec@baseline', isa: 'baseline' }, { kernel: 'autovec' }],
  baseline: 'soa_split',
  // 16 B per cell in f32: 1 MiB, within the second-level cache of most processors.
  grid: { rows: 204, cols: 320 },
  steps: 8000,
  rounds: 5,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('autovec', 'soa_split')),
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
        en: `The rewritten loop gives ${shown}. ${WITHIN_NOISE.en}`,
        fr: `La boucle réécrite donne ${shown}. ${WITHIN_NOISE.fr}`,
      },
    };
    return verdicts[judge(ratio)][language] + widthSentence(measured, language, tools);
  },
};
