import type { Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const TEAMS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
/** Of one thread: 8.3 MB of state in f32, more than a core's own caches hold. */
const ROWS_PER_THREAD = 270;
const COLS = 1920;

const bars = (kernel: string): ExerciseVariant[] =>
  TEAMS.map((threads) => ({ kernel, key: `${kernel}@${threads}`, threads, grid: { rows: ROWS_PER_THREAD * threads, cols: COLS } }));

/** The largest team that has a result. */
const largest = (kernel: string, measured: Measured): number =>
  Math.max(...TEAMS.filter((threads) => measured.cellsPerSecond(`${kernel}@${threads}`) !== undefined), 0);

const ratioAt = (kernel: string, measured: Measured) => measured.ratio(`${kernel}@${largest(kernel, measured)}`, `${kernel}@1`);

export const c19: Exercise = {
  id: 'C19',
  day: 4,
  title: { en: 'Weak scaling', fr: 'Passage à l’échelle faible' },
  goal: {
    en: 'Let the grid grow with the number of threads, and see whether a step still takes the same time.',
    fr: 'Faire grandir la grille avec le nombre de threads, et voir si un pas prend toujours le même temps.',
  },
  idea: {
    en: `Nobody buys a larger machine to compute the same small picture sooner; one computes a larger picture. **Weak scaling** asks that question: every thread brings its own share of the grid, here 270 rows of 1920 cells. Ideally the time of a step does not change, and the **efficiency** stays at 1.

Amdahl’s law has lost its grip: the share that cannot be divided does not grow with the grid. What is left are the resources that do not grow with the threads. The last-level cache is one for all. So is the memory: with \`threads_rows\` P threads ask for P times as many bytes per second, and get what there is. The course measured efficiencies of 1, 1, 0.97, 0.89 and 0.70 with 1, 2, 4, 8 and 16 threads.

A second effect hides in the first point. The state of one thread takes 8 MB, which a large cache may hold; that of sixteen takes 133 MB. Part of the loss is then not sharing but **leaving the cache**, and strong scaling gains from the very thing that weak scaling pays.`,
    fr: `Personne n’achète une plus grosse machine pour calculer plus tôt la même petite image : on calcule une image plus grande. C’est la question du **passage à l’échelle faible** : chaque thread apporte sa part de grille, ici 270 lignes de 1920 cellules. Dans l’idéal, le temps d’un pas ne change pas et l’**efficacité** reste à 1.

La loi d’Amdahl n’a plus prise : la part qui ne se divise pas ne grandit pas avec la grille. Restent les ressources qui ne grandissent pas avec les threads. Le cache de dernier niveau est unique, la mémoire aussi : avec \`threads_rows\`, P threads demandent P fois plus d’octets par seconde, et reçoivent ce qu’il y a. Le cours a mesuré des efficacités de 1, 1, 0,97, 0,89 et 0,70 avec 1, 2, 4, 8 et 16 threads.

Un second effet se cache dans le premier point. L’état d’un thread prend 8 Mo, qu’un grand cache peut contenir ; celui de seize en prend 133. Une partie de la perte n’est donc pas le partage mais la **sortie du cache** : le passage à l’échelle fort gagne justement ce que le faible paie ici.`,
  },
  formula: {
    en: 'E(P) = T(1) ÷ T(P) with P × 270 rows   =   cells per second of P threads ÷ (P × those of one)',
    fr: 'E(P) = T(1) ÷ T(P) avec P × 270 lignes   =   cellules par seconde de P threads ÷ (P × celles d’un seul)',
  },
  changed: {
    en: 'No line of code: the kernels of strong scaling, but the number of rows is now 270 times the number of threads.',
    fr: 'Aucune ligne de code : ce sont les noyaux du passage à l’échelle fort, mais le nombre de lignes vaut maintenant 270 fois celui des threads.',
  },
  prediction: {
    question: {
      en: 'Two threads on a grid twice as large: how many times as many cells per second as one thread?',
      fr: 'Deux threads sur une grille deux fois plus grande : combien de fois plus de cellules par seconde qu’un seul ?',
    },
    of: 'threads_rows@2',
    over: 'threads_rows@1',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'Compare the two kernels: the one that hardly needs the memory should stay near 1 until threads have to share a core. Compare each with its curve of strong scaling (C18): where do the two disagree, and is it the cache or the meeting?',
    fr: 'Comparez les deux noyaux : celui qui n’a guère besoin de la mémoire devrait rester près de 1 jusqu’à ce que des threads partagent un cœur. Comparez chacun à sa courbe de passage à l’échelle fort (C18) : où les deux divergent-elles, et est-ce le cache ou le rendez-vous ?',
  },
  variants: [...bars('threads_rows'), ...bars('champion')],
  baseline: 'threads_rows@1',
  grid: { rows: ROWS_PER_THREAD, cols: COLS },
  steps: 240,
  rounds: 7,
  chart: 'weak-scaling',
  axes: { x: { of: 'threads' } },
  relation: (measured) => (largest('threads_rows', measured) < 2 ? 'not-measured' : fasterRelation(ratioAt('threads_rows', measured))),
  conclusion: (measured, language, tools) => {
    const threads = largest('threads_rows', measured);
    const ratio = ratioAt('threads_rows', measured);
    if (threads < 2 || ratio === undefined) {
      if (threads === 0) return NOT_MEASURED[language];
      return {
        en: 'One thread only: nothing to compare. The session of a machine with more processors, opened beside this one, shows the curve.',
        fr: 'Un seul thread : rien à comparer. La session d’une machine qui a plus de processeurs, ouverte à côté, montre la courbe.',
      }[language];
    }
    const efficiency = (of: number, kernel: string) => {
      const each = ratioAt(kernel, measured);
      return each === undefined ? undefined : tools.number(each.median / of, 3);
    };
    const own = efficiency(threads, 'threads_rows')!;
    const other = efficiency(largest('champion', measured), 'champion');
    const beside =
      other === undefined ? '' : { en: `; that of \`champion\` is ${other}`, fr: ` ; celle de \`champion\` est de ${other}` }[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `${threads} threads on ${threads} times the grid give ${shown} the rate of one: the efficiency of \`threads_rows\` is ${own}${beside}. What is missing to 1 went into the one memory and the one cache that all share.`,
        fr: `${threads} threads sur ${threads} fois la grille donnent ${shown} par rapport à un seul : l’efficacité de \`threads_rows\` est de ${own}${beside}. Ce qui manque pour atteindre 1 est passé dans la mémoire et le cache, uniques et partagés par tous.`,
      },
      'not-held': {
        en: `${threads} threads on ${threads} times the grid do no more than one (${shown}, efficiency ${own}${beside}): one thread alone takes all that the memory delivers, or it had the whole cache to itself.`,
        fr: `${threads} threads sur ${threads} fois la grille ne font pas plus qu’un seul (${shown}, efficacité ${own}${beside}) : un thread prend à lui seul tout ce que livre la mémoire, ou bien il avait le cache entier pour lui.`,
      },
      unclear: {
        en: `${threads} threads on ${threads} times the grid give ${shown} (efficiency ${own}${beside}). ${tools.undecided(ratio)}`,
        fr: `${threads} threads sur ${threads} fois la grille donnent ${shown} (efficacité ${own}${beside}). ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
