import type { Exercise } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const PER_IMAGE = 'gpu_naive@per-image';
const PER_STEP = 'gpu_naive@per-step';

export const g01: Exercise = {
  id: 'G01',
  day: 6,
  title: { en: 'The PCIe toll booth', fr: 'Le péage PCIe' },
  goal: {
    en: 'Find out what it costs to bring the state to the GPU and back, and how rarely it must cross for that price not to matter.',
    fr: 'Mesurer ce que coûte l’aller-retour de l’état entre l’hôte et le GPU, et à quel point il doit être rare pour ne plus compter.',
  },
  idea: {
    en: `A graphics card has **memory of its own**. Between it and that of the processor lies a bus, PCIe, some thirty times narrower than the card’s memory. Whatever crosses pays the toll.

The first port of a program often moves one loop to the GPU and leaves the rest: upload the arrays, run the loop, read them back. It is right, and it crosses the bus **in every step**, with u and v in both directions.

But who needs the state between two steps? Nobody. One who looks needs an image of V now and then; one who only wants the end, nothing before it. The same kernel runs here in three ways:

**per step**: u and v go up, one step, u and v come back;
**per image**: the state stays, and V comes back every 16 steps;
**once**: nothing crosses while time is taken.

Each crossing also waits: the queue must run empty before the copy, and the GPU idles until it hears of more. An integrated GPU shares the processor’s memory, so that its toll is lower, but copies and waiting remain.`,
    fr: `Une carte graphique a **sa propre mémoire**. Entre elle et celle du processeur, un bus, PCIe, une trentaine de fois plus étroit que la mémoire de la carte. Tout ce qui passe paie le péage.

Le premier portage d’un programme déplace souvent une boucle sur le GPU et laisse le reste : envoyer les tableaux, exécuter la boucle, les relire. C’est juste, et cela traverse le bus **à chaque pas**, avec u et v dans les deux sens.

Mais qui a besoin de l’état entre deux pas ? Personne. Qui regarde veut une image de V de temps en temps ; qui ne veut que la fin, rien avant elle. Le même noyau tourne ici de trois façons :

**à chaque pas** : u et v montent, un pas, u et v redescendent ;
**par image** : l’état reste là-bas, et V revient tous les 16 pas ;
**une fois** : rien ne traverse pendant le chronométrage.

Chaque traversée est aussi une attente : la file doit se vider avant la copie, et le GPU chôme jusqu’à la suite. Un GPU intégré partage la mémoire du processeur : péage réduit, mais copies et attentes demeurent.`,
  },
  formula: {
    en: '1024 × 1024 in f32, u and v up and down: 16.8 MB.   At 25 GB/s 0.67 ms;   a step, at 1 TB/s, 0.017 ms',
    fr: '1024 × 1024 en f32, u et v aller et retour : 16,8 Mo.   À 25 Go/s 0,67 ms ;   un pas, à 1 To/s, 0,017 ms',
  },
  changed: {
    en: 'Nothing in the kernel. The host’s parameter `transfer` decides when the state crosses, and the copies are then part of what is timed. Uploads, steps and downloads are timed apart; to tell them apart each is waited for, as a blocking copy would.',
    fr: 'Rien dans le noyau. Le paramètre `transfer` de l’hôte décide quand l’état traverse, et les copies font alors partie de ce qui est chronométré. Envois, pas et relectures sont chronométrés à part ; pour les distinguer, chacun est attendu, comme le ferait une copie bloquante.',
  },
  prediction: {
    question: {
      en: 'How many times faster is it to leave the state on the GPU than to carry it there and back in every step?',
      fr: 'Combien de fois est-il plus rapide de laisser l’état sur le GPU que de le porter aller et retour à chaque pas ?',
    },
    of: 'gpu_naive',
    over: PER_STEP,
    min: 0.5,
    max: 200,
  },
  lookAt: {
    en: 'In each bar, the part that is not computing. Then change the steps per image: with 1 an image costs half a round trip, with 256 it is hardly seen.',
    fr: 'Dans chaque barre, la part qui n’est pas du calcul. Changez ensuite le nombre de pas par image : à 1, une image coûte la moitié d’un aller-retour ; à 256, elle ne se voit presque plus.',
  },
  variants: [
    { kernel: 'gpu_naive' },
    { kernel: 'gpu_naive', key: PER_IMAGE, parameters: { transfer: 'per-image', stepsPerImage: 16 } },
    { kernel: 'gpu_naive', key: PER_STEP, parameters: { transfer: 'per-step' } },
  ],
  baseline: PER_STEP,
  grid: { rows: 1024, cols: 1024 },
  steps: 32,
  rounds: 7,
  chart: 'transfers',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_naive', PER_STEP)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const stays = measured.ratio('gpu_naive', PER_STEP);
    const image = measured.ratio('gpu_naive', PER_IMAGE);
    if (stays === undefined || image === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(stays);
    const ofImage = tools.ratio(image);
    if (measured.gpu !== 'hardware') {
      return {
        en: `Leaving the state where it is gives ${shown} over carrying it in every step, and ${ofImage} over an image every 16 steps, on a software GPU: the processor played the part of one. There is no bus to cross, only copies within one memory, and steps so slow that copies hardly count. The paths are right and their parts are timed; what a real toll costs is not answered here.`,
        fr: `Laisser l’état en place donne ${shown} par rapport à l’aller-retour à chaque pas, et ${ofImage} par rapport à une image tous les 16 pas, sur un GPU logiciel : c’est le processeur qui en jouait le rôle. Aucun bus à traverser, seulement des copies dans une même mémoire, et des pas si lents que les copies ne comptent guère. Les chemins sont justes et leurs parts chronométrées ; le prix d’un vrai péage reste ici sans réponse.`,
      }[language];
    }
    const first = {
      held: {
        en: `Leaving the state on the GPU gives ${shown} over carrying it there and back in every step: the toll, not the computation, was what took the time.`,
        fr: `Laisser l’état sur le GPU donne ${shown} par rapport à l’aller-retour à chaque pas : c’était le péage qui prenait le temps, non le calcul.`,
      },
      'not-held': {
        en: `Leaving the state on the GPU gives ${shown} over carrying it in every step: no toll is seen here. A GPU that shares the processor’s memory may copy faster than it computes.`,
        fr: `Laisser l’état sur le GPU donne ${shown} par rapport à l’aller-retour à chaque pas : aucun péage ne se voit ici. Un GPU qui partage la mémoire du processeur peut copier plus vite qu’il ne calcule.`,
      },
      unclear: {
        en: `Leaving the state on the GPU gives ${shown} over carrying it in every step. ${tools.undecided(stays)}`,
        fr: `Laisser l’état sur le GPU donne ${shown} par rapport à l’aller-retour à chaque pas. ${tools.undecided(stays)}`,
      },
    }[judge(stays)][language];
    const second = {
      held: {
        en: ` Against an image every 16 steps it is ${ofImage}: even that is paid for, and could be fetched while the next steps go on.`,
        fr: ` Face à une image tous les 16 pas, c’est ${ofImage} : même cela se paie, et pourrait se relire pendant les pas suivants.`,
      },
      'not-held': {
        en: ` Against an image every 16 steps it is ${ofImage}: an image that seldom costs nothing that could be seen.`,
        fr: ` Face à une image tous les 16 pas, c’est ${ofImage} : une image aussi rare ne coûte rien de visible.`,
      },
      unclear: {
        en: ` Against an image every 16 steps it is ${ofImage}: too little to tell.`,
        fr: ` Face à une image tous les 16 pas, c’est ${ofImage} : trop peu pour trancher.`,
      },
    }[judge(image)][language];
    return first + second;
  },
};
