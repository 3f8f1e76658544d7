import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge } from '../relation.ts';

/** Long enough for f32 to part from f64 too, and soon done. */
const SMALL = { grid: { rows: 128, cols: 128 }, steps: 8000, observe: { what: 'difference', every: 250 } } as const;
const SINGLE_SMALL = 'gpu_constants@small';
const HALF_SMALL = 'gpu_half@small';

/** As far from f64 as two patterns are that have nothing in common: v seldom exceeds 0.4. */
const APART = 0.1;

/** How far a bar went from f64: at once, and from when on it computed another pattern. */
function driftOf(measured: Measured, key: string, language: 'en' | 'fr', tools: ConclusionTools): string | undefined {
  const differences = measured.observations(key).flatMap(({ step, value }) => (step > 0 && value !== null ? [{ step, value }] : []));
  const [first, last] = [differences[0], differences.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const apart = differences.find(({ value }) => value > APART);
  const start = {
    en: `${tools.number(first.value, 2)} after ${tools.number(first.step, 5)} steps`,
    fr: `${tools.number(first.value, 2)} après ${tools.number(first.step, 5)} pas`,
  }[language];
  const end =
    apart === undefined
      ? {
          en: `${tools.number(last.value, 2)} after ${tools.number(last.step, 5)}`,
          fr: `${tools.number(last.value, 2)} après ${tools.number(last.step, 5)}`,
        }
      : {
          en: `more than ${tools.number(APART)} from step ${tools.number(apart.step, 5)} on: another pattern`,
          fr: `plus de ${tools.number(APART)} à partir du pas ${tools.number(apart.step, 5)} : un autre motif`,
        };
  return `${start}, ${end[language]}`;
}

function driftSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const single = driftOf(measured, SINGLE_SMALL, language, tools);
  const half = driftOf(measured, HALF_SMALL, language, tools);
  if (single === undefined) return '';
  const ofSingle = {
    en: ` On the small grid, v in f32 differs from f64 by at most ${single}.`,
    fr: ` Sur la petite grille, v en f32 s’écarte de f64 d’au plus ${single}.`,
  }[language];
  if (half === undefined) return ofSingle;
  return (
    ofSingle +
    {
      en: ` In halves: ${half}.`,
      fr: ` En demi-précision : ${half}.`,
    }[language]
  );
}

export const g13: Exercise = {
  id: 'G13',
  day: 7,
  title: { en: 'Half precision (optional)', fr: 'Demi-précision (facultatif)' },
  goal: {
    en: 'Store the state in numbers of two bytes, see how much faster a large grid becomes, and how soon the pattern is another.',
    fr: 'Ranger l’état dans des nombres de deux octets, voir combien une grande grille y gagne en vitesse, et quand le motif devient un autre.',
  },
  idea: {
    en: `A GPU that waits for memory has one remedy left when every value is already moved only once: **smaller values**. An \`f16\` takes 2 bytes instead of 4, so the traffic is halved, and the speed can double.

Graphics has used halves for long, and machine learning lives on them, so many GPUs have them; not all, hence “optional”. Arithmetic stays in f32 here: a load widens, a store rounds. The GPU does both in passing.

Lost are digits: 11 significant bits, **3 decimal digits**. Just below 1, where u mostly is, neighbouring halves are 0.0005 apart, and with each step whatever changes a cell by less than half of that vanishes. Slow feeding, a few ten-thousandths per step, is just what vanishes.

The difference from f64 is read off along the run, on a small grid. In f32 it begins below a millionth and grows as chaos makes it grow. In halves it begins nearly a thousand times as high, and not by chance alone: rounding favours standing still.

Does it matter? The image still looks like Gray-Scott. It is no longer the same computation.`,
    fr: `À un GPU qui attend la mémoire, il reste un remède quand chaque valeur ne circule déjà qu’une fois : des **valeurs plus petites**. Un \`f16\` prend 2 octets au lieu de 4 ; le trafic est divisé par deux, et la vitesse peut doubler.

Le graphisme emploie depuis longtemps les demi-précisions, l’apprentissage automatique en vit, et bien des GPU en ont ; pas tous, d’où « facultatif ». On calcule en f32 : lire élargit, écrire arrondit, le GPU le fait au passage.

On perd des chiffres : il reste 11 bits significatifs, **3 chiffres décimaux**. Juste sous 1, où u se tient le plus souvent, deux voisins sont à 0,0005 l’un de l’autre, et à chaque pas disparaît ce qui change une cellule de moins de la moitié. L’alimentation lente, quelques dix-millièmes par pas, est justement ce qui disparaît.

L’écart avec f64 est relevé sur une petite grille. En f32, il part sous le millionième et croît comme le veut le chaos. En demi-précision, il part près de mille fois plus haut, et pas par simple hasard : arrondir favorise l’immobilité.

Est-ce grave ? L’image ressemble à du Gray-Scott. Le calcul n’est plus le même.`,
  },
  formula: {
    en: 'bytes per cell and step: (2 read + 2 written) × 4 = 16 in f32, × 2 = 8 in halves;   gap between halves below 1: 2⁻¹¹ ≈ 0.0005',
    fr: 'octets par cellule et par pas : (2 lus + 2 écrits) × 4 = 16 en f32, × 2 = 8 en demi-précision ;   écart entre voisins sous 1 : 2⁻¹¹ ≈ 0,0005',
  },
  changed: {
    en: 'From `gpu_constants`, few words: `enable f16`, four arrays of `f16`, an `f32(…)` around every load and an `f16(…)` around every store. Rows are padded to an even number of values, whence `pitch` in the place of `cols`.',
    fr: 'Depuis `gpu_constants`, peu de mots : `enable f16`, quatre tableaux de `f16`, un `f32(…)` autour de chaque lecture, un `f16(…)` autour de chaque écriture. Les lignes sont complétées à un nombre pair de valeurs, d’où `pitch` à la place de `cols`.',
  },
  prediction: {
    question: {
      en: 'On the large grid, how many times faster are halves than f32?',
      fr: 'Sur la grande grille, combien de fois les demi-précisions sont-elles plus rapides que f32 ?',
    },
    of: 'gpu_half',
    over: 'gpu_constants',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'Does the rate double? If it does not, the number of loads held the kernel up, not their bytes. Then open the chart of what was observed: the difference from f64 over the steps, on a logarithmic axis. Where does each line begin, and when do both end as high as they can?',
    fr: 'Le débit double-t-il ? Sinon, c’est le nombre de lectures qui retenait le noyau, non leurs octets. Ouvrez ensuite le graphique des observations : l’écart avec f64 au fil des pas, sur un axe logarithmique. Où commence chaque courbe, et quand toutes deux sont-elles aussi haut que possible ?',
  },
  variants: [
    { kernel: 'gpu_constants' },
    { kernel: 'gpu_half' },
    { kernel: 'gpu_constants', key: SINGLE_SMALL, ...SMALL },
    { kernel: 'gpu_half', key: HALF_SMALL, ...SMALL },
  ],
  baseline: 'gpu_constants',
  // 128 MiB in two states of both species, in halves: more than the last cache of any GPU but the largest.
  grid: { rows: 4096, cols: 4096 },
  steps: 12,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'speedup',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_half', 'gpu_constants')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_half', 'gpu_constants');
    const drift = driftSentence(measured, language, tools);
    if (ratio === undefined) {
      return (
        {
          en: 'No conclusion on speed: `gpu_half`, or the kernel in f32 beside it, has no verified result in this run. Halves need an adapter with the feature shader-f16; the list of kernels says whether one here has it.',
          fr: 'Pas de conclusion sur la vitesse : `gpu_half`, ou le noyau en f32 à ses côtés, n’a pas de résultat vérifié dans cette exécution. Les demi-précisions demandent un adaptateur doté de la fonction shader-f16 ; la liste des noyaux dit s’il y en a un ici.',
        }[language] + drift
      );
    }
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return (
        {
          en: `Halves give ${shown} against f32, on a software GPU: the processor spends its time on the invocations, not on their bytes, and converts besides. That says nothing of a GPU’s speed; what the digits do is the same everywhere.`,
          fr: `Les demi-précisions donnent ${shown} face à f32, sur un GPU logiciel : le processeur passe son temps sur les invocations, non sur leurs octets, et convertit en plus. Cela ne dit rien de la vitesse d’un GPU ; ce que font les chiffres est le même partout.`,
        }[language] + drift
      );
    }
    const verdicts = {
      held: {
        en: `Halves are worth ${shown} over f32, where the bytes promise 2.`,
        fr: `Les demi-précisions valent ${shown} par rapport à f32, là où les octets promettent 2.`,
      },
      'not-held': {
        en: `Halves give ${shown} against f32, no gain: this kernel loads every neighbour by itself, and it is the number of loads that this GPU waits for, not their bytes.`,
        fr: `Les demi-précisions donnent ${shown} face à f32, aucun gain : ce noyau lit lui-même chaque voisin, et c’est le nombre de lectures que ce GPU attend, non leurs octets.`,
      },
      unclear: {
        en: `Halves give ${shown} against f32. ${tools.undecided(ratio)}`,
        fr: `Les demi-précisions donnent ${shown} face à f32. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + drift;
  },
};
