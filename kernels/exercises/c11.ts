import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';
import { VECTORS } from '../vector-registers.ts';

/** 16 B per cell in f32. Rows are equally long on every grid, so that only the distance of the data changes. */
const COLS = 320;
const SIZES = [
  { name: '0.25MiB', rows: 51, steps: 8000 },
  { name: '1MiB', rows: 204, steps: 2000 },
  { name: '8MiB', rows: 1638, steps: 250 },
  { name: '64MiB', rows: 13_107, steps: 30 },
] as const;
/** Within the second-level cache of most processors: there arithmetic is compared. */
const NEAR = SIZES[1];
const FAR = SIZES[3];
const CHAINS = ['1', '2', '4', '8'] as const;

const simdBar = (size: (typeof SIZES)[number]) => (size === NEAR ? 'simd' : `simd@${size.name}`);
const fmaBar = (chains: string, size: (typeof SIZES)[number] = NEAR) => `simd_fma@${chains},${size.name}`;

const variants = SIZES.flatMap((size): ExerciseVariant[] => {
  const own = { grid: { rows: size.rows, cols: COLS }, steps: size.steps };
  const chained = CHAINS.map((chains) => ({ kernel: 'simd_fma', key: fmaBar(chains, size), parameters: { chains }, ...own }));
  return [{ kernel: 'simd', ...(size !== NEAR && { key: simdBar(size) }), ...own }, ...chained];
});

/** What more chains gained over one, and what that says about the wait between dependent instructions. */
function chainsSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const gains = CHAINS.slice(1).flatMap((chains) => {
    const ratio = measured.ratio(fmaBar(chains), fmaBar('1'));
    return ratio === undefined ? [] : [{ chains, ratio }];
  });
  if (gains.length < CHAINS.length - 1) return '';
  const shown = gains.map(({ chains, ratio }) => `${chains}: ${tools.ratio(ratio)}`).join(', ');
  const list = {
    en: ` Several chains beside a single one, in cache: ${shown}.`,
    fr: ` Plusieurs chaînes face à une seule, en cache : ${shown.replaceAll(':', '\u00a0:')}.`,
  }[language];
  const best = gains.reduce((a, b) => (b.ratio.median > a.ratio.median ? b : a));
  if (judge(best.ratio) === 'held') {
    return (
      list +
      {
        en: ` Best with ${best.chains}: in a single chain this processor does wait.`,
        fr: ` Le mieux est ${best.chains} : dans une chaîne unique, ce processeur attend bel et bien.`,
      }[language]
    );
  }
  if (gains.some(({ ratio }) => judge(ratio) === 'not-held')) {
    return (
      list +
      {
        en: ' More of them cost more than they gain: the processor finds enough to do in the vectors that follow, and every sum of its own takes a register.',
        fr: ' En ajouter coûte plus que cela ne rapporte : le processeur trouve assez à faire dans les vecteurs suivants, et chaque somme à part prend un registre.',
      }[language]
    );
  }
  return (
    list +
    {
      en: ' No number of them stands out. If that stays so with more rounds, the processor hides the wait by itself, with work from the vectors that follow.',
      fr: ' Aucun nombre ne se détache. Si cela se confirme avec plus de répétitions, le processeur cache l’attente de lui-même, avec le travail des vecteurs suivants.',
    }[language]
  );
}

/** Whether the gap is still there when memory delivers the data, and what stood in for FMA where there is none. */
function placeSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const isa = measured.isa('simd');
  const far = measured.ratio(simdBar(FAR), fmaBar('1', FAR));
  const parts: string[] = [];
  if (far !== undefined) {
    const shown = tools.ratio(far);
    const there = {
      en: ` On the largest grid, of 64 MB, sharing against fusing gives ${shown}`,
      fr: ` Sur la plus grande grille, de 64 Mo, partager plutôt que fusionner donne ${shown}`,
    }[language];
    const meaning =
      judge(far) === 'held'
        ? {
            en: ': even there memory delivers fast enough for arithmetic to be felt.',
            fr: ' : même là, la mémoire livre assez vite pour que le calcul se fasse sentir.',
          }
        : {
            en: ': what arithmetic decides, it decides in cache.',
            fr: ' : ce que le calcul décide, il le décide en cache.',
          };
    parts.push(there + meaning[language]);
  }
  if (isa === 'baseline') {
    parts.push(
      {
        en: ` ${VECTORS[isa].name} has no FMA: here a product and a sum stood in its place.`,
        fr: ` ${VECTORS[isa].name} n’a pas de FMA : un produit et une somme en ont tenu lieu.`,
      }[language],
    );
  }
  return parts.join('');
}

export const c11: Exercise = {
  id: 'C11',
  day: 6,
  title: { en: 'The FMA trap and ILP', fr: 'Le piège FMA et l’ILP' },
  goal: {
    en: 'Find out why an instruction that does two things can cost more than two, and when independent chains help.',
    fr: 'Comprendre pourquoi une instruction qui fait deux choses peut coûter plus que deux, et quand des chaînes indépendantes aident.',
  },
  idea: {
    en: `A **fused multiply-add** (FMA) computes x × y + z in the time of one product. It is tempting to write the whole Laplacian with it: eight neighbours, eight FMA.

The trap has two jaws. What is fused is not **shared**: \`simd\` adds each column once for three cells, whereas here every cell loads and weighs eight neighbours of its own.

And in a **chain** each FMA waits for the one before, about 4 cycles, while one or two could start in every cycle. Cutting the sum into 2, 4 or 8 independent chains gives the processor work meanwhile: **instruction-level parallelism**, ILP. Eight then gain nothing over four, since the sums must still be added.

But the processor also searches by itself. It looks hundreds of instructions ahead, and the next vectors depend on nothing: if it sees far enough, the wait is hidden already and the number of chains changes nothing. If registers run short, eight chains even lose: sums go to memory and back.

Rows are equally long on all four grids, 0.25 to 64 MB. Once memory delivers the data, arithmetic no longer sets the pace.`,
    fr: `Une **multiplication-addition fusionnée** (FMA) calcule x × y + z dans le temps d’un produit. Il est tentant d’en faire tout le laplacien : huit voisines, huit FMA.

Le piège a deux mâchoires. Ce qui est fusionné n’est pas **partagé** : \`simd\` additionne chaque colonne une fois pour trois cellules ; ici, chaque cellule lit et pondère ses huit voisines à elle.

Et dans une **chaîne**, chaque FMA attend la précédente, environ 4 cycles, alors qu’une ou deux pourraient partir à chaque cycle. Couper la somme en 2, 4 ou 8 chaînes indépendantes donne du travail entre-temps : c’est le **parallélisme d’instructions**, l’ILP. Huit ne font pas mieux que quatre, car il faut encore additionner les sommes.

Mais le processeur cherche aussi de lui-même, des centaines d’instructions plus loin, et les vecteurs suivants ne dépendent de rien : s’il voit assez loin, l’attente est déjà cachée et le nombre de chaînes ne change rien. Si les registres manquent, huit chaînes perdent même : des sommes vont et viennent en mémoire.

Les quatre grilles, de 0,25 à 64 Mo, ont des lignes de même longueur. Quand la mémoire livre les données, le calcul ne donne plus le rythme.`,
  },
  formula: {
    en: 'cycles to wait per Laplacian, 4 each:   1 chain 8 × 4 = 32,   2: (4 + 1) × 4 = 20,   4: (2 + 2) × 4 = 16,   8: (1 + 3) × 4 = 16',
    fr: 'cycles d’attente par laplacien, 4 chacun :   1 chaîne 8 × 4 = 32,   2 : (4 + 1) × 4 = 20,   4 : (2 + 2) × 4 = 16,   8 : (1 + 3) × 4 = 16',
  },
  changed: {
    en: 'The columns shared in registers are gone, and with them the shuffles. `laplacian` loads the eight neighbours of a vector and adds each, with its weight, to one of `chains` partial sums, which are summed in pairs at the end. The compiler sees one version for each number of chains.',
    fr: 'Les colonnes partagées en registres ont disparu, et les permutations avec elles. `laplacian` lit les huit voisins d’un vecteur et ajoute chacun, avec son poids, à l’une des `chains` sommes partielles, additionnées deux à deux à la fin. Le compilateur voit une version par nombre de chaînes.',
  },
  prediction: {
    question: {
      en: 'In cache, how many times faster is sharing columns than fusing everything into one chain?',
      fr: 'En cache, combien de fois partager les colonnes est-il plus rapide que tout fusionner en une seule chaîne ?',
    },
    of: 'simd',
    over: fmaBar('1'),
    min: 0.25,
    max: 8,
  },
  lookAt: {
    en: 'On the left, where the grid is in cache, look at the distance between `simd` and the four others, and at whether those four are one line or several. On the right, look at where the lines meet: that is where arithmetic ceases to matter.',
    fr: 'À gauche, quand la grille est en cache, regardez la distance entre `simd` et les quatre autres courbes, et si ces quatre n’en font qu’une. À droite, regardez où les courbes se rejoignent : là, le calcul cesse de compter.',
  },
  variants,
  baseline: fmaBar('1'),
  grid: { rows: NEAR.rows, cols: COLS },
  steps: NEAR.steps,
  rounds: 7,
  chart: 'sweep',
  axes: { x: { of: 'cells' } },
  relation: (measured) => fasterRelation(measured.ratio('simd', fmaBar('1'))),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd', fmaBar('1'));
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Sharing columns beats fusing everything by ${shown} in cache: the trap is real here. Fewer instructions per neighbour do not help when there are more neighbours to load.`,
        fr: `En cache, partager les colonnes bat la fusion totale de ${shown} : le piège est réel ici. Moins d’instructions par voisine n’avance à rien quand il y a plus de voisines à lire.`,
      },
      'not-held': {
        en: `Sharing columns gives ${shown} in cache beside fusing everything: no trap here. This processor loads and fuses fast enough to make up for what is not shared.`,
        fr: `En cache, partager les colonnes donne ${shown} face à la fusion totale : pas de piège ici. Ce processeur lit et fusionne assez vite pour compenser ce qui n’est pas partagé.`,
      },
      unclear: {
        en: `Sharing columns gives ${shown} in cache beside fusing everything. ${tools.undecided(ratio)}`,
        fr: `En cache, partager les colonnes donne ${shown} face à la fusion totale. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + chainsSentence(measured, language, tools) + placeSentence(measured, language, tools);
  },
};
