import type { Exercise } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

export const g02: Exercise = {
  id: 'G02',
  day: 6,
  title: { en: 'First GPU kernel', fr: 'Premier noyau GPU' },
  goal: {
    en: 'Run the same step on the GPU, one invocation per cell, and set it beside all the cores of the CPU.',
    fr: 'Exécuter le même pas sur le GPU, une invocation par cellule, et le mettre en regard de tous les cœurs du CPU.',
  },
  idea: {
    en: `A GPU has no few fast cores but thousands of slow lanes. The loop over the grid disappears: one asks for **one invocation per cell**, and the same small function runs for each, told only its coordinates.

Invocations are grouped into **work-groups**, here 16 × 8, which run together on one unit of the GPU. The grid is rounded up to whole groups, and surplus invocations leave at once.

Neighbouring invocations read neighbouring cells at the same moment, and the hardware joins those reads into few wide ones: that is coalescing. While some invocations wait for memory, others compute. This works only if there are far more invocations than lanes, so **a GPU needs large grids**.

It is the GPU’s own very naive version: all neighbours are read from memory and tested, nothing is shared.

The CPU does not wait for each step. It records 32 of them, **submits** them at once, and looks at the clock when the queue is empty.

WGSL, the language of WebGPU, knows no f64: every GPU number here is f32. Without a GPU, a software one may stand in; it computes on your CPU.`,
    fr: `Un GPU n’a pas quelques cœurs rapides, mais des milliers de voies lentes. La boucle sur la grille disparaît : on demande **une invocation par cellule**, et la même petite fonction tourne pour chacune, qui ne connaît que ses coordonnées.

Les invocations sont réunies en **groupes de travail**, ici 16 × 8, exécutés ensemble sur une unité du GPU. La grille est arrondie à des groupes entiers, et les invocations en trop sortent aussitôt.

Des invocations voisines lisent au même moment des cellules voisines, et le matériel réunit ces lectures en quelques lectures larges : c’est la coalescence. Pendant que les unes attendent la mémoire, d’autres calculent. Il faut pour cela bien plus d’invocations que de voies : **un GPU a besoin de grandes grilles**.

C’est sa version très naïve : toute voisine est lue en mémoire et testée, rien n’est partagé.

Le CPU n’attend pas chaque pas : il en enregistre 32, les **soumet** d’un coup, et regarde l’heure quand la file est vide.

WGSL, le langage de WebGPU, ignore le f64 : tout est ici en f32. À défaut, un GPU logiciel peut le remplacer ; il calcule sur votre CPU.`,
  },
  formula: {
    en: 'work-groups = ⌈cols ÷ 16⌉ × ⌈rows ÷ 8⌉      for 512 × 512: 32 × 64 = 2048',
    fr: 'groupes de travail = ⌈colonnes ÷ 16⌉ × ⌈lignes ÷ 8⌉      pour 512 × 512 : 32 × 64 = 2048',
  },
  changed: {
    en: 'Another language, WGSL, and another shape: no loop over rows and columns any more, only the function `step` for the cell at `global_invocation_id`. The window, its tests and the formula are those of the very naive version on the CPU.',
    fr: 'Un autre langage, WGSL, et une autre forme : plus de boucle sur les lignes et les colonnes, seulement la fonction `step` pour la cellule de `global_invocation_id`. La fenêtre, ses tests et la formule sont ceux de la version très naïve du CPU.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the first GPU kernel than all the threads of the CPU, on 512 × 512 cells?',
      fr: 'Combien de fois le premier noyau GPU est-il plus rapide que tous les threads du CPU, sur 512 × 512 cellules ?',
    },
    of: 'gpu_naive',
    over: 'threads_rows',
    min: 0.01,
    max: 100,
  },
  lookAt: {
    en: 'The name of the adapter comes first: is it a GPU? Then change the grid. At 100 × 100 the launches cost more than the cells and the CPU catches up; at 2048 × 2048 the GPU is at home.',
    fr: 'D’abord le nom de l’adaptateur : est-ce un GPU ? Changez ensuite la grille. À 100 × 100, les lancements coûtent plus que les cellules et le CPU revient à hauteur ; à 2048 × 2048, le GPU est chez lui.',
  },
  variants: [{ kernel: 'threads_rows' }, { kernel: 'gpu_naive' }],
  baseline: 'threads_rows',
  // Small enough for a software GPU (some 27 Mcell/s), large enough to occupy a real one.
  grid: { rows: 512, cols: 512 },
  steps: 384,
  rounds: 7,
  chart: 'timings',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_naive', 'threads_rows')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_naive', 'threads_rows');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `The kernel ran and its result is right, but on a software GPU: the processor played the part of one, so ${shown} is not a GPU’s speed and decides nothing. On a machine with a GPU the same exercise gives the answer.`,
        fr: `Le noyau a tourné et son résultat est juste, mais sur un GPU logiciel : c’est le processeur qui en jouait le rôle ; ${shown} n’est donc pas la vitesse d’un GPU et ne tranche rien. Sur une machine dotée d’un GPU, le même exercice donne la réponse.`,
      }[language];
    }
    const threads = tools.number(measured.threads('threads_rows') ?? 1);
    const verdicts = {
      held: {
        en: `The very first GPU kernel gives ${shown} over the CPU with ${threads} thread(s), although it shares nothing and tests everything: thousands of lanes hide what one core would wait for.`,
        fr: `Le tout premier noyau GPU donne ${shown} par rapport au CPU et ses ${threads} thread(s), alors qu’il ne partage rien et teste tout : des milliers de voies masquent ce qu’un cœur attendrait.`,
      },
      'not-held': {
        en: `The first GPU kernel gives ${shown} over the CPU with ${threads} thread(s): on this machine the CPU stays ahead at this size. An integrated GPU shares the CPU’s memory, and 512 × 512 cells fit in the CPU’s cache; try 2048 × 2048.`,
        fr: `Le premier noyau GPU donne ${shown} par rapport au CPU et ses ${threads} thread(s) : sur cette machine et à cette taille, le CPU reste devant. Un GPU intégré partage la mémoire du CPU, et 512 × 512 cellules tiennent dans le cache de celui-ci ; essayez 2048 × 2048.`,
      },
      unclear: {
        en: `The first GPU kernel gives ${shown} over the CPU. ${tools.undecided(ratio)}`,
        fr: `Le premier noyau GPU donne ${shown} par rapport au CPU. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
