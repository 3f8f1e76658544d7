import type { ConclusionTools, Exercise, ExerciseVariant, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const SIDES = [1, 4, 16, 64, 256];
/** What every adapter of WebGPU runs in a work-group. */
const MOST_INVOCATIONS = 256;
const SHAPES = SIDES.flatMap((workgroupX) =>
  SIDES.filter((workgroupY) => workgroupX * workgroupY <= MOST_INVOCATIONS).map((workgroupY) => ({ workgroupX, workgroupY })),
);
const keyOf = (x: number, y: number): string => `gpu_naive@${x}x${y}`;
const WIDE = keyOf(256, 1);
const TALL = keyOf(1, 256);

const shapes: ExerciseVariant[] = SHAPES.map((parameters) => ({
  kernel: 'gpu_naive',
  key: keyOf(parameters.workgroupX, parameters.workgroupY),
  parameters,
}));

/** The fastest shape, how many others this run cannot tell from it, and what a group of a single invocation costs. */
function optimum(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const rated = SHAPES.flatMap(({ workgroupX: x, workgroupY: y }) => {
    const rate = measured.cellsPerSecond(keyOf(x, y));
    return rate === undefined ? [] : [{ key: keyOf(x, y), x, y, rate }];
  }).sort((a, b) => b.rate - a.rate);
  const [best, ...others] = rated;
  if (best === undefined) return '';
  const alike = others.filter(({ key }) => measured.ratio(best.key, key)?.clear !== true).length;
  const shape = `${best.x} × ${best.y}`;
  const rate = tools.rate(best.rate);
  const flat = {
    en: alike === 0 ? 'no other comes near it' : `${alike} of the other ${others.length} cannot be told from it`,
    fr: alike === 0 ? 'aucune autre n’en approche' : `${alike} des ${others.length} autres ne s’en distinguent pas`,
  };
  const single = measured.ratio(best.key, keyOf(1, 1));
  const alone =
    single === undefined
      ? ''
      : {
          en: ` Over groups of a single invocation it gives ${tools.ratio(single)}.`,
          fr: ` Par rapport à des groupes d’une seule invocation, elle donne ${tools.ratio(single)}.`,
        }[language];
  return (
    {
      en: ` The fastest shape is ${shape} (${rate}); ${flat.en}.`,
      fr: ` La forme la plus rapide est ${shape} (${rate}) ; ${flat.fr}.`,
    }[language] + alone
  );
}

export const g05: Exercise = {
  id: 'G05',
  day: 7,
  title: { en: 'Work-group shape', fr: 'Forme des groupes de travail' },
  goal: {
    en: 'Draw the map of work-group widths and heights, and find which shapes a GPU likes and how much they matter.',
    fr: 'Dessiner la carte des largeurs et hauteurs de groupes de travail, et trouver quelles formes un GPU aime et combien elles comptent.',
  },
  idea: {
    en: `The kernel does not change; only the rectangle of cells that one **work-group** takes does. Two things hang on it.

**Its size.** The hardware runs invocations in bundles of 32 or 64 that share one instruction (warp, wavefront). A group of 1 fills one lane of such a bundle and leaves the others empty. Several bundles per group and many groups per unit let some compute while others wait.

**Its shape.** Invocations are numbered along x first. A bundle of a 256 × 1 group reads 32 neighbours of one row: two or four lines of memory. A bundle of a 1 × 256 group reads one value in each of 32 rows: 32 lines, of which it uses 4 bytes each. The rest is not lost if it stays in cache until the next group comes; but it has to be fetched, kept and looked up.

So along a diagonal of the map, where the number of invocations is the same, the wide end should be ahead, and the optimum **broad**: 64, 128 or 256 invocations, wider than tall.`,
    fr: `Le noyau ne change pas ; seul change le rectangle de cellules que prend un **groupe de travail**. Deux choses en dépendent.

**Sa taille.** Le matériel exécute les invocations par paquets de 32 ou 64 qui partagent une instruction (warp, wavefront). Un groupe de 1 occupe une voie d’un tel paquet et laisse les autres vides. Avec plusieurs paquets par groupe et beaucoup de groupes par unité, les uns calculent pendant que d’autres attendent.

**Sa forme.** Les invocations sont numérotées d’abord selon x. Un paquet d’un groupe 256 × 1 lit 32 voisines d’une ligne : deux ou quatre lignes de mémoire. Un paquet d’un groupe 1 × 256 lit une valeur dans chacune de 32 lignes : 32 lignes de mémoire, 4 octets utiles chacune. Le reste n’est pas perdu s’il attend en cache le groupe suivant ; encore faut-il le lire, le garder, le retrouver.

Le long d’une diagonale de la carte, à nombre d’invocations égal, le côté large devrait donc mener, et l’optimum être **large** lui aussi : 64, 128 ou 256 invocations, plus larges que hautes.`,
  },
  formula: {
    en: 'memory lines of 128 B read by a bundle of 32, per row of neighbours:   256 × 1 → 1,   16 × 16 → 2,   4 × 64 → 8,   1 × 256 → 32',
    fr: 'lignes de mémoire de 128 o lues par un paquet de 32, par rangée de voisines :   256 × 1 → 1,   16 × 16 → 2,   4 × 64 → 8,   1 × 256 → 32',
  },
  changed: {
    en: 'Nothing in the source: `workgroupX` and `workgroupY` are constants given when the pipeline is built, and the host divides the grid by them, rounded up. Each shape is compiled by itself.',
    fr: 'Rien dans le source : `workgroupX` et `workgroupY` sont des constantes données à la construction du pipeline, et l’hôte divise la grille par elles, en arrondissant vers le haut. Chaque forme est compilée à part.',
  },
  prediction: {
    question: {
      en: 'With 256 invocations each, how many times faster are groups of 256 × 1 than groups of 1 × 256?',
      fr: 'À 256 invocations chacun, combien de fois les groupes de 256 × 1 sont-ils plus rapides que ceux de 1 × 256 ?',
    },
    of: WIDE,
    over: TALL,
    min: 0.25,
    max: 32,
  },
  lookAt: {
    en: 'Read the map along its diagonals: as many invocations, another shape. Then along a row: how large must a group be before more brings nothing? Is the default of 16 × 8 far from the best? On a real GPU take 4096 × 4096, which no cache holds.',
    fr: 'Lisez la carte le long de ses diagonales : autant d’invocations, une autre forme. Puis le long d’une ligne : à partir de quelle taille grossir n’apporte-t-il plus rien ? Le réglage par défaut, 16 × 8, est-il loin du meilleur ? Sur un vrai GPU, prenez 4096 × 4096, qu’aucun cache ne contient.',
  },
  variants: shapes,
  baseline: TALL,
  // As much as a software GPU gets through for every shape in about a minute.
  grid: { rows: 512, cols: 512 },
  steps: 24,
  rounds: 7,
  chart: 'heat-map',
  axes: { x: { of: 'parameter', name: 'workgroupX' }, y: { of: 'parameter', name: 'workgroupY' } },
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio(WIDE, TALL)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio(WIDE, TALL);
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const best = optimum(measured, language, tools);
    if (measured.gpu !== 'hardware') {
      return (
        {
          en: `Groups of 256 × 1 give ${shown} over 1 × 256, but on a software GPU: the processor played the part of one. It has no bundles to fill and no reads to join; what this map shows is its vectors, its caches and the cost of starting a group. All shapes gave a right result; what a GPU thinks of them is not answered here.`,
          fr: `Les groupes de 256 × 1 donnent ${shown} par rapport à 1 × 256, mais sur un GPU logiciel : c’est le processeur qui en jouait le rôle. Il n’a ni paquets à remplir ni lectures à réunir ; cette carte montre ses vecteurs, ses caches et ce que coûte le lancement d’un groupe. Toutes les formes ont donné un résultat juste ; ce qu’un GPU en pense reste ici sans réponse.`,
        }[language] + best
      );
    }
    const verdicts = {
      held: {
        en: `With as many invocations, groups of 256 × 1 give ${shown} over 1 × 256: what is read side by side is read at once.`,
        fr: `À nombre d’invocations égal, les groupes de 256 × 1 donnent ${shown} par rapport à 1 × 256 : ce qui se lit côte à côte se lit d’un coup.`,
      },
      'not-held': {
        en: `With as many invocations, groups of 256 × 1 give ${shown} over 1 × 256: tall groups are not behind here. At this size the caches of this GPU keep every line until its neighbours have used it; try 4096 × 4096.`,
        fr: `À nombre d’invocations égal, les groupes de 256 × 1 donnent ${shown} par rapport à 1 × 256 : les groupes hauts ne sont pas en retard ici. À cette taille, les caches de ce GPU gardent chaque ligne jusqu’à ce que ses voisines s’en soient servies ; essayez 4096 × 4096.`,
      },
      unclear: {
        en: `With as many invocations, groups of 256 × 1 give ${shown} over 1 × 256. ${tools.undecided(ratio)}`,
        fr: `À nombre d’invocations égal, les groupes de 256 × 1 donnent ${shown} par rapport à 1 × 256. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + best;
  },
};
