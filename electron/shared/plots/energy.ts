/** The energy of a cell update, a bar for each variant, where a counter of it was read. */

import { type EnergyPerUpdate, energiesOf, energyOf } from '../energy.ts';
import { ENERGY_WORDS, energySentence } from '../energy-words.ts';
import type { Competitor } from '../figures/competitors.ts';
import { list } from '../figures/texts.ts';
import type { Interval } from '../run.ts';
import { formatInterval, formatNumber } from '../units.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext, someOf } from './frame.ts';
import { looksOf } from './looks.ts';
import type { BarsPlot } from './plot.ts';
import { zeroAxis } from './scales.ts';

type Read = Extract<EnergyPerUpdate, { source: string }>;

interface Measured {
  readonly of: Competitor;
  readonly energy: Read;
  readonly rounds: readonly number[];
}

const areApart = (a: Interval, b: Interval): boolean => a.high < b.low || b.high < a.low;

/** The least, whatever lies within its interval, and the most where that is clearly more. */
function conclude(measured: readonly Measured[], { language }: PlotContext): string[] {
  const words = ENERGY_WORDS[language];
  const sorted = measured
    .filter(({ of }) => isTrustedPoint(of))
    .toSorted((a, b) => a.energy.joulesPerBillion.median - b.energy.joulesPerBillion.median);
  const [least, ...others] = sorted;
  if (least === undefined) return [];
  const told = ({ of, energy }: Measured) => [of.label, formatInterval(energy.joulesPerBillion, language)] as const;
  const most = others.at(-1);
  if (most === undefined) return [words.alone(...told(least))];
  const near = others.filter(({ energy }) => !areApart(energy.joulesPerBillion, least.energy.joulesPerBillion));
  if (near.length === others.length) return [words.level(...told(least))];
  return [words.least(...told(least)), near.length > 0 ? words.near(near.length) : '', words.most(...told(most))];
}

/** Why some have no bar, each reason once. */
function missingNotices(competitors: readonly Competitor[], { language, texts }: PlotContext): string[] {
  const words = ENERGY_WORDS[language];
  const missing = competitors.flatMap((of) => {
    const energy = energiesOf(of.run, of.index);
    return of.result.samples.length > 0 && 'unavailable' in energy ? [{ of, reason: energy.unavailable }] : [];
  });
  return [...Map.groupBy(missing, ({ reason }) => reason)].map(([reason, own]) =>
    words.without(
      list(
        someOf(
          own.map(({ of }) => of.label),
          texts,
        ),
        words.and,
      ),
      words.unavailable[reason],
    ),
  );
}

export function buildEnergy(context: PlotContext): BarsPlot {
  const { competitors, language, texts, figureTexts } = context;
  const words = ENERGY_WORDS[language];
  const measured = competitors.flatMap((of): Measured[] => {
    const [energy, rounds] = [energyOf(of.run, of.index), energiesOf(of.run, of.index)];
    return 'source' in energy && 'source' in rounds ? [{ of, energy, rounds: rounds.joulesPerBillion }] : [];
  });
  const looks = looksOf(measured.map(({ of }) => of.result.variant.kernel));
  const bars = measured.map(({ of, energy, rounds }, at): BarsPlot['bars'][number] => {
    const mark = markOf(of, context);
    return {
      key: `${of.run.id}-${of.index}`,
      ...{ runId: of.run.id, variant: of.index, label: of.label, kernel: of.result.variant.kernel },
      look: looks[at]!,
      ...(mark && { mark }),
      trusted: isTrustedPoint(of),
      value: energy.joulesPerBillion,
      rounds,
      valueText: formatInterval(energy.joulesPerBillion, language),
    };
  });
  return {
    kind: 'bars',
    ...frameOf(context, {
      axes: [],
      drawn: measured.map(({ of }) => of),
      notices: missingNotices(competitors, context),
      conclusion: conclude(measured, context),
      caption: [
        words.captionBars,
        energySentence(
          measured.map(({ energy }) => energy),
          language,
        ),
      ],
    }),
    x: zeroAxis(
      words.axis,
      bars.flatMap(({ value }) => [value.median, value.high]),
      (value) => formatNumber(value, language, 4),
      { end: 'low', text: texts.axes.lowerIsBetter },
    ),
    bars,
    key: {
      title: texts.legend,
      bar: words.bar,
      interval: figureTexts.keyInterval.timings,
      ...(bars.some(({ trusted }) => !trusted) && { hollow: texts.keyUntrusted }),
      value: words.heading,
    },
  };
}
