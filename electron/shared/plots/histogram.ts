/**
 * How the times of the samples are spread, one strip for each variant over one axis. Samples of one round are not
 * independent, so that the spread is shown and told, and never tested.
 */
import type { Language } from '../contract.ts';
import type { Competitor } from '../figures/competitors.ts';
import { denseLogScale } from '../figures/log-axis.ts';
import { bootstrapMedian, quantile } from '../statistics.ts';
import { formatInteger, formatInterval, formatNumber, formatSeconds, NO_BREAK_SPACE, timeScale } from '../units.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext } from './frame.ts';
import type { HistogramPlot, HistogramSeries } from './plot.ts';
import { zeroAxis } from './scales.ts';
import { roundsOf } from './sweep.ts';

const FEWEST_BINS = 12;
const MOST_BINS = 60;
const MOST_SENTENCES = 2;

const timesOf = ({ result }: Competitor): number[] => result.samples.map(({ seconds, steps }) => seconds / steps);

const sortedTimes = (competitor: Competitor): number[] => timesOf(competitor).sort((a, b) => a - b);

/** Width of the middle half, over the median. */
function spreadOf(sorted: readonly number[]): number {
  return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / quantile(sorted, 0.5);
}

/**
 * Bounds of the bins, equally wide in the logarithm. Their width is that of Freedman and Diaconis (2 × the middle half ÷
 * the cube root of the count) for the variant that needs the finest, as far as there is room to draw it.
 */
function binBounds([low, high]: readonly [number, number], times: readonly (readonly number[])[]): number[] {
  const range = Math.log(high / low);
  const widths = times
    .filter((sorted) => sorted.length > 1)
    .map((sorted) => (2 * Math.log(quantile(sorted, 0.75) / quantile(sorted, 0.25))) / Math.cbrt(sorted.length))
    .filter((width) => width > 0);
  const wanted = widths.length === 0 ? FEWEST_BINS : Math.ceil(range / Math.min(...widths));
  const count = Math.min(MOST_BINS, Math.max(FEWEST_BINS, wanted));
  return Array.from({ length: count + 1 }, (_, index) => low * (high / low) ** (index / count));
}

function binsOf(sorted: readonly number[], bounds: readonly number[]): HistogramSeries['bins'] {
  const counts = new Map<number, number>();
  for (const value of sorted) {
    const above = bounds.findIndex((bound) => bound > value);
    const bin = above < 0 ? bounds.length - 2 : Math.max(0, above - 1);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([bin, count]) => ({ from: bounds[bin]!, to: bounds[bin + 1]!, count }));
}

function conclude(competitors: readonly Competitor[], { texts, language }: PlotContext): string[] {
  const percent = (share: number) => `${formatNumber(100 * share, language, 2)}\u00a0%`;
  const spreads = competitors
    .filter(isTrustedPoint)
    .map((competitor) => ({ label: competitor.label, sorted: sortedTimes(competitor) }))
    .map((each) => ({ ...each, spread: spreadOf(each.sorted) }))
    .sort((a, b) => a.spread - b.spread);
  if (spreads.length <= MOST_SENTENCES) {
    return spreads.map(({ label, sorted, spread }) =>
      texts.spread(label, percent(spread), formatNumber(sorted.at(-1)! / sorted[0]!, language, 3)),
    );
  }
  const [narrow, wide] = [spreads[0]!, spreads.at(-1)!];
  return [texts.spreads(narrow.label, percent(narrow.spread), wide.label, percent(wide.spread))];
}

export function secondsTick(seconds: number, language: Language): string {
  const { factor, unit } = timeScale(seconds);
  return `${formatNumber(seconds / factor, language, 4)}${NO_BREAK_SPACE}${unit}`;
}

export function buildHistogram(context: PlotContext): HistogramPlot {
  const { language, texts, figureTexts } = context;
  const drawn = context.competitors.filter(({ result }) => result.samples.length > 0);
  const times = drawn.map(sortedTimes);
  const { domain, ticks, minor } = denseLogScale(times.flat());
  const bounds = binBounds(domain, times);
  const series = drawn.map((competitor, at): HistogramSeries => {
    const median = competitor.result.summary?.secondsPerStep ?? bootstrapMedian(competitor.secondsPerStep);
    const mark = markOf(competitor, context);
    const sampleCount = times[at]!.length;
    return {
      key: `${competitor.run.id}-${competitor.index}`,
      ...{ runId: competitor.run.id, variant: competitor.index, label: competitor.label },
      kernel: competitor.result.variant.kernel,
      look: competitor.look,
      ...(mark && { mark }),
      trusted: isTrustedPoint(competitor),
      bins: binsOf(times[at]!, bounds),
      sampleCount,
      least: times[at]![0]!,
      median,
      leastText: formatSeconds(times[at]![0]!, language),
      medianText: formatInterval(median, language, 'seconds'),
      countText: texts.samples(formatInteger(sampleCount, language)),
    };
  });
  const rounds = roundsOf(drawn);
  const most = Math.max(1, ...series.flatMap(({ bins }) => bins.map(({ count }) => count)));
  return {
    kind: 'histogram',
    ...frameOf(context, {
      axes: [{ of: 'cells' }],
      drawn,
      conclusion: conclude(drawn, context),
      caption: [texts.captionBins, rounds === '' ? '' : texts.captionMedian(rounds)],
    }),
    x: {
      title: texts.axes.secondsPerStep,
      scale: 'log',
      domain,
      ticks: ticks.map((value) => ({ value, label: secondsTick(value, language) })),
      minor,
      better: { end: 'low', text: texts.axes.lowerIsBetter },
    },
    y: zeroAxis(texts.axes.samples, [most], (value) => formatNumber(value, language), undefined, 4),
    series,
    key: {
      title: texts.legend,
      bar: texts.keyBar,
      medianColumn: figureTexts.columnRate,
      least: texts.keyLeast,
      median: figureTexts.keyMedian.timings,
      interval: figureTexts.keyInterval.timings,
    },
  };
}
