import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Sizes of a block besides the default, from crumbs to hardly more blocks than threads. */
const GRAINS = [
  { blockRows: 2, blockCols: 64 },
  { blockRows: 16, blockCols: 256 },
  { blockRows: 512, blockCols: 1920 },
];
const keyOf = ({ blockRows, blockCols }: (typeof GRAINS)[number]): string => `threads_blocks@${blockRows}x${blockCols}`;
const grains: ExerciseVariant[] = GRAINS.map((parameters) => ({ kernel: 'threads_blocks', key: keyOf(parameters), parameters }));

/** What blocks of other sizes gave against the default's. */
function grainSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const parts = GRAINS.flatMap((grain) => {
    const ratio = measured.ratio(keyOf(grain), 'threads_blocks');
    if (ratio === undefined) return [];
    const size = `${tools.number(grain.blockRows)} × ${tools.number(grain.blockCols)}`;
    return [{ en: `${size}: ${tools.ratio(ratio)}`, fr: `${size}\u00a0: ${tools.ratio(ratio)}` }[language]];
  });
  if (parts.length === 0) return '';
  const list = parts.join({ en: '; ', fr: '\u00a0; ' }[language]);
  return {
    en: ` The grain, against blocks of 64 × 512: ${list}.`,
    fr: ` Le grain, par rapport à des blocs de 64 × 512 : ${list}.`,
  }[language];
}

/** What the team brought, with two ways to share, over one thread that does the same; empty where one was not measured. */
function teamSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const threads = measured.threads('threads_rows');
  const rows = measured.ratio('threads_rows', 'autovec');
  const pyramids = measured.ratio('threads_pyramids', 'pyramid');
  if (threads === undefined || rows === undefined || pyramids === undefined) return '';
  const count = tools.number(threads);
  if (threads === 1) {
    return {
      en: ' The team had a single thread, so there was nothing to share, and this is what pyramids bring by themselves. Run it again with more threads.',
      fr: ' L’équipe ne comptait qu’un seul thread : il n’y avait rien à partager, et ceci est ce que les pyramides apportent par elles-mêmes. Relancez avec davantage de threads.',
    }[language];
  }
  return {
    en: ` Over one thread that computes the same way, ${count} threads bring ${tools.ratio(rows)} by rows and ${tools.ratio(pyramids)} by pyramids.`,
    fr: ` Par rapport à un seul thread qui calcule de la même façon, ${count} threads apportent ${tools.ratio(rows)} par lignes et ${tools.ratio(pyramids)} par pyramides.`,
  }[language];
}

/** Blocks against rows, which read memory alike. */
function blocksSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio('threads_blocks', 'threads_rows');
  if (ratio === undefined) return '';
  const shown = tools.ratio(ratio);
  const sentences = {
    held: {
      en: ` Blocks give ${shown} of rows: handing them out one by one did not leave everybody waiting for the slowest thread.`,
      fr: ` Les blocs donnent ${shown} par rapport aux lignes : distribués un à un, ils n’ont pas laissé tout le monde attendre le thread le plus lent.`,
    },
    'not-held': {
      en: ` Blocks give ${shown} of rows: shorter rows and the counter cost more than waiting for the slowest thread.`,
      fr: ` Les blocs donnent ${shown} par rapport aux lignes : des lignes plus courtes et le compteur coûtent plus que d’attendre le thread le plus lent.`,
    },
    unclear: {
      en: ` Blocks give ${shown} of rows: level, as far as this run can tell.`,
      fr: ` Les blocs donnent ${shown} par rapport aux lignes : à égalité, pour autant que cette mesure puisse le dire.`,
    },
  };
  return sentences[judge(ratio)][language];
}

export const c17: Exercise = {
  id: 'C17',
  day: 2,
  title: { en: 'Threads by rows, blocks, pyramids', fr: 'Threads : lignes, blocs, pyramides' },
  goal: {
    en: 'Share the grid among all cores in three ways, and find out which of them leaves the cores something to do when memory is busy.',
    fr: 'Partager la grille entre tous les cœurs de trois façons, et trouver laquelle laisse du travail aux cœurs quand la mémoire est occupée.',
  },
  idea: {
    en: `Cores multiply what vectors gave: **vector width × number of cores**, as the course puts it. A team of threads, started once and kept, shares the grid. After each step all must **meet**: a neighbour’s cells have to be complete before anybody goes on. There are three ways to share.

**By rows**: every thread owns a band. Nothing is simpler, and all wait for the slowest.

**By blocks**: a counter hands out blocks, and whoever is free takes the next. A slow thread takes fewer; among equals there is nothing to gain.

**By pyramids**: the tiles of C16, each carried several steps ahead in the cache of one core. The team meets once for all those steps.

Two things eat the gain: the **meeting**, which a small grid feels, and the **one memory** that all cores share. At full HD the four arrays make 33 MB, more than most caches hold. Once memory is busy, another core has nothing to compute with, by rows or by blocks. Pyramids ask memory less often, and more cores are still worth something.`,
    fr: `Les cœurs multiplient ce que les vecteurs ont donné : **largeur des vecteurs × nombre de cœurs**, dit le cours. Une équipe de threads, lancée une fois pour toutes, se partage la grille. Après chaque pas, tous doivent se **retrouver** : les cellules du voisin doivent être achevées avant que quiconque continue. Il y a trois façons de partager.

**Par lignes** : chaque thread possède une bande. Rien de plus simple, et tous attendent le plus lent.

**Par blocs** : un compteur distribue les blocs, et qui est libre prend le suivant. Un thread lent en prend moins ; entre égaux, il n’y a rien à gagner.

**Par pyramides** : les tuiles de C16, chacune menée plusieurs pas d’avance dans le cache d’un cœur. L’équipe ne se retrouve qu’une fois pour tous ces pas.

Deux choses mangent le gain : le **rendez-vous**, qu’une petite grille ressent, et la **mémoire unique**. En full HD, les quatre tableaux font 33 Mo, plus que la plupart des caches. Quand la mémoire est occupée, un cœur de plus n’a rien à calculer, par lignes comme par blocs. Les pyramides la sollicitent moins, et d’autres cœurs servent encore.`,
  },
  formula: {
    en: 'rate ≤ min( P × rate of one thread,  memory bandwidth ÷ bytes per cell ):   rows and blocks 16 B,  pyramids 16 B ÷ depth',
    fr: 'débit ≤ min( P × débit d’un thread,  bande passante ÷ octets par cellule ) :   lignes et blocs 16 o,  pyramides 16 o ÷ profondeur',
  },
  changed: {
    en: 'In `threads_rows`, the loop over a row is exactly that of `autovec`; `advance` runs on every thread of the team at once, each takes its `band_of` rows and calls `meet` at the end of the step. `threads_blocks` takes block after block from a counter instead. `threads_pyramids` does with the tiles of `pyramid`, whose rows are those of `simd`, what is between two meetings: each thread has buffers of its own, and those who have finished their share help the others.',
    fr: 'Dans `threads_rows`, la boucle sur une ligne est exactement celle d’`autovec` ; `advance` tourne sur tous les threads de l’équipe à la fois, chacun prend les lignes de sa bande (`band_of`) et appelle `meet` à la fin du pas. `threads_blocks` tire plutôt ses blocs d’un compteur, l’un après l’autre. `threads_pyramids` mène entre deux rendez-vous les tuiles de `pyramid`, dont les lignes sont celles de `simd` : chaque thread a ses propres tampons, et ceux qui ont fini leur part aident les autres.',
  },
  prediction: {
    question: {
      en: 'With all threads, how many times faster are pyramids than bands of rows?',
      fr: 'Avec tous les threads, combien de fois les pyramides sont-elles plus rapides que les bandes de lignes ?',
    },
    of: 'threads_pyramids',
    over: 'threads_rows',
    min: 0.5,
    max: 16,
  },
  lookAt: {
    en: 'Compare what the team brings by rows and by pyramids with the number of threads: the gap by rows is what memory keeps back. Then run it again at 256 × 256, where the grid is in cache, and at 4096 × 4096. The bars of the blocks differ by their grain: crumbs cost a trip to the counter each, and of blocks of 512 × 1920 this grid has three: who still works?',
    fr: 'Comparez au nombre de threads ce que l’équipe apporte par lignes et par pyramides : ce qui manque par lignes, la mémoire le retient. Relancez ensuite en 256 × 256, où la grille est en cache, puis en 4096 × 4096. Les barres des blocs diffèrent par leur grain : chaque miette coûte un passage au compteur, et de blocs de 512 × 1920 cette grille n’en a que trois : qui travaille encore ?',
  },
  variants: [
    { kernel: 'autovec' },
    { kernel: 'pyramid' },
    { kernel: 'threads_rows' },
    { kernel: 'threads_blocks' },
    ...grains,
    { kernel: 'threads_pyramids' },
  ],
  baseline: 'threads_rows',
  grid: DEFAULT_GRID,
  // Whole pyramids of the depth that is the default.
  steps: 800,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('threads_pyramids', 'threads_rows')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('threads_pyramids', 'threads_rows');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Pyramids are worth ${shown} over bands of rows: the threads ask their one memory less often, and meet less often.`,
        fr: `Les pyramides valent ${shown} par rapport aux bandes de lignes : les threads sollicitent moins souvent leur mémoire unique, et se retrouvent moins souvent.`,
      },
      'not-held': {
        en: `Pyramids give ${shown} against bands of rows, no gain: memory was not what these threads waited for (few cores, a fast memory, a grid that is in cache), and the margins are computed twice for nothing. Try 4096 × 4096, or smaller tiles.`,
        fr: `Les pyramides donnent ${shown} face aux bandes de lignes, aucun gain : ce n’est pas la mémoire que ces threads attendaient (peu de cœurs, une mémoire rapide, une grille en cache), et les marges sont calculées deux fois pour rien. Essayez 4096 × 4096, ou des tuiles plus petites.`,
      },
      unclear: {
        en: `Pyramids give ${shown} against bands of rows. ${tools.undecided(ratio)}`,
        fr: `Les pyramides donnent ${shown} face aux bandes de lignes. ${tools.undecided(ratio)}`,
      },
    };
    return [
      verdicts[judge(ratio)][language],
      teamSentence(measured, language, tools),
      blocksSentence(measured, language, tools),
      grainSentence(measured, language, tools),
    ].join('');
  },
};
