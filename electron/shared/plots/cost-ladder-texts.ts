/** Every word of the cost ladder and of the climb, in both languages, but for those of the causes. Numbers arrive formatted. */
import type { Language } from '../contract.ts';
import { list } from '../figures/texts.ts';
import type { Unchanged } from '../run.ts';
import { unavailableText } from '../trouble-text.ts';
import { SUPPORT_WORDS } from '../trouble-words.ts';
import type { WaterfallPlot } from './plot.ts';

interface CostLadderTexts {
  readonly title: string;
  readonly climbTitle: string;
  readonly axis: string;
  readonly climbAxis: string;
  readonly lowerIsBetter: string;
  /** At the reference of the axis. */
  readonly asIs: string;
  readonly columns: WaterfallPlot['columns'];
  readonly climbColumns: WaterfallPlot['columns'];
  readonly key: WaterfallPlot['key'];
  readonly climbKey: WaterfallPlot['key'];
  readonly caption: string;
  readonly climbCaption: string;
  /** Under the factor of a bar. */
  readonly short: { readonly same: string; readonly unclear: string; readonly untrusted: string };
  readonly base: (label: string, time: string) => string;
  readonly dearest: (causes: readonly string[]) => string;
  readonly same: (causes: readonly string[]) => string;
  readonly cheaper: (causes: readonly string[]) => string;
  readonly unclear: (causes: readonly string[]) => string;
  /** `what` is the change in brackets. */
  readonly longer: (change: string, factor: string, range: string, after: string, before: string) => string;
  readonly shorter: (change: string, factor: string, range: string, after: string, before: string) => string;
  /** With a verdict in words. */
  readonly other: (change: string, verdict: string) => string;
  readonly untrusted: (change: string, labels: readonly string[]) => string;
  readonly module: (module: string, exercise: string) => string;
  readonly absent: (change: string, reason: string) => string;
  readonly start: (label: string, time: string) => string;
  readonly gain: (rung: string, label: string, factor: string, range: string, time: string) => string;
  readonly loss: (rung: string, label: string, factor: string, range: string, time: string) => string;
  readonly rungOther: (rung: string, label: string, verdict: string) => string;
  readonly rungUntrusted: (label: string) => string;
  readonly whole: (from: string, to: string, factor: string, range: string) => string;
  readonly product: (factors: readonly string[], product: string) => string;
}

export const COST_LADDER_TEXTS: Readonly<Record<Language, CostLadderTexts>> = {
  en: {
    title: 'What costs what: each cause changed alone',
    climbTitle: 'From the very naive program to the best one',
    axis: 'Time per step ÷ that without the change',
    climbAxis: 'Time per step',
    lowerIsBetter: 'lower is better',
    asIs: 'as it is',
    columns: { label: 'What is given up', what: 'Before › after', value: 'Time per step × (95 %)', words: 'In words' },
    climbColumns: { label: 'Rung', what: 'Kernel', value: 'Speed × (95 %)', words: 'In words' },
    key: {
      title: 'Legend',
      kinds: {
        longer: 'a step takes longer',
        shorter: 'a step takes less',
        same: 'no difference that this machine can show',
        unclear: 'cannot tell yet',
        start: 'the state itself',
      },
      interval: '95 % interval',
      words: 'Cause by cause',
      absent: 'Not changed here',
    },
    climbKey: {
      title: 'Legend',
      kinds: {
        longer: 'slower than the rung before',
        shorter: 'gained on the rung before',
        same: 'no difference that this machine can show',
        unclear: 'cannot tell yet',
        start: 'where the climb begins',
      },
      interval: '95 % interval',
      words: 'Rung by rung',
      absent: 'Not measured here',
    },
    caption:
      'Each bar is a variant of the same run with one cause changed, or a pair of kernels that differ in it alone; its factor is taken round by round, with its 95 % interval.',
    climbCaption:
      'Each bar goes from the median time of the rung before to that of its own, on a logarithmic axis, so that equal lengths are equal factors.',
    short: { same: 'no difference', unclear: 'cannot tell yet', untrusted: 'not verified' },
    base: (label, time) => `A step of ${label} takes ${time}.`,
    dearest: (causes) => `Dearest to give up: ${list(causes, 'and')}.`,
    same: (causes) => `No difference that this machine can show: ${list(causes, 'and')}.`,
    cheaper: (causes) => `A step takes less without: ${list(causes, 'and')}.`,
    unclear: (causes) => `Cannot tell yet: ${list(causes, 'and')}.`,
    longer: (change, factor, range, after, before) =>
      `${change}, a step takes ${factor} times as long ${range}: ${after} instead of ${before}.`,
    shorter: (change, factor, range, after, before) =>
      `${change}, a step takes only ${factor} times as long ${range}: ${after} instead of ${before}. Here the change pays.`,
    other: (change, verdict) => `${change}: ${verdict}.`,
    untrusted: (change, labels) =>
      `${change}: no conclusion, for ${list(labels, 'and')} ${labels.length === 1 ? 'has' : 'have'} no verified result in this run.`,
    module: (module, exercise) => `Module: ${module}; lesson ${exercise}.`,
    absent: (change, reason) => `${change}: ${reason}.`,
    start: (label, time) => `${label} takes ${time} a step.`,
    gain: (rung, label, factor, range, time) => `${rung} (${label}): ${factor} times as fast as the rung before ${range}, ${time} a step.`,
    loss: (rung, label, factor, range, time) =>
      `${rung} (${label}): ${factor} times the speed of the rung before ${range}, ${time} a step. Here this rung leads down.`,
    rungOther: (rung, label, verdict) => `${rung} (${label}): ${verdict}.`,
    rungUntrusted: (label) => `${label} has no verified result in this run: the climb goes on from the rung before.`,
    whole: (from, to, factor, range) => `From ${from} to ${to}: ${factor} times as fast ${range}.`,
    product: (factors, product) => `Rung by rung: ${factors.join(' × ')} = ${product}.`,
  },
  fr: {
    title: 'Ce que coûte chaque cause, changée seule',
    climbTitle: 'Du programme très naïf au meilleur',
    axis: 'Temps par pas ÷ celui sans le changement',
    climbAxis: 'Temps par pas',
    lowerIsBetter: 'plus petit, c’est mieux',
    asIs: 'tel quel',
    columns: {
      label: 'Ce à quoi l’on renonce',
      what: 'Avant › après',

      value: 'Temps par pas × (95 %)',
      words: 'En mots',
    },
    climbColumns: { label: 'Échelon', what: 'Noyau', value: 'Vitesse × (95 %)', words: 'En mots' },
    key: {
      title: 'Légende',
      kinds: {
        longer: 'un pas dure plus longtemps',
        shorter: 'un pas dure moins longtemps',
        same: 'pas de différence que cette machine puisse montrer',
        unclear: 'pas encore tranché',
        start: 'l’état lui-même',
      },
      interval: 'intervalle à 95 %',
      words: 'Cause par cause',
      absent: 'Non changé ici',
    },
    climbKey: {
      title: 'Légende',
      kinds: {
        longer: 'plus lent que l’échelon précédent',
        shorter: 'gagné sur l’échelon précédent',
        same: 'pas de différence que cette machine puisse montrer',
        unclear: 'pas encore tranché',
        start: 'là où commence la montée',
      },
      interval: 'intervalle à 95 %',
      words: 'Échelon par échelon',
      absent: 'Non mesuré ici',
    },
    caption:
      'Chaque barre est une variante de la même mesure où une seule cause a changé, ou une paire de noyaux que rien d’autre ne distingue ; son facteur est pris répétition par répétition, avec son intervalle à 95 %.',
    climbCaption:
      'Chaque barre va du temps médian de l’échelon précédent au sien, sur un axe logarithmique : à longueurs égales, facteurs égaux.',
    short: { same: 'pas de différence', unclear: 'pas encore tranché', untrusted: 'non vérifié' },
    base: (label, time) => `Un pas de ${label} prend ${time}.`,
    dearest: (causes) => `Le plus cher à abandonner : ${list(causes, 'et')}.`,
    same: (causes) => `Pas de différence que cette machine puisse montrer : ${list(causes, 'et')}.`,
    cheaper: (causes) => `Un pas dure moins longtemps sans : ${list(causes, 'et')}.`,
    unclear: (causes) => `Pas encore tranché : ${list(causes, 'et')}.`,
    longer: (change, factor, range, after, before) =>
      `${change}, un pas dure ${factor} fois aussi longtemps ${range} : ${after} au lieu de ${before}.`,
    shorter: (change, factor, range, after, before) =>
      `${change}, un pas ne dure que ${factor} fois aussi longtemps ${range} : ${after} au lieu de ${before}. Ici, le changement paie.`,
    other: (change, verdict) => `${change} : ${verdict}.`,
    untrusted: (change, labels) =>
      `${change} : pas de conclusion, ${list(labels, 'et')} ${labels.length === 1 ? 'n’a' : 'n’ont'} pas de résultat vérifié dans cette mesure.`,
    module: (module, exercise) => `Module : ${module} ; leçon ${exercise}.`,
    absent: (change, reason) => `${change} : ${reason}.`,
    start: (label, time) => `${label} prend ${time} par pas.`,
    gain: (rung, label, factor, range, time) =>
      `${rung} (${label}) : ${factor} fois aussi rapide que l’échelon précédent ${range}, ${time} par pas.`,
    loss: (rung, label, factor, range, time) =>
      `${rung} (${label}) : ${factor} fois la vitesse de l’échelon précédent ${range}, ${time} par pas. Ici, cet échelon descend.`,
    rungOther: (rung, label, verdict) => `${rung} (${label}) : ${verdict}.`,
    rungUntrusted: (label) => `${label} n’a pas de résultat vérifié dans cette mesure : la montée reprend à l’échelon d’avant.`,
    whole: (from, to, factor, range) => `De ${from} à ${to} : ${factor} fois aussi rapide ${range}.`,
    product: (factors, product) => `Échelon par échelon : ${factors.join(' × ')} = ${product}.`,
  },
};

const REASONS: Readonly<
  Record<Exclude<Unchanged['reason']['why'], 'unavailable' | 'convention' | 'no-switch' | 'software-gpu'>, Record<Language, string>>
> = {
  without: { en: 'the state is without it already', fr: 'l’état s’en passe déjà' },
  narrowest: {
    en: 'this state runs with the narrowest instruction set that there is',
    fr: 'cet état tourne déjà avec le jeu d’instructions le plus étroit qui soit',
  },
  'one-processor': { en: 'this machine has one processor only', fr: 'cette machine n’a qu’un processeur' },
  system: { en: 'this system ties no thread to a processor', fr: 'ce système ne lie aucun thread à un processeur' },
};

/** Why something is not changed here, as the end of a sentence. */
export function unchangedText(reason: Unchanged['reason'], language: Language): string {
  switch (reason.why) {
    case 'unavailable':
      return unavailableText(reason.reason, reason.detail, language);
    case 'no-switch':
      return { en: `${reason.kernel} has no switch for it`, fr: `${reason.kernel} n’a pas de réglage pour cela` }[language];
    case 'software-gpu':
      return {
        en: `${reason.adapter} is no GPU but the processor in the part of one`,
        fr: `${reason.adapter} n’est pas un GPU, c’est le processeur qui en joue le rôle`,
      }[language];
    case 'convention': {
      const { kernel, what, received } = reason;
      const word = SUPPORT_WORDS[what][language];
      return { en: `${kernel} has no ${word} ${received}`, fr: `${kernel} n’offre pas ${word} ${received}` }[language];
    }
    default:
      return REASONS[reason.why][language];
  }
}
