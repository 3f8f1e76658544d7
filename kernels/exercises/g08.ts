import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const WIDTH = 32;
const HEIGHTS = [1, 4, 8];
const keyOf = (kernel: string, height: number): string => `${kernel}@${WIDTH}x${height}`;
const bars = (kernel: string): ExerciseVariant[] =>
  HEIGHTS.map((workgroupY) => ({ kernel, key: keyOf(kernel, workgroupY), parameters: { workgroupX: WIDTH, workgroupY } }));

const TILED = keyOf('gpu_tiled', 8);
const NAIVE = keyOf('gpu_naive', 8);

/** Loads of a value per cell with a ring of one cell around the tile. */
const loadsPerCell = (height: number): number => ((WIDTH + 2) * (height + 2)) / (WIDTH * height);

/** What the ring costs: the tallest tile over the flattest; empty where one was not measured. */
function ringSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio(TILED, keyOf('gpu_tiled', 1));
  if (ratio === undefined) return '';
  const [shown, tall, flat] = [tools.ratio(ratio), tools.number(loadsPerCell(8), 3), tools.number(loadsPerCell(1), 3)];
  return {
    en: ` Tiles 8 rows tall, with ${tall} loads per cell, run at ${shown} of those of a single row, with ${flat}.`,
    fr: ` Les tuiles de 8 lignes, avec ${tall} lectures par cellule, tournent à ${shown} de celles d’une seule ligne, avec ${flat}.`,
  }[language];
}

export const g08: Exercise = {
  id: 'G08',
  day: 7,
  title: { en: 'Shared-memory tile', fr: 'Tuile en mémoire partagée' },
  goal: {
    en: 'Let a work-group load its cells once into memory of its own, and find out whether the GPU’s cache was not doing that already.',
    fr: 'Faire charger ses cellules une seule fois par le groupe dans une mémoire à lui, et découvrir si le cache du GPU ne le faisait pas déjà.',
  },
  idea: {
    en: `In \`gpu_naive\` each cell is asked for nine times, once by each invocation around it. Memory does not see nine reads, a cache stands in between; but the requests are made, and take their turn.

Every unit of a GPU has some **work-group memory**: a few tens of KiB, as near as the first-level cache, and shared by the invocations of one work-group. The program decides what lies there. So the group copies its tile **with a ring of one cell** around it, everybody a few values, and then reads its neighbours there.

Between the two stands a **barrier**: nobody may read before all have written. The whole group waits for its slowest member.

The ring is the cost. Around a tile of 32 × 1 there are more cells than in it; around 32 × 8 a third as many. Taller tiles load less, need more memory, and leave room for fewer groups at once.

On early GPUs without such caches this gave factors. Today the first-level cache often is **the same memory**, filled by hardware: the course expects 1 to 1.5, and nothing where the cache already did the work.`,
    fr: `Dans \`gpu_naive\`, chaque cellule est demandée neuf fois, une fois par invocation alentour. La mémoire ne voit pas neuf lectures, un cache s’interpose ; mais les demandes sont faites, et prennent leur tour.

Chaque unité d’un GPU a une **mémoire de groupe** : quelques dizaines de Kio, aussi proche que le cache de premier niveau, partagée par les invocations d’un groupe. Le programme décide de ce qui s’y trouve. Le groupe y copie donc sa tuile **avec une couronne d’une cellule**, chacun quelques valeurs, puis y lit ses voisines.

Entre les deux, une **barrière** : nul ne lit avant que tous aient écrit. Le groupe entier attend son membre le plus lent.

La couronne est le prix. Autour d’une tuile de 32 × 1, elle compte plus de cellules que la tuile ; autour de 32 × 8, un tiers. Une tuile plus haute lit moins, occupe plus de mémoire et laisse place à moins de groupes à la fois.

Sur les premiers GPU, sans caches, on gagnait des facteurs. Aujourd’hui, le cache de premier niveau est souvent **cette même mémoire** : le cours attend 1 à 1,5, et rien là où le cache faisait déjà le travail.`,
  },
  formula: {
    en: 'loads per cell = (32 + 2)(h + 2) ÷ 32 h:   3.19 for h = 1,   1.59 for h = 4,   1.33 for h = 8      (without a tile: 9)',
    fr: 'lectures par cellule = (32 + 2)(h + 2) ÷ 32 h :   3,19 pour h = 1,   1,59 pour h = 4,   1,33 pour h = 8      (sans tuile : 9)',
  },
  changed: {
    en: 'An array in work-group memory, `tile`, a loop that fills it, and `workgroupBarrier()`. The function that tests the border is called when loading, once per cell of the tile instead of eight times per cell of the grid; surplus invocations leave after the barrier, since they have loaded for the others.',
    fr: 'Un tableau en mémoire de groupe, `tile`, une boucle qui le remplit, et `workgroupBarrier()`. La fonction qui teste le bord est appelée au chargement, une fois par cellule de la tuile au lieu de huit fois par cellule de la grille ; les invocations en trop sortent après la barrière, puisqu’elles ont chargé pour les autres.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the tile than plain reads, both with work-groups of 32 × 8?',
      fr: 'Combien de fois la tuile est-elle plus rapide que les lectures directes, toutes deux avec des groupes de 32 × 8 ?',
    },
    of: TILED,
    over: NAIVE,
    min: 0.25,
    max: 4,
  },
  lookAt: {
    en: 'Two lines over the height of the work-group. Does the tile’s line follow the loads per cell of the formula, and does the other one rise as well, although it asks for nine at every height? What both have in common is not the ring.',
    fr: 'Deux lignes en fonction de la hauteur du groupe. Celle de la tuile suit-elle les lectures par cellule de la formule ? L’autre monte-t-elle aussi, alors qu’elle en demande neuf à toute hauteur ? Ce que toutes deux ont en commun n’est pas la couronne.',
  },
  variants: [...bars('gpu_naive'), ...bars('gpu_tiled')],
  baseline: NAIVE,
  grid: { rows: 1024, cols: 1024 },
  // Few, since a software GPU pays for each barrier; there the whole takes about a minute on two cores.
  steps: 8,
  rounds: 7,
  chart: 'sweep',
  axes: { x: { of: 'parameter', name: 'workgroupY' } },
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio(TILED, NAIVE)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio(TILED, NAIVE);
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `The tile’s result is right, which shows that its barrier is where it must be. But the processor played the GPU’s part: its work-group memory is ordinary memory behind the same caches, and at a barrier it has to put some invocations aside and take up the next ones. So ${shown} says nothing of a GPU.`,
        fr: `Le résultat de la tuile est juste : sa barrière est donc là où il faut. Mais c’est le processeur qui jouait le rôle du GPU : sa mémoire de groupe est de la mémoire ordinaire derrière les mêmes caches, et à une barrière il doit mettre de côté des invocations et en reprendre d’autres. ${shown} ne dit donc rien d’un GPU.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `The tile is worth ${shown} over plain reads: fewer requests, and a border tested once per load, outweigh the wait at the barrier on this GPU.`,
        fr: `La tuile vaut ${shown} par rapport aux lectures directes : sur ce GPU, moins de demandes et un bord testé une fois par lecture l’emportent sur l’attente à la barrière.`,
      },
      'not-held': {
        en: `The tile gives ${shown} of plain reads: no gain. This GPU’s first-level cache already kept the neighbours’ cells, and the barrier and the ring come on top. That is what the course says of GPUs with such caches.`,
        fr: `La tuile donne ${shown} par rapport aux lectures directes : aucun gain. Le cache de premier niveau de ce GPU gardait déjà les cellules des voisines ; la barrière et la couronne s’y ajoutent. C’est ce que dit le cours des GPU dotés de tels caches.`,
      },
      unclear: {
        en: `The tile gives ${shown} of plain reads. ${tools.undecided(ratio)}`,
        fr: `La tuile donne ${shown} par rapport aux lectures directes. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + ringSentence(measured, language, tools);
  },
};
