import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Steps for which a round takes both sides long enough, and a software GPU not too long. */
const SIZES = [
  { side: 64, steps: 4096 },
  { side: 128, steps: 1024 },
  { side: 256, steps: 256 },
  { side: 512, steps: 64 },
  { side: 1024, steps: 16 },
  { side: 2048, steps: 8 },
] as const;
const SMALLEST = SIZES[0];
const LARGEST = SIZES.at(-1)!;
const CPU = 'champion';
const GPU = 'gpu_naive';

const keyOf = (kernel: string, side: number): string => (side === LARGEST.side ? kernel : `${kernel}@${side}`);
const bars = (kernel: string): ExerciseVariant[] =>
  SIZES.map(({ side, steps }) => ({
    kernel,
    ...(side !== LARGEST.side && { key: keyOf(kernel, side) }),
    ...{ grid: { rows: side, cols: side }, steps },
  }));

const gpuOverCpu = (measured: Measured, side: number) => measured.ratio(keyOf(GPU, side), keyOf(CPU, side));

/** What the GPU gives on the smallest grid, and from which size on it is clearly ahead. */
function crossing(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const small = gpuOverCpu(measured, SMALLEST.side);
  if (small === undefined) return '';
  const shown = tools.ratio(small);
  const behind = SIZES.findLastIndex(({ side }) => {
    const ratio = gpuOverCpu(measured, side);
    return ratio === undefined || judge(ratio) !== 'held';
  });
  const ahead = SIZES[behind + 1]?.side;
  const onSmall = {
    en: ` On ${SMALLEST.side} × ${SMALLEST.side} cells it gives ${shown}`,
    fr: ` Sur ${SMALLEST.side} × ${SMALLEST.side} cellules, il donne ${shown}`,
  }[language];
  if (ahead === undefined) return `${onSmall}.`;
  if (ahead === SMALLEST.side) {
    return (
      onSmall +
      {
        en: ', so that nothing crosses here: this GPU is ahead of this processor at every size measured.',
        fr: ' : rien ne se croise donc ici, ce GPU devance ce processeur à toutes les tailles mesurées.',
      }[language]
    );
  }
  const side = tools.number(ahead);
  return (
    onSmall +
    {
      en: `, and it is clearly ahead from ${side} × ${side} on.`,
      fr: `, et il est nettement devant à partir de ${side} × ${side}.`,
    }[language]
  );
}

/** How the GPU's own rate grows with the grid, and where it stops growing. */
function plateau(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const growth = measured.ratio(keyOf(GPU, LARGEST.side), keyOf(GPU, SMALLEST.side));
  const rates = SIZES.flatMap(({ side }) => measured.cellsPerSecond(keyOf(GPU, side)) ?? []);
  if (growth === undefined || rates.length < SIZES.length) return '';
  const grows = {
    en: ` From ${SMALLEST.side} × ${SMALLEST.side} to the largest grid the rate of the GPU kernel itself changes by ${tools.ratio(growth)}.`,
    fr: ` De ${SMALLEST.side} × ${SMALLEST.side} à la plus grande grille, le débit du noyau GPU lui-même change de ${tools.ratio(growth)}.`,
  }[language];
  const most = Math.max(...rates);
  // The first of those at the large end that are all near the best.
  const flatFrom = SIZES[rates.findLastIndex((rate) => rate < 0.8 * most) + 1]?.side;
  if (flatFrom === undefined || judge(growth) !== 'held') return grows;
  const side = `${tools.number(flatFrom)} × ${tools.number(flatFrom)}`;
  return (
    grows +
    {
      en: ` From ${side} on it stays within a fifth of its best, ${tools.rate(most)}.`,
      fr: ` À partir de ${side}, il reste à moins d’un cinquième du meilleur, ${tools.rate(most)}.`,
    }[language]
  );
}

export const g03: Exercise = {
  id: 'G03',
  day: 6,
  title: { en: 'CPU or GPU: it depends on the size', fr: 'CPU ou GPU : selon la taille' },
  goal: {
    en: 'Follow the rate per cell of the best CPU kernel and of the first GPU kernel from 64 × 64 to 2048 × 2048, and find where the curves cross.',
    fr: 'Suivre le débit par cellule du meilleur noyau CPU et du premier noyau GPU, de 64 × 64 à 2048 × 2048, et trouver où les courbes se croisent.',
  },
  idea: {
    en: `“How fast?” has no answer without “on what size?”. The rate is drawn over the number of cells, which grows **fourfold** from point to point.

Each **launch** costs a GPU some microseconds, whatever it computes. On 64 × 64 cells the launch is all there is: not even every lane has work. The CPU has no such cost; its champion keeps the grid in its nearest cache, though its threads pay for their meetings.

As the grid grows, the launch is shared by more cells, and the curve of the GPU climbs, fourfold per point at first. Then it flattens: lanes are busy, and at last **memory bandwidth** decides, 16 bytes per cell and step. That plateau is what a data sheet promises.

The champion bends where the grid leaves one cache and then the next, although it asks memory for a cell only once in many steps.

Where the curves **cross** depends on the two machines; below that size the GPU is a loss. Hence the course’s advice: measure over sizes in a geometric sequence.`,
    fr: `« Est-ce rapide ? » n’a pas de réponse sans « à quelle taille ? ». Le débit est tracé selon le nombre de cellules, **multiplié par quatre** de point en point.

Chaque **lancement** coûte au GPU quelques microsecondes, quoi qu’il calcule. Sur 64 × 64 cellules, il n’y a que cela : toutes les voies ne sont même pas occupées. Le CPU n’a pas ce coût ; son champion garde la grille dans le cache le plus proche, mais ses threads paient leurs rendez-vous.

Quand la grille grandit, le lancement se partage entre plus de cellules et la courbe du GPU monte, d’abord d’un facteur quatre par point. Puis elle s’aplatit : les voies sont occupées, et la **bande passante** finit par décider, à 16 octets par cellule et par pas. Ce plateau est ce que promet la fiche technique.

Le champion fait un coude là où la grille quitte un cache puis l’autre, bien qu’il ne demande une cellule à la mémoire qu’une fois tous les plusieurs pas.

Le **croisement** dépend des deux machines ; en deçà, le GPU fait perdre. D’où le conseil du cours : mesurer sur des tailles en suite géométrique.`,
  },
  formula: {
    en: 'GPU: time per step ≈ launch + 16 B × cells ÷ bandwidth      crossing: where that equals cells ÷ rate of the CPU',
    fr: 'GPU : temps par pas ≈ lancement + 16 o × cellules ÷ bande passante      croisement : quand il égale cellules ÷ débit du CPU',
  },
  changed: {
    en: 'Nothing: `gpu_naive` is that of G02, with 32 steps per submission, and `champion` the best of the CPU, on all threads and tuned for this machine. Only the grid changes, and the steps with it, so that every point is measured for long enough.',
    fr: 'Rien : `gpu_naive` est celui de G02, à 32 pas par soumission, et `champion` le meilleur du CPU, sur tous les threads et réglé pour cette machine. Seule la grille change, et le nombre de pas avec elle, pour que chaque point soit mesuré assez longtemps.',
  },
  prediction: {
    question: {
      en: 'On the largest grid, 2048 × 2048, how many times faster is the first GPU kernel than the champion of the CPU?',
      fr: 'Sur la plus grande grille, 2048 × 2048, combien de fois le premier noyau GPU est-il plus rapide que le champion du CPU ?',
    },
    of: keyOf(GPU, LARGEST.side),
    over: keyOf(CPU, LARGEST.side),
    min: 0.001,
    max: 100,
  },
  lookAt: {
    en: 'Divide the number of cells at the left end by the rate of the GPU there: that is its launch, in seconds. Then multiply the rate of the plateau by 16 bytes and compare with the bandwidth on the data sheet. Where does the champion bend? Look at the caches on the Machine page.',
    fr: 'Divisez le nombre de cellules, à l’extrémité gauche, par le débit du GPU : c’est son lancement, en secondes. Multipliez ensuite le débit du plateau par 16 octets et comparez avec la bande passante de la fiche technique. Où le champion fait-il un coude ? Voyez les caches de la page Machine.',
  },
  variants: [...bars(CPU), ...bars(GPU)],
  baseline: keyOf(CPU, LARGEST.side),
  grid: { rows: LARGEST.side, cols: LARGEST.side },
  steps: LARGEST.steps,
  rounds: 7,
  chart: 'sweep',
  axes: { x: { of: 'cells' } },
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(gpuOverCpu(measured, LARGEST.side)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = gpuOverCpu(measured, LARGEST.side);
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const grown = plateau(measured, language, tools);
    if (measured.gpu !== 'hardware') {
      return (
        {
          en: `On a software GPU the curves say nothing of a GPU: the processor played its part, without lanes or a memory of its own. On the largest grid it reached ${shown} of its own champion: that is what posing as a GPU costs.`,
          fr: `Sur un GPU logiciel, les courbes ne disent rien d’un GPU : c’est le processeur qui en jouait le rôle, sans voies ni mémoire à lui. Sur la plus grande grille, il a atteint ${shown} de son propre champion : voilà ce qu’il en coûte de se faire passer pour un GPU.`,
        }[language] + grown
      );
    }
    const verdicts = {
      held: {
        en: `On the largest grid the first GPU kernel gives ${shown} over the champion of the CPU: enough cells, and lanes and bandwidth win.`,
        fr: `Sur la plus grande grille, le premier noyau GPU donne ${shown} par rapport au champion du CPU : avec assez de cellules, les voies et la bande passante l’emportent.`,
      },
      'not-held': {
        en: `On the largest grid the first GPU kernel gives ${shown} over the champion of the CPU: here the processor stays ahead. Its champion asks memory for a cell once in many steps, the first GPU kernel at every step; an integrated GPU shares that memory besides.`,
        fr: `Sur la plus grande grille, le premier noyau GPU donne ${shown} par rapport au champion du CPU : ici, le processeur reste devant. Son champion ne demande une cellule à la mémoire qu’une fois tous les plusieurs pas, le premier noyau GPU à chaque pas ; un GPU intégré partage en outre cette mémoire.`,
      },
      unclear: {
        en: `On the largest grid the first GPU kernel gives ${shown} over the champion of the CPU. ${tools.undecided(ratio)}`,
        fr: `Sur la plus grande grille, le premier noyau GPU donne ${shown} par rapport au champion du CPU. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + crossing(measured, language, tools) + grown;
  },
};
