import { findKernel } from '../catalog.ts';
import type { Exercise, Measured, MeasuredRatio } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

interface Winner {
  readonly kernel: string;
  readonly rate: number;
  readonly ratio: MeasuredRatio | undefined;
  /** Which it is not clearly faster than. */
  readonly ties: readonly string[];
}

/** The fastest kernel of this battle over the very naive one; a software GPU does not compete. */
function best(measured: Measured): Winner | undefined {
  const ranked = b01.variants
    .filter(({ kernel }) => measured.gpu === 'hardware' || findKernel(kernel)?.backend !== 'webgpu')
    .map(({ kernel }) => ({ kernel, rate: measured.cellsPerSecond(kernel) ?? 0 }))
    .sort((a, b) => b.rate - a.rate);
  const first = ranked[0];
  if (first === undefined || first.rate === 0) return undefined;
  const alike = ranked.filter(({ kernel }) => kernel !== first.kernel && measured.ratio(first.kernel, kernel)?.clear === false);
  return { ...first, ratio: measured.ratio(first.kernel, 'aos_nested'), ties: alike.map(({ kernel }) => kernel) };
}

export const b01: Exercise = {
  id: 'B01',
  day: 10,
  title: { en: 'The Battle', fr: 'Le défi' },
  goal: {
    en: 'Put every kernel of the school on the same grid, and see how far this machine has come from the very naive start.',
    fr: 'Mettre tous les noyaux de l’école sur la même grille, et voir le chemin parcouru par cette machine depuis le point de départ très naïf.',
  },
  idea: {
    en: `Nine programs, one result. They differ in where the data lie, in what the inner loop tests, in how many cells one instruction, one core or one device takes at once; they agree on every number to within rounding, which is checked before any of them is timed.

The battle has rules, the same ones that make any comparison fair. **Same convention**: stencil, boundary, seed and precision are printed on the chart. **Same grid**, since a kernel that wins in cache may lose in memory. **Rounds interleaved in a random order**, so that a processor which warms up or a battery that runs low hits all alike. **Verified or not ranked.**

Your opponent is not your neighbour’s laptop, it is your own first program. Two machines differ in age, cooling and power supply; the ratio between your best and your very naive kernel is about what you have learnt.

Keep the session: the exercises to come add kernels to this table, and two sessions can be compared side by side.`,
    fr: `Neuf programmes, un seul résultat. Ils diffèrent par le rangement des données, par ce que teste la boucle interne, par le nombre de cellules que prend d’un coup une instruction, un cœur ou un appareil ; ils s’accordent sur chaque nombre aux arrondis près, ce qui est vérifié avant de chronométrer quoi que ce soit.

Le défi a ses règles, celles de toute comparaison loyale. **Même convention** : stencil, bord, graine et précision figurent sur le graphique. **Même grille**, car un noyau qui gagne en cache peut perdre en mémoire. **Répétitions entrelacées dans un ordre tiré au sort**, afin qu’un processeur qui chauffe ou une batterie qui faiblit les touche tous également. **Vérifié, sinon hors classement.**

Votre adversaire n’est pas le portable du voisin, c’est votre premier programme. Deux machines diffèrent par l’âge, le refroidissement, l’alimentation ; le rapport entre votre meilleur noyau et le très naïf, lui, parle de ce que vous avez appris.

Gardez la session : les exercices à venir ajouteront des noyaux à ce tableau, et deux sessions se comparent côte à côte.`,
  },
  formula: {
    en: 'ratio = (cell updates per second of the kernel) ÷ (those of aos_nested)',
    fr: 'rapport = (mises à jour de cellules par seconde du noyau) ÷ (celles d’aos_nested)',
  },
  changed: {
    en: 'These are programs of the exercises before, and two that put what they taught together: `champion` on the CPU (vectors, threads, temporal blocking) and `gpu_champion` on the GPU (cells in registers, several steps per dispatch). The tuning of both is found on this machine before the first round. Open two sources side by side and say in one sentence what the faster one does differently.',
    fr: 'Ce sont des programmes des exercices précédents, et deux qui réunissent ce qu’ils enseignent : `champion` sur le CPU (vecteurs, threads, blocage temporel) et `gpu_champion` sur le GPU (cellules dans les registres, plusieurs pas par lancement). Le réglage des deux est cherché sur cette machine avant la première répétition. Ouvrez deux sources côte à côte et dites en une phrase ce que le plus rapide fait autrement.',
  },
  prediction: {
    question: {
      en: 'How many times faster than the very naive start are all the threads of the CPU?',
      fr: 'Combien de fois tous les threads du CPU sont-ils plus rapides que le point de départ très naïf ?',
    },
    of: 'threads_rows',
    over: 'aos_nested',
    min: 1,
    max: 1000,
  },
  lookAt: {
    en: 'The chart is logarithmic: equal distances are equal factors. Which single step of the ladder brought most on your machine: the layout, the tests, the vectors, the threads or the device?',
    fr: 'Le graphique est logarithmique : des distances égales sont des facteurs égaux. Quel échelon a le plus apporté sur votre machine : le rangement, les tests, les vecteurs, les threads ou l’appareil ?',
  },
  variants: [
    { kernel: 'aos_nested' },
    { kernel: 'soa_window' },
    { kernel: 'soa_split' },
    { kernel: 'autovec' },
    { kernel: 'threads_rows' },
    { kernel: 'champion' },
    { kernel: 'javascript' },
    { kernel: 'gpu_naive' },
    { kernel: 'gpu_champion' },
  ],
  baseline: 'aos_nested',
  grid: { rows: 512, cols: 512 },
  steps: 256,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => fasterRelation(best(measured)?.ratio),
  conclusion: (measured, language, tools) => {
    const winner = best(measured);
    if (winner?.ratio === undefined) return NOT_MEASURED[language];
    const { kernel, ratio } = winner;
    const rate = tools.rate(winner.rate);
    const others = winner.ties.map((tie) => `\`${tie}\``).join(', ');
    const tied =
      winner.ties.length === 0
        ? ''
        : {
            en: ` It shares the first rank with ${others}: this run cannot tell them apart.`,
            fr: ` Il partage le premier rang avec ${others} : cette mesure ne permet pas de les départager.`,
          }[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `\`${kernel}\` wins with ${rate}, ${shown} over the very naive start, on the same machine and with the same result.${tied}`,
        fr: `\`${kernel}\` l’emporte avec ${rate}, soit ${shown} par rapport au point de départ très naïf, sur la même machine et pour le même résultat.${tied}`,
      },
      'not-held': {
        en: `\`${kernel}\` is the fastest with ${rate} (${shown}), and nothing beats the very naive start here. That is a finding worth explaining: look at the machine page for a busy or throttled processor first.`,
        fr: `\`${kernel}\` est le plus rapide avec ${rate} (${shown}), et rien ne bat ici le point de départ très naïf. Cela mérite une explication : cherchez d’abord, à la page de la machine, un processeur occupé ou bridé.`,
      },
      unclear: {
        en: `\`${kernel}\` is the fastest with ${rate} (${shown}). ${tools.undecided(ratio)}`,
        fr: `\`${kernel}\` est le plus rapide avec ${rate} (${shown}). ${tools.undecided(ratio)}`,
      },
    };
    const gpu = {
      hardware: { en: '', fr: '' },
      software: {
        en: ' The GPU kernels ran on a software GPU, that is on the processor: they are shown, but do not take part in the ranking.',
        fr: ' Les noyaux GPU ont tourné sur un GPU logiciel, c’est-à-dire sur le processeur : ils sont montrés, mais ne participent pas au classement.',
      },
      none: { en: ' No GPU took part.', fr: ' Aucun GPU n’a participé.' },
    }[measured.gpu];
    return verdicts[judge(ratio)][language] + gpu[language];
  },
};
