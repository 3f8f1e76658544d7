/** What a roofline says in sentences: which roof holds whom, and how far off the prediction was. */
import { LEAST_ROUNDS } from '../../../kernels/relation.ts';
import type { Language } from '../contract.ts';
import { type Competitor, rateOf } from '../figures/competitors.ts';
import type { Limit } from '../roofs.ts';
import { formatInterval, formatNumber, formatRate } from '../units.ts';
import { isTrustedPoint } from './frame.ts';
import { roofParts } from './roofline-roofs.ts';
import { ROOFLINE_TEXTS } from './roofline-texts.ts';

/** From this share of its roof on, a kernel is said to be held by it; a triad itself seldom keeps more in a real loop. */
const HELD = 0.6;
/** Ceilings agree within this share from one measurement to the next. */
const ABOVE = 1.05;
/** Roofs that the conclusion speaks of, those that hold most kernels first. */
const MOST_ROOFS = 3;

export const percentText = (share: number, language: Language): string =>
  `${formatNumber(100 * share, language, share < 0.1 ? 1 : share < 1 ? 2 : 3)}\u00a0%`;

export interface Limited {
  readonly competitor: Competitor;
  readonly limit?: Limit;
}

export function limitSentences(limited: readonly Limited[], language: Language): string[] {
  const texts = ROOFLINE_TEXTS[language];
  const found = limited.flatMap(({ competitor, limit }) =>
    limit === undefined || !isTrustedPoint(competitor) ? [] : [{ competitor, limit }],
  );
  const told = ({ competitor, limit }: (typeof found)[number]) => texts.withShare(competitor.label, percentText(limit.share, language));
  const above = found.filter(({ limit }) => limit.share > ABOVE);
  const held = found.filter(({ limit }) => limit.share >= HELD && limit.share <= ABOVE);
  const far = found.filter(({ limit }) => limit.share < HELD);
  const groups = [...Map.groupBy(held, ({ limit }) => roofParts(limit.roof, language).join('|')).values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_ROOFS);
  const cached = held.filter(({ limit }) => limit.servedByCache);
  return [
    ...groups.map((group) => texts.holds(roofParts(group[0]!.limit.roof, language), group.map(told))),
    ...(cached.length > 0 ? [texts.servedByCache(cached.map(({ competitor }) => competitor.label))] : []),
    ...(far.length > 0 ? [texts.farBelow(far.map(told))] : []),
    ...(above.length > 0 ? [texts.aboveAll(above.map(told))] : []),
  ];
}

/** Too few rounds have no interval to be within. */
const isWithin = ({ low, high }: { low: number; high: number }, predicted: number): boolean => low <= predicted && predicted <= high;

/** How far off a predicted rate was; of a competitor without a trusted result only what was predicted. */
export function predictionSentence(competitor: Competitor, predicted: number, language: Language): string {
  const texts = ROOFLINE_TEXTS[language];
  const measured = isTrustedPoint(competitor) ? rateOf(competitor) : undefined;
  const shown = formatRate(predicted, language);
  if (measured === undefined) return texts.predictionOpen(competitor.label, shown);
  const reached = formatInterval(measured, language, 'rate');
  if (competitor.secondsPerStep.length >= LEAST_ROUNDS && isWithin(measured, predicted))
    return texts.predictionWithin(competitor.label, shown, reached);
  const high = predicted > measured.median;
  const ratio = high ? predicted / measured.median : measured.median / predicted;
  const off = ratio >= 2 ? `${formatNumber(ratio, language, 2)}\u00a0×` : percentText(Math.abs(predicted / measured.median - 1), language);
  return texts.predictionOff(competitor.label, shown, reached, off, high);
}
