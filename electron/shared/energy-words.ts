/** What is said of energy, in both languages. */
import type { Language } from './contract.ts';
import { type EnergyPerUpdate, SHORTEST_SECONDS } from './energy.ts';
import { formatNumber, formatSeconds } from './units.ts';

type Unavailable = Extract<EnergyPerUpdate, { unavailable: string }>['unavailable'];
type Source = Extract<EnergyPerUpdate, { source: string }>['source'];

export interface EnergyWords {
  readonly title: string;
  /** Of a column. */
  readonly heading: string;
  readonly axis: string;
  readonly bar: string;
  readonly captionBars: string;
  readonly and: string;
  /** Labels, and why there is nothing of them. */
  readonly without: (labels: string, why: string) => string;
  /** Label, and joules with their interval. */
  readonly alone: (label: string, joules: string) => string;
  readonly level: (label: string, joules: string) => string;
  readonly least: (label: string, joules: string) => string;
  readonly near: (count: number) => string;
  readonly most: (label: string, joules: string) => string;
  readonly unavailable: Readonly<Record<Unavailable, string>>;
  readonly included: Readonly<Record<Source, string>>;
}

export const ENERGY_WORDS: Readonly<Record<Language, EnergyWords>> = {
  en: {
    title: 'Energy of a cell update',
    heading: 'J / Gcell',
    axis: 'Joules per thousand million cell updates',
    bar: 'median over rounds',
    captionBars: 'Joules per thousand million cell updates: median over rounds and its 95\u00a0% bootstrap interval.',
    and: 'and',
    without: (labels, why) => `${labels}: ${why}`,
    alone: (label, joules) => `${label} takes ${joules} joules per thousand million cell updates.`,
    level: (label, joules) =>
      `The intervals of all overlap the least one’s, ${label} with ${joules} joules per thousand million cell updates: which takes the least cannot be told.`,
    least: (label, joules) => `${label} takes the least: ${joules} joules per thousand million cell updates.`,
    near: (count) => (count === 1 ? 'The interval of one other overlaps its own.' : `The intervals of ${count} others overlap its own.`),
    most: (label, joules) => `${label} takes the most: ${joules}.`,
    unavailable: {
      'no-permission':
        'Energy is not available: the processor counts it, but only the administrator may read the counter. On Linux: sudo chmod o+r /sys/class/powercap/intel-rapl:*/energy_uj, until the next start.',
      'no-counter': 'Energy is not available: this machine has no counter of it that can be read here, as most virtual machines.',
      'too-short': `Energy is not available: the timed part of a round is shorter than ${formatSeconds(SHORTEST_SECONDS, 'en')}. Ask for more steps.`,
      'not-read': 'Energy is not available: it was not read in this run.',
    },
    included: {
      package:
        'Energy: the processor package’s own counter from the first timed batch of a round to the last, all programs and what lies between the batches included; verification and warm-up are not. A GPU’s own energy is not in it.',
      battery:
        'Energy: the battery’s discharge over the timed batches, which is the whole computer’s, with screen and all programs; a coarse figure.',
    },
  },
  fr: {
    title: 'Énergie d’une mise à jour de cellule',
    heading: 'J / Gcell',
    axis: 'Joules par milliard de mises à jour de cellule',
    bar: 'médiane des répétitions',
    captionBars: 'Joules par milliard de mises à jour de cellule\u00a0: médiane des répétitions et son intervalle bootstrap à 95\u00a0%.',
    and: 'et',
    without: (labels, why) => `${labels}\u00a0: ${why}`,
    alone: (label, joules) => `${label} demande ${joules} joules par milliard de mises à jour de cellule.`,
    level: (label, joules) =>
      `Les intervalles de tous recouvrent celui du moindre, ${label} avec ${joules} joules par milliard de mises à jour de cellule\u00a0: on ne peut pas dire lequel demande le moins.`,
    least: (label, joules) => `${label} demande le moins\u00a0: ${joules} joules par milliard de mises à jour de cellule.`,
    near: (count) => (count === 1 ? 'L’intervalle d’un autre recouvre le sien.' : `Les intervalles de ${count} autres recouvrent le sien.`),
    most: (label, joules) => `${label} demande le plus\u00a0: ${joules}.`,
    unavailable: {
      'no-permission':
        'L’énergie n’est pas disponible\u00a0: le processeur la compte, mais seul l’administrateur peut lire le compteur. Sous Linux\u00a0: sudo chmod o+r /sys/class/powercap/intel-rapl:*/energy_uj, jusqu’au prochain démarrage.',
      'no-counter':
        'L’énergie n’est pas disponible\u00a0: cette machine n’a pas de compteur lisible ici, comme la plupart des machines virtuelles.',
      'too-short': `L’énergie n’est pas disponible\u00a0: la partie chronométrée d’une répétition dure moins de ${formatSeconds(SHORTEST_SECONDS, 'fr')}. Demandez plus de pas.`,
      'not-read': 'L’énergie n’est pas disponible\u00a0: elle n’a pas été lue pendant cette mesure.',
    },
    included: {
      package:
        'Énergie\u00a0: compteur du processeur lui-même, du premier lot chronométré d’une répétition au dernier, avec tous les programmes et ce qui se passe entre les lots, sans la vérification ni l’échauffement. L’énergie propre d’un GPU n’y est pas.',
      battery:
        'Énergie\u00a0: décharge de la batterie pendant les lots chronométrés, celle de l’ordinateur entier avec l’écran et tous les programmes\u00a0; un ordre de grandeur.',
    },
  },
};

/** "2.31" or nothing. */
export const energyText = (energy: EnergyPerUpdate, language: Language): string =>
  'unavailable' in energy ? '' : formatNumber(energy.joulesPerBillion.median, language);

/** What the energies include, or why there are none. */
export function energySentence(energies: readonly EnergyPerUpdate[], language: Language): string {
  const words = ENERGY_WORDS[language];
  const sources = new Set(energies.flatMap((energy) => ('source' in energy ? [energy.source] : [])));
  if (sources.size > 0) return [...sources].map((source) => words.included[source]).join(' ');
  const reasons = new Set(energies.flatMap((energy) => ('unavailable' in energy ? [energy.unavailable] : [])));
  return [...reasons].map((reason) => words.unavailable[reason]).join(' ');
}
