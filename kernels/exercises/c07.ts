import type { Exercise } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

export const c07: Exercise = {
  id: 'C07',
  day: 2,
  title: { en: 'Regular centre, special edges', fr: 'Centre régulier, bords à part' },
  goal: {
    en: 'Take the tests out of the inner loop, since almost no cell needs them.',
    fr: 'Sortir les tests de la boucle interne, puisque presque aucune cellule n’en a besoin.',
  },
  idea: {
    en: `In a grid of 1080 × 1920 cells, 5 996 lie on the border: three in a thousand. Yet the window loop asks nine times for **every** cell whether the neighbour exists, more than eighteen million questions per step whose answer is almost always yes.

The processor guesses such answers well, so a test is cheap. But it is not free: it takes instructions, and above all it cuts the loop into pieces, so that the compiler can neither unroll the window nor work on several cells together.

So the grid is split. The **centre**, where all eight neighbours exist, gets a loop without a single question. The **edges**, the first and last row and the two end cells of each other row, keep the slow and careful window.

The formula now stands twice in the source. That is the price of this rung, paid in lines and in the risk that the two copies drift apart; the verification on grids of one, two or three rows is there to catch just that.`,
    fr: `Dans une grille de 1080 × 1920 cellules, 5 996 sont au bord : trois sur mille. Pourtant, la boucle sur la fenêtre demande neuf fois, pour **chaque** cellule, si la voisine existe : plus de dix-huit millions de questions par pas, dont la réponse est presque toujours oui.

Le processeur devine bien ces réponses, un test coûte donc peu. Mais il n’est pas gratuit : il prend des instructions et, surtout, il coupe la boucle en morceaux ; le compilateur ne peut ni dérouler la fenêtre, ni traiter plusieurs cellules ensemble.

On partage donc la grille. Le **centre**, où les huit voisines existent, reçoit une boucle sans aucune question. Les **bords**, première et dernière lignes et les deux cellules extrêmes des autres, gardent la fenêtre lente et prudente.

La formule est maintenant écrite deux fois. C’est le prix de cet échelon, payé en lignes de code et en risque de voir les deux copies diverger ; la vérification sur des grilles d’une, deux ou trois lignes est là pour le déceler.`,
  },
  formula: {
    en: 'border cells ÷ all cells = (2 × 1080 + 2 × 1920 − 4) ÷ (1080 × 1920) ≈ 0.3 %',
    fr: 'cellules du bord ÷ toutes les cellules = (2 × 1080 + 2 × 1920 − 4) ÷ (1080 × 1920) ≈ 0,3 %',
  },
  changed: {
    en: 'The single function that updated any cell has become two: `update_centre`, which reads its neighbours without asking, and `update_edge`, the old one. `advance` sends each cell to the right one. The arrays are those of the rung before.',
    fr: 'La fonction unique qui mettait à jour toute cellule est devenue deux : `update_centre`, qui lit ses voisines sans rien demander, et `update_edge`, l’ancienne. `advance` envoie chaque cellule à la bonne. Les tableaux sont ceux de l’échelon précédent.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the version with a regular centre?',
      fr: 'Combien de fois la version à centre régulier est-elle plus rapide ?',
    },
    of: 'soa_split',
    over: 'soa_window',
    min: 0.5,
    max: 10,
  },
  lookAt: {
    en: 'The Rust course of the school reports about × 2 for this step. Compare your ratio, with its interval, to that, and to your own prediction.',
    fr: 'Le cours Rust de l’école annonce environ × 2 pour cette étape. Comparez-y votre rapport, avec son intervalle, ainsi qu’à votre propre prédiction.',
  },
  variants: [{ kernel: 'soa_window' }, { kernel: 'soa_split' }],
  baseline: 'soa_window',
  grid: DEFAULT_GRID,
  steps: 160,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('soa_split', 'soa_window')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('soa_split', 'soa_window');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `A centre without tests is worth ${shown} here: what stood in the way was not the arithmetic but the questions asked around it.`,
        fr: `Un centre sans tests vaut ici ${shown} : ce n’était pas le calcul qui gênait, mais les questions posées autour.`,
      },
      'not-held': {
        en: `A centre without tests gives ${shown} here, no gain: on this processor and with this compiler the tests were as good as free. Well-guessed branches can be; what they prevent, computing several cells at once, shows in the next exercise.`,
        fr: `Un centre sans tests donne ici ${shown}, aucun gain : sur ce processeur et avec ce compilateur, les tests ne coûtaient presque rien. Des branchements bien devinés en sont capables ; ce qu’ils empêchent, traiter plusieurs cellules à la fois, se voit à l’exercice suivant.`,
      },
      unclear: {
        en: `A centre without tests gives ${shown}. ${tools.undecided(ratio)}`,
        fr: `Un centre sans tests donne ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
