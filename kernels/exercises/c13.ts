import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** What halves brought over f32, where memory is what one waits for. */
function halvesSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio('half_storage', 'simd');
  if (ratio === undefined) return '';
  const shown = tools.ratio(ratio);
  const withoutInstruction = measured.isa('half_storage') === 'baseline';
  const verdicts = {
    held: {
      en: ` Halves bring another ${shown}: the conversions hide behind the waiting.`,
      fr: ` Les demi-précisions apportent encore ${shown} : les conversions se cachent derrière l’attente.`,
    },
    'not-held': withoutInstruction
      ? {
          en: ` Halves give ${shown} against f32: without an instruction that converts, the work on each value costs more than the bytes saved.`,
          fr: ` Les demi-précisions donnent ${shown} face à f32 : sans instruction de conversion, le travail sur chaque valeur coûte plus que les octets épargnés.`,
        }
      : {
          en: ` Halves give ${shown} against f32: the conversions cost more here than the bytes saved, so memory was not what f32 waited for.`,
          fr: ` Les demi-précisions donnent ${shown} face à f32 : ici, les conversions coûtent plus que les octets épargnés ; f32 n’attendait donc pas la mémoire.`,
        },
    unclear: {
      en: ` Halves give ${shown} against f32, which this run cannot tell from 1.`,
      fr: ` Les demi-précisions donnent ${shown} face à f32, ce que cette mesure ne distingue pas de 1.`,
    },
  };
  return verdicts[judge(ratio)][language];
}

/** The same two ratios on the grid that stays in cache. */
function cacheSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const single = measured.ratio('simd@cache', 'simd@f64-cache');
  const half = measured.ratio('half_storage@cache', 'simd@cache');
  if (single === undefined || half === undefined) return '';
  return {
    en: ` On the small grid f32 is worth ${tools.ratio(single)} against f64, and halves ${tools.ratio(half)} against f32.`,
    fr: ` Sur la petite grille, f32 vaut ${tools.ratio(single)} face à f64, et les demi-précisions ${tools.ratio(half)} face à f32.`,
  }[language];
}

/** As far from f64 as two patterns are that have nothing in common: v seldom exceeds 0.4. */
const APART = 0.1;

/** How far f32 and halves went from f64, and from when on they computed another pattern. */
function driftSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const differences = (key: string) =>
    measured.observations(key).flatMap(({ step, value }) => (step > 0 && value !== null ? [{ step, value }] : []));
  const [single, half] = [differences('simd@cache'), differences('half_storage@cache')];
  const [first, last] = [single[0], single.at(-1)];
  if (first === undefined || last === undefined) return '';
  const step = (value: number) => tools.number(value, 5);
  const apart = single.find(({ value }) => value > APART);
  const halfApart = half.find(({ value }) => value > APART);
  const mark = tools.number(APART);
  const start = {
    en: ` There v in f32 is off f64 by at most ${tools.number(first.value, 2)} after ${step(first.step)} steps,`,
    fr: ` Là, v en f32 s’écarte de f64 d’au plus ${tools.number(first.value, 2)} après ${step(first.step)} pas,`,
  }[language];
  const end =
    apart === undefined
      ? {
          en: ` and by ${tools.number(last.value, 2)} after ${step(last.step)}.`,
          fr: ` et de ${tools.number(last.value, 2)} après ${step(last.step)}.`,
        }[language]
      : {
          en: ` and by more than ${mark} at step ${step(apart.step)}: chaos has made another pattern of the last bits.`,
          fr: ` et de plus de ${mark} au pas ${step(apart.step)} : des derniers bits, le chaos a fait un autre motif.`,
        }[language];
  if (halfApart === undefined) return start + end;
  return (
    start +
    end +
    {
      en: ` Halves are that far off at step ${step(halfApart.step)} already.`,
      fr: ` Les demi-précisions en sont là dès le pas ${step(halfApart.step)}.`,
    }[language]
  );
}

/** 32 B per cell in f64: just under 1 MiB, so that all three stay in the second-level cache of most processors. */
const IN_CACHE = { grid: { rows: 96, cols: 320 }, steps: 16_000, observe: { what: 'difference', every: 500 } } as const;

export const c13: Exercise = {
  id: 'C13',
  day: 3,
  title: { en: 'Precision', fr: 'Précision des nombres' },
  goal: {
    en: 'Measure what numbers of eight, four and two bytes cost in time, and know what they cost in truth.',
    fr: 'Mesurer ce que coûtent en temps des nombres de huit, quatre et deux octets, et savoir ce qu’ils coûtent en vérité.',
  },
  idea: {
    en: `A number in \`f64\` has 53 significant bits, in \`f32\` 24, in a **half** 11: sixteen decimal digits, seven, three. Each takes half the bytes of the one before, and a large grid waits for bytes. A register, too, holds twice as many.

\`half_storage\` has halves in memory only: a load widens them to f32, a store rounds them back. In cache nothing was waited for, and converting is extra work.

And the lost digits? Gray-Scott with these constants is **chaotic**: it makes small differences grow. In f32, v stays within a few millionths of f64 for a thousand steps. After five thousand the images have nothing in common any more, yet both look right. Even f64 differs from f64 once sums are taken in another order.

Halves part within a few hundred steps, and not by chance alone: a change smaller than half the gap to the next number is **lost at every step**, just below u = 1 anything under 0.00024.

So long runs are compared by statistics. Here every bar is verified; halves one step at a time, since only a single step can be told from a wrong one.`,
    fr: `Un nombre en \`f64\` a 53 bits significatifs, en \`f32\` 24, en **demi-précision** 11 : seize chiffres décimaux, sept, trois. Chacun prend deux fois moins d’octets que le précédent, et une grande grille attend des octets. Un registre en contient aussi deux fois plus.

\`half_storage\` n’a de demi-précisions qu’en mémoire : lire élargit en f32, écrire arrondit. En cache, on n’attendait rien, et convertir est du travail en plus.

Et les chiffres perdus ? Avec ces constantes, Gray-Scott est **chaotique** : il amplifie les petits écarts. En f32, v reste à quelques millionièmes de f64 pendant mille pas. Après cinq mille, les images n’ont plus rien de commun, et toutes deux paraissent justes. Même f64 diffère de f64 si l’on somme dans un autre ordre.

Les demi-précisions s’écartent en quelques centaines de pas, et pas par simple hasard : un changement inférieur à la moitié de l’écart entre deux nombres est **perdu à chaque pas**, sous 0,00024 juste avant u = 1.

On compare donc de longs calculs par des statistiques. Ici, chaque barre est vérifiée, les demi-précisions pas par pas.`,
  },
  formula: {
    en: 'bytes per cell and step = (2 read + 2 written) × 8, 4 or 2',
    fr: 'octets par cellule et par pas = (2 lus + 2 écrits) × 8, 4 ou 2',
  },
  changed: {
    en: 'From f64 to f32 not a line: `simd` is a template over its type. `half_storage` is the same loop over `Half`, for which `load` converts on the way in and `store` on the way out; between them everything is `float`. The halo, the shuffles and the sums are as they were.',
    fr: 'De f64 à f32, pas une ligne : `simd` est un patron sur son type. `half_storage` est la même boucle sur `Half`, dont `load` convertit à l’entrée et `store` à la sortie ; entre les deux, tout est en `float`. Le halo, les permutations et les sommes n’ont pas changé.',
  },
  prediction: {
    question: {
      en: 'How many times faster is f32 than f64 on a grid much larger than the caches?',
      fr: 'Combien de fois f32 est-il plus rapide que f64 sur une grille bien plus grande que les caches ?',
    },
    of: 'simd',
    over: 'simd@f64',
    min: 0.5,
    max: 8,
  },
  lookAt: {
    en: 'Does the rate double each time the bytes are halved? On the large grid it may, on the small one not for halves. The chart of what was observed draws the difference from f64 over the steps, on a logarithmic axis: a straight line is exponential growth. Would you have noticed in the field?',
    fr: 'Le débit double-t-il chaque fois que les octets sont divisés par deux ? Sur la grande grille, c’est possible ; sur la petite, pas pour les demi-précisions. Le graphique des observations montre l’écart avec f64 au fil des pas, sur un axe logarithmique : une droite y est une croissance exponentielle. Sur le champ, l’auriez-vous remarqué ?',
  },
  variants: [
    { kernel: 'simd', key: 'simd@f64', precision: 'f64' },
    { kernel: 'simd' },
    { kernel: 'half_storage' },
    { kernel: 'simd', key: 'simd@f64-cache', precision: 'f64', ...IN_CACHE },
    { kernel: 'simd', key: 'simd@cache', ...IN_CACHE },
    { kernel: 'half_storage', key: 'half_storage@cache', ...IN_CACHE },
  ],
  baseline: 'simd@f64',
  // 8 B per cell in halves: 64 MiB, more than most caches, and 256 MiB in f64.
  grid: { rows: 2048, cols: 4096 },
  steps: 32,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('simd', 'simd@f64')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd', 'simd@f64');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `f32 instead of f64, half the bytes per number, is worth ${shown} on the large grid.`,
        fr: `f32 au lieu de f64, deux fois moins d’octets par nombre, vaut ${shown} sur la grande grille.`,
      },
      'not-held': {
        en: `f32 gives ${shown} against f64 on the large grid, no gain: something other than bytes or registers holds this machine up. Was another program busy?`,
        fr: `f32 donne ${shown} face à f64 sur la grande grille, aucun gain : autre chose que les octets ou les registres retient cette machine. Un autre programme travaillait-il ?`,
      },
      unclear: {
        en: `f32 gives ${shown} against f64 on the large grid. ${tools.undecided(ratio)}`,
        fr: `f32 donne ${shown} face à f64 sur la grande grille. ${tools.undecided(ratio)}`,
      },
    };
    return (
      verdicts[judge(ratio)][language] +
      halvesSentence(measured, language, tools) +
      cacheSentence(measured, language, tools) +
      driftSentence(measured, language, tools)
    );
  },
};
