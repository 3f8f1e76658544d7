import type { Exercise } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

export const g06: Exercise = {
  id: 'G06',
  day: 7,
  title: { en: 'Images or buffers', fr: 'Images ou tampons' },
  goal: {
    en: 'Keep the concentrations in images, as the course’s first GPU version does, and see what that saves in code and in time.',
    fr: 'Ranger les concentrations dans des images, comme la première version GPU du cours, et voir ce que cela épargne en code et en temps.',
  },
  idea: {
    en: `Images are a GPU’s first business. Their texels lie in memory in small squares rather than in rows, they are read through units made for neighbours in two dimensions, and something is always there outside.

So the course begins with images: beyond the edge its sampler answers with a border colour, and no neighbour need be tested. Here the border is real: the image is one texel larger on every side, and both species of a cell are one texel. **The code gets shorter**: the function that tested every neighbour becomes a single load.

Is it faster? The traffic with memory is the same, 2 values in and 2 out per cell. The tests are saved, and 9 loads do the work of 18. But each goes through the texture units, which on many GPUs serve fewer reads per cycle than the plain cache does. Where memory sets the pace, neither shows.

And something is given up. How an image lies in memory is the driver’s affair, so nothing can be arranged in it, and no vector of neighbouring cells is loaded at once. The course therefore goes on with **buffers**.`,
    fr: `Les images sont le premier métier d’un GPU. Leurs texels sont rangés en mémoire par petits carrés plutôt que par lignes, lus par des unités faites pour des voisins en deux dimensions, et il y a toujours quelque chose au-dehors.

Le cours commence donc par des images : au-delà du bord, son échantillonneur répond par une couleur, et aucun voisin n’est à tester. Ici, la bordure est réelle : l’image a un texel de plus de chaque côté, et les deux espèces d’une cellule font un texel. **Le code raccourcit** : la fonction qui testait chaque voisin devient une simple lecture.

Est-ce plus rapide ? Le trafic avec la mémoire est le même : 2 valeurs lues et 2 écrites par cellule. Les tests sont épargnés, et 9 lectures en remplacent 18. Mais elles passent par les unités de texture, qui, sur bien des GPU, servent moins de lectures par cycle que le cache ordinaire. Si la mémoire donne le rythme, rien ne s’en voit.

Et l’agencement d’une image est l’affaire du pilote : on ne peut rien y disposer, ni lire d’un coup un vecteur de cellules voisines. Le cours continue donc avec des **tampons**.`,
  },
  formula: {
    en: 'loads per cell: 9 neighbours × 2 species = 18 from buffers,   9 texels (u, v) from an image;   bytes to and from memory: 16 either way',
    fr: 'lectures par cellule : 9 voisins × 2 espèces = 18 dans les tampons,   9 texels (u, v) dans une image ;   octets échangés avec la mémoire : 16 dans les deux cas',
  },
  changed: {
    en: 'Four bindings become two: `fromUV`, a `texture_2d<f32>`, and `toUV`, a `texture_storage_2d`. `neighbour`, with its boundary and its tests, gives way to `cell`, a `textureLoad`. Only a periodic grid needs more: `storeCopies` keeps its border. The sums and the update are word for word those of `gpu_naive`.',
    fr: 'Quatre liaisons en deviennent deux : `fromUV`, une `texture_2d<f32>`, et `toUV`, une `texture_storage_2d`. `neighbour`, avec son bord et ses tests, cède la place à `cell`, un `textureLoad`. Seule une grille périodique en demande plus : `storeCopies` tient sa bordure à jour. Les sommes et la mise à jour sont mot pour mot celles de `gpu_naive`.',
  },
  prediction: {
    question: {
      en: 'How many times faster are images than buffers, in kernels otherwise alike?',
      fr: 'Combien de fois les images sont-elles plus rapides que les tampons, dans des noyaux par ailleurs semblables ?',
    },
    of: 'gpu_textures',
    over: 'gpu_naive',
    min: 0.25,
    max: 4,
  },
  lookAt: {
    en: 'Put the two sources side by side and count the lines that are gone. Then look at the two bars: do their intervals overlap? Run it again with work-groups of 8 × 8, the course’s choice, which suit squares of texels, and of 64 × 2, which suit rows of a buffer.',
    fr: 'Mettez les deux sources côte à côte et comptez les lignes disparues. Regardez ensuite les deux barres : leurs intervalles se recouvrent-ils ? Relancez avec des groupes de 8 × 8, le choix du cours, qui conviennent à des carrés de texels, puis de 64 × 2, qui conviennent aux lignes d’un tampon.',
  },
  variants: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_textures' }],
  baseline: 'gpu_naive',
  // 64 MiB in two states of both species: more than the last cache of most GPUs holds.
  grid: { rows: 2048, cols: 2048 },
  steps: 16,
  // Two minutes must do, on a software adapter too.
  rounds: 5,
  chart: 'timings',
  relation: (measured) => (measured.gpu === 'hardware' ? fasterRelation(measured.ratio('gpu_textures', 'gpu_naive')) : 'not-measured'),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('gpu_textures', 'gpu_naive');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (measured.gpu !== 'hardware') {
      return {
        en: `Images give ${shown} of buffers, but on a software GPU: a processor has neither texture units nor a cache of their own, and computes by itself where each texel lies. The number weighs the tests saved against that work, and says nothing of a GPU. That the results agree, and that the code is shorter, holds here too.`,
        fr: `Les images donnent ${shown} par rapport aux tampons, mais sur un GPU logiciel : un processeur n’a ni unités de texture ni cache à elles, et calcule lui-même où se trouve chaque texel. Le nombre met en balance les tests épargnés et ce travail, et ne dit rien d’un GPU. Que les résultats concordent et que le code soit plus court reste vrai ici.`,
      }[language];
    }
    const verdicts = {
      held: {
        en: `Images give ${shown} over buffers: on this GPU the tests and the 18 loads of the naive kernel cost more than the way through the texture units. Kernels that load each value once, in work-group memory or registers, have less to gain from them.`,
        fr: `Les images donnent ${shown} par rapport aux tampons : sur ce GPU, les tests et les 18 lectures du noyau naïf coûtent plus que le passage par les unités de texture. Des noyaux qui ne lisent chaque valeur qu’une fois, en mémoire partagée ou en registres, ont moins à y gagner.`,
      },
      'not-held': {
        en: `Images give ${shown} against buffers: on this GPU the texture units serve these reads more slowly than the plain cache does, and the tests they spare cost little. Shorter code is all that is left for them.`,
        fr: `Les images donnent ${shown} face aux tampons : sur ce GPU, les unités de texture servent ces lectures plus lentement que le cache ordinaire, et les tests qu’elles épargnent coûtent peu. Il ne leur reste que la brièveté du code.`,
      },
      unclear: {
        en: `Images give ${shown} against buffers: level, as far as this run can tell. Both move the same bytes, and memory sets the pace. ${tools.undecided(ratio)}`,
        fr: `Les images donnent ${shown} face aux tampons : à égalité, pour autant que cette mesure puisse le dire. Les deux déplacent les mêmes octets, et la mémoire donne le rythme. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
