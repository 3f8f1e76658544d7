import type { Exercise, MeasuredRatio } from '../exercise.ts';
import { LEAST_ROUNDS, NOT_MEASURED } from '../relation.ts';

/** "No gain worth its price": the whole interval within a tenth of 1; beyond it on one side; or neither can be said. */
const LEVEL = 1.1;
function judgeLevel({ low, high, rounds }: MeasuredRatio): 'held' | 'not-held' | 'unclear' {
  if (rounds < LEAST_ROUNDS) return 'unclear';
  if (low >= 1 / LEVEL && high <= LEVEL) return 'held';
  return low > LEVEL || high < 1 / LEVEL ? 'not-held' : 'unclear';
}

export const g07: Exercise = {
  id: 'G07',
  day: 7,
  title: { en: 'Constants known at compile time', fr: 'Constantes spécialisées' },
  goal: {
    en: 'Tell the shader compiler the model and the grid before it compiles, and find out what that is worth when memory sets the pace.',
    fr: 'Donner le modèle et la grille au compilateur de shaders avant qu’il compile, et voir ce que cela vaut quand la mémoire donne le rythme.',
  },
  idea: {
    en: `A shader is not compiled by its author but by the driver, **when the pipeline is built**, on the machine where it runs. That is late enough to know everything about this run.

\`gpu_naive\` reads its coefficients from a **uniform buffer**: the compiler knows that they exist, not what they are. So it keeps the product by a weight that is 1, the switch over five boundaries, the width of the grid as a value to be loaded.

A **specialisation constant** (in WGSL \`override\`) has a value when the pipeline is built. Weights of 1 vanish, four boundaries out of five are never compiled, index arithmetic knows its factors. Loops of known length unroll, and arrays in work-group memory may take their size from it.

The price: another feed rate is **another pipeline**, compiled anew, a tenth of a second perhaps.

And the gain? What vanishes is arithmetic. If every invocation waits for memory, arithmetic was free already. The course says of its own version: “here the simulation is so memory-bound it doesn’t matter”.`,
    fr: `Un shader n’est pas compilé chez son auteur, mais par le pilote, **quand le pipeline est construit**, sur la machine même où il tourne. Il est alors encore temps de tout savoir de cette exécution.

\`gpu_naive\` lit ses coefficients dans un **tampon uniforme** : le compilateur sait qu’ils existent, pas ce qu’ils valent. Il garde donc le produit par un poids égal à 1, l’aiguillage entre cinq bords, la largeur de la grille comme une valeur à lire.

Une **constante de spécialisation** (\`override\` en WGSL) a une valeur quand le pipeline est construit. Les poids égaux à 1 disparaissent, quatre bords sur cinq ne sont jamais compilés, le calcul d’indices connaît ses facteurs. Les boucles de longueur connue se déroulent, et les tableaux partagés par un groupe peuvent en tirer leur taille.

Le prix : un autre taux d’alimentation, c’est **un autre pipeline** à compiler, un dixième de seconde peut-être.

Et le gain ? Ce qui disparaît, c’est du calcul. Si chaque invocation attend la mémoire, le calcul était déjà gratuit. Le cours le dit de sa propre version : la simulation dépend tellement de la mémoire que cela ne change rien.`,
  },
  formula: {
    en: 'time ≈ max( bytes ÷ bandwidth,  operations ÷ rate of arithmetic ):   only the second one shrinks',
    fr: 'temps ≈ max( octets ÷ bande passante,  opérations ÷ débit de calcul ) :   seul le second diminue',
  },
  changed: {
    en: 'The structure `Model` and its binding are gone; its fields are `override` constants, to which the host gives the same values. The switch over boundaries becomes one condition known beforehand, and the corners of a stencil without corners are no longer read.',
    fr: 'La structure `Model` et sa liaison ont disparu ; ses champs sont des constantes `override`, auxquelles l’hôte donne les mêmes valeurs. L’aiguillage entre les bords devient une condition connue d’avance, et les coins d’un stencil sans coins ne sont plus lus.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the kernel whose constants are known to the compiler?',
      fr: 'Combien de fois le noyau dont le compilateur connaît les constantes est-il plus rapide ?',
    },
    of: 'gpu_constants',
    over: 'gpu_naive',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'Choose the five-point stencil and run again: only the compiler that knows the corner weight to be 0 leaves four reads out at no test. Then a grid of 128 × 128, which stays in cache: the less there is to wait for, the more arithmetic counts.',
    fr: 'Choisissez le stencil à cinq points et relancez : seul le compilateur qui sait nul le poids des coins omet quatre lectures sans aucun test. Puis une grille de 128 × 128, qui reste en cache : moins on attend, plus le calcul compte.',
  },
  variants: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_constants' }],
  baseline: 'gpu_naive',
  // 67 MB in f32: more than the caches of most GPUs, and bearable on a software one.
  grid: { rows: 2048, cols: 2048 },
  steps: 24,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'timings',
  relation: (measured) => {
    const ratio = measured.ratio('gpu_constants', 'gpu_naive');
    return ratio === undefined || measured.gpu !== 'hardware' ? 'not-measured' : judgeLevel(ratio);
  },
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_constants', 'gpu_naive');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `Known constants give ${shown} on a software GPU: the processor played the part of one, and there arithmetic sets the pace, not memory. Both results are right; whether a GPU, which waits for memory, gains anything is not answered here.`,
        fr: `Les constantes connues donnent ${shown} sur un GPU logiciel : c’est le processeur qui en jouait le rôle, et le calcul y donne le rythme, non la mémoire. Les deux résultats sont justes ; si un GPU, qui attend la mémoire, y gagne quelque chose reste ici sans réponse.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `Known constants give ${shown}: level within a tenth, as the course says. This grid is waited for, not computed; what the compiler folds away had been free.`,
        fr: `Les constantes connues donnent ${shown} : à égalité à un dixième près, comme le dit le cours. Cette grille s’attend plus qu’elle ne se calcule ; ce que le compilateur replie était déjà gratuit.`,
      },
      'not-held': {
        en: `Known constants give ${shown}: they do count on this GPU. Either its caches hold much of the grid, so that arithmetic and tests are felt, or the compiler ordered the reads in another way. Try a larger grid.`,
        fr: `Les constantes connues donnent ${shown} : elles comptent sur ce GPU. Ou bien ses caches contiennent une bonne part de la grille, et le calcul et les tests se font sentir, ou bien le compilateur a ordonné les lectures autrement. Essayez une grille plus grande.`,
      },
      unclear: {
        en: `Known constants give ${shown}: this run cannot tell whether that is within a tenth of × 1. More rounds and a quiet machine narrow the interval.`,
        fr: `Les constantes connues donnent ${shown} : cette mesure ne dit pas si c’est à un dixième près de × 1. Davantage de répétitions et une machine au repos resserrent l’intervalle.`,
      },
    };
    return verdicts[judgeLevel(ratio)][language];
  },
};
