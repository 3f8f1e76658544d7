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
  },
};
