import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const COLS = 1200;
const TALLEST = 12_000;
/** As much work on each: a low grid takes more steps. */
const LOWER = [375, 750, 1500, 3000, 6000];

const bars = (kernel: string): ExerciseVariant[] => [
  { kernel },
  ...LOWER.map((rows) => ({ kernel, key: `${kernel}@${rows}`, grid: { rows, cols: COLS }, steps: (8 * TALLEST) / rows })),
];

/** Where the gap opens: the lowest grid on which the wrong order is clearly slower. */
function thresholdSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const gaps = LOWER.map((rows) => ({ rows, ratio: measured.ratio(`soa_window@${rows}`, `soa_swapped@${rows}`) }));
  const first = gaps.find(({ ratio }) => ratio !== undefined && judge(ratio) === 'held');
  const lowest = gaps[0]?.ratio;
  if (lowest === undefined) return '';
  const shown = tools.ratio(lowest);
  if (first === undefined) {
    return {
      en: ` On lower grids the two orders cannot be told apart (${shown} with ${LOWER[0]} rows).`,
      fr: ` Sur les grilles plus basses, les deux ordres ne se distinguent pas (${shown} avec ${LOWER[0]} lignes).`,
    }[language];
  }
  const rows = tools.number(first.rows);
  return {
    en: ` With ${LOWER[0]} rows the ratio is ${shown}; the wrong order is clearly slower from ${rows} rows on.`,
    fr: ` Avec ${LOWER[0]} lignes, le rapport est de ${shown} ; le mauvais ordre est nettement plus lent à partir de ${rows} lignes.`,
  }[language];
}

export const c05: Exercise = {
  id: 'C05',
  day: 2,
  title: { en: 'Wrong loop order', fr: 'Mauvais ordre des boucles' },
  goal: {
    en: 'Swap two lines, change no operation, and see what memory charges for it.',
    fr: 'Échanger deux lignes, ne changer aucune opération, et voir ce que la mémoire en demande.',
  },
  idea: {
    en: `In C and C++ a grid is stored **row after row**: the cell to the right is the next one in memory, the cell below lies a whole row further. Fortran and Julia store columns together: their right order is the wrong one here.

The swapped version visits the cells column by column. The operations and the result are the same. But memory delivers cache lines of 64 bytes, sixteen f32 values; going down a column uses **one value of each line**, then moves on.

The other fifteen are not lost if the line is still in cache when the next column comes. That needs room for one line per row and array: with 1080 rows about 280 kB, which a second-level cache holds. So on a full HD image the mistake looks harmless.

This exercise makes the grid taller and taller, up to 12 000 rows, for which 3 MB are needed. There lines are thrown out before they are used again, and fetched once more for every column. Each also lies on a page of its own, more pages than the processor knows the addresses of (the TLB).`,
    fr: `En C et en C++, une grille est rangée **ligne après ligne** : la cellule de droite est la suivante en mémoire, celle du dessous est une ligne plus loin. Fortran et Julia rangent ensemble les colonnes : leur bon ordre est le mauvais ici.

La version échangée parcourt les cellules colonne par colonne. Les opérations et le résultat sont les mêmes. Mais la mémoire livre des lignes de cache de 64 octets, seize valeurs f32 ; en descendant une colonne, on se sert d’**une valeur de chacune**, puis on passe à la suivante.

Les quinze autres ne sont pas perdues si la ligne de cache est encore là quand vient la colonne voisine. Il faut la place d’une ligne de cache par ligne de la grille et par tableau : pour 1080 lignes, 280 ko, qu’un cache de deuxième niveau contient. En full HD, la faute paraît donc bénigne.

Cet exercice fait grandir la grille en hauteur, jusqu’à 12 000 lignes, pour lesquelles il faut 3 Mo. Elles sont alors chassées du cache avant de resservir, puis relues. Chacune est aussi sur une page différente, et le processeur ne retient pas autant d’adresses de pages (le TLB).`,
  },
  formula: {
    en: 'cache needed = rows × 4 arrays × 64 B:   1080 → 0.28 MB,   12 000 → 3.1 MB',
    fr: 'cache nécessaire = lignes × 4 tableaux × 64 o :   1080 → 0,28 Mo,   12 000 → 3,1 Mo',
  },
  changed: {
    en: 'In `advance` the loop over `col` is now outside and the loop over `row` inside. That is all: `update`, the window and the arrays are those of the rung before.',
    fr: 'Dans `advance`, la boucle sur `col` est maintenant à l’extérieur et la boucle sur `row` à l’intérieur. C’est tout : `update`, la fenêtre et les tableaux sont ceux de l’échelon précédent.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the right order than the wrong one?',
      fr: 'Combien de fois le bon ordre est-il plus rapide que le mauvais ?',
    },
    of: 'soa_window',
    over: 'soa_swapped',
    min: 0.5,
    max: 32,
  },
  lookAt: {
    en: 'Run it again with the two sides exchanged (1200 rows, 12 000 columns): the same number of cells, the same two loops. If the gap shrinks, it was the height of a column and not the order itself that was dear.',
    fr: 'Relancez en échangeant les deux côtés (1200 lignes, 12 000 colonnes) : autant de cellules, les deux mêmes boucles. Si l’écart se réduit, c’est la hauteur d’une colonne, et non l’ordre en lui-même, qui coûtait cher.',
  },
  variants: [...bars('soa_swapped'), ...bars('soa_window')],
  baseline: 'soa_swapped',
  // Tall, so that a cache line of every row and array together exceed most second-level caches.
  grid: { rows: TALLEST, cols: COLS },
  steps: 8,
  // Two minutes must do, and half of the bars are slow.
  rounds: 5,
  chart: 'sweep',
  axes: { x: { of: 'cells' } },
  relation: (measured) => fasterRelation(measured.ratio('soa_window', 'soa_swapped')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('soa_window', 'soa_swapped');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `The right order of two loops is worth ${shown} here, with the same operations and the same result: what is paid for is the cache lines that are fetched and hardly used.`,
        fr: `Le bon ordre de deux boucles vaut ici ${shown}, pour les mêmes opérations et le même résultat : ce que l’on paie, ce sont des lignes de cache lues et presque pas utilisées.`,
      },
      'not-held': {
        en: `The right order of two loops gives ${shown} here, no gain: the caches of this machine hold a line of every row, or the compiler has put the loops back in order. Try more rows, up to what memory allows.`,
        fr: `Le bon ordre de deux boucles donne ici ${shown}, aucun gain : les caches de cette machine contiennent une ligne de cache de chaque ligne, ou bien le compilateur a remis les boucles en ordre. Essayez davantage de lignes, jusqu’à ce que permet la mémoire.`,
      },
      unclear: {
        en: `The right order of two loops gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `Le bon ordre de deux boucles donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + thresholdSentence(measured, language, tools);
  },
};
