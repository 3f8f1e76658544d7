import type { Exercise } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const IN_TURN = 'gpu_naive@per-image';
const OVERLAPPED = 'gpu_naive@async';
const STEPS_PER_IMAGE = 16;

export const g14: Exercise = {
  id: 'G14',
  day: 7,
  title: { en: 'Asynchronous read-back', fr: 'Relecture asynchrone' },
  goal: {
    en: 'Bring an image back while the next steps already run, and see how much of its price disappears.',
    fr: 'Relire une image pendant que les pas suivants tournent déjà, et voir quelle part de son prix disparaît.',
  },
  idea: {
    en: `Read back **in turn**, an image costs twice. The host waits for the steps, then for the copy; and while the copy, its mapping and the copy out of it go on, the GPU has nothing to do.

Nothing forces that. Once the copy is queued, the next steps may be queued behind it at once: they write the other state, not the one being copied. The host takes image n out of its buffer while the GPU computes image n + 1.

What it takes is a **second staging buffer**. A buffer that is mapped for the host may not be written by the GPU; with two, one fills while the other is emptied. More than two gain nothing: the slower of the two sides sets the pace anyway.

Overlap hides, it does not remove. At best, time per image becomes the **larger** of computing and reading back, in place of their sum.

WebGPU has a single queue, so the copy itself still takes its turn among the steps. What overlaps is the waiting, the mapping and the taking out. CUDA and Vulkan have queues for copying alone, and hide the copy too.`,
    fr: `Relue **à son tour**, une image coûte deux fois. L’hôte attend les pas, puis la copie ; et pendant la copie, son mappage et l’extraction, le GPU n’a rien à faire.

Rien n’y oblige. Dès que la copie est en file, les pas suivants peuvent s’y ranger derrière elle : ils écrivent dans l’autre état, pas dans celui qu’on copie. L’hôte sort l’image n de son tampon pendant que le GPU calcule l’image n + 1.

Il y faut un **deuxième tampon de transit**. Un tampon mappé pour l’hôte ne peut être écrit par le GPU ; avec deux, l’un se remplit pendant que l’autre se vide. Davantage ne rapporte rien : le plus lent des deux côtés donne de toute façon le rythme.

Recouvrir cache, sans supprimer. Au mieux, le temps par image devient le **plus grand** du calcul et de la relecture, au lieu de leur somme.

WebGPU n’a qu’une file : la copie elle-même prend encore son tour entre les pas. Ce qui se recouvre, c’est l’attente, le mappage et l’extraction. CUDA et Vulkan ont des files réservées à la copie, et la cachent aussi.`,
  },
  formula: {
    en: 'in turn: steps + read-back      overlapped, at best: max( steps, read-back )',
    fr: 'à tour de rôle : pas + relecture      recouvert, au mieux : max( pas, relecture )',
  },
  changed: {
    en: 'Nothing in the kernel. With `transfer` set to `async` the host queues the copy of V into one of two buffers and goes on submitting; it waits only before it uses the same buffer again, two images later.',
    fr: 'Rien dans le noyau. Avec `async` pour `transfer`, l’hôte met en file la copie de V vers l’un de deux tampons et continue de soumettre ; il n’attend qu’avant de reprendre le même tampon, deux images plus loin.',
  },
  prediction: {
    question: {
      en: 'How many times faster is reading back while the next steps run than reading back in turn?',
      fr: 'Combien de fois relire pendant les pas suivants est-il plus rapide que relire à son tour ?',
    },
    of: OVERLAPPED,
    over: IN_TURN,
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'In the timeline, the lane of transfers: in turn, the lane of computing has a gap beside every read-back; overlapped, it has none. The bar without images is what cannot be beaten.',
    fr: 'Dans la chronologie, la ligne des transferts : à tour de rôle, celle du calcul a un trou à côté de chaque relecture ; recouverte, elle n’en a pas. La barre sans images est la limite qu’on ne peut battre.',
  },
  variants: [
    { kernel: 'gpu_naive', key: IN_TURN, parameters: { transfer: 'per-image', stepsPerImage: STEPS_PER_IMAGE } },
    { kernel: 'gpu_naive', key: OVERLAPPED, parameters: { transfer: 'async', stepsPerImage: STEPS_PER_IMAGE } },
    { kernel: 'gpu_naive' },
  ],
  baseline: IN_TURN,
  grid: { rows: 512, cols: 512 },
  // Eight images, bearable on a software GPU.
  steps: 128,
  rounds: 7,
  chart: 'timeline',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio(OVERLAPPED, IN_TURN)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio(OVERLAPPED, IN_TURN);
    const bound = measured.ratio('gpu_naive', IN_TURN);
    if (ratio === undefined || bound === undefined) return NOT_MEASURED[language];
    const [shown, atBest] = [tools.ratio(ratio), tools.ratio(bound)];
    if (measured.gpu !== 'hardware') {
      return {
        en: `Overlapping gives ${shown} on a software GPU, and no images at all ${atBest}: the processor played the part of one. It computes and copies with the same cores, so that there is no second device to keep busy. The order of events in the timeline is the real one; what is gained by it is not answered here.`,
        fr: `Recouvrir donne ${shown} sur un GPU logiciel, et se passer d’images ${atBest} : c’est le processeur qui en jouait le rôle. Il calcule et copie avec les mêmes cœurs ; aucun second appareil n’est à occuper. L’ordre des événements dans la chronologie est le vrai ; ce qu’on y gagne reste ici sans réponse.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `Overlapping gives ${shown}, where leaving the images out altogether gives ${atBest}: the wait for the host is hidden, the copy in the queue is not.`,
        fr: `Recouvrir donne ${shown}, là où se passer d’images donne ${atBest} : l’attente de l’hôte est cachée, la copie dans la file ne l’est pas.`,
      },
      'not-held': {
        en: `Overlapping gives ${shown}, and leaving the images out ${atBest}: here it costs more than it hides. Taking images out keeps the host busy, and it then submits too late; more steps per image leave it time.`,
        fr: `Recouvrir donne ${shown}, et se passer d’images ${atBest} : ici, cela coûte plus que cela ne cache. Sortir les images occupe l’hôte, qui soumet alors trop tard ; davantage de pas par image lui en laissent le temps.`,
      },
      unclear: {
        en: `Overlapping gives ${shown}, and leaving the images out ${atBest}. ${tools.undecided(ratio)}`,
        fr: `Recouvrir donne ${shown}, et se passer d’images ${atBest}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
