import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const TEAMS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

const bars = (kernel: string): ExerciseVariant[] => [
  ...TEAMS.map((threads) => ({ kernel, key: `${kernel}@${threads}`, threads })),
  { kernel, key: `${kernel}@all`, threads: 'all' as const },
];

/** What one kernel reached with all processors, and the share of its time that behaves as if nobody shared it. */
function reached(kernel: string, measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio(`${kernel}@all`, `${kernel}@1`);
  const threads = measured.threads(`${kernel}@all`);
  if (ratio === undefined || threads === undefined || threads < 2) return '';
  const speedup = ratio.median;
  const efficiency = tools.number((100 * speedup) / threads, 3);
  // Karp and Flatt, "Measuring parallel processor performance", 1990: Amdahl’s law solved for the serial share.
  const serial = (threads / speedup - 1) / (threads - 1);
  const share = tools.number(100 * serial, 2);
  const amdahl =
    serial <= 0
      ? {
          en: 'better than ideal, so something other than their number helped (caches add up)',
          fr: 'mieux que l’idéal : autre chose que leur nombre a aidé (les caches s’ajoutent)',
        }
      : {
          en: `as if ${share} % of the work could not be shared`,
          fr: `comme si ${share} % du travail ne se partageait pas`,
        };
  return {
    en: ` \`${kernel}\`: ${tools.ratio(ratio)} with ${threads} threads, an efficiency of ${efficiency} %, ${amdahl.en}.`,
    fr: ` \`${kernel}\` : ${tools.ratio(ratio)} avec ${threads} threads, soit une efficacité de ${efficiency} %, ${amdahl.fr}.`,
  }[language];
}

export const c18: Exercise = {
  id: 'C18',
  day: 4,
  title: { en: 'Strong scaling', fr: 'Passage à l’échelle fort' },
  goal: {
    en: 'Give the same grid to more and more threads, and read off the curve what it is that runs out.',
    fr: 'Donner la même grille à de plus en plus de threads, et lire sur la courbe ce qui vient à manquer.',
  },
  idea: {
    en: `**Strong scaling** asks how much sooner the same problem is solved. Ideally P threads are P times as fast: the dashed line. Real curves leave it, and how they leave it says why.

**Amdahl’s law** is the first reason: a share \`s\` of the work that cannot be divided bounds the speed-up by 1/\`s\`, however many threads there are. Here that share is small, the meeting at the end of each step.

The second reason is stronger. Cores are many, the memory is one. \`threads_rows\` reads and writes 16 bytes for each cell and step, and when the memory delivers no more, the curve turns flat, at a height that has nothing to do with cores. The school measured × 13 on 20 cores, where 16 had already given × 12.5.

\`champion\` carries rows through many steps while they are in cache and asks little of the memory. Its curve shows what the processor alone can do: it bends where threads share a core (hyper-threading), or where the clock sinks because all cores work.`,
    fr: `Le **passage à l’échelle fort** demande combien plus tôt le même problème est résolu. Dans l’idéal, P threads vont P fois plus vite : c’est la droite en tirets. Les courbes réelles la quittent, et la façon dont elles la quittent dit pourquoi.

La **loi d’Amdahl** est la première raison : une part \`s\` du travail qui ne se divise pas borne l’accélération à 1/\`s\`, quel que soit le nombre de threads. Ici cette part est petite : c’est le rendez-vous à la fin de chaque pas.

La seconde raison est plus forte. Les cœurs sont nombreux, la mémoire est unique. \`threads_rows\` lit et écrit 16 octets par cellule et par pas ; quand la mémoire ne livre plus davantage, la courbe devient plate, à une hauteur qui ne doit rien aux cœurs. L’école a mesuré × 13 sur 20 cœurs, quand 16 donnaient déjà × 12,5.

\`champion\` fait traverser plusieurs pas aux lignes tant qu’elles sont en cache et demande peu à la mémoire. Sa courbe montre ce que peut le processeur seul : elle fléchit là où des threads partagent un cœur (hyper-threading), ou là où la fréquence baisse parce que tous les cœurs travaillent.`,
  },
  formula: {
    en: 'S(P) = T(1) ÷ T(P)      Amdahl: S(P) ≤ 1 ÷ (s + (1 − s) ÷ P)      measured share: s = (P ÷ S − 1) ÷ (P − 1)',
    fr: 'S(P) = T(1) ÷ T(P)      Amdahl : S(P) ≤ 1 ÷ (s + (1 − s) ÷ P)      part mesurée : s = (P ÷ S − 1) ÷ (P − 1)',
  },
  changed: {
    en: 'No line of code: the same two kernels run with teams of 1, 2, 3, 4, 6, 8 … threads, up to as many as the machine has. The rounds of all teams are interleaved, so that a processor that grows warm does not favour the small ones.',
    fr: 'Aucune ligne de code : les deux mêmes noyaux tournent avec des équipes de 1, 2, 3, 4, 6, 8 … threads, jusqu’à tous ceux de la machine. Les répétitions de toutes les équipes sont entrelacées, pour qu’un processeur qui chauffe n’avantage pas les petites.',
  },
  prediction: {
    question: {
      en: 'How many times faster is `threads_rows` with all threads than with one?',
      fr: 'Combien de fois `threads_rows` est-il plus rapide avec tous les threads qu’avec un seul ?',
    },
    of: 'threads_rows@all',
    over: 'threads_rows@1',
    min: 0.5,
    max: 64,
  },
  lookAt: {
    en: 'Find where each curve leaves the ideal line, and compare with the number of physical cores on the Machine page. Then set 256 × 256: the memory no longer counts, the meeting does. On a grid that small, which of the two kernels meets less often?',
    fr: 'Repérez où chaque courbe quitte la droite idéale, et comparez au nombre de cœurs physiques de la page Machine. Passez ensuite à 256 × 256 : la mémoire ne compte plus, le rendez-vous si. Sur une grille aussi petite, lequel des deux noyaux se retrouve le moins souvent ?',
  },
  variants: [...bars('threads_rows'), ...bars('champion')],
  baseline: 'threads_rows@1',
  grid: DEFAULT_GRID,
  steps: 240,
  rounds: 7,
  chart: 'scaling',
  axes: { x: { of: 'threads' } },
  relation: (measured) => {
    const threads = measured.threads('threads_rows@all');
    return threads === 1 ? 'not-measured' : fasterRelation(measured.ratio('threads_rows@all', 'threads_rows@1'));
  },
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('threads_rows@all', 'threads_rows@1');
    const threads = measured.threads('threads_rows@all');
    if (ratio === undefined || threads === undefined) return NOT_MEASURED[language];
    if (threads === 1) {
      return {
        en: 'This machine has one processor: there is no curve to draw. The session of another machine, opened beside this one, shows what you would see.',
        fr: 'Cette machine n’a qu’un processeur : il n’y a pas de courbe à tracer. La session d’une autre machine, ouverte à côté, montre ce que vous verriez.',
      }[language];
    }
    const details = ['threads_rows', 'champion'].map((kernel) => reached(kernel, measured, language, tools)).join('');
    const verdicts = {
      held: { en: 'More threads, less time.', fr: 'Plus de threads, moins de temps.' },
      'not-held': {
        en: 'More threads do not help `threads_rows` here: one already takes all that the memory gives, or the processors are not really yours (another program, a virtual machine).',
        fr: 'Davantage de threads n’aident pas `threads_rows` ici : un seul prend déjà tout ce que donne la mémoire, ou bien les processeurs ne sont pas vraiment à vous (un autre programme, une machine virtuelle).',
      },
      unclear: { en: tools.undecided(ratio), fr: tools.undecided(ratio) },
    };
    return verdicts[judge(ratio)][language] + details;
  },
};
