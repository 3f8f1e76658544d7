import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';
import { VECTORS } from '../vector-registers.ts';

/** What both are worth beside loads that are not aligned, and the same comparison with the narrowest registers. */
function besideSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const [isa, narrow] = [measured.isa('simd_lanes'), measured.isa('simd_lanes@baseline')];
  const unaligned = measured.ratio('simd_lanes', 'autovec');
  const narrowest = measured.ratio('simd_lanes@baseline', 'simd@baseline');
  const parts: string[] = [];
  if (unaligned !== undefined) {
    const shown = tools.ratio(unaligned);
    parts.push(
      {
        en: ` Beside \`autovec\`, whose neighbours are loaded where they lie, it gives ${shown}.`,
        fr: ` Par rapport à \`autovec\`, qui lit ses voisins là où ils sont, elle donne ${shown}.`,
      }[language],
    );
  }
  if (isa !== undefined && narrow !== undefined && isa !== narrow && narrowest !== undefined) {
    const shown = tools.ratio(narrowest);
    const { name, values } = VECTORS[narrow];
    parts.push(
      {
        en: ` With ${name}, ${values} values per register instead of the ${VECTORS[isa].values} of ${VECTORS[isa].name}, the layouts compare as ${shown}.`,
        fr: ` Avec ${name}, ${values} valeurs par registre au lieu des ${VECTORS[isa].values} d’${VECTORS[isa].name}, le rapport des deux dispositions est de ${shown}.`,
      }[language],
    );
  }
  return parts.join('');
}

export const c10: Exercise = {
  id: 'C10',
  day: 6,
  title: { en: 'Alignment and lane layout', fr: 'Alignement et données par voies' },
  goal: {
    en: 'Lay the cells out so that every load is aligned and no shuffle is needed, and see who still notices.',
    fr: 'Disposer les cellules de façon que toute lecture soit alignée et sans permutation, et voir qui s’en aperçoit encore.',
  },
  idea: {
    en: `A vector is **aligned** when its address is a multiple of its size. Elsewhere a load is as fast, as long as it stays within one cache line of 64 bytes; where it straddles two, it counts twice. Of the loads of left neighbours one in four straddles with registers of 16 bytes, one in two with 32, **every one** with the 64 bytes of AVX-512.

\`autovec\` loads neighbours where they lie. \`simd\` loads aligned vectors only, and takes the neighbours out of two of them by a **shuffle**.

\`simd_lanes\` needs neither. A row is cut into as many segments as a vector has **lanes**, and each lane walks through its own. The left neighbours of a whole vector are then the vector before it. Only where segments meet, at the two ends of a row, is there a shuffle left.

What this can save is shuffles. If loads and stores set the pace anyway, they were done while waiting, and the gain is nothing. The price is certain: cells are sorted on the way in and out (before the clock starts), and each row carries two border vectors more.`,
    fr: `Un vecteur est **aligné** quand son adresse est un multiple de sa taille. Ailleurs, une lecture est aussi rapide tant qu’elle reste dans une ligne de cache de 64 octets ; à cheval sur deux, elle compte double. Parmi les lectures de voisins de gauche, une sur quatre est à cheval avec des registres de 16 octets, une sur deux avec 32, **toutes** avec les 64 octets d’AVX-512.

\`autovec\` lit les voisins là où ils sont. \`simd\` ne lit que des vecteurs alignés, et tire les voisins de deux d’entre eux par une **permutation**.

\`simd_lanes\` se passe des deux. Une ligne est coupée en autant de segments qu’un vecteur a de **voies**, et chaque voie parcourt le sien. Les voisins de gauche de tout un vecteur sont alors le vecteur précédent. Il ne reste de permutations qu’aux deux bouts d’une ligne.

Ce qu’on peut gagner, ce sont des permutations. Si lectures et écritures imposent leur rythme, elles étaient faites en attendant. Le prix, lui, est certain : trier les cellules à l’entrée et à la sortie (hors du chronomètre), et deux vecteurs de bord par ligne.`,
  },
  formula: {
    en: '4 lanes, 12 columns:   vector 0 = columns 0 3 6 9,   vector 1 = 1 4 7 10,   vector 2 = 2 5 8 11',
    fr: '4 voies, 12 colonnes :   vecteur 0 = colonnes 0 3 6 9,   vecteur 1 = 1 4 7 10,   vecteur 2 = 2 5 8 11',
  },
  changed: {
    en: '`left_neighbours` and `right_neighbours` have left the inner loop: the columns to the west and east are whole vectors, kept from the last turn or loaded for the next. `join_segments` fills the two border vectors of a row. The tail for a row that does not end with a whole vector is gone, padding takes its place.',
    fr: '`left_neighbours` et `right_neighbours` ont quitté la boucle interne : les colonnes de gauche et de droite sont des vecteurs entiers, gardés du tour précédent ou lus pour le suivant. `join_segments` remplit les deux vecteurs de bord d’une ligne. Le traitement à part des lignes qui ne finissent pas sur un vecteur entier disparaît ; un remplissage en tient lieu.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the lane layout than consecutive cells with shuffles?',
      fr: 'Combien de fois la disposition par voies est-elle plus rapide que des cellules consécutives avec permutations ?',
    },
    of: 'simd_lanes',
    over: 'simd',
    min: 0.5,
    max: 4,
  },
  lookAt: {
    en: 'Compare the layouts with the narrowest registers and with the widest. Then keep the number of cells and make the rows short, 204 × 320: two border vectors are little in a row of sixty vectors and a tenth in one of twenty.',
    fr: 'Comparez les deux dispositions avec les registres les plus étroits et les plus larges. Gardez ensuite le nombre de cellules et raccourcissez les lignes, 204 × 320 : deux vecteurs de bord sont peu de chose dans une ligne de soixante vecteurs, et un dixième dans une ligne de vingt.',
  },
  variants: [
    { kernel: 'simd', key: 'simd@baseline', isa: 'baseline' },
    { kernel: 'simd_lanes', key: 'simd_lanes@baseline', isa: 'baseline' },
    { kernel: 'autovec' },
    { kernel: 'simd' },
    { kernel: 'simd_lanes' },
  ],
  baseline: 'simd',
  // 16 B per cell in f32: 1 MiB, within the second-level cache of most processors, in rows of 60 vectors of AVX-512.
  grid: { rows: 68, cols: 960 },
  steps: 4000,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('simd_lanes', 'simd')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd_lanes', 'simd');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `The lane layout is worth ${shown} here: the shuffles that it saves did cost time.`,
        fr: `La disposition par voies vaut ici ${shown} : les permutations qu’elle évite coûtaient bien du temps.`,
      },
      'not-held': {
        en: `The lane layout gives ${shown}: it loses here. Saving shuffles did not pay for the border vectors that each row carries; \`simd\` had aligned its loads already.`,
        fr: `La disposition par voies donne ${shown} : elle perd ici. Éviter des permutations n’a pas payé les vecteurs de bord de chaque ligne ; \`simd\` alignait déjà ses lectures.`,
      },
      unclear: {
        en: `The lane layout gives ${shown}. ${tools.undecided(ratio)} If they stay level, that is an answer too: \`simd\` had aligned its loads already, and the shuffles were free.`,
        fr: `La disposition par voies donne ${shown}. ${tools.undecided(ratio)} Si elles restent à égalité, c’est aussi une réponse : \`simd\` alignait déjà ses lectures, et les permutations ne coûtaient rien.`,
      },
    };
    return verdicts[judge(ratio)][language] + besideSentence(measured, language, tools);
  },
};
