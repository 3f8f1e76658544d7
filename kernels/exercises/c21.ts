import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Steps between two images, as the school’s programs have it. */
const EVERY = 32;
const IMAGES = 12;

const bar = (writing: 'none' | 'inline' | 'overlapped'): ExerciseVariant => ({
  kernel: 'champion',
  key: `champion@${writing}`,
  images: { every: EVERY, writing },
});

/** The two times that overlap, and which of them is the longer one. */
function parts(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const steps = measured.imageSeconds('champion@inline', 'steps');
  const write = measured.imageSeconds('champion@inline', 'write');
  const whole = measured.imageSeconds('champion@overlapped');
  if (steps === undefined || write === undefined || whole === undefined) return '';
  const [compute, disk, image] = [steps, write, whole].map((seconds) => tools.seconds(seconds)) as [string, string, string];
  const bound =
    write > steps
      ? {
          en: 'The disk is the longer of the two: a faster kernel would change nothing any more, fewer or smaller images would.',
          fr: 'Le disque est le plus long des deux : un noyau plus rapide n’y changerait plus rien, des images moins nombreuses ou plus petites, si.',
        }
      : {
          en: 'Computing is the longer of the two: the disk is hidden behind it, as far as the two do not disturb each other.',
          fr: 'Le calcul est le plus long des deux : le disque se cache derrière lui, pour autant que l’un ne gêne pas l’autre.',
        };
  return {
    en: ` ${EVERY} steps take ${compute}, writing an image ${disk}; overlapped, an image takes ${image}, ${tools.number(1 / whole, 3)} images a second. ${bound.en}`,
    fr: ` ${EVERY} pas prennent ${compute}, écrire une image ${disk} ; en recouvrant, une image prend ${image}, soit ${tools.number(1 / whole, 3)} images par seconde. ${bound.fr}`,
  }[language];
}

export const c21: Exercise = {
  id: 'C21',
  day: 10,
  title: { en: 'Overlapping output', fr: 'Recouvrement calcul/écriture' },
  goal: {
    en: 'Write images to the disk while the next steps are computed, and see which of the two sets the pace.',
    fr: 'Écrire les images sur le disque pendant que les pas suivants se calculent, et voir lequel des deux donne le rythme.',
  },
  idea: {
    en: `A simulation is run for its images. The faster the kernel, the larger the share of the time that goes into **writing** them: the course’s last programs wait for the disk more than for the processor.

Waiting for a disk takes no processor. So let somebody else wait: the state is copied into a buffer of its own, a second thread writes that buffer, and the kernel goes on at once. With **two buffers** one is written while the other is filled; if both are still to be written, the kernel has to wait after all.

In turn, an image takes the **sum** of computing and writing. Overlapped, it takes the **longer** of the two, and the copy. The most that can be won is a factor of two, when both take the same time; when one is far shorter there is hardly anything to win.

Every image is flushed to the disk here (\`fdatasync\`). Otherwise the system would take the bytes into memory and write them later, and both variants would look equally fast, until that memory is full. The images go to the folder for temporary files, and are removed.`,
    fr: `On lance une simulation pour ses images. Plus le noyau est rapide, plus la part du temps passée à les **écrire** est grande : les derniers programmes du cours attendent le disque plus que le processeur.

Attendre un disque n’occupe pas le processeur. Laissons donc quelqu’un d’autre attendre : l’état est copié dans un tampon à part, un second thread écrit ce tampon, et le noyau continue aussitôt. Avec **deux tampons**, l’un s’écrit pendant que l’autre se remplit ; si tous deux restent à écrire, le noyau doit bien attendre.

À la suite, une image prend la **somme** du calcul et de l’écriture. En recouvrant, elle prend le **plus long** des deux, et la copie. On gagne au mieux un facteur deux, quand les deux durent autant ; si l’un est bien plus court, il n’y a presque rien à gagner.

Ici, chaque image est forcée sur le disque (\`fdatasync\`). Sinon, le système prendrait les octets en mémoire pour les écrire plus tard, et les deux variantes sembleraient aussi rapides, jusqu’à ce que cette mémoire soit pleine. Les images vont dans le dossier temporaire, puis sont effacées.`,
  },
  formula: {
    en: 'in turn: T = compute + copy + write      overlapped: T = max(compute + copy, write)',
    fr: 'à la suite : T = calcul + copie + écriture      en recouvrant : T = max(calcul + copie, écriture)',
  },
  changed: {
    en: 'Nothing in the kernel. Around it, the loop over images either awaits the write of the image that it has just read, or starts it and awaits only the one that went into the same buffer two images before.',
    fr: 'Rien dans le noyau. Autour de lui, la boucle sur les images attend l’écriture de l’image qu’elle vient de lire, ou bien la lance et n’attend que celle qui occupait le même tampon deux images plus tôt.',
  },
  prediction: {
    question: {
      en: 'How many times more images per second does overlapping give?',
      fr: 'Combien de fois plus d’images par seconde le recouvrement donne-t-il ?',
    },
    of: 'champion@overlapped',
    over: 'champion@inline',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'In the timeline, look for the gaps: in turn, computing and the disk alternate; overlapped, one of the two lanes should have no gap left. Then change the grid: an image grows with the cells, and so do the steps. Why does the ratio of the two hardly move?',
    fr: 'Sur la frise, cherchez les trous : à la suite, calcul et disque alternent ; en recouvrant, l’une des deux lignes ne devrait plus en avoir. Changez ensuite la grille : une image grandit avec les cellules, les pas aussi. Pourquoi le rapport des deux ne bouge-t-il guère ?',
  },
  variants: [bar('inline'), bar('overlapped'), bar('none')],
  baseline: 'champion@inline',
  grid: DEFAULT_GRID,
  steps: EVERY * IMAGES,
  rounds: 7,
  chart: 'timeline',
  relation: (measured) => fasterRelation(measured.ratio('champion@overlapped', 'champion@inline')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('champion@overlapped', 'champion@inline');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Overlapping gives ${shown} as many images per second.`,
        fr: `Recouvrir donne ${shown} images par seconde.`,
      },
      'not-held': {
        en: `Overlapping gives ${shown}, no gain: the writer takes processors or memory from the kernel, or there is nothing to wait for (a folder that lies in memory).`,
        fr: `Recouvrir donne ${shown}, aucun gain : l’écriture prend au noyau des processeurs ou de la mémoire, ou bien il n’y a rien à attendre (un dossier qui est en mémoire).`,
      },
      unclear: {
        en: `Overlapping gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `Recouvrir donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + parts(measured, language, tools);
  },
};
