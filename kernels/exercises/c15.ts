import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const ROWS = [8, 32, 128, 1024];
const COLS = [64, 256, 1024, 4096];
const keyOf = (rows: number, cols: number): string => `blocked@${rows}x${cols}`;
const BLOCKS = ROWS.flatMap((blockRows) => COLS.map((blockCols) => ({ blockRows, blockCols })));

const blocks: ExerciseVariant[] = BLOCKS.map(({ blockRows, blockCols }) => ({
  kernel: 'blocked',
  key: keyOf(blockRows, blockCols),
  parameters: { blockRows, blockCols },
}));

/** The fastest block, and how many others this run cannot tell from it. */
function optimum(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const rated = BLOCKS.flatMap(({ blockRows, blockCols }) => {
    const rate = measured.cellsPerSecond(keyOf(blockRows, blockCols));
    return rate === undefined ? [] : [{ key: keyOf(blockRows, blockCols), blockRows, blockCols, rate }];
  }).sort((a, b) => b.rate - a.rate);
  const [best, ...others] = rated;
  if (best === undefined) return '';
  const alike = others.filter(({ key }) => measured.ratio(best.key, key)?.clear !== true).length;
  const shape = `${tools.number(best.blockRows)} × ${tools.number(best.blockCols)}`;
  const rate = tools.rate(best.rate);
  const flat = {
    en: alike === 0 ? 'no other comes near it' : `${alike} of the other ${others.length} cannot be told from it`,
    fr: alike === 0 ? 'aucun autre n’en approche' : `${alike} des ${others.length} autres ne s’en distinguent pas`,
  };
  return {
    en: ` The fastest block is ${shape} (${rate}); ${flat.en}.`,
    fr: ` Le bloc le plus rapide est ${shape} (${rate}) ; ${flat.fr}.`,
  }[language];
}

export const c15: Exercise = {
  id: 'C15',
  day: 2,
  title: { en: 'Cache blocking', fr: 'Blocage de cache' },
  goal: {
    en: 'Compute the grid block by block, so that rows are still in the nearest cache when they are needed again, and see who needs that.',
    fr: 'Calculer la grille bloc par bloc, pour que les lignes soient encore dans le cache le plus proche quand elles resservent, et voir qui en a besoin.',
  },
  idea: {
    en: `In a step each row is read three times: as the row below, as the middle one, as the row above. From memory it comes once, if it is still in cache for the second and third time. Three rows of both species and the row being written must fit together.

Blocks make the rows shorter. The course gives the widest block for a first-level cache of S bytes and vectors of W bytes: **C < (S − 48 W) ÷ 32**. For 32 KiB and 8 values of f32 that is 976 columns.

Then it warns: **no gain since Skylake**. The misses of the first level do fall, and the time does not. Whole rows of most grids fit in the second level, which processors with megabytes of it and prefetching hardware read in time. What must come from memory is the same with and without blocks, each value once.

So the map that you will draw should be **flat**, but for its edges: blocks too narrow, which pay for the start and the end of every row, and blocks with hardly any rows, whose seams are read twice. A flat optimum is good news: nothing needs tuning.`,
    fr: `Dans un pas, chaque ligne est lue trois fois : comme ligne du dessous, du milieu et du dessus. Elle ne vient de la mémoire qu’une fois si elle est encore en cache ensuite. Trois lignes des deux espèces et la ligne écrite doivent y tenir ensemble.

Les blocs raccourcissent les lignes. Le cours donne le bloc le plus large pour un cache de premier niveau de S octets et des vecteurs de W octets : **C < (S − 48 W) ÷ 32**. Pour 32 Kio et 8 valeurs f32, cela fait 976 colonnes.

Puis il avertit : **aucun gain depuis Skylake**. Les défauts du premier niveau diminuent, mais pas le temps. Les lignes entières tiennent d’ordinaire au deuxième niveau, que la prélecture matérielle lit à temps. Ce qui vient de la mémoire est le même avec et sans blocs : chaque valeur une fois.

La carte devrait donc être **plate**, sauf sur ses bords : les blocs étroits paient le début et la fin de chaque ligne, et les blocs de très peu de lignes relisent leurs coutures. Un optimum plat est une bonne nouvelle : il n’y a rien à régler.`,
  },
  formula: {
    en: 'widest block: C < (S − 48 W) ÷ 32   (S: bytes of the cache, W: bytes of a vector, f32)',
    fr: 'bloc le plus large : C < (S − 48 W) ÷ 32   (S : octets du cache, W : octets d’un vecteur, f32)',
  },
  changed: {
    en: 'Two loops more, over blocks of rows and of columns. The row kernel inside is that of `autovec`, called with shorter rows; the order in which blocks are taken is again row after row.',
    fr: 'Deux boucles de plus, sur des blocs de lignes et de colonnes. À l’intérieur, le noyau de ligne est celui d’`autovec`, appelé avec des lignes plus courtes ; les blocs se suivent eux aussi ligne après ligne.',
  },
  prediction: {
    question: {
      en: 'How many times faster are blocks of 128 × 1024 than no blocks at all?',
      fr: 'Combien de fois des blocs de 128 × 1024 sont-ils plus rapides que pas de blocs du tout ?',
    },
    of: keyOf(128, 1024),
    over: 'autovec',
    min: 0.25,
    max: 4,
  },
  lookAt: {
    en: 'Look for the edge of the map along the narrow blocks and along the flat ones. Put the cache sizes of the Machine page into the formula: does anything happen there? Then try a grid of 64 rows and 200 000 columns, whose rows really are too long.',
    fr: 'Cherchez le bord de la carte du côté des blocs étroits et du côté des blocs plats. Mettez dans la formule les tailles de cache de la page Machine : s’y passe-t-il quelque chose ? Essayez ensuite une grille de 64 lignes et 200 000 colonnes, dont les lignes sont vraiment trop longues.',
  },
  variants: [{ kernel: 'autovec' }, { kernel: 'simd' }, ...blocks],
  baseline: 'autovec',
  // Rows of 16 KiB per species: several do not fit in a first-level cache of 32 or 48 KiB.
  grid: { rows: 1024, cols: 4096 },
  steps: 16,
  rounds: 7,
  chart: 'heat-map',
  axes: { x: { of: 'parameter', name: 'blockCols' }, y: { of: 'parameter', name: 'blockRows' } },
  relation: (measured) => fasterRelation(measured.ratio(keyOf(128, 1024), 'autovec')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio(keyOf(128, 1024), 'autovec');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Blocks of 128 × 1024 are worth ${shown} here: on this machine whole rows are read again from a cache that is too far.`,
        fr: `Des blocs de 128 × 1024 valent ici ${shown} : sur cette machine, les lignes entières sont relues dans un cache trop lointain.`,
      },
      'not-held': {
        en: `Blocks of 128 × 1024 give ${shown}: no gain, as the course says of processors since Skylake. The second level holds whole rows, memory delivers each value once either way, and the blocks’ seams cost something.`,
        fr: `Des blocs de 128 × 1024 donnent ${shown} : aucun gain, comme le cours le dit des processeurs depuis Skylake. Le deuxième niveau contient les lignes entières, la mémoire livre de toute façon chaque valeur une fois, et les coutures des blocs coûtent un peu.`,
      },
      unclear: {
        en: `Blocks of 128 × 1024 give ${shown}. ${tools.undecided(ratio)}`,
        fr: `Des blocs de 128 × 1024 donnent ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    const simd = measured.ratio('simd', 'autovec');
    const beside =
      simd === undefined
        ? ''
        : {
            en: ` For comparison, explicit vectors without blocks: ${tools.ratio(simd)}.`,
            fr: ` À titre de comparaison, les vecteurs explicites sans blocs : ${tools.ratio(simd)}.`,
          }[language];
    return verdicts[judge(ratio)][language] + optimum(measured, language, tools) + beside;
  },
};
