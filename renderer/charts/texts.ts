/** Words of the charts on screen that the figure itself does not bring: the table's head and the export menu. */
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
  readonly svg: string;
  readonly png: (scale: number, pixels: number) => string;
  readonly csv: string;
  readonly json: string;
}

export const CHART_TEXTS: Readonly<Record<Language, ChartTexts>> = {
  en: {
    kernel: 'Kernel',
    ranOn: 'Ran with',
    median: 'Median (95 %)',
    ratio: (baseline) => `× ${baseline} (95 %)`,
    rounds: 'Rounds',
    samples: 'Samples',
    state: 'State',
    verified: 'verified',
    svg: 'SVG, 180 mm wide',
    png: (scale, pixels) => `PNG × ${scale}, ${pixels} pixels wide`,
    csv: 'CSV, every sample',
    json: 'JSON, figure and runs',
  },
  fr: {
    kernel: 'Noyau',
    ranOn: 'Exécuté avec',
    median: 'Médiane (95 %)',
    ratio: (baseline) => `× ${baseline} (95 %)`,
    rounds: 'Répétitions',
    samples: 'Échantillons',
    state: 'État',
    verified: 'vérifié',
    svg: 'SVG, 180 mm de large',
    png: (scale, pixels) => `PNG × ${scale}, ${pixels} pixels de large`,
    csv: 'CSV, tous les échantillons',
    json: 'JSON, figure et exécutions',
  },
};
