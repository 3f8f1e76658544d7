/** Words of the charts on screen that the figure itself does not bring: the head of its table. */
import type { Language } from '../../electron/shared/contract.ts';

export interface ChartTexts {
  readonly kernel: string;
  readonly ranOn: string;
  readonly median: string;
  readonly ratio: (baseline: string) => string;
  readonly rounds: string;
  readonly samples: string;
  readonly state: string;
  readonly verified: string;
  readonly incomplete: string;
  readonly fastest: string;
  /** Seconds per step of a bar. */
  readonly time: string;
  readonly bin: (from: string, to: string) => string;
  readonly inBin: (count: number) => string;
  readonly spread: string;
  readonly lane: string;
  readonly what: string;
  readonly start: string;
  readonly end: string;
  readonly intensity: string;
  readonly flops: string;
  readonly roof: string;
  readonly ceiling: string;
  readonly roofs: string;
}

export const CHART_TEXTS: Readonly<Record<Language, ChartTexts>> = {
  en: {
    kernel: 'Kernel',
    ranOn: 'Ran with',
    median: 'Median (95 %)',
    ratio: (baseline) => `× ${baseline} (95 %)`,
    rounds: 'Rounds',
    samples: 'Samples',
    state: 'State',
    verified: 'verified',
    incomplete: 'not verified or incomplete',
    fastest: 'Fastest sample',
    time: 'Time per step',
    bin: (from, to) => `${from} to ${to}`,
    inBin: (count) => (count === 1 ? '1 sample' : `${count} samples`),
    spread: 'Samples by time per step.',
    lane: 'Lane',
    what: 'What',
    start: 'Start',
    end: 'End',
    intensity: 'flop/byte',
    flops: 'GFLOP/s',
    roof: 'Roof',
    ceiling: 'Ceiling',
    roofs: 'Roofs of the machine.',
  },
  fr: {
    kernel: 'Noyau',
    ranOn: 'Exécuté avec',
    median: 'Médiane (95 %)',
    ratio: (baseline) => `× ${baseline} (95 %)`,
    rounds: 'Répétitions',
    samples: 'Échantillons',
    state: 'État',
    verified: 'vérifié',
    incomplete: 'non vérifié ou incomplet',
    fastest: 'Échantillon le plus rapide',
    time: 'Temps par pas',
    bin: (from, to) => `de ${from} à ${to}`,
    inBin: (count) => (count < 2 ? `${count} échantillon` : `${count} échantillons`),
    spread: 'Échantillons par temps par pas.',
    lane: 'Piste',
    what: 'Quoi',
    start: 'Début',
    end: 'Fin',
    intensity: 'flop/octet',
    flops: 'GFLOP/s',
    roof: 'Toit',
    ceiling: 'Plafond',
    roofs: 'Toits de la machine.',
  },
};
