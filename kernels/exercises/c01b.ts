import type { ConclusionTools, Exercise, Measured, MeasuredRatio, RelationOutcome } from '../exercise.ts';
import { NOT_MEASURED } from '../relation.ts';

const BASELINE = 'autovec_repeat';
const ITSELF = 'autovec_repeat@itself';
const SLOWER = 'autovec_repeat@slower';
const REPEAT_EVERY = 32;
/** Of rates, from the rows that each computes. */
const KNOWN_RATIO = REPEAT_EVERY / (REPEAT_EVERY + 1);

const ratiosOf = (measured: Measured) => ({ itself: measured.ratio(ITSELF, BASELINE), slower: measured.ratio(SLOWER, BASELINE) });

/** Equals must not be told apart, and the slower one must. */
function relationOf(measured: Measured): RelationOutcome {
  const { itself, slower } = ratiosOf(measured);
  if (itself === undefined || slower === undefined) return 'not-measured';
  if (itself.clear || slower.verdict.kind === 'faster') return 'not-held';
  return slower.verdict.kind === 'slower' ? 'held' : 'unclear';
}

function itselfSentence(itself: MeasuredRatio, language: 'en' | 'fr', tools: ConclusionTools): string {
  const shown = tools.ratio(itself);
  const rounds = tools.number(itself.rounds);
  if (!itself.clear) {
    return {
      en: `Beside itself \`autovec_repeat\` comes to ${shown} in ${rounds} rounds. ${tools.undecided(itself)}`,
      fr: `Face à lui-même, \`autovec_repeat\` donne ${shown} en ${rounds} répétitions. ${tools.undecided(itself)}`,
    }[language];
  }
  return {
    en: `Beside itself \`autovec_repeat\` comes to ${shown} in ${rounds} rounds: called different, and it is the same. About one run in twenty must end so, since the interval is one of 95 %; or something here treats equals unequally. Run it again: chance does not come twice in a row.`,
    fr: `Face à lui-même, \`autovec_repeat\` donne ${shown} en ${rounds} répétitions : déclaré différent, alors que c’est le même. Une mesure sur vingt environ doit finir ainsi, l’intervalle étant à 95 % ; ou quelque chose, ici, traite inégalement des égaux. Relancez : le hasard ne se répète guère.`,
  }[language];
}

function slowerSentence(slower: MeasuredRatio, language: 'en' | 'fr', tools: ConclusionTools): string {
  const shown = tools.ratio(slower);
  const known = tools.number(KNOWN_RATIO, 3);
  switch (slower.verdict.kind) {
    case 'slower':
      return slower.low <= KNOWN_RATIO && KNOWN_RATIO <= slower.high
        ? {
            en: `With a row in ${REPEAT_EVERY} computed twice: ${shown}. Slower beyond doubt, and the ${known} that the rows give lies within the interval.`,
            fr: `Avec une ligne sur ${REPEAT_EVERY} calculée deux fois : ${shown}. Plus lent sans aucun doute, et les ${known} que donnent les lignes sont dans l’intervalle.`,
          }[language]
        : {
            en: `With a row in ${REPEAT_EVERY} computed twice: ${shown}. Slower beyond doubt; the rows give ${known}, which lies outside the interval: a row that has just been computed costs another time than a fresh one.`,
            fr: `Avec une ligne sur ${REPEAT_EVERY} calculée deux fois : ${shown}. Plus lent sans aucun doute ; les lignes donnent ${known}, hors de l’intervalle : une ligne qui vient d’être calculée ne coûte pas le même temps qu’une autre.`,
          }[language];
    case 'faster':
      return {
        en: `With a row in ${REPEAT_EVERY} computed twice: ${shown}. Faster, with more work: that cannot be, so this machine measures something else than the program. Close what else runs, look at the strips of clock and load, run it again.`,
        fr: `Avec une ligne sur ${REPEAT_EVERY} calculée deux fois : ${shown}. Plus rapide, avec plus de travail : c’est impossible, cette machine mesure donc autre chose que le programme. Fermez le reste, regardez les bandes de fréquence et de charge, relancez.`,
      }[language];
    default:
      return {
        en: `With a row in ${REPEAT_EVERY} computed twice: ${shown}, where the rows give ${known}. ${tools.undecided(slower)} The difference is there, we put it there; this run is not fine enough to show it, and says so.`,
        fr: `Avec une ligne sur ${REPEAT_EVERY} calculée deux fois : ${shown}, alors que les lignes donnent ${known}. ${tools.undecided(slower)} La différence existe, nous l’y avons mise ; cette mesure n’est pas assez fine pour la montrer, et le dit.`,
      }[language];
  }
}

function floorSentence(floor: number | undefined, language: 'en' | 'fr', tools: ConclusionTools): string {
  if (floor === undefined) return '';
  const percent = tools.number(100 * floor, 2);
  return {
    en: `The machine’s own noise in this run is ${percent} %: what is smaller means nothing here.`,
    fr: `Le bruit propre de la machine dans cette mesure est de ${percent} % : ce qui est plus petit n’y veut rien dire.`,
  }[language];
}

function slowedSentence({ slowed, turns }: { slowed: number; turns: number }, language: 'en' | 'fr', tools: ConclusionTools): string {
  if (slowed === 0) return '';
  const [few, all] = [tools.number(slowed), tools.number(turns)];
  return {
    en: `The processor was slowed in ${few} of ${all} turns. They count, since leaving out what is slow would be choosing the result; drawn at random, they hit all alike.`,
    fr: `Le processeur était ralenti dans ${few} tours de mesure sur ${all}. Ils comptent, car écarter ce qui est lent serait choisir le résultat ; tirés au hasard, ils frappent tout le monde pareillement.`,
  }[language];
}

export const c01b: Exercise = {
  id: 'C01b',
  day: 1,
  title: { en: 'Honest timing: is it really faster?', fr: 'Chronométrer honnêtement : est-ce vraiment plus rapide ?' },
  goal: {
    en: 'Measure a program against itself, then against one that is slower by a known 3 %, and learn when a difference may be believed.',
    fr: 'Mesurer un programme face à lui-même, puis face à un autre, plus lent de 3 % exactement connus, et apprendre quand croire une différence.',
  },
  idea: {
    en: `One program comes out 2 % faster than another. Is it? First measure **one against itself**: what differs then is the machine’s own noise, and what lies below this **noise floor** means nothing. Every comparison here does so, in every round.

A laptop warms up and lowers its clock (**throttling**); another program wakes. Measured one after the other, whoever comes last pays. So a **round** measures everybody once, in an order drawn by **chance**, and only ratios within a round count. What slows a whole round cancels; what slows half of one hits either side equally often: it widens the interval and shifts nothing.

The **interval** holds what the rounds leave possible: 95 of 100 hold the true ratio, five do not. Then there are three verdicts. **Faster** or **slower**: 1 lies outside. **No difference that this machine can show**: little is possible but 1. **Cannot tell yet**: no failure, but a price in rounds, four times as many for half the width.

Whoever looks after every round and stops when pleased finds differences that are not there: looking often must be paid for too.`,
    fr: `Un programme sort 2 % plus rapide qu’un autre. L’est-il ? Mesurez-en d’abord **un face à lui-même** : ce qui diffère alors est le bruit de la machine, et sous ce **plancher de bruit** rien n’a de sens. Toute comparaison le fait ici, à chaque répétition.

Un portable chauffe et baisse sa fréquence (**throttling**) ; un autre programme s’éveille. Mesurés l’un après l’autre, le dernier paie. Une **répétition** mesure donc chacun une fois, dans un ordre tiré au **hasard**, et seuls comptent les rapports en son sein. Ce qui la ralentit entière s’annule ; ce qui en ralentit la moitié frappe chaque côté aussi souvent : l’intervalle s’élargit, rien ne se décale.

L’**intervalle** contient ce qui reste possible : 95 sur 100 contiennent le vrai rapport, cinq non. D’où trois verdicts. **Plus rapide** ou **moins rapide** : 1 est dehors. **Pas de différence que cette machine puisse montrer** : guère que 1. **Pas encore tranché** : ce n’est pas un échec, mais un prix, quatre fois plus de répétitions pour une demi-largeur.

Qui regarde sans cesse et s’arrête quand cela lui plaît trouve des différences qui n’existent pas : regarder souvent se paie aussi.`,
  },
  formula: {
    en: 'ratio of a round = time of A ÷ time of B      interval ≈ ± 2 × scatter of the ratios ÷ √rounds',
    fr: 'rapport d’une répétition = temps de A ÷ temps de B      intervalle ≈ ± 2 × dispersion des rapports ÷ √répétitions',
  },
  changed: {
    en: `\`autovec_repeat\` is \`autovec\` with a number that says which rows are computed twice: none, or one in ${REPEAT_EVERY}. It runs three times: with none, with none again, and with one in ${REPEAT_EVERY}. The result is the same, the machine code too; the work is ${REPEAT_EVERY + 1} rows instead of ${REPEAT_EVERY}.`,
    fr: `\`autovec_repeat\` est \`autovec\` avec un nombre qui dit quelles lignes sont calculées deux fois : aucune, ou une sur ${REPEAT_EVERY}. Il tourne trois fois : avec aucune, encore avec aucune, puis avec une sur ${REPEAT_EVERY}. Le résultat est le même, le code machine aussi ; le travail est de ${REPEAT_EVERY + 1} lignes au lieu de ${REPEAT_EVERY}.`,
  },
  prediction: {
    question: {
      en: `Where a row in ${REPEAT_EVERY} is computed twice, how fast is it, as a multiple of the one that repeats none?`,
      fr: `Là où une ligne sur ${REPEAT_EVERY} est calculée deux fois, quelle est la vitesse, en multiple de celle sans répétition ?`,
    },
    of: SLOWER,
    over: BASELINE,
    min: 0.5,
    max: 2,
  },
  lookAt: {
    en: 'Two bars are the same program: do their intervals lie around 1? Add rounds until clear and watch the intervals shrink. Then run it with 3 rounds only: what does the verdict say now? Start something heavy beside it, or unplug the laptop, and look at the conditions chart: which turns were slowed, and did the verdict change, or only its width?',
    fr: 'Deux barres sont le même programme : leurs intervalles entourent-ils 1 ? Ajoutez des répétitions jusqu’à pouvoir trancher, et voyez les intervalles rétrécir. Relancez ensuite avec 3 répétitions seulement : que dit le verdict ? Lancez un programme lourd à côté, ou débranchez le portable, et regardez le graphique des conditions : quels tours ont été ralentis, et le verdict a-t-il changé, ou seulement sa largeur ?',
  },
  variants: [
    { kernel: 'autovec_repeat', parameters: { every: 0 } },
    { kernel: 'autovec_repeat', key: ITSELF, parameters: { every: 0 } },
    { kernel: 'autovec_repeat', key: SLOWER, parameters: { every: REPEAT_EVERY } },
  ],
  baseline: BASELINE,
  // In a cache, where a row that is repeated costs what it cost before.
  grid: { rows: 256, cols: 256 },
  steps: 4096,
  rounds: 15,
  chart: 'speedup',
  relation: relationOf,
  conclusion: (measured, language, tools) => {
    const { itself, slower } = ratiosOf(measured);
    if (itself === undefined || slower === undefined) return NOT_MEASURED[language];
    return [
      itselfSentence(itself, language, tools),
      slowerSentence(slower, language, tools),
      floorSentence(measured.noiseFloor, language, tools),
      slowedSentence(measured.throttling, language, tools),
    ]
      .filter((sentence) => sentence !== '')
      .join(' ');
  },
};
