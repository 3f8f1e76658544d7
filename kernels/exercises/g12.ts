import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** Work-groups of the shape that the kernel with shuffles has. */
const CONSTANTS = 'gpu_constants@64x4';

function naiveSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio('gpu_subgroups', 'gpu_naive');
  if (ratio === undefined) return '';
  return {
    en: ` Beside the first GPU kernel, which also has another shape of work-group, it gives ${tools.ratio(ratio)}.`,
    fr: ` Face au premier noyau GPU, dont les groupes ont aussi une autre forme, cela donne ${tools.ratio(ratio)}.`,
  }[language];
}

export const g12: Exercise = {
  id: 'G12',
  day: 7,
  title: { en: 'Subgroups (optional)', fr: 'Sous-groupes (facultatif)' },
  goal: {
    en: 'Let neighbouring invocations hand one another what they have loaded, from register to register, and see whether fewer loads are worth the shuffles.',
    fr: 'Laisser des invocations voisines se passer ce qu’elles ont lu, de registre à registre, et voir si moins de lectures valent les échanges.',
  },
  idea: {
    en: `A work-group does not run invocation by invocation. The hardware takes them in **subgroups** that share one instruction stream: 32 on NVIDIA, 32 or 64 on AMD, 8 to 32 on Intel, 32 on Apple. Their lanes are the lanes of a SIMD register, and like those they can be **shuffled**: a lane reads another’s register, without memory and without a barrier.

It is what \`simd\` does on the CPU. Each invocation loads the three cells of its own column and adds up what they give to a neighbour at the side. One shuffle brings that sum from the left, another from the right: 6 values loaded per cell instead of 18.

At the ends of a subgroup somebody has no neighbour and loads the column after all. WGSL does not even promise that neighbours in x are neighbours in lanes, so the sums carry the number of who made them.

What is gained? Not traffic with memory: the cache already served the repeated loads. Gained are loads from **cache**, if those were what the kernel waited for; paid are the shuffles and the checks.

Not every adapter has subgroups, hence “optional”.`,
    fr: `Un groupe de travail ne s’exécute pas invocation par invocation. Le matériel les prend par **sous-groupes** qui partagent un flot d’instructions : 32 chez NVIDIA, 32 ou 64 chez AMD, 8 à 32 chez Intel, 32 chez Apple. Leurs voies sont celles d’un registre SIMD et, comme elles, se **permutent** : une voie lit le registre d’une autre, sans mémoire ni barrière.

C’est ce que fait \`simd\` sur le CPU. Chaque invocation lit les trois cellules de sa colonne et additionne ce qu’elles donnent à un voisin de côté. Un échange apporte cette somme de gauche, un autre de droite : 6 valeurs lues par cellule au lieu de 18.

Au bout d’un sous-groupe, le voisin manque, et l’on relit sa colonne. WGSL ne promet même pas que des voisins en x le soient en voies ; les sommes portent donc le numéro de leur auteur.

Qu’y gagne-t-on ? Pas de trafic avec la mémoire : le cache servait déjà les lectures répétées. On gagne des lectures de **cache**, si c’est elles que l’on attendait ; on paie les échanges et les contrôles.

Tous les adaptateurs n’ont pas de sous-groupes : d’où « facultatif ».`,
  },
  formula: {
    en: 'loads per cell: 9 × 2 = 18 → 3 × 2 = 6,   and 2 × 3 shuffled values;   in a subgroup of n lanes along x, 2 of n lanes load a second column',
    fr: 'lectures par cellule : 9 × 2 = 18 → 3 × 2 = 6,   et 2 × 3 valeurs échangées ;   dans un sous-groupe de n voies selon x, 2 voies sur n lisent une seconde colonne',
  },
  changed: {
    en: '`column` loads three cells, `asSide` weighs them, and `subgroupShuffleUp` and `subgroupShuffleDown` exchange the sums. They stand before the test for surplus invocations: a lane that has left has nothing to hand over. Work-groups are 64 × 4, so that subgroups lie along a row; `gpu_constants` gets that shape too.',
    fr: '`column` lit trois cellules, `asSide` les pondère, `subgroupShuffleUp` et `subgroupShuffleDown` échangent les sommes, avant le test des invocations en trop : une voie sortie n’a rien à passer. Les groupes sont de 64 × 4, pour que les sous-groupes suivent une ligne ; `gpu_constants` prend aussi cette forme.',
  },
  prediction: {
    question: {
      en: 'How many times faster are shuffles than loading all neighbours, work-groups being alike?',
      fr: 'À groupes égaux, combien de fois les échanges sont-ils plus rapides que la lecture de tous les voisins ?',
    },
    of: 'gpu_subgroups',
    over: CONSTANTS,
    min: 0.25,
    max: 4,
  },
  lookAt: {
    en: 'Compare `gpu_subgroups` with the bar of `gpu_constants`, which differs from it in nothing but the shuffles. Then give it narrow work-groups, `workgroupX` 8 and `workgroupY` 32: rows then end inside a subgroup, and more lanes have to load for themselves.',
    fr: 'Comparez `gpu_subgroups` à la barre de `gpu_constants`, qui n’en diffère que par les échanges. Donnez-lui ensuite des groupes étroits, `workgroupX` à 8 et `workgroupY` à 32 : les lignes finissent alors à l’intérieur d’un sous-groupe, et davantage de voies doivent lire elles-mêmes.',
  },
  variants: [
    { kernel: 'gpu_naive' },
    { kernel: 'gpu_constants', key: CONSTANTS, parameters: { workgroupX: 64, workgroupY: 4 } },
    { kernel: 'gpu_subgroups' },
  ],
  baseline: CONSTANTS,
  grid: { rows: 2048, cols: 2048 },
  steps: 16,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'timings',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_subgroups', CONSTANTS)) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_subgroups', CONSTANTS);
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `Shuffles give ${shown} over loading all neighbours, on a software GPU: its subgroups are the vectors of the processor, often 4 or 8 lanes wide, and the number weighs the loads and tests saved against what shuffles and checks cost there. That the sums find their way is shown; what a GPU gains, with lanes and caches of another kind, is not.`,
        fr: `Les échanges donnent ${shown} par rapport à la lecture de tous les voisins, sur un GPU logiciel : ses sous-groupes sont les vecteurs du processeur, souvent larges de 4 ou 8 voies, et le nombre met en balance les lectures et les tests épargnés et le coût des échanges et des contrôles. Que les sommes trouvent leur chemin est montré ; ce qu’y gagne un GPU, dont les voies et les caches sont d’une autre nature, ne l’est pas.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `Shuffles are worth ${shown} over loading all neighbours: this GPU waited for its cache, and registers answer sooner.`,
        fr: `Les échanges valent ${shown} par rapport à la lecture de tous les voisins : ce GPU attendait son cache, et les registres répondent plus vite.`,
      },
      'not-held': {
        en: `Shuffles give ${shown} against loading all neighbours, no gain: the cache serves the repeated loads at no more cost than the shuffles and their checks.`,
        fr: `Les échanges donnent ${shown} face à la lecture de tous les voisins, aucun gain : le cache sert les lectures répétées sans coûter plus que les échanges et leurs contrôles.`,
      },
      unclear: {
        en: `Shuffles give ${shown} against loading all neighbours: memory sets the pace of both. ${tools.undecided(ratio)}`,
        fr: `Les échanges donnent ${shown} face à la lecture de tous les voisins : la mémoire donne le rythme aux deux. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + naiveSentence(measured, language, tools);
  },
};
