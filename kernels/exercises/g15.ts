import type { ConclusionTools, Exercise, Measured, MeasuredCheck, RelationOutcome } from '../exercise.ts';
import { NOT_MEASURED } from '../relation.ts';

const isWrong = ({ error, tolerance }: MeasuredCheck): boolean => error === null || error > tolerance;

/** The tile must be right, or there is nothing to compare its race with. */
function relationOf(measured: Measured): RelationOutcome {
  const right = measured.check('gpu_tiled');
  const race = measured.check('gpu_tiled_race');
  if (right === undefined || race === undefined || isWrong(right)) return 'not-measured';
  return isWrong(race) ? 'held' : 'not-held';
}

/** The mean of v of both, which is the run's checksum; empty where a field has no mean. */
function checksumSentence(right: MeasuredCheck, race: MeasuredCheck, language: 'en' | 'fr', tools: ConclusionTools): string {
  if (right.meanV === null) return '';
  const shown = (mean: number | null) => (mean === null ? 'NaN' : tools.number(mean, 6));
  return {
    en: ` After 200 steps of 20 × 20 cells the mean of v is ${shown(race.meanV)} without the barrier and ${shown(right.meanV)} with it.`,
    fr: ` Après 200 pas de 20 × 20 cellules, la moyenne de v vaut ${shown(race.meanV)} sans la barrière et ${shown(right.meanV)} avec.`,
  }[language];
}

export const g15: Exercise = {
  id: 'G15',
  day: 7,
  title: { en: 'Race and fence', fr: 'Course critique et barrière' },
  goal: {
    en: 'Take one line out of a right program, the one that makes it wait, and see which tests still pass.',
    fr: 'Retirer d’un programme juste une seule ligne, celle qui le fait attendre, et voir quels contrôles passent encore.',
  },
  idea: {
    en: `\`gpu_tiled\` fills a tile together and reads it together. In between stands a **barrier**. Without it an invocation may read what its neighbour has not written yet: a **race**. Which of the two comes first is nobody’s promise.

The course meets it when the CPU’s program moves to the GPU: “Holly Molly, the results are wrong!” Fences are added, and 10 × 10 is right. With \`-n 20\` it is **wrong again**: the small case had proved nothing.

That is what makes races hard. A work-group that runs in lockstep has no race to lose; another size, driver or GPU does. The compiler says nothing, nothing crashes, the picture may even look plausible. **“It worked on mine” is no argument**: what counts is that nobody reads before a barrier that all writers have passed.

A barrier has a rule of its own: **all** invocations of the group must come to it. So the surplus ones may leave only after it.

What finds a race is comparison with a reference, on awkward sizes. This app makes it before it times anything, and a wrong kernel is never ranked, however fast.`,
    fr: `\`gpu_tiled\` remplit une tuile ensemble et la lit ensemble. Entre les deux, une **barrière**. Sans elle, une invocation peut lire ce que sa voisine n’a pas encore écrit : une **course critique**. Laquelle passe la première, nul ne le promet.

Le cours la rencontre quand le programme du CPU passe au GPU : « Holly Molly, the results are wrong! » Des barrières sont ajoutées, et 10 × 10 est juste. Avec \`-n 20\`, c’est **de nouveau faux** : le petit cas n’avait rien prouvé.

Voilà pourquoi les courses sont difficiles. Un groupe qui avance d’un même pas n’en perd aucune ; une autre taille, un autre pilote, un autre GPU, si. Le compilateur se tait, rien ne plante, l’image peut sembler plausible. **« Chez moi, ça marche » n’est pas un argument** : nul ne doit lire avant une barrière que tous ceux qui écrivent ont passée.

Une barrière a sa règle : **toutes** les invocations du groupe doivent y venir. Celles en trop ne sortent donc qu’après.

Ce qui trouve une course, c’est la comparaison avec une référence, sur des tailles malcommodes. L’application la fait avant de chronométrer, et un noyau faux n’est jamais classé.`,
  },
  formula: {
    en: 'write tile[i]   →   barrier: all have written   →   read tile[i − 1], tile[i], tile[i + 1] …',
    fr: 'écrire tile[i]   →   barrière : tous ont écrit   →   lire tile[i − 1], tile[i], tile[i + 1] …',
  },
  changed: {
    en: 'From `gpu_tiled` to `gpu_tiled_race` a single line is gone: `workgroupBarrier();`. The source view shows the two side by side.',
    fr: 'De `gpu_tiled` à `gpu_tiled_race`, une seule ligne a disparu : `workgroupBarrier();`. La vue du code montre les deux côte à côte.',
  },
  prediction: {
    question: {
      en: 'Is the barrier too dear to keep? How many times faster is the tile, with its barrier, than `gpu_naive` on 20 × 20 cells?',
      fr: 'La barrière est-elle trop chère pour être gardée ? Combien de fois la tuile, avec sa barrière, est-elle plus rapide que `gpu_naive` sur 20 × 20 cellules ?',
    },
    of: 'gpu_tiled',
    over: 'gpu_naive',
    min: 0.05,
    max: 20,
  },
  lookAt: {
    en: 'Open the Fields tab: is the picture without the barrier wrong everywhere, or along the edges of what runs together? Then set `workgroupX` and `workgroupY` to 1: an invocation alone has nobody to wait for, and the race comes out right. It stays marked, since a program that is right by luck is wrong.',
    fr: 'Ouvrez l’onglet Champs : l’image sans barrière est-elle fausse partout, ou le long des bords de ce qui s’exécute ensemble ? Mettez ensuite `workgroupX` et `workgroupY` à 1 : une invocation seule n’a personne à attendre, et la course tombe juste. Elle reste marquée : un programme juste par chance est faux.',
  },
  variants: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_tiled' }, { kernel: 'gpu_tiled_race' }],
  baseline: 'gpu_naive',
  // The size at which the course’s program was wrong again. Under the background the pattern lives on in so few cells.
  grid: { rows: 20, cols: 20 },
  steps: 200,
  rounds: 7,
  convention: { boundary: 'background' },
  keepField: true,
  chart: 'timings',
  relation: relationOf,
  conclusion: (measured, language, tools) => {
    const outcome = relationOf(measured);
    const right = measured.check('gpu_tiled');
    const race = measured.check('gpu_tiled_race');
    if (outcome === 'not-measured' || right === undefined || race === undefined) return NOT_MEASURED[language];
    const error = (value: number | null) => (value === null ? 'NaN' : tools.number(value, 2));
    const [wrong, small, allowed] = [error(race.error), error(right.error), tools.number(race.tolerance, 2)];
    if (outcome === 'not-held') {
      return {
        en: `Without the barrier the largest error is ${wrong}, within the ${allowed} that is allowed: on this adapter, at this size of the work-group, the race came out right. That is luck, and nothing promises it for the next driver; so the kernel stays marked, and is not ranked.`,
        fr: `Sans la barrière, la plus grande erreur est ${wrong}, dans les ${allowed} admis : sur cet adaptateur, à cette taille de groupe, la course est tombée juste. C’est de la chance, que rien ne promet pour le prochain pilote ; le noyau reste donc marqué, et hors classement.`,
      }[language];
    }
    const found = {
      en: `Without the barrier the largest error is ${wrong} where ${allowed} is allowed; with it, ${small}. One line, and no message from anyone.`,
      fr: `Sans la barrière, la plus grande erreur est ${wrong} là où ${allowed} est admis ; avec elle, ${small}. Une ligne, et aucun message de personne.`,
    }[language];
    const turns = {
      en: ' Here the processor played the GPU’s part. It takes the invocations of a work-group in turns, a few at a time, up to the next barrier: the race is lost in the same way each time. A GPU may lose it now and then only, which is worse.',
      fr: ' Ici, c’est le processeur qui jouait le rôle du GPU. Il prend les invocations d’un groupe tour à tour, quelques-unes à la fois, jusqu’à la barrière suivante : la course est perdue chaque fois de la même façon. Un GPU peut ne la perdre que de temps en temps, ce qui est pire.',
    }[language];
    return found + checksumSentence(right, race, language, tools) + (measured.gpu === 'software' ? turns : '');
  },
};
