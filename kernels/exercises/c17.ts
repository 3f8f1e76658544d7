import type { Exercise } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED, WITHIN_NOISE } from '../relation.ts';

export const c17: Exercise = {
  id: 'C17',
  day: 2,
  title: { en: 'Threads by rows, blocks, pyramids', fr: 'Threads : lignes, blocs, pyramides' },
  goal: {
    en: 'Share the grid among all cores, and find out what stops the gain from being their number.',
    fr: 'Partager la grille entre tous les cœurs, et comprendre ce qui empêche le gain d’égaler leur nombre.',
  },
  idea: {
    en: `Cores multiply what vectors gave: **vector width × number of cores**, as the course puts it. The simplest way to share the grid is by bands of rows. Every thread owns a band and computes it with the same loop as before.

Within a step nobody waits for anybody, since all read the old state and write the new one. At the end of the step all must **meet**: the rows at the seam between two bands belong to one thread and are read by the other, so nobody may start the next step before everybody has finished this one.

Threads are started once, not once per step: starting one costs some ten microseconds, as much as a step on a small grid.

Two things eat the gain. The **meeting** takes time, and it waits for the slowest. And all cores share **one memory**: at full HD the four arrays make 33 MB, more than most caches hold, and once the memory is busy another core has nothing to compute with. Blocks and pyramids, the two other ways to share, answer the second.`,
    fr: `Les cœurs multiplient ce que les vecteurs ont donné : **largeur des vecteurs × nombre de cœurs**, dit le cours. La façon la plus simple de partager la grille est par bandes de lignes. Chaque thread possède une bande et la calcule avec la même boucle qu’avant.

Pendant un pas, personne n’attend personne : tous lisent l’ancien état et écrivent le nouveau. À la fin du pas, tous doivent se **retrouver** : les lignes à la couture de deux bandes appartiennent à un thread et sont lues par l’autre ; nul ne peut donc commencer le pas suivant avant que tous aient fini celui-ci.

Les threads sont lancés une seule fois, et non à chaque pas : en lancer un coûte une dizaine de microsecondes, autant qu’un pas sur une petite grille.

Deux choses mangent le gain. Le **rendez-vous** prend du temps, et il attend le plus lent. Et tous les cœurs partagent **une seule mémoire** : en full HD, les quatre tableaux font 33 Mo, plus que la plupart des caches ; quand la mémoire est occupée, un cœur de plus n’a rien à calculer. Les blocs et les pyramides répondent à ce second point.`,
  },
  formula: {
    en: 'speed-up S(P) = T(1) ÷ T(P)      efficiency E(P) = S(P) ÷ P',
    fr: 'accélération S(P) = T(1) ÷ T(P)      efficacité E(P) = S(P) ÷ P',
  },
  changed: {
    en: 'The loop over a row is exactly that of `autovec`. Around it, `advance` now runs on every thread of the team at once: each takes its `band_of` rows, refreshes its part of the halo, and calls `meet` at the end of the step.',
    fr: 'La boucle sur une ligne est exactement celle d’`autovec`. Autour d’elle, `advance` tourne maintenant sur tous les threads de l’équipe à la fois : chacun prend les lignes de sa bande (`band_of`), rafraîchit sa part du halo et appelle `meet` à la fin du pas.',
  },
  prediction: {
    question: {
      en: 'How many times faster are all threads together than one?',
      fr: 'Combien de fois tous les threads ensemble sont-ils plus rapides qu’un seul ?',
    },
    of: 'threads_rows',
    over: 'autovec',
    min: 0.5,
    max: 64,
  },
  lookAt: {
    en: 'Compare the speed-up with the number of threads, then look at the GB/s. Run it again on a small grid (256 × 256) and on a large one (4096 × 4096): where the efficiency falls tells you whether the meeting or the memory is to blame.',
    fr: 'Comparez l’accélération au nombre de threads, puis regardez les Go/s. Relancez sur une petite grille (256 × 256) et sur une grande (4096 × 4096) : l’endroit où l’efficacité tombe dit si c’est le rendez-vous ou la mémoire qui est en cause.',
  },
  variants: [{ kernel: 'autovec' }, { kernel: 'threads_rows' }],
  baseline: 'autovec',
  grid: DEFAULT_GRID,
  steps: 1600,
  rounds: 5,
  chart: 'speedup',
  relation: (measured) => fasterRelation(measured.ratio('threads_rows', 'autovec')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('threads_rows', 'autovec');
    const threads = measured.threads('threads_rows');
    if (ratio === undefined || threads === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    if (threads === 1) {
      return {
        en: `The team had a single thread, so there was nothing to share; keeping a team costs the rest (${shown}). Run it again with more threads.`,
        fr: `L’équipe ne comptait qu’un thread : il n’y avait rien à partager, et l’écart est le coût de l’équipe (${shown}). Relancez avec davantage de threads.`,
      }[language];
    }
    const count = tools.number(threads);
    const efficiency = tools.number((100 * ratio.median) / threads);
    const verdicts = {
      held: {
        en: `${count} threads are worth ${shown}, an efficiency of ${efficiency} %. What is missing to ${count} went into meeting at every step, into sharing one memory, or into threads that share a core.`,
        fr: `${count} threads valent ${shown}, soit une efficacité de ${efficiency} %. Ce qui manque pour atteindre ${count} est passé dans le rendez-vous de chaque pas, dans le partage d’une seule mémoire, ou dans des threads qui se partagent un cœur.`,
      },
      'not-held': {
        en: `${count} threads give ${shown}: together they are slower than one alone. Each step is too short for the meeting at its end, or the cores are not really yours (another program, a virtual machine). Try a larger grid.`,
        fr: `${count} threads donnent ${shown} : ensemble, ils sont plus lents qu’un seul. Ou bien chaque pas est trop court pour le rendez-vous qui le termine, ou bien les cœurs ne sont pas vraiment à vous (un autre programme, une machine virtuelle). Essayez une grille plus grande.`,
      },
      unclear: {
        en: `${count} threads give ${shown}. ${WITHIN_NOISE.en}`,
        fr: `${count} threads donnent ${shown}. ${WITHIN_NOISE.fr}`,
      },
    };
    return verdicts[judge(ratio)][language];
  },
};
