/** What a chart can be exported as, in the order of the menu; the page makes the menu and asks the engine for the file. */
import type { ExportFormat, Language } from '../../electron/shared/contract.ts';
import { FIGURE_WIDTH } from '../../electron/shared/figures/layout.ts';
import { CHART_TEXTS, type ChartTexts } from './texts.ts';

export interface ExportItem {
  readonly id: string;
  readonly format: ExportFormat;
  /** Of the PNG; 1 for the others, which do not use it. */
  readonly scale: number;
  readonly label: string;
}

const png = (texts: ChartTexts, scale: number): ExportItem => ({
  id: `png-${scale}`,
  format: 'png',
  scale,
  label: texts.png(scale, FIGURE_WIDTH * scale),
});

export function exportItems(language: Language): readonly ExportItem[] {
  const texts = CHART_TEXTS[language];
  return [
    { id: 'svg', format: 'svg', scale: 1, label: texts.svg },
    ...[1, 2, 3, 4].map((scale) => png(texts, scale)),
    { id: 'csv', format: 'csv', scale: 1, label: texts.csv },
    { id: 'json', format: 'json', scale: 1, label: texts.json },
  ];
}
