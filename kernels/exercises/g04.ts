import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const WIDE = { workgroupX: 32 };
const AS_WIDE = ['gpu_naive@32x8', 'gpu_swapped@32x8'] as const;

/** The same pair with work-groups as wide as the packs of most GPUs; empty where one was not measured. */
function wideSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio(...AS_WIDE);
  if (ratio === undefined) return '';
  return {
    en: ` With work-groups of 32 × 8, where 32 lanes are a whole line along a row or down a column: ${tools.ratio(ratio)}.`,
    fr: ` Avec des groupes de 32 × 8, où 32 voies font une file entière le long d’une ligne ou d’une colonne : ${tools.ratio(ratio)}.`,
  }[language];
}

export const g04: Exercise = {
  id: 'G04',
  day: 7,
  title: { en: 'Coalescing', fr: 'Accès coalescés' },
  goal: {
    en: 'Hand the same cells to the invocations in another order, and see what it costs when neighbours no longer read what lies side by side.',
    fr: 'Distribuer les mêmes cellules aux invocations dans un autre ordre, et voir ce qu’il en coûte quand des voisines ne lisent plus ce qui se touche en mémoire.',
  },
  idea: {
    en: `A GPU runs invocations in packs, often 32 lanes wide, and a load is one instruction for the whole pack. Memory answers in **lines** of some 32 to 128 bytes. If the lanes ask for neighbouring addresses, a few lines hold everything: the accesses are **coalesced**. If every lane asks for a place of its own, each gets a whole line to use 4 bytes of it.

Who is the neighbour of whom? The first index of an invocation counts fastest. \`gpu_naive\` gives it to the **columns**, in which memory is ordered. \`gpu_swapped\` gives it to the **rows**: neighbouring lanes are then one row apart, \`cols\` values further on.

It is the mistake of C05, where the loops were exchanged, with another victim: there one core read line after line for a single value, here a whole pack waits for all its lines.

Caches soften it. What came along unused is wanted by the next column, soon, if it has not been evicted. The wider the pack and the smaller the cache, the more it costs; the course expects a factor of two to ten.`,
    fr: `Un GPU exécute les invocations par paquets, souvent de 32 voies, et une lecture est une seule instruction pour tout le paquet. La mémoire répond par **lignes** de 32 à 128 octets. Si les voies demandent des adresses voisines, quelques lignes contiennent tout : les accès sont **coalescés**. Si chaque voie demande un endroit à elle, chacune reçoit une ligne entière pour en utiliser 4 octets.

Qui est voisin de qui ? Le premier indice d’une invocation varie le plus vite. \`gpu_naive\` le donne aux **colonnes**, ordre de la mémoire. \`gpu_swapped\` le donne aux **lignes** de la grille : deux voies voisines y sont à une ligne d’écart, \`cols\` valeurs plus loin.

C’est l’erreur de C05, où les boucles étaient échangées, avec une autre victime : là, un cœur lisait ligne après ligne pour une seule valeur ; ici, tout un paquet attend toutes ses lignes.

Les caches l’adoucissent. Ce qui est venu en trop servira à la colonne suivante, si cela n’a pas été évincé. Plus le paquet est large et le cache petit, plus c’est cher ; le cours annonce un facteur deux à dix.`,
  },
  formula: {
    en: '32 lanes, 4 bytes each, lines of 128 bytes:   along a row 1 line,   down a column 32 lines',
    fr: '32 voies de 4 octets, lignes de 128 octets :   le long d’une ligne 1,   le long d’une colonne 32',
  },
  changed: {
    en: 'Two lines of `gpu_naive`: the row is now made of `local.x`, the column of `local.y`. The number of invocations, what each computes and every number of the result stay the same.',
    fr: 'Deux lignes de `gpu_naive` : la ligne de la grille se calcule avec `local.x`, la colonne avec `local.y`. Le nombre d’invocations, ce que chacune calcule et tous les nombres du résultat restent les mêmes.',
  },
  prediction: {
    question: {
      en: 'How many times faster are neighbours along a row than neighbours down a column?',
      fr: 'Combien de fois des voisines le long d’une ligne sont-elles plus rapides que le long d’une colonne ?',
    },
    of: 'gpu_naive',
    over: 'gpu_swapped',
    min: 0.5,
    max: 32,
  },
  lookAt: {
    en: 'Compare the two pairs: with 16 × 8, a pack of 32 lanes goes down two columns, with 32 × 8 down a single one. Then try 64 × 1, where nobody in the group uses the rest of a line, and 1 × 64: the column becomes a row, and the roles are exchanged.',
    fr: 'Comparez les deux paires : avec 16 × 8, un paquet de 32 voies descend deux colonnes, avec 32 × 8 une seule. Essayez ensuite 64 × 1, où nul dans le groupe n’utilise le reste d’une ligne de mémoire, et 1 × 64 : la colonne devient une ligne, et les rôles s’échangent.',
  },
  variants: [
    { kernel: 'gpu_naive' },
    { kernel: 'gpu_swapped' },
    { kernel: 'gpu_naive', key: AS_WIDE[0], parameters: WIDE },
    { kernel: 'gpu_swapped', key: AS_WIDE[1], parameters: WIDE },
  ],
  baseline: 'gpu_swapped',
  grid: { rows: 1024, cols: 1024 },
  steps: 16,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_naive', 'gpu_swapped')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_naive', 'gpu_swapped');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `Both orders give the right result. The processor played the GPU’s part, and it has no lanes that wait for memory together: ${shown} says how its own caches like the two orders, and nothing of coalescing.`,
        fr: `Les deux ordres donnent le bon résultat. C’est le processeur qui jouait le rôle du GPU, et il n’a pas de voies qui attendent la mémoire ensemble : ${shown} dit comment ses propres caches goûtent les deux ordres, et rien de la coalescence.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `Along the rows, neighbours read ${shown} as fast as down the columns, for the same arithmetic: the difference is lines that were fetched for a part of what they hold.`,
        fr: `Le long des lignes, le débit est ${shown} par rapport aux colonnes, pour la même arithmétique : la différence, ce sont des lignes de mémoire lues pour une partie de leur contenu.`,
      },
      'not-held': {
        en: `Along the rows, neighbours read ${shown} as fast as down the columns: no gain on this GPU. Its cache holds the lines until the next column asks for them, or it numbers its lanes in another way.`,
        fr: `Le long des lignes, le débit est ${shown} par rapport aux colonnes : aucun gain sur ce GPU. Son cache garde les lignes de mémoire jusqu’à ce que la colonne suivante les demande, ou bien il numérote autrement ses voies.`,
      },
      unclear: {
        en: `Along the rows, neighbours read ${shown} as fast as down the columns. ${tools.undecided(ratio)}`,
        fr: `Le long des lignes, le débit est ${shown} par rapport aux colonnes. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + wideSentence(measured, language, tools);
  },
};
