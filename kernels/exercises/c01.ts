import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** What the histogram shows: the spread, and whether pinning narrowed it beyond doubt. */
function spreadSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const free = measured.spread('autovec');
  const pinned = measured.spread('autovec@pinned');
  if (free === undefined || pinned === undefined) return '';
  const percent = (share: number) => `${tools.number(100 * share, 2)} %`;
  const range = {
    en: ` The ${tools.number(free.samples)} samples of the unpinned run lie between ${tools.seconds(free.fastest)} and ${tools.seconds(free.slowest)} a step, with a median of ${tools.seconds(free.median)}; half of a round’s samples lie within ${percent(free.share.median)} of it.`,
    fr: ` Les ${tools.number(free.samples)} échantillons de la mesure non épinglée vont de ${tools.seconds(free.fastest)} à ${tools.seconds(free.slowest)} par pas, avec une médiane de ${tools.seconds(free.median)} ; la moitié de ceux d’une répétition tient dans ${percent(free.share.median)} de celle-ci.`,
  }[language];
  const narrower = pinned.share.high < free.share.low;
  const wider = pinned.share.low > free.share.high;
  const compared = narrower
    ? {
        en: `Pinned, within ${percent(pinned.share.median)}: pinning steadied it.`,
        fr: `Épinglé, dans ${percent(pinned.share.median)} : l’épinglage l’a stabilisée.`,
      }
    : wider
      ? {
          en: `Pinned, within ${percent(pinned.share.median)}: wider. Whatever else runs on that processor cannot be avoided any more.`,
          fr: `Épinglé, dans ${percent(pinned.share.median)} : c’est plus large. Ce qui tourne par ailleurs sur ce processeur ne peut plus être évité.`,
        }
      : {
          en: `Pinned, within ${percent(pinned.share.median)}: no difference that this run can show. On a quiet machine the scheduler has no reason to move a busy thread.`,
          fr: `Épinglé, dans ${percent(pinned.share.median)} : aucune différence que cette mesure sache montrer. Sur une machine au repos, l’ordonnanceur n’a pas de raison de déplacer un thread occupé.`,
        };
  return `${range} ${compared[language]}`;
}

export const c01: Exercise = {
  id: 'C01',
  day: 1,
  title: { en: 'Measure before optimising', fr: 'Mesurer avant d’optimiser' },
  goal: {
    en: 'Time the same loop many times, look at all the times instead of one, and learn what a single number hides.',
    fr: 'Chronométrer plusieurs fois la même boucle, regarder tous les temps et non un seul, et apprendre ce qu’un nombre unique cache.',
  },
  idea: {
    en: `The school’s method has three steps: **measure before optimising, find the limiting factor, exploit the hardware**. Without the first, the other two are guesses.

A single time lies. The first steps are slow: memory is touched for the first time, caches and branch predictors know nothing, the clock has not risen yet. Later ones are disturbed by other programs, by the scheduler that moves the thread to another processor, by heat. So one **warms up**, measures many batches in several fresh rounds, and looks at the whole distribution: a histogram.

Disturbances only ever make a program slower. The histogram has a steep left side, near the **minimum**, which is what the machine can do, and a long tail. The **median** is what one gets; it does not care how far the tail reaches, while the mean does. The interval beside it comes from resampling the rounds: with more rounds it narrows, the histogram does not.

**Pinning** ties the thread to one processor, so that it keeps its caches. Watch what it does to the width.`,
    fr: `La méthode de l’école tient en trois temps : **mesurer avant d’optimiser, trouver le facteur limitant, exploiter le matériel**. Sans le premier, les deux autres sont des suppositions.

Un temps isolé ment. Les premiers pas sont lents : la mémoire est touchée pour la première fois, caches et prédicteurs ne savent rien, la fréquence n’est pas encore montée. Les suivants sont dérangés par d’autres programmes, par l’ordonnanceur qui déplace le thread, par la chaleur. On **chauffe** donc d’abord, on mesure beaucoup de lots en plusieurs répétitions, et on regarde la distribution entière : un histogramme.

Une perturbation ne rend jamais plus rapide. L’histogramme a un bord gauche raide, près du **minimum**, ce que la machine sait faire, et une longue traîne. La **médiane** est ce qu’on obtient ; elle ignore la longueur de la traîne, la moyenne non. L’intervalle qui l’accompagne vient d’un rééchantillonnage des répétitions : en ajouter le resserre, mais ne resserre pas l’histogramme.

**Épingler** lie le thread à un processeur, qui garde ainsi ses caches. Observez l’effet sur la largeur.`,
  },
  formula: {
    en: 'spread = (3rd quartile − 1st quartile) ÷ median',
    fr: 'étalement = (3e quartile − 1er quartile) ÷ médiane',
  },
  changed: {
    en: 'Nothing yet: `autovec` is measured three times, at the very start of a run and without warm-up (4 steps a round), as usual, and pinned. What changes is how one looks at it.',
    fr: 'Rien encore : `autovec` est mesuré trois fois, au tout début et sans échauffement (4 pas par répétition), comme d’ordinaire, et épinglé. Ce qui change est la façon de regarder.',
  },
  prediction: {
    question: {
      en: 'How many times faster is a step when it is warm than among the first four?',
      fr: 'Combien de fois un pas est-il plus rapide une fois chaud que parmi les quatre premiers ?',
    },
    of: 'autovec',
    over: 'autovec@cold',
    min: 0.5,
    max: 16,
  },
  lookAt: {
    en: 'Look for the steep side of each histogram and for its tail. Start something heavy, run it again, and see which of minimum, median and slowest moves. Then double the rounds: what narrows, and what does not?',
    fr: 'Cherchez le bord raide de chaque histogramme, puis sa traîne. Lancez un programme lourd, recommencez, et regardez ce qui bouge : le minimum, la médiane ou le plus lent. Doublez ensuite les répétitions : qu’est-ce qui se resserre, et qu’est-ce qui ne bouge pas ?',
  },
  variants: [
    { kernel: 'autovec', key: 'autovec@cold', warmUp: false, steps: 4 },
    { kernel: 'autovec', pin: false, warmUp: true },
    { kernel: 'autovec', key: 'autovec@pinned', pin: true, warmUp: true },
  ],
  baseline: 'autovec@cold',
  grid: DEFAULT_GRID,
  steps: 320,
  rounds: 9,
  chart: 'histogram',
  relation: (measured) => fasterRelation(measured.ratio('autovec', 'autovec@cold')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('autovec', 'autovec@cold');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `A warm step is ${shown} as fast as the first four: whoever times a single short run measures mostly its start.`,
        fr: `Un pas chaud est ${shown} plus rapide que les quatre premiers : qui chronomètre une seule exécution courte mesure surtout son début.`,
      },
      'not-held': {
        en: `A warm step is only ${shown} as fast as the first four: here a long run is the slower one. The clock sinks under load, or something else began to run.`,
        fr: `Un pas chaud n’est que ${shown} aussi rapide que les quatre premiers : ici, c’est la longue exécution qui est lente. La fréquence baisse sous la charge, ou un autre programme s’est mis à tourner.`,
      },
      unclear: {
        en: `Warm against cold: ${shown}. ${tools.undecided(ratio)}`,
        fr: `Chaud contre froid : ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + spreadSentence(measured, language, tools);
  },
};
