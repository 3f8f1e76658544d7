/** A verdict in words, in both languages; a text that is missing in one does not compile. */
import type { Verdict } from '../../kernels/exercise.ts';
import type { Language } from './contract.ts';
import type { Interval } from './run.ts';
import type { SlowedSide } from './throttling.ts';
import { formatDecimals, formatInteger, NO_BREAK_SPACE } from './units.ts';
import { MOST_MORE_ROUNDS, tellsApart } from './verdict.ts';

/** From here on a factor is easier to read than a percentage. */
const TWICE = 2;

interface VerdictTexts {
  /** How much, with its range: after the name of what is compared, or alone. */
  readonly faster: (percent: string, range: string) => string;
  readonly times: (factor: string, range: string) => string;
  readonly slower: (percent: string, range: string) => string;
  readonly is: (name: string, what: string) => string;
  readonly range: (low: string, high: string) => string;
  readonly noise: (percent: string) => string;
  readonly atMost: (percent: string) => string;
  readonly more: (rounds: string) => string;
  readonly never: (rounds: string) => string;
  readonly slowed: (slowed: string, rounds: string, of: string) => string;
}

const TEXTS: Readonly<Record<Language, VerdictTexts>> = {
  en: {
    faster: (percent, range) => `faster by ${percent} ${range}`,
    times: (factor, range) => `${factor} times as fast ${range}`,
    slower: (percent, range) => `slower by ${percent} ${range}`,
    is: (name, what) => `${name} is ${what}`,
    range: (low, high) => `(${low} to ${high})`,
    noise: (percent) => `no difference that this machine can show (its own noise is ${percent})`,
    atMost: (percent) => `no difference that this machine can show (at most ${percent})`,
    more: (rounds) => `cannot tell yet: about ${rounds} more rounds`,
    never: (rounds) => `cannot tell: the rounds scatter so much that ${rounds} more would not decide`,
    slowed: (slowed, rounds, of) => `but the machine was slowed in ${slowed} of ${rounds} rounds of ${of}`,
  },
  fr: {
    faster: (percent, range) => `plus rapide de ${percent} ${range}`,
    times: (factor, range) => `${factor} fois aussi rapide ${range}`,
    slower: (percent, range) => `moins rapide de ${percent} ${range}`,
    is: (name, what) => `${name} est ${what}`,
    range: (low, high) => `(${low} à ${high})`,
    noise: (percent) => `pas de différence que cette machine puisse montrer (son propre bruit est de ${percent})`,
    atMost: (percent) => `pas de différence que cette machine puisse montrer (${percent} au plus)`,
    more: (rounds) => `pas encore tranché : environ ${rounds} répétitions de plus`,
    never: (rounds) => `impossible de trancher : les répétitions se dispersent tant que ${rounds} de plus n’y suffiraient pas`,
    slowed: (slowed, rounds, of) => `mais la machine était ralentie dans ${slowed} des ${rounds} répétitions de ${of}`,
  },
};

/** "12 %", "3.1 %": tenths are of interest below ten. */
const percentText = (share: number, language: Language): string =>
  `${formatDecimals(100 * share, Math.abs(share) < 0.0995 ? 1 : 0, language)}${NO_BREAK_SPACE}%`;

function differenceText(kind: 'faster' | 'slower', { median, low, high }: Interval, language: Language): string {
  const texts = TEXTS[language];
  if (median >= TWICE) {
    const decimals = median < 10 ? 2 : median < 100 ? 1 : 0;
    const show = (value: number) => formatDecimals(value, decimals, language);
    return texts.times(show(median), texts.range(show(low), show(high)));
  }
  const shares = kind === 'faster' ? [median - 1, low - 1, high - 1] : [1 - median, 1 - high, 1 - low];
  const decimals = shares[0]! < 0.0995 ? 1 : 0;
  const [, ...ends] = shares.map((share) => formatDecimals(100 * share, decimals, language));
  return texts[kind](percentText(shares[0]!, language), texts.range(ends[0]!, ends[1]!));
}

/** "faster by 12 % (9 to 15)", "cannot tell yet: about 6 more rounds". */
export function verdictText(verdict: Verdict, language: Language): string {
  const texts = TEXTS[language];
  switch (verdict.kind) {
    case 'faster':
    case 'slower':
      return differenceText(verdict.kind, verdict.ratio, language);
    case 'no-difference':
      return verdict.floor === undefined
        ? texts.atMost(percentText(verdict.within, language))
        : texts.noise(percentText(verdict.floor, language));
    case 'cannot-tell':
      return verdict.moreRounds === undefined
        ? texts.never(formatInteger(MOST_MORE_ROUNDS, language))
        : texts.more(formatInteger(verdict.moreRounds, language));
  }
}

/** With the name of what is faster or slower: "A is faster by 12 % (9 to 15)"; what says nothing of A stays as it is. */
export function verdictPhrase(name: string, verdict: Verdict, language: Language): string {
  const text = verdictText(verdict, language);
  return tellsApart(verdict) ? TEXTS[language].is(name, text) : text;
}

/** What one side of a comparison suffered, after a verdict: ", but the machine was slowed in 3 of 9 rounds of A"; else empty. */
export function slowedPhrase(
  slowed: SlowedSide | undefined,
  names: Readonly<Record<SlowedSide['side'], string>>,
  language: Language,
): string {
  if (slowed === undefined) return '';
  const [few, all] = [formatInteger(slowed.slowed, language), formatInteger(slowed.rounds, language)];
  return `, ${TEXTS[language].slowed(few, all, names[slowed.side])}`;
}

/** The same as a sentence of its own, with the space before it. */
export function slowedSentence(
  slowed: SlowedSide | undefined,
  names: Readonly<Record<SlowedSide['side'], string>>,
  language: Language,
): string {
  const [first = '', ...rest] = slowedPhrase(slowed, names, language).slice(2);
  return first === '' ? '' : ` ${first.toUpperCase()}${rest.join('')}.`;
}

/** As a sentence of its own. */
export function verdictSentence(name: string, verdict: Verdict, language: Language): string {
  const text = verdictPhrase(name, verdict, language);
  return `${tellsApart(verdict) ? text : text.charAt(0).toUpperCase() + text.slice(1)}.`;
}
