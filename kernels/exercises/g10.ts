import type { Exercise, ExerciseVariant, MeasuredRatio } from '../exercise.ts';
import { fasterRelation, NOT_MEASURED, together } from '../relation.ts';

/** As many steps a round as a software GPU bears, and at least as many as the largest submit. */
const SIZES = [
  { side: 64, steps: 2048, submits: [1, 4, 16, 64, 256, 1024] },
  { side: 512, steps: 64, submits: [1, 8, 64] },
  { side: 2048, steps: 4, submits: [1, 4] },
] as const;
const SMALL = SIZES[0];
const LARGE = SIZES[2];
const MOST_OF_SMALL = 256;
const MOST_OF_LARGE = 4;

/** The plain key is that of the baseline. */
const barOf = (side: number, submit: number): string => (side === SMALL.side && submit === 1 ? 'gpu_naive' : `gpu_naive@${side},${submit}`);

const variants = SIZES.flatMap(({ side, steps, submits }) =>
  submits.map((stepsPerSubmit): ExerciseVariant => {
    const key = barOf(side, stepsPerSubmit);
    return {
      kernel: 'gpu_naive',
      ...(key !== 'gpu_naive' && { key }),
      parameters: { stepsPerSubmit },
      grid: { rows: side, cols: side },
      steps,
    };
  }),
);

/** No gain worth speaking of: less than a tenth. */
const LEVEL = 1.1;
function judgeNoGain(ratio: MeasuredRatio | undefined): 'held' | 'not-held' | 'unclear' | 'not-measured' {
  if (ratio === undefined) return 'not-measured';
  if (ratio.high <= LEVEL) return 'held';
  return ratio.low > LEVEL ? 'not-held' : 'unclear';
}

export const g10: Exercise = {
  id: 'G10',
  day: 7,
  title: { en: 'Launch cost: batching', fr: 'Coût de lancement' },
  goal: {
    en: 'Measure what it costs to hand work to the GPU, and how much of it must be handed over at once for that cost to vanish.',
    fr: 'Mesurer ce que coûte de confier du travail au GPU, et combien il faut en confier à la fois pour que ce coût disparaisse.',
  },
  idea: {
    en: `Starting a function on the processor takes nanoseconds. Starting one on the GPU is a journey: the program records commands, **submits** them, the driver checks and translates them, wakes the device, and hears of the end by a signal. That takes microseconds, some ten to a hundred, whatever the work is.

On a small grid a step takes hardly longer than that. A program that submits every step by itself then measures **its own queue**, not the GPU.

The remedy is to record many steps into one submit. The steps still run one after the other, each waiting for the one before, but nobody is asked in between. The price of a step becomes

its own time + the price of a submit ÷ steps per submit.

On a large grid the first term is all there is, and batching gains nothing.

Two limits remain. What was submitted cannot be taken back, so the lab sends no more at once than takes 10 ms, and notes how much that was. And even within a submit each dispatch has a cost of its own, which no batching removes.`,
    fr: `Appeler une fonction sur le processeur prend quelques nanosecondes. En lancer une sur le GPU est un voyage : le programme enregistre des commandes et les **soumet** ; le pilote les vérifie, les traduit, réveille le matériel et apprend la fin par un signal. Cela prend des microsecondes, de dix à cent environ, quel que soit le travail.

Sur une petite grille, un pas ne dure guère plus. Un programme qui soumet chaque pas à part mesure alors **sa propre file**, pas le GPU.

Le remède : enregistrer plusieurs pas dans une soumission. Ils s’exécutent toujours l’un après l’autre, chacun attendant le précédent, mais personne n’est consulté entre eux. Un pas coûte alors

son temps propre + le prix d’une soumission ÷ pas par soumission.

Sur une grande grille, le premier terme est tout, et grouper ne rapporte rien.

Deux limites. Ce qui est soumis ne se reprend pas : le labo n’envoie pas à la fois plus que 10 ms de travail, et note combien c’était. Et dans une soumission, chaque lancement garde un coût qu’aucun groupement n’efface.`,
  },
  formula: {
    en: 'time per step = own time + price of a submit ÷ steps per submit',
    fr: 'temps par pas = temps propre + prix d’une soumission ÷ pas par soumission',
  },
  changed: {
    en: 'Nothing in the kernel. The host records `stepsPerSubmit` steps into one command buffer before it submits it. Several submits are always on their way, so that the GPU does not wait for the host’s answer.',
    fr: 'Rien dans le noyau. L’hôte enregistre `stepsPerSubmit` pas dans un tampon de commandes avant de le soumettre. Plusieurs soumissions sont toujours en route, pour que le GPU n’attende pas la réponse de l’hôte.',
  },
  prediction: {
    question: {
      en: 'On 64 × 64, how many times faster are 256 steps per submission than one?',
      fr: 'Sur 64 × 64, combien de fois 256 pas par soumission sont-ils plus rapides qu’un seul ?',
    },
    of: barOf(SMALL.side, MOST_OF_SMALL),
    over: 'gpu_naive',
    min: 0.5,
    max: 100,
  },
  lookAt: {
    en: 'Where each line ceases to rise: from there on a submit costs nothing more. Then the gap between the lines at the right: a grid too small leaves most of the GPU idle, however it is asked.',
    fr: 'L’endroit où chaque courbe cesse de monter : à partir de là, une soumission ne coûte plus rien. Puis l’écart entre les courbes, à droite : une grille trop petite laisse le GPU presque vide, de quelque façon qu’on l’interroge.',
  },
  variants,
  baseline: 'gpu_naive',
  grid: { rows: SMALL.side, cols: SMALL.side },
  steps: SMALL.steps,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'sweep',
  axes: { x: { of: 'parameter', name: 'stepsPerSubmit' } },
  relation: (measured) => {
    if (measured.gpu !== 'hardware') return 'not-measured';
    const small = measured.ratio(barOf(SMALL.side, MOST_OF_SMALL), 'gpu_naive');
    const large = measured.ratio(barOf(LARGE.side, MOST_OF_LARGE), barOf(LARGE.side, 1));
    return together(fasterRelation(small), judgeNoGain(large));
  },
  conclusion: (measured, language, tools) => {
    const small = measured.ratio(barOf(SMALL.side, MOST_OF_SMALL), 'gpu_naive');
    const large = measured.ratio(barOf(LARGE.side, MOST_OF_LARGE), barOf(LARGE.side, 1));
    if (small === undefined || large === undefined) return NOT_MEASURED[language];
    const [ofSmall, ofLarge] = [tools.ratio(small), tools.ratio(large)];
    if (measured.gpu !== 'hardware') {
      return {
        en: `Batching gives ${ofSmall} on 64 × 64 and ${ofLarge} on 2048 × 2048 on a software GPU: the processor played the part of one. It too has a queue to be asked, so that the small grid may gain; but its steps are so slow that the large grid went one step at a time whatever was asked for. What a submit costs a real driver is not answered here.`,
        fr: `Grouper donne ${ofSmall} sur 64 × 64 et ${ofLarge} sur 2048 × 2048 sur un GPU logiciel : c’est le processeur qui en jouait le rôle. Lui aussi a une file à interroger, et la petite grille peut y gagner ; mais ses pas sont si lents que la grande est partie pas à pas, quoi qu’on ait demandé. Ce qu’une soumission coûte à un vrai pilote reste ici sans réponse.`,
      }[language];
    }
    const outcome = together(fasterRelation(small), judgeNoGain(large));
    const verdicts = {
      held: {
        en: 'A submit has a price, and only a small grid feels it: there the queue was measured, here the GPU.',
        fr: 'Une soumission a un prix, et seule une petite grille le sent : là, c’est la file qu’on mesurait ; ici, le GPU.',
      },
      'not-held': {
        en: 'That is not what was expected. Either submits are so cheap here that several in flight hide them, or the large grid is still small for this GPU: try 4096 × 4096.',
        fr: 'Ce n’est pas l’effet attendu. Ou bien les soumissions coûtent ici si peu que plusieurs en route les masquent, ou bien la grande grille est encore petite pour ce GPU : essayez 4096 × 4096.',
      },
      unclear: {
        en: 'One of the two cannot be told from no effect; more rounds and a quiet machine narrow the intervals.',
        fr: 'L’un des deux ne se distingue pas de l’absence d’effet ; davantage de répétitions et une machine au repos resserrent les intervalles.',
      },
      'not-measured': NOT_MEASURED,
    };
    const first = {
      en: `256 steps per submission over one give ${ofSmall} on 64 × 64; ${MOST_OF_LARGE} over one give ${ofLarge} on 2048 × 2048.`,
      fr: `256 pas par soumission au lieu d’un donnent ${ofSmall} sur 64 × 64 ; ${MOST_OF_LARGE} au lieu d’un donnent ${ofLarge} sur 2048 × 2048.`,
    }[language];
    return `${first} ${verdicts[outcome][language]}`;
  },
};
