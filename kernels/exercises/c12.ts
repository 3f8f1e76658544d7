import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import type { StencilId } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';
import { anisotropy } from '../stencil-symbol.ts';

/** Cells of the wave that directions are compared on: short enough to feel the grid. */
const WAVE = 8;

const OTHERS = ['five-point', 'oono-puri', 'patra-karttunen'] as const satisfies readonly StencilId[];

/** What the others cost beside the default. */
function costSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratios = OTHERS.flatMap((stencil) => {
    const ratio = measured.ratio(`simd@${stencil}`, 'simd');
    return ratio === undefined ? [] : [`${stencil} ${tools.ratio(ratio)}`];
  });
  if (ratios.length === 0) return '';
  return {
    en: ` Against eight: ${ratios.join(', ')}.`,
    fr: ` Face à eight : ${ratios.join(', ')}.`,
  }[language];
}

/** Known exactly, whatever was measured. */
function directionSentence(language: 'en' | 'fr', tools: ConclusionTools): string {
  const shown = (['five-point', 'eight', 'oono-puri', 'patra-karttunen'] as const)
    .map((stencil) => `${stencil} ${tools.number(anisotropy(stencil, WAVE), 4)}`)
    .join(', ');
  return {
    en: ` What they do differs too: diagonal over straight smoothing of a wave of ${WAVE} cells is ${shown}, where 1 knows no direction.`,
    fr: ` Ce qu’ils font diffère aussi : le lissage d’une onde de ${WAVE} cellules, en diagonale rapporté au droit, est ${shown}, 1 ne connaissant pas de direction.`,
  }[language];
}

export const c12: Exercise = {
  id: 'C12',
  day: 3,
  title: { en: 'Which Laplacian?', fr: 'Quel laplacien ?' },
  goal: {
    en: 'Compare the four stencils of the courses: what each costs, and which way its patterns lean.',
    fr: 'Comparer les quatre stencils des cours : ce que coûte chacun, et de quel côté penchent ses motifs.',
  },
  idea: {
    en: `The Laplacian says how far a cell is from the mean of its surroundings. On a grid there are several ways to take that mean, and the courses do not agree: weights a for the four neighbours along rows and columns, b for the four on the diagonals.

\`five-point\` leaves the diagonals out (a = 1, b = 0), \`eight\` counts all alike (1, 1), \`oono-puri\` has 1/2 and 1/4, \`patra-karttunen\` 2/3 and 1/6.

Two things set them apart. **Strength**: long waves are smoothed a + 2b times as fast as by the true Laplacian: once, but three times by \`eight\`, whose patterns are √3 times as large with the same constants. **Direction**: a grid smooths short waves at another rate along diagonals than along rows. To first order the error is proportional to a − 4b: \`five-point\` and \`eight\` are equally wrong, in opposite senses, and only \`patra-karttunen\` is free of it.

And the cost? The bytes are the same for all. \`five-point\` has fewest additions; with a = b one product and one sum are saved as well. A loop that waits for its loads will hardly show either.`,
    fr: `Le laplacien dit combien une cellule s’écarte de la moyenne de son entourage. Sur une grille, cette moyenne se prend de plusieurs façons, et les cours ne s’accordent pas : un poids a pour les quatre voisins en ligne et en colonne, b pour les quatre en diagonale.

\`five-point\` omet les diagonales (a = 1, b = 0), \`eight\` les compte toutes autant (1, 1), \`oono-puri\` prend 1/2 et 1/4, \`patra-karttunen\` 2/3 et 1/6.

Deux choses les distinguent. La **force** : les ondes longues sont lissées a + 2b fois plus vite que par le vrai laplacien, une fois, mais trois fois par \`eight\`, dont les motifs sont √3 fois plus grands à constantes égales. La **direction** : une grille ne lisse pas les ondes courtes de même en diagonale qu’en ligne. Au premier ordre, l’erreur va comme a − 4b : \`five-point\` et \`eight\` se trompent autant, en sens contraire ; seul \`patra-karttunen\` en est exempt.

Et le coût ? Les octets sont les mêmes. \`five-point\` a le moins d’additions ; avec a = b, on épargne aussi un produit et une somme. Une boucle qui attend ses lectures le montrera à peine.`,
  },
  formula: {
    en: 'L̂(kx, ky) = a (2 cos kx + 2 cos ky − 4) + b (4 cos kx cos ky − 4);   diagonal ÷ straight ≈ 1 + k² (a − 4b) / 24 (a + 2b)',
    fr: 'L̂(kx, ky) = a (2 cos kx + 2 cos ky − 4) + b (4 cos kx cos ky − 4) ;   diagonale ÷ droit ≈ 1 + k² (a − 4b) / 24 (a + 2b)',
  },
  changed: {
    en: 'Two numbers, a and b. The loop of `simd` exists three times, for equal weights, without corners, and for any; which one runs is decided once per call, before the first row.',
    fr: 'Deux nombres, a et b. La boucle de `simd` existe trois fois : poids égaux, sans diagonales, poids quelconques ; laquelle s’exécute est décidé une fois par appel, avant la première ligne.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the stencil without diagonals than the one of Patra and Karttunen?',
      fr: 'Combien de fois le stencil sans diagonales est-il plus rapide que celui de Patra et Karttunen ?',
    },
    of: 'simd@five-point',
    over: 'simd@patra-karttunen',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'Are the bars as different as their sums are long? Then compare the fields: `eight` has larger spots. Under `five-point` and under `eight`, which way do edges and rows of spots prefer to lie, and is it the same way?',
    fr: 'Les barres diffèrent-elles autant que leurs sommes sont longues ? Comparez ensuite les champs : les taches de `eight` sont plus grandes. Sous `five-point` et sous `eight`, dans quel sens les bords et les rangées de taches se placent-ils volontiers, et est-ce le même ?',
  },
  variants: [{ kernel: 'simd' }, ...OTHERS.map((stencil) => ({ kernel: 'simd', key: `simd@${stencil}`, stencil }))],
  baseline: 'simd@patra-karttunen',
  // In the second-level cache of most processors: were memory waited for, all would cost the same for that reason alone.
  grid: { rows: 256, cols: 256 },
  steps: 4000,
  rounds: 7,
  convention: { seed: 'patch' },
  keepField: true,
  chart: 'timings',
  relation: (measured) => fasterRelation(measured.ratio('simd@five-point', 'simd@patra-karttunen')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd@five-point', 'simd@patra-karttunen');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Without diagonals the rate is ${shown} of that with both weights: that is what the better Laplacian costs here.`,
        fr: `Sans diagonales, le débit est ${shown} par rapport aux deux poids : voilà ce que coûte ici le meilleur laplacien.`,
      },
      'not-held': {
        en: `Without diagonals the rate is ${shown} of that with both weights, no gain: the additions saved were not what this processor waited for.`,
        fr: `Sans diagonales, le débit est ${shown} par rapport aux deux poids, aucun gain : ce processeur n’attendait pas les additions épargnées.`,
      },
      unclear: {
        en: `Without diagonals the rate is ${shown} of that with both weights. ${tools.undecided(ratio)}`,
        fr: `Sans diagonales, le débit est ${shown} par rapport aux deux poids. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + costSentence(measured, language, tools) + directionSentence(language, tools);
  },
};
