/** Rates over two axes as a map: the best is outlined, and so is said what cannot be told from it, for optima are flat. */
import { type Competitor, rateOf } from '../figures/competitors.ts';
import type { FigureTick } from '../figures/figure.ts';
import { denseLogScale } from '../figures/log-axis.ts';
import { splitInterval } from '../figures/split-interval.ts';
import type { Interval } from '../run.ts';
import { rateRatio } from '../trusted.ts';
import { formatInterval, formatNumber, formatRate, rateScale } from '../units.ts';
import { axisValue } from './axes.ts';
import { type MapAxes, mapOf } from './charts-of.ts';
import { medianRate, rank } from './compare-points.ts';
import { axisTitle, frameOf, isTrustedPoint, isUnranked, markOf, type PlotContext, placeText, someOf, tickText } from './frame.ts';
import { lookOf } from './looks.ts';
import type { HeatMapCell, HeatMapPlot } from './plot.ts';
import { lineLabels } from './series.ts';
import { roundsOf } from './sweep.ts';

/** Fastest of those without a place on the map, which it is compared with. */
const MOST_OTHERS = 3;

function placesOf(axis: MapAxes['x'], competitors: readonly Competitor[], context: PlotContext): FigureTick[] {
  const places = new Map(competitors.map((competitor) => [axisValue(axis, competitor)!, tickText(axis, competitor, context)]));
  return [...places].map(([value, label]) => ({ value, label })).sort((a, b) => a.value - b.value);
}

/** Steps of the scale while a run goes on. */
const COARSE = 2;

/**
 * The slowest and the fastest. While the run goes on the next power of two beyond each, so that a cell keeps its shade
 * when another one is measured.
 */
function rangeOf(rates: readonly number[], isRunning: boolean): readonly [number, number] {
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  if (!isRunning || rates.length === 0) return [low, high];
  const steps = (rate: number) => Math.log(rate) / Math.log(COARSE);
  return [COARSE ** Math.floor(steps(low)), COARSE ** Math.ceil(steps(high))];
}

/** Shades are even in the logarithm, as the axes of rates are. */
function shadeOf(rate: number, [low, high]: readonly [number, number]): number {
  return low < high ? Math.log(rate / low) / Math.log(high / low) : 1;
}

function conclude(map: readonly Competitor[], label: string, axes: MapAxes, others: readonly Competitor[], context: PlotContext): string[] {
  const { texts, language } = context;
  const found = rank(map.filter(isTrustedPoint).map((of) => ({ of })));
  if (found === undefined) return [];
  const { best, slowest, ties } = found;
  const at = (competitor: Competitor) => `${placeText(axes.x, competitor, context)}, ${placeText(axes.y, competitor, context)}`;
  const other = others[0];
  const toSlowest = rateRatio(best.of, slowest.of);
  const toOther = other && rateRatio(best.of, other);
  const parts = (ratio: Interval) => splitInterval(formatInterval(ratio, language));
  return [
    texts.mapBest(label, at(best.of), formatInterval(rateOf(best.of)!, language, 'rate')),
    best === slowest ? '' : texts.mapTies(ties.length),
    toSlowest?.clear ? texts.mapSlowest(at(slowest.of), ...parts(toSlowest)) : '',
    other === undefined || toOther === undefined ? '' : texts.mapReference(other.label, ...parts(toOther)),
  ];
}

export function buildHeatMap(axes: MapAxes, context: PlotContext): HeatMapPlot | undefined {
  const { competitors, language, texts } = context;
  const map = mapOf(axes, competitors);
  const first = map[0];
  if (first === undefined) return undefined;
  const label = lineLabels([[{ x: 0, of: first }]], [axes.x, axes.y], context)[0]!;
  const [xs, ys] = [placesOf(axes.x, map, context), placesOf(axes.y, map, context)];
  const trusted = map.filter(isTrustedPoint);
  const found = rank(trusted.map((of) => ({ of })));
  const rates = trusted.map(medianRate);
  const range = rangeOf(rates, first.run.status === 'running');
  const unit = rateScale(rates.length > 0 ? range[1] : 1e6);
  const near = new Set(found?.ties.map(({ of }) => of));
  const cells = map.map((competitor): HeatMapCell => {
    const rate = rateOf(competitor);
    const mark = markOf(competitor, context);
    const counts = isTrustedPoint(competitor);
    return {
      ...{ runId: competitor.run.id, variant: competitor.index },
      x: xs.findIndex(({ value }) => value === axisValue(axes.x, competitor)),
      y: ys.findIndex(({ value }) => value === axisValue(axes.y, competitor)),
      ...(rate && { rate }),
      ...(rate && counts && { shade: shadeOf(rate.median, range) }),
      text: rate === undefined ? '' : formatNumber(rate.median / unit.factor, language, 3),
      rateText: rate === undefined ? '' : formatInterval(rate, language, 'rate'),
      best: competitor === found?.best.of,
      near: near.has(competitor),
      ...(mark && { mark }),
      trusted: counts,
      hatched: isUnranked(competitor),
    };
  });
  const outside = competitors.filter((competitor) => !map.includes(competitor));
  const others = outside
    .filter(isTrustedPoint)
    .sort((a, b) => medianRate(b) - medianRate(a))
    .slice(0, MOST_OTHERS);
  const unnamed = outside.filter((competitor) => !others.includes(competitor) && competitor.result.samples.length > 0);
  const rounds = roundsOf(map);
  return {
    kind: 'heat-map',
    ...frameOf(context, {
      axes: [axes.x, axes.y],
      drawn: [...map, ...others],
      notices:
        unnamed.length > 0
          ? [
              texts.offTheMap(
                someOf(
                  unnamed.map((each) => each.label),
                  texts,
                ),
              ),
            ]
          : [],
      conclusion: conclude(map, label, axes, others, context),
      caption: [rounds === '' ? '' : texts.captionMap(rounds)],
    }),
    label,
    kernel: first.result.variant.kernel,
    look: lookOf(first.result.variant.kernel),
    x: { title: axisTitle(axes.x, map, context), values: xs },
    y: { title: axisTitle(axes.y, map, context), values: ys },
    cells,
    scale: {
      ...(rates.length > 0 ? { low: range[0], high: range[1] } : { low: 1, high: 1 }),
      ticks: denseLogScale(rates)
        .ticks.filter((value) => rates.length > 0 && value >= range[0] && value <= range[1])
        .map((value) => ({ value, label: formatNumber(value / unit.factor, language, 4) })),
    },
    key: { title: texts.legend, shade: texts.keyShade(unit.unit), best: texts.keyBest, near: texts.keyNear, hatched: texts.keyUntrusted },
    others: others.map((other) => ({
      key: `${other.run.id}-${other.index}`,
      label: other.label,
      kernel: other.result.variant.kernel,
      look: other.look,
      rateText: formatRate(medianRate(other), language),
    })),
  };
}
