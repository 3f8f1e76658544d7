import type { Exercise, MeasuredRatio } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { LEAST_ROUNDS, NOT_MEASURED } from '../relation.ts';

/** The lesson's claim: written this naively, the compiled language is worth less than this factor. */
const LANGUAGE_FACTOR = 2;

function judge(ratio: MeasuredRatio): 'held' | 'not-held' | 'unclear' {
  if (ratio.rounds < LEAST_ROUNDS) return 'unclear';
  if (ratio.low > 1 / LANGUAGE_FACTOR) return 'held';
  return ratio.high < 1 / LANGUAGE_FACTOR ? 'not-held' : 'unclear';
}

export const c02: Exercise = {
  id: 'C02',
  day: 2,
  title: { en: 'Very naive: vector of vectors', fr: 'Très naïf : vecteur de vecteurs' },
  goal: {
    en: 'Set the baseline: write the formula down as it is read, and measure it properly.',
    fr: 'Poser le point de départ : écrire la formule comme on la lit, et la mesurer correctement.',
  },
  idea: {
    en: `Two substances, u and v, share a grid. At every step each cell mixes with its eight neighbours (diffusion), u turns into v where it meets two v (reaction), u is fed in and v is taken out.

The first program says just that. A cell is a structure of two numbers, a row is a \`std::vector\` of cells, the grid is a \`std::vector\` of rows. The 3 × 3 window is a loop, and for each of its nine places the program asks: is this inside the grid?

Nothing here is wrong, and the result is verified. It is the **baseline** that every later exercise is divided by.

One often hears that a compiled language is enough to be fast. So the same formula also runs in JavaScript, on flat arrays of numbers, compiled while it runs.

**A number is a result only if it can be had again.** Each kernel runs in seven independent rounds, in a random order; the median over the rounds is shown with its 95 % interval.`,
    fr: `Deux substances, u et v, se partagent une grille. À chaque pas, chaque cellule se mélange à ses huit voisines (diffusion), u se change en v là où il rencontre deux v (réaction), on apporte du u et on retire du v.

Le premier programme ne dit rien d’autre. Une cellule est une structure de deux nombres, une ligne un \`std::vector\` de cellules, la grille un \`std::vector\` de lignes. La fenêtre 3 × 3 est une boucle, et pour chacune de ses neuf places le programme demande : est-on encore dans la grille ?

Rien n’est faux ici, et le résultat est vérifié. C’est le **point de départ** auquel tous les exercices suivants se rapportent.

On entend souvent dire qu’un langage compilé suffit pour aller vite. La même formule tourne donc aussi en JavaScript, sur de simples tableaux de nombres, compilée pendant son exécution.

**Un nombre n’est un résultat que si on le retrouve.** Chaque noyau est lancé en sept répétitions indépendantes, dans un ordre tiré au sort ; la médiane est donnée avec son intervalle à 95 %.`,
  },
  formula: {
    en: 'u′ = u + dt (Du L(u) − u v² + F (1 − u))\nv′ = v + dt (Dv L(v) + u v² − (F + k) v)',
    fr: 'u′ = u + dt (Du L(u) − u v² + F (1 − u))\nv′ = v + dt (Dv L(v) + u v² − (F + k) v)',
  },
  changed: {
    en: 'This is the first rung: there is nothing before it. Find three things in the source: where a cell and a row are declared, the loop over the window with its test, and the two lines of the formula.',
    fr: 'C’est le premier échelon : il n’y a rien avant. Repérez trois choses dans le code : la déclaration d’une cellule et d’une ligne, la boucle sur la fenêtre avec son test, et les deux lignes de la formule.',
  },
  prediction: {
    question: {
      en: 'What is the speed of the plain JavaScript loop divided by that of this very naive C++?',
      fr: 'Que vaut la vitesse de la simple boucle JavaScript, divisée par celle de ce C++ très naïf ?',
    },
    of: 'javascript',
    over: 'aos_nested',
    min: 0.1,
    max: 10,
  },
  lookAt: {
    en: 'Each dot is a batch of steps. Look at how far the dots of one kernel lie apart before you look at the distance between kernels: a difference smaller than that scatter means nothing.',
    fr: 'Chaque point est un lot de pas. Regardez d’abord à quel point les points d’un même noyau se dispersent, puis l’écart entre les noyaux : une différence plus petite que cette dispersion ne veut rien dire.',
  },
  variants: [{ kernel: 'aos_nested' }, { kernel: 'javascript' }],
  baseline: 'aos_nested',
  grid: DEFAULT_GRID,
  steps: 96,
  rounds: 7,
  chart: 'timings',
  relation: (measured) => {
    const ratio = measured.ratio('javascript', 'aos_nested');
    return ratio === undefined ? 'not-measured' : judge(ratio);
  },
  conclusion: (measured, language, tools) => {
    const rate = measured.cellsPerSecond('aos_nested');
    if (rate === undefined) return NOT_MEASURED[language];
    const baseline = { en: `Your baseline is ${tools.rate(rate)}.`, fr: `Votre point de départ est de ${tools.rate(rate)}.` }[language];
    const ratio = measured.ratio('javascript', 'aos_nested');
    if (ratio === undefined) {
      return `${baseline} ${{ en: 'JavaScript has no verified result to set beside it.', fr: 'JavaScript n’a pas de résultat vérifié à mettre en regard.' }[language]}`;
    }
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `The ratio of JavaScript to this C++ is ${shown}: by itself, the compiled language is worth less than a factor of two. What the next exercises change, in C++ alone, is worth far more: where the data lie, what the inner loop tests, how many cells are computed at once.`,
        fr: `Le rapport de JavaScript à ce C++ est de ${shown} : à lui seul, le langage compilé vaut moins d’un facteur deux. Ce que changent les exercices suivants, sans quitter le C++, vaut bien davantage : la place des données, les tests de la boucle interne, le nombre de cellules calculées à la fois.`,
      },
      'not-held': {
        en: `The ratio of JavaScript to this C++ is ${shown}: on this machine the compiled language is worth more than a factor of two, even written this naively. The next exercises show how much it still leaves unused.`,
        fr: `Le rapport de JavaScript à ce C++ est de ${shown} : sur cette machine, le langage compilé vaut plus d’un facteur deux, même écrit aussi naïvement. Les exercices suivants montrent tout ce qu’il laisse encore inutilisé.`,
      },
      unclear: {
        en: `The ratio of JavaScript to this C++ is ${shown}: this run cannot tell whether the language is worth more or less than a factor of two. More rounds, mains power and a quiet machine narrow the interval.`,
        fr: `Le rapport de JavaScript à ce C++ est de ${shown} : cette mesure ne permet pas de dire si le langage vaut plus ou moins d’un facteur deux. Davantage de répétitions, une alimentation secteur et une machine au repos resserrent l’intervalle.`,
      },
    };
    return `${baseline} ${verdicts[judge(ratio)][language]}`;
  },
};
