/** What the table of results says of a comparison, in both languages. */
import type { Language } from '../contract.ts';
import { FIGURE_TEXTS, list } from '../figures/texts.ts';
import { verdictText } from '../verdict-words.ts';
import type { RowComparison } from './comparison.ts';

interface Words {
  readonly baseline: string;
  readonly otherSetup: (fields: readonly string[]) => string;
  readonly noBaseline: string;
  readonly unverifiedBaseline: (label: string) => string;
  /** Behind a verdict on results of two runs: an hour may lie between them. */
  readonly notInTurn: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    baseline: 'baseline',
    otherSetup: (fields) => `not comparable: ${list(fields, 'and')} ${fields.length === 1 ? 'differs' : 'differ'}`,
    noBaseline: 'no baseline',
    unverifiedBaseline: (label) => `not comparable: ${label}, the baseline, has no verified result`,
    notInTurn: 'two runs, not in turn',
  },
  fr: {
    baseline: 'référence',
    otherSetup: (fields) => `pas comparable\u00a0: ${list(fields, 'et')} ${fields.length === 1 ? 'diffère' : 'diffèrent'}`,
    noBaseline: 'pas de référence',
    unverifiedBaseline: (label) => `pas comparable\u00a0: ${label}, la référence, n’a pas de résultat vérifié`,
    notInTurn: 'deux mesures, pas en alternance',
  },
};

/** The verdict, or why there is none; empty where nothing is measured. */
export function comparisonText(comparison: RowComparison, language: Language): string {
  const words = WORDS[language];
  const { fields, marks } = FIGURE_TEXTS[language];
  switch (comparison.kind) {
    case 'baseline':
      return words.baseline;
    case 'ratio':
      return verdictText(comparison.ratio.verdict, language);
    case 'other-setup':
      return words.otherSetup(comparison.fields.map((field) => fields[field]));
    case 'unranked':
      return comparison.mark === undefined ? '' : marks[comparison.mark].toLowerCase();
    case 'no-baseline':
      return comparison.over === undefined ? words.noBaseline : words.unverifiedBaseline(comparison.over.label);
    case 'nothing-measured':
      return '';
  }
}

/** What weakens a verdict; empty where nothing does. */
export const reservationText = (comparison: RowComparison, language: Language): string =>
  comparison.kind === 'ratio' && !comparison.inTurn ? WORDS[language].notInTurn : '';

/** Both of them in one sentence. */
export const comparisonSentence = (comparison: RowComparison, language: Language): string =>
  [comparisonText(comparison, language), reservationText(comparison, language)].filter((part) => part !== '').join(', ');
