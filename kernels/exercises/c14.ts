import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

const OBSERVE = { what: 'subnormals', every: 40 } as const;

/** Where keeping subnormals cost the most. */
function worstSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const flushed = new Map(measured.course('simd').map(({ from, secondsPerStep }) => [from, secondsPerStep]));
  const shared = measured.course('simd@kept').flatMap(({ from, to, secondsPerStep }) => {
    const base = flushed.get(from);
    return base === undefined ? [] : [{ from, to, secondsPerStep, base, times: secondsPerStep / base }];
  });
  if (shared.length === 0) return '';
  const { from, to, secondsPerStep, base, times } = shared.reduce((a, b) => (b.times > a.times ? b : a));
  const [slow, fast, ratio] = [tools.seconds(secondsPerStep), tools.seconds(base), tools.number(times, 3)];
  const [first, last] = [tools.number(from, 4), tools.number(to, 4)];
  return {
    en: ` The widest gap lies between steps ${first} and ${last}: ${slow} a step instead of ${fast}, × ${ratio}.`,
    fr: ` L’écart est le plus grand entre les pas ${first} et ${last} : ${slow} par pas au lieu de ${fast}, × ${ratio}.`,
  }[language];
}

/** How many there were, so that a gap or its absence is not blamed on numbers that never came up. */
function countSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const observed = measured.observations('simd@kept').flatMap(({ step, value }) => (value === null ? [] : [{ step, value }]));
  if (observed.length === 0) return '';
  const most = observed.reduce((a, b) => (b.value > a.value ? b : a));
  if (most.value === 0)
    return {
      en: ' No subnormal value was seen at any step that was looked at, so this run says nothing about their cost.',
      fr: ' Aucune valeur dénormalisée n’a été vue aux pas examinés : cette exécution ne dit donc rien de leur coût.',
    }[language];
  const share = tools.number((100 * most.value) / (2 * measured.grid.rows * measured.grid.cols), 2);
  return {
    en: ` At most ${share} % of the values stored were subnormal, at step ${tools.number(most.step, 4)}.`,
    fr: ` Au plus ${share} % des valeurs rangées étaient dénormalisées, au pas ${tools.number(most.step, 4)}.`,
  }[language];
}

export const c14: Exercise = {
  id: 'C14',
  day: 3,
  title: { en: 'Denormal numbers', fr: 'Nombres dénormalisés' },
  goal: {
    en: 'See a kernel slow down while it computes nothing of interest, and switch that off with two bits.',
    fr: 'Voir un noyau ralentir pendant qu’il ne calcule rien d’intéressant, et y mettre fin avec deux bits.',
  },
  idea: {
    en: `The smallest **normal** f32 number is 1.2e−38. Below it, floating point goes on in even steps down to 1.4e−45, losing digits on the way: these numbers are **denormal**, or subnormal. Thanks to them, x − y is zero only if x = y.

Arithmetic units are built for normal numbers. On many Intel processors an instruction that meets or makes a denormal one is handed to **microcode**, and takes well over a hundred cycles instead of a few; one such number delays its whole vector. Recent AMD and Arm processors lose little or nothing.

Gray-Scott makes them by itself. Ahead of a pattern v falls off faster than any exponential; where a pattern dies, v shrinks by the same factor at every step. Nor need v itself be that small: with v near 1e−20 the product u v² is denormal already.

Two bits of the processor’s control register take such numbers as zero: **FTZ** for results, **DAZ** for operands. Every thread has its own register. This app sets both unless told otherwise. Here so much v is removed that the pattern dies, and nothing is lost with it.`,
    fr: `Le plus petit nombre f32 **normal** est 1,2e−38. En dessous, la virgule flottante continue à pas égaux jusqu’à 1,4e−45, en perdant des chiffres : ces nombres sont **dénormalisés**, ou sous-normaux. Grâce à eux, x − y n’est nul que si x = y.

Les unités de calcul sont faites pour les nombres normaux. Sur bien des processeurs Intel, une instruction qui en rencontre ou en produit un autre passe par le **microcode** et prend bien plus de cent cycles ; un seul retarde tout son vecteur. Les processeurs AMD et Arm récents n’y perdent presque rien.

Gray-Scott en produit de lui-même. Devant un motif, v décroît plus vite que toute exponentielle ; là où un motif meurt, v diminue du même facteur à chaque pas. Et v n’a pas à être si petit : vers 1e−20, le produit u v² est déjà dénormalisé.

Deux bits du registre de contrôle remplacent ces nombres par zéro : **FTZ** pour les résultats, **DAZ** pour les opérandes. Chaque thread a son registre ; cette application y met les deux, sauf demande contraire. Ici, on retire tant de v que le motif meurt, et rien ne se perd avec lui.`,
  },
  formula: {
    en: 'v after n steps ≈ v₀ (1 − F − k)ⁿ = 0.25 × 0.886ⁿ:   n = 700 → 4e−38',
    fr: 'v après n pas ≈ v₀ (1 − F − k)ⁿ = 0,25 × 0,886ⁿ :   n = 700 → 4e−38',
  },
  changed: {
    en: 'In the kernel nothing. Before its first step each thread sets bits 15 (FTZ) and 6 (DAZ) of the register MXCSR, on Arm bit 24 of FPCR (`native/src/thread_settings.cpp`); the bar with `flush=off` leaves them at zero.',
    fr: 'Dans le noyau, rien. Avant son premier pas, chaque thread met à un les bits 15 (FTZ) et 6 (DAZ) du registre MXCSR, sur Arm le bit 24 de FPCR (`native/src/thread_settings.cpp`) ; la barre `flush=off` les laisse à zéro.',
  },
  prediction: {
    question: {
      en: 'How many times faster is the whole run when denormal numbers are taken as zero?',
      fr: 'Combien de fois tout le calcul est-il plus rapide quand les nombres dénormalisés sont pris pour zéro ?',
    },
    of: 'simd',
    over: 'simd@kept',
    min: 0.5,
    max: 64,
  },
  lookAt: {
    en: 'Compare the time per step with the count, under “Observed”. Do they rise together? And does the count fall again once v is all but gone? Close to the smallest number, what a step should take away is less than half of a unit and is rounded off: v stays there for ever.',
    fr: 'Comparez le temps par pas et le nombre observé. Augmentent-ils ensemble ? Et ce nombre diminue-t-il quand v a presque disparu ? Près du plus petit nombre, ce qu’un pas devrait enlever vaut moins d’une demi-unité et se perd dans l’arrondi : v en reste là, pour toujours.',
  },
  variants: [
    { kernel: 'simd', key: 'simd@kept', flushSubnormals: false, observe: OBSERVE },
    { kernel: 'simd', observe: OBSERVE },
  ],
  baseline: 'simd@kept',
  // 1 MiB in all: in the second-level cache of most processors, so that nothing else is waited for.
  grid: { rows: 256, cols: 256 },
  steps: 1200,
  rounds: 7,
  // Where v dies: patterns live below k = 0.07.
  convention: { seed: 'patch', kill: 0.1 },
  chart: 'course',
  relation: (measured) => fasterRelation(measured.ratio('simd', 'simd@kept')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('simd', 'simd@kept');
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `Taking denormal numbers as zero is worth ${shown} over the whole run, for two bits of a register.`,
        fr: `Prendre les nombres dénormalisés pour zéro vaut ${shown} sur tout le calcul, pour deux bits d’un registre.`,
      },
      'not-held': {
        en: `Taking denormal numbers as zero gives ${shown}, no gain: this processor computes with them at full speed. On others the same run is many times slower, so the two bits remain a good habit.`,
        fr: `Prendre les nombres dénormalisés pour zéro donne ${shown}, aucun gain : ce processeur les calcule à pleine vitesse. Sur d’autres, le même calcul est bien des fois plus lent ; ces deux bits restent donc une bonne habitude.`,
      },
      unclear: {
        en: `Taking denormal numbers as zero gives ${shown}: if this processor is slower with them, then by too little to be seen here. ${tools.undecided(ratio)}`,
        fr: `Prendre les nombres dénormalisés pour zéro donne ${shown} : si ce processeur est plus lent avec eux, c’est de trop peu pour se voir ici. ${tools.undecided(ratio)}`,
      },
    };
    const outcome = judge(ratio);
    const worst = outcome === 'held' ? worstSentence(measured, language, tools) : '';
    return verdicts[outcome][language] + worst + countSentence(measured, language, tools);
  },
};
