/** The words of the strips of a run's conditions, in both languages. */
import type { Language } from '../contract.ts';
import { list } from '../figures/texts.ts';
import type { Strip } from './conditions.ts';

export interface ConditionsTexts {
  readonly title: string;
  /** Titles of the axes, with their units. */
  readonly strips: Readonly<Record<Strip, string>>;
  readonly names: Readonly<Record<Strip, string>>;
  readonly units: Readonly<Record<Strip, string>>;
  readonly turns: string;
  readonly turn: (round: string, label: string) => string;
  readonly control: (label: string) => string;
  readonly slowed: (slowed: number, turns: number) => string;
  /** On charts of samples. */
  readonly slowedSamples: (slowed: number, turns: number) => string;
  readonly noneSlowed: (turns: number) => string;
  readonly missing: (names: readonly string[]) => string;
  readonly caption: string;
  readonly key: { readonly point: string; readonly slowed: string; readonly state: string; readonly usual: string };
}

export const CONDITIONS_TEXTS: Readonly<Record<Language, ConditionsTexts>> = {
  en: {
    title: 'The machine during the run',
    strips: {
      time: 'Time per step, in % of its variant’s median',
      clock: 'Clock that was read, GHz',
      speed: 'Measured speed of a core, in % of what is usual in this run',
      temperature: 'Temperature of the processor, °C',
      power: 'Power, W',
      load: 'Load of other programs, %',
    },
    names: {
      time: 'time per step',
      clock: 'clock',
      speed: 'measured speed',
      temperature: 'temperature',
      power: 'power',
      load: 'load',
    },
    units: { time: '%', clock: 'GHz', speed: '%', temperature: '°C', power: 'W', load: '%' },
    turns: 'Turns in the order in which they were carried out',
    turn: (round, label) => `round ${round}, ${label}`,
    control: (label) => `${label} (control)`,
    slowed: (slowed, turns) =>
      `In ${slowed} of ${turns} turns the processor was slower than usual. They are marked, and stay in the statistics.`,
    slowedSamples: (slowed, turns) =>
      `In ${slowed} of ${turns} turns the processor was slower than usual. Their samples have a cross, and stay in the statistics.`,
    noneSlowed: (turns) => `In none of ${turns} turns was the processor slower than usual, as far as this machine tells.`,
    missing: (names) => `Not to be read on this machine: ${list(names, 'and')}.`,
    caption:
      'A turn is one round of one variant. Clock and temperature were read right after it, outside of what is timed. Slowed: a throttle counter rose, or the clock or the measured speed was below 90\u00a0% of what a quarter of the turns reach.',
    key: { point: 'a turn', slowed: 'slowed', state: 'processor', usual: 'as usual' },
  },
  fr: {
    title: 'La machine pendant la mesure',
    strips: {
      time: 'Temps par pas, en % de la médiane de sa variante',
      clock: 'Fréquence lue, GHz',
      speed: 'Vitesse mesurée d’un cœur, en % de l’habituelle de cette mesure',
      temperature: 'Température du processeur, °C',
      power: 'Puissance, W',
      load: 'Charge des autres programmes, %',
    },
    names: {
      time: 'temps par pas',
      clock: 'fréquence',
      speed: 'vitesse mesurée',
      temperature: 'température',
      power: 'puissance',
      load: 'charge',
    },
    units: { time: '%', clock: 'GHz', speed: '%', temperature: '°C', power: 'W', load: '%' },
    turns: 'Tours dans l’ordre où ils ont été faits',
    turn: (round, label) => `répétition ${round}, ${label}`,
    control: (label) => `${label} (témoin)`,
    slowed: (slowed, turns) =>
      `Pendant ${slowed} tours sur ${turns}, le processeur était plus lent que d’habitude. Ils sont marqués et restent dans les statistiques.`,
    slowedSamples: (slowed, turns) =>
      `Pendant ${slowed} tours sur ${turns}, le processeur était plus lent que d’habitude. Leurs échantillons portent une croix et restent dans les statistiques.`,
    noneSlowed: (turns) =>
      `Pendant aucun des ${turns} tours le processeur n’était plus lent que d’habitude, pour autant que cette machine le dise.`,
    missing: (names) => `Impossible à lire sur cette machine\u00a0: ${list(names, 'et')}.`,
    caption:
      'Un tour est une répétition d’une variante. Fréquence et température ont été lues juste après, hors de ce qui est chronométré. Ralenti\u00a0: un compteur de ralentissement a augmenté, ou la fréquence ou la vitesse mesurée était sous 90\u00a0% de ce qu’atteint un quart des tours.',
    key: { point: 'un tour', slowed: 'ralenti', state: 'processeur', usual: 'comme d’habitude' },
  },
};
