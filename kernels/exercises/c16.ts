import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const TILE = { blockRows: 64, blockCols: 512 };
/** Buffers of 9 MB in f32, more than a second-level cache holds. */
const LARGE_TILE = { blockRows: 512, blockCols: 1024 };
/** The bar that the prediction and the relation are about. */
const DEPTH = 8;
const DEPTHS = [1, 2, 4, DEPTH, 16, 32];

const keyOf = (depth: number): string => (depth === DEPTH ? 'pyramid' : `pyramid@depth=${depth}`);

const barOf = (depth: number): ExerciseVariant => {
  const bar = { kernel: 'pyramid', parameters: { ...TILE, depth } };
  return depth === DEPTH ? bar : { ...bar, key: keyOf(depth) };
};

const largeKeyOf = (depth: number): string => `pyramid@512x1024,depth=${depth}`;

const largeBarOf = (depth: number): ExerciseVariant => ({
  kernel: 'pyramid',
  key: largeKeyOf(depth),
  parameters: { ...LARGE_TILE, depth },
});

/** Cells computed beyond those kept, as a share of the latter, for whole tiles away from the edges. */
const workAgain = (depth: number): number => (depth - 1) * (1 / TILE.blockRows + 1 / TILE.blockCols);

/** Which of the depths was best; empty where fewer than two were measured. */
function bestSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const rates = DEPTHS.flatMap((depth) => {
    const rate = measured.cellsPerSecond(keyOf(depth));
    return rate === undefined ? [] : [{ depth, rate }];
  });
  const [best, second] = rates.sort((a, b) => b.rate - a.rate);
  if (best === undefined || second === undefined) return '';
  const depth = tools.number(best.depth);
  const share = tools.number(100 * workAgain(best.depth), 2);
  const told = measured.ratio(keyOf(best.depth), keyOf(second.depth))?.clear === true;
  const again = {
    en: ` There, some ${share} % of the work is done again.`,
    fr: ` Environ ${share} % du travail y est refait.`,
  }[language];
  const other = tools.number(second.depth);
  const found = told
    ? { en: ` The best depth of those tried is ${depth}.`, fr: ` La meilleure profondeur essayée est ${depth}.` }
    : {
        en: ` The highest median is that of depth ${depth}, but depth ${other} is too close to tell them apart.`,
        fr: ` La médiane la plus haute est celle de la profondeur ${depth}, mais la profondeur ${other} est trop proche pour les départager.`,
      };
  return found[language] + (best.depth === 1 ? '' : again);
}

/** What too deep a pyramid and too large a tile lost against the usual one, where the interval shows a loss. */
function tooMuchSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const lost = (key: string): string | undefined => {
    const ratio = measured.ratio(key, keyOf(DEPTH));
    return ratio !== undefined && judge(ratio) === 'not-held' ? tools.ratio(ratio) : undefined;
  };
  const deepest = DEPTHS.at(-1)!;
  const share = tools.number(100 * workAgain(deepest), 2);
  const [deep, large] = [lost(keyOf(deepest)), lost(largeKeyOf(DEPTH))];
  const sentences = {
    en: [
      deep && ` Against depth ${DEPTH}, depth ${deepest} gives ${deep}: some ${share} % of the work is done again, in larger buffers.`,
      large &&
        ` Tiles of 512 × 1024 at the same depth give ${large}: their margins are thin, but their buffers are too large for the near cache.`,
    ],
    fr: [
      deep &&
        ` Face à la profondeur ${DEPTH}, la profondeur ${deepest} donne ${deep} : environ ${share} % du travail y est refait, dans des tampons plus grands.`,
      large &&
        ` À profondeur égale, des tuiles de 512 × 1024 donnent ${large} : leurs marges sont minces, mais leurs tampons sont trop grands pour le cache proche.`,
    ],
  };
  return sentences[language].filter((sentence) => sentence !== undefined).join('');
}

export const c16: Exercise = {
  id: 'C16',
  day: 2,
  title: { en: 'Pyramids: temporal blocking', fr: 'Pyramides : blocage temporel' },
  goal: {
    en: 'Compute several steps each time that data is in the cache, and find the depth at which the extra work costs more than memory did.',
    fr: 'Calculer plusieurs pas chaque fois que les données sont en cache, et trouver la profondeur où le travail en plus coûte davantage que la mémoire.',
  },
  idea: {
    en: `On a large grid, \`simd\` reads and writes every value once per step and mostly waits for memory. Blocks in space do not help: once per step is already the least. To ask memory less often, a value must serve for **several steps** while it is in cache.

But a cell depends on its neighbours one step earlier, and so on everything within D cells D steps earlier. A tile is therefore computed from a **margin** of D cells around it. The first step computes the tile and D − 1 cells of margin, each further step one ring less, the last one the tile alone: drawn over time, a **pyramid**. Only then is the tile written to memory.

Traffic falls to a D-th. The price is the margin: neighbouring tiles compute it twice, and the deeper the pyramid, the wider it is. The two buffers of a tile must also fit in the cache: 0.7 MB in f32 for 64 × 512 cells at depth 8, which a second-level cache may hold.

So a grid that is in cache anyway has nothing to win, and the best depth is neither 1 nor the deepest.`,
    fr: `Sur une grande grille, \`simd\` lit et écrit chaque valeur une fois par pas, et attend surtout la mémoire. Des blocs dans l’espace n’y changent rien : une fois par pas, c’est déjà le minimum. Pour moins solliciter la mémoire, une valeur doit servir à **plusieurs pas** pendant qu’elle est en cache.

Or une cellule dépend de ses voisines un pas plus tôt, donc de tout ce qui est à moins de D cellules D pas plus tôt. On calcule donc une tuile à partir d’une **marge** de D cellules. Le premier pas calcule la tuile et D − 1 cellules de marge, chaque pas suivant un anneau de moins, le dernier la tuile seule : dessinée dans le temps, une **pyramide**. Alors seulement, on écrit la tuile en mémoire.

Le trafic est divisé par D. Le prix est la marge : deux tuiles voisines la calculent chacune, et elle croît avec la profondeur. Les deux tampons d’une tuile doivent aussi tenir en cache : 0,7 Mo en f32 pour 64 × 512 cellules et 8 pas.

Une grille déjà en cache n’a donc rien à gagner, et la meilleure profondeur n’est ni 1 ni la plus grande.`,
  },
  formula: {
    en: 'traffic = 16 B ÷ D per cell and step      work done again ≈ (D − 1) × (1/R + 1/C):   64 × 512, D = 8 → 12 %,  D = 32 → 54 %',
    fr: 'trafic = 16 o ÷ D par cellule et par pas      travail refait ≈ (D − 1) × (1/L + 1/C) :   64 × 512, D = 8 → 12 %,  D = 32 → 54 %',
  },
  changed: {
    en: 'The loop over the tiles is that of `blocked`. Where a block was updated once, `climb` now takes `depth` steps: `enter` puts the tile in place (a margin that wraps around is gathered), each `shrink_to` is one step between the tile’s two buffers with a margin one cell narrower, `leave` is the last step, straight into the grid’s other state. The rows are updated as in `simd`.',
    fr: 'La boucle sur les tuiles est celle de `blocked`. Là où un bloc était mis à jour une fois, `climb` fait maintenant `depth` pas : `enter` met la tuile en place (une marge qui fait le tour de la grille est rassemblée), chaque `shrink_to` est un pas entre les deux tampons de la tuile, avec une marge plus étroite d’une cellule, et `leave` est le dernier pas, écrit directement dans l’autre état de la grille. Les lignes sont mises à jour comme dans `simd`.',
  },
  prediction: {
    question: {
      en: 'How many times faster are pyramids of depth 8 than `simd`, which sweeps the whole grid at every step?',
      fr: 'Combien de fois des pyramides de profondeur 8 sont-elles plus rapides que `simd`, qui parcourt toute la grille à chaque pas ?',
    },
    of: 'pyramid',
    over: 'simd',
    min: 0.25,
    max: 16,
  },
  lookAt: {
    en: 'Follow the line of small tiles from depth 1 to depth 32. Depth 1 shows what the cutting alone costs; then each doubling halves the traffic, until the margins take more than it gives. The other line has thin margins and buffers that are too large. Run it again at 256 × 256, where memory was never the limit: what is left of the gain?',
    fr: 'Suivez les barres de la profondeur 1 à la profondeur 32. La première montre ce que coûte le découpage seul ; puis chaque doublement divise le trafic par deux, jusqu’à ce que les marges prennent plus qu’il ne donne. La dernière barre a des marges minces et des tampons trop grands. Relancez en 256 × 256, où la mémoire n’a jamais été la limite : que reste-t-il du gain ?',
  },
  variants: [{ kernel: 'simd' }, ...DEPTHS.map(barOf), ...DEPTHS.map(largeBarOf)],
  baseline: 'simd',
  // 16 B per cell in f32: 134 MB, more than most caches hold.
  grid: { rows: 2048, cols: 4096 },
  // A multiple of every depth.
  steps: 32,
  rounds: 7,
  chart: 'sweep',
  axes: { x: { of: 'parameter', name: 'depth' } },
  relation: (measured) => fasterRelation(measured.ratio('pyramid', 'simd')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('pyramid', 'simd');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Pyramids of depth ${DEPTH} are worth ${shown} on one thread: memory is asked an eighth as often, and computing the margins twice costs less than the waiting did.`,
        fr: `Des pyramides de profondeur ${DEPTH} valent ${shown} sur un thread : la mémoire est sollicitée huit fois moins souvent, et calculer deux fois les marges coûte moins que l’attente.`,
      },
      'not-held': {
        en: `Pyramids of depth ${DEPTH} give ${shown}: no gain here. Either one thread did not wait for memory (a slow core, a fast memory, a grid that is in cache), and then the margins are work for nothing; or the buffers of a tile do not fit in the cache, and smaller tiles may help.`,
        fr: `Des pyramides de profondeur ${DEPTH} donnent ${shown} : aucun gain ici. Ou bien un seul thread n’attendait pas la mémoire (un cœur lent, une mémoire rapide, une grille en cache), et les marges sont alors du travail pour rien ; ou bien les tampons d’une tuile ne tiennent pas en cache, et des tuiles plus petites peuvent aider.`,
      },
      unclear: {
        en: `Pyramids of depth ${DEPTH} give ${shown}. ${tools.undecided(ratio)}`,
        fr: `Des pyramides de profondeur ${DEPTH} donnent ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + bestSentence(measured, language, tools) + tooMuchSentence(measured, language, tools);
  },
};
