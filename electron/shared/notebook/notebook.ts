/**
 * A figure as a Jupyter notebook, format 4.5 (https://nbformat.readthedocs.io): data inside, drawn again by NumPy and
 * Matplotlib alone, its medians and intervals computed from the samples.
 */
import type { Language } from '../contract.ts';
import type { Figure } from '../figures/figure.ts';
import type { Plot } from '../plots/plot.ts';
import type { Session } from '../session.ts';
import { notebookData } from './notebook-data.ts';
import { FIGURE, STATISTICS } from './python.ts';

const TEXTS: Readonly<Record<Language, { readonly data: string; readonly statistics: string; readonly figure: string }>> = {
  en: {
    data: 'Every sample of the figure, one list for each column; nothing below needs anything but this, NumPy and Matplotlib.',
    statistics:
      'Medians are over rounds, with a 95 % bootstrap interval. Two variants of one run are compared round by round: the median of the means of all pairs of log-ratios, with the interval of the signed-rank test.',
    figure: 'The figure.',
  },
  fr: {
    data: 'Tous les échantillons de la figure, une liste par colonne\u00a0; la suite n’a besoin que d’eux, de NumPy et de Matplotlib.',
    statistics:
      'Les médianes portent sur les répétitions, avec un intervalle bootstrap à 95\u00a0%. Deux variantes d’une même mesure sont comparées répétition par répétition\u00a0: la médiane des moyennes de toutes les paires de log-rapports, avec l’intervalle du test des rangs signés.',
    figure: 'La figure.',
  },
};

interface Cell {
  readonly id: string;
  readonly type: 'markdown' | 'code';
  readonly source: string;
}

/** Text for markdown that may hold anything: what it would take for markup is shown as it is. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|$&~^-]/g, '\\$&').replaceAll('\n', ' ');

/** A notebook keeps its text as lines with their ends. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** JSON as a string that Python reads whatever is in it; a line for each list keeps it readable. */
const pythonJson = (value: unknown): string => {
  const text = JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `r'''${text.replaceAll("'", '\\u0027')}'''`;
};

export function notebookOf(chart: Figure | Plot, session: Session, widthMm: number): string {
  const { language } = chart;
  const texts = TEXTS[language];
  const data = notebookData(chart, session, widthMm);
  const words = [
    `# ${plain(chart.title)}`,
    plain(chart.conclusion),
    ...chart.subtitle.map(plain),
    ...chart.notices.map((notice) => `**${plain(notice)}**`),
    plain(chart.caption),
  ];
  const cells: readonly Cell[] = [
    { id: 'title', type: 'markdown', source: words.filter((text) => text !== '').join('\n\n') },
    { id: 'about-data', type: 'markdown', source: texts.data },
    { id: 'data', type: 'code', source: `import json\n\nDATA = json.loads(\n    ${pythonJson(data)}\n)` },
    { id: 'about-statistics', type: 'markdown', source: texts.statistics },
    { id: 'statistics', type: 'code', source: STATISTICS.trimEnd() },
    { id: 'about-figure', type: 'markdown', source: texts.figure },
    { id: 'figure', type: 'code', source: FIGURE.trimEnd() },
  ];
  const notebook = {
    cells: cells.map(({ id, type, source }) => ({
      ...{ cell_type: type, id, metadata: {}, source: lines(source) },
      ...(type === 'code' && { execution_count: null, outputs: [] }),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
