/**
 * What a figure shows, in one sentence: the fastest kernel against the baseline, or that the two cannot be told apart.
 * Only verified results of whole runs speak. A software GPU is compared only when nothing else is there, and is always called so.
 */
import { LEAST_ROUNDS } from '../../../kernels/relation.ts';
import type { Language } from '../contract.ts';
import { slowedSide } from '../throttling.ts';
import { formatInterval } from '../units.ts';
import { slowedSentence, verdictSentence } from '../verdict-words.ts';
import { areRivals, type Competitor, rateOf, ratioOfRates } from './competitors.ts';
import { splitInterval } from './split-interval.ts';
import type { FigureTexts } from './texts.ts';

const medianRate = (competitor: Competitor): number => rateOf(competitor)?.median ?? 0;

const isSoftware = ({ result }: Competitor): boolean => result.adapter?.type === 'software';

function named(competitor: Competitor, texts: FigureTexts): string {
  return isSoftware(competitor) ? `${competitor.label} (${texts.softwareGpu})` : competitor.label;
}

export function concludeFigure(
  competitors: readonly Competitor[],
  baseline: Competitor | undefined,
  language: Language,
  texts: FigureTexts,
): string {
  const trusted = competitors.filter((competitor) => competitor.trusted);
  const reference = baseline?.trusted === true ? baseline : trusted[0];
  if (reference === undefined) {
    return competitors.some(({ result }) => result.samples.length > 0) ? texts.nothingTrusted : texts.nothingMeasured;
  }
  const rivals = trusted.filter((competitor) => competitor !== reference && areRivals(competitor, reference));
  const preferred = rivals.some((rival) => !isSoftware(rival)) ? rivals.filter((rival) => !isSoftware(rival)) : rivals;
  const best = preferred.toSorted((a, b) => medianRate(b) - medianRate(a))[0];
  if (best === undefined) return texts.alone(named(reference, texts), formatInterval(rateOf(reference)!, language, 'rate'));
  const [fast, slow] = medianRate(best) >= medianRate(reference) ? [best, reference] : [reference, best];
  const ratio = ratioOfRates(fast, slow);
  if (ratio === undefined) return texts.nothingTrusted;
  const [value, range] = splitInterval(formatInterval(ratio, language));
  const names = [named(fast, texts), named(slow, texts)] as const;
  const slowed = slowedSentence(slowedSide(fast, slow), { of: names[0], over: names[1] }, language);
  if (ratio.verdict.kind === 'faster') return texts.faster(...names, value, range) + slowed;
  const sentence = ratio.rounds < LEAST_ROUNDS ? texts.tooFewRounds : texts.unclear;
  return `${sentence(...names, value, range)} ${verdictSentence(names[0], ratio.verdict, language)}${slowed}`;
}
