import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Side of the square that a work-group holds: 32 columns, 8 invocations high with 4 rows each. */
const REGION = 32;
/** The bar that the prediction and the relation are about. */
const DEPTH = 4;
const DEPTHS = [1, 2, DEPTH, 8];

const keyOf = (depth: number): string => (depth === DEPTH ? 'gpu_fused_steps' : `gpu_fused_steps@depth=${depth}`);

const barOf = (depth: number): ExerciseVariant => {
  const bar = { kernel: 'gpu_fused_steps', parameters: { workgroupX: 32, workgroupY: 8, rowsPerInvocation: 4, depth } };
  return depth === DEPTH ? bar : { ...bar, key: keyOf(depth) };
};

/** Cells computed beyond those kept, as a share of the latter. */
function workAgain(depth: number): number {
  const kept = (REGION - 2 * depth) ** 2;
  const levels = Array.from({ length: depth }, (_, level) => (REGION - 2 * (level + 1)) ** 2);
  return levels.reduce((sum, cells) => sum + cells, 0) / (depth * kept) - 1;
}

/** Which of the depths was best, and what of its work is done again; empty where fewer than two were measured. */
function bestSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const rates = DEPTHS.flatMap((depth) => {
    const rate = measured.cellsPerSecond(keyOf(depth));
    return rate === undefined ? [] : [{ depth, rate }];
  });
  const [best, second] = rates.sort((a, b) => b.rate - a.rate);
  if (best === undefined || second === undefined) return '';
  const [depth, other] = [tools.number(best.depth), tools.number(second.depth)];
  const share = tools.number(100 * workAgain(best.depth), 2);
  const found = measured.ratio(keyOf(best.depth), keyOf(second.depth))?.clear
    ? { en: ` The best depth of those tried is ${depth}`, fr: ` La meilleure profondeur essayée est ${depth}` }
    : {
        en: ` The highest median is that of depth ${depth}, too close to depth ${other} to tell them apart`,
        fr: ` La médiane la plus haute est celle de la profondeur ${depth}, trop proche de la profondeur ${other} pour les départager`,
      };
  const again =
    best.depth === 1 ? { en: '.', fr: '.' } : { en: `; ${share} % is computed again there.`, fr: ` ; on y recalcule ${share} %.` };
  return found[language] + again[language];
}

/** What fusing alone brings: the same kernel with one step per dispatch, which has the same tile and barriers. */
function aloneSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio(keyOf(DEPTH), keyOf(1));
  if (ratio === undefined) return '';
  return {
    en: ` Against the same tile with one step per dispatch, depth ${DEPTH} gives ${tools.ratio(ratio)}: that part is the fusing’s own.`,
    fr: ` Face à la même tuile avec un seul pas par lancement, la profondeur ${DEPTH} donne ${tools.ratio(ratio)} : cette part revient à la fusion.`,
  }[language];
}

export const g09: Exercise = {
  id: 'G09',
  day: 7,
  title: { en: 'Fused steps on GPU', fr: 'Pas fusionnés sur GPU' },
  goal: {
    en: 'Take several steps each time that a work-group has its cells at hand, and find the depth at which the margins cost more than memory did.',
    fr: 'Faire plusieurs pas chaque fois qu’un groupe a ses cellules sous la main, et trouver la profondeur où les marges coûtent plus que la mémoire.',
  },
  idea: {
    en: `A step of \`gpu_naive\` reads two values per cell, writes two, and computes little: the GPU waits for memory. The tile of one step does not change that, for every cell still comes from memory and goes back to it **once per step**.

To ask memory less often, a value must serve for several steps while it lies in the work-group’s own memory. It is the **pyramid** of the CPU again: the group loads a region, here 32 × 32 cells, and steps it D times, with a barrier after each. The cells of the rim lack neighbours, so each level leaves a ring behind, and a tile of (32 − 2D)² is right at the end. Only this is written.

Traffic falls to a D-th, and there are D times fewer launches. The **margins** are the price: neighbouring groups compute them too. And work-group memory is small: 16 KiB hold two levels of 32 × 32 cells, a thirtieth of the tile that C16 had in a CPU’s cache. So the margins eat the gain much sooner: at D = 8, three quarters of the region are margin.`,
    fr: `Un pas de \`gpu_naive\` lit deux valeurs par cellule, en écrit deux et calcule peu : le GPU attend la mémoire. La tuile d’un seul pas n’y change rien, car chaque cellule vient encore de la mémoire et y retourne **une fois par pas**.

Pour moins solliciter la mémoire, une valeur doit servir à plusieurs pas pendant qu’elle est dans la mémoire du groupe. C’est la **pyramide** du CPU : le groupe charge une région, ici 32 × 32 cellules, et lui fait faire D pas, entre des barrières. Les cellules du pourtour manquent de voisines : chaque niveau perd un anneau, et une tuile de (32 − 2D)² est juste à la fin. Elle seule est écrite.

Le trafic est divisé par D, les lancements aussi. Le prix, ce sont les **marges** : les groupes voisins les calculent également. Et la mémoire de groupe est petite : 16 Kio contiennent deux niveaux de 32 × 32 cellules, un trentième de la tuile que C16 avait dans le cache d’un CPU. Les marges mangent donc le gain bien plus tôt : à D = 8, elles occupent les trois quarts de la région.`,
  },
  formula: {
    en: 'values moved = 2 (1 + (32 ÷ (32 − 2D))²) ÷ D\nD = 1:  4.3      computed again:   0 %\nD = 2:  2.3                        7 %\nD = 4:  1.4                       27 %\nD = 8:  1.3                      115 %',
    fr: 'valeurs déplacées = 2 (1 + (32 ÷ (32 − 2D))²) ÷ D\nD = 1 :  4,3      recalculé :   0 %\nD = 2 :  2,3                    7 %\nD = 4 :  1,4                   27 %\nD = 8 :  1,3                  115 %',
  },
  changed: {
    en: 'The array in work-group memory holds the region twice, and the levels take turns, so that one barrier a level is enough. The loop over `level` is new; what lies outside the grid is put back at each level, since it would otherwise be stepped too. An invocation has four rows of a column instead of one cell.',
    fr: 'Le tableau en mémoire de groupe contient deux fois la région, et les niveaux alternent, si bien qu’une barrière par niveau suffit. La boucle sur `level` est nouvelle ; ce qui est hors de la grille est remis en place à chaque niveau, faute de quoi il évoluerait aussi. Une invocation a quatre lignes d’une colonne au lieu d’une cellule.',
  },
  prediction: {
    question: {
      en: `How many times faster than \`gpu_naive\` are ${DEPTH} steps per dispatch?`,
      fr: `Combien de fois ${DEPTH} pas par lancement sont-ils plus rapides que \`gpu_naive\` ?`,
    },
    of: 'gpu_fused_steps',
    over: 'gpu_naive',
    min: 0.25,
    max: 8,
  },
  lookAt: {
    en: 'Follow the line from depth 1 to depth 8: between which depths does it turn, and what does the formula say there of the values moved and of the cells computed again? Then a grid of 4096 × 4096, which no cache of a GPU holds: the gain should grow.',
    fr: 'Suivez la ligne de la profondeur 1 à la profondeur 8 : entre quelles profondeurs tourne-t-elle, et que dit là la formule des valeurs déplacées et des cellules recalculées ? Essayez ensuite une grille de 4096 × 4096, qu’aucun cache de GPU ne contient : le gain devrait croître.',
  },
  variants: [{ kernel: 'gpu_naive' }, ...DEPTHS.map(barOf)],
  baseline: 'gpu_naive',
  grid: { rows: 1024, cols: 1024 },
  // A multiple of every depth, and few for a software GPU.
  steps: 16,
  rounds: 7,
  chart: 'sweep',
  axes: { x: { of: 'parameter', name: 'depth' } },
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_fused_steps', 'gpu_naive')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_fused_steps', 'gpu_naive');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const share = tools.number(100 * workAgain(DEPTH), 2);
    if (measured.gpu !== 'hardware') {
      return {
        en: `The results are right at every depth, which shows that margins and barriers are where they must be. But the processor played the GPU’s part: it computes the ${share} % again at its own pace, puts invocations aside at each barrier, and does not wait for memory as a GPU would. ${shown} says nothing of a GPU, and neither does the depth that is best here.`,
        fr: `Les résultats sont justes à toute profondeur : marges et barrières sont donc là où il faut. Mais c’est le processeur qui jouait le rôle du GPU : il recalcule les ${share} % à son rythme, met les invocations de côté à chaque barrière et n’attend pas la mémoire comme le ferait un GPU. ${shown} ne dit rien d’un GPU, et la meilleure profondeur ici non plus.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `${DEPTH} steps per dispatch are worth ${shown}: memory is asked a fraction as often, and computing ${share} % again costs less than the waiting did.`,
        fr: `${DEPTH} pas par lancement valent ${shown} : la mémoire est bien moins sollicitée, et recalculer ${share} % coûte moins que l’attente.`,
      },
      'not-held': {
        en: `${DEPTH} steps per dispatch give ${shown}: no gain here. Either the grid lies in the GPU’s last cache, which is fast enough, or this GPU computes the ${share} % again, with its barriers, more slowly than its memory delivers.`,
        fr: `${DEPTH} pas par lancement donnent ${shown} : aucun gain ici. Ou bien la grille tient dans le dernier cache du GPU, assez rapide, ou bien ce GPU recalcule les ${share} %, avec ses barrières, plus lentement que sa mémoire ne livre.`,
      },
      unclear: {
        en: `${DEPTH} steps per dispatch give ${shown}. ${tools.undecided(ratio)}`,
        fr: `${DEPTH} pas par lancement donnent ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + bestSentence(measured, language, tools) + aloneSentence(measured, language, tools);
  },
};
