/** Speed-up over threads on one grid, and efficiency over threads on a grid that grows along, each with its ideal. */
import type { SweepAxis } from '../../../kernels/exercise.ts';
import type { Competitor } from '../figures/competitors.ts';
import { splitInterval } from '../figures/split-interval.ts';
import type { Interval } from '../run.ts';
import type { ScalingLaw } from '../serial-share.ts';
import { rateRatio } from '../trusted.ts';
import { formatInterval, formatNumber } from '../units.ts';
import { type Placed, scalingLines, weakScalingLines } from './axes.ts';
import { isClearlyFaster } from './compare-points.ts';
import { frameOf, isTrustedPoint, type PlotContext, placeText, someOf } from './frame.ts';
import type { LinesPlot, PlotAxis, PlotDetail, PlotGuide, PlotSeries } from './plot.ts';
import { speedupAxis, zeroAxis } from './scales.ts';
import { coreLandmarks, fitRemark, fitSentence, fittedCurve, percent, percentInterval } from './serial-fit.ts';
import { type Line, seriesOf } from './series.ts';
import { axisOver, keyOf, roundsOf, trustedOf } from './sweep.ts';

const THREADS: SweepAxis = { of: 'threads' };
const CELLS: SweepAxis = { of: 'cells' };
const MOST_SENTENCES = 3;

const scaled = ({ median, low, high }: Interval, factor: number): Interval => ({
  median: median * factor,
  low: low * factor,
  high: high * factor,
});

/** Times the rate with one thread; undefined where the two have no round in common, or that of one thread may not be ranked. */
function speedupOf({ of }: Placed<Competitor>, line: Line): Interval | undefined {
  const base = line[0]!.of;
  const ratio = base.ranked ? rateRatio(of, base) : undefined;
  return ratio && { median: ratio.median, low: ratio.low, high: ratio.high };
}

/** Fewest threads, not the most, with which the last point's rate is reached within the noise. */
function saturation(line: Line): Placed<Competitor> | undefined {
  const last = line.at(-1);
  if (last === undefined) return undefined;
  return line.slice(0, -1).find(({ of }) => !isClearlyFaster(last.of, of));
}

const toldLines = (lines: readonly Line[]): Line[] => lines.map(trustedOf).filter((line) => line.length > 1 && line[0]!.x === 1);

function conclude(lines: readonly Line[], series: readonly PlotSeries[], sentence: Kind['sentence']): string[] {
  return lines
    .map((line, at) => ({ label: series[at]!.label, line: trustedOf(line) }))
    .filter(({ line }) => line.length > 1 && line[0]!.x === 1)
    .flatMap(({ label, line }) => {
      const last = line.at(-1)!;
      const speedup = speedupOf(last, line);
      return speedup === undefined ? [] : [{ label, line, last, speedup }];
    })
    .sort((a, b) => b.speedup.median / b.last.x - a.speedup.median / a.last.x)
    .slice(0, MOST_SENTENCES)
    .map(({ label, line, last, speedup }) => sentence({ label, speedup, last, line }));
}

/** What both have in common; `value` of a point is what `speedupOf` it gives. */
interface Kind {
  readonly law: ScalingLaw;
  readonly lines: readonly Line[];
  readonly axes: readonly SweepAxis[];
  readonly valueOf: (speedup: Interval, threads: number) => Interval;
  readonly textOf: (value: Interval) => string;
  readonly ideal: (threads: number) => number;
  readonly idealLabel: string;
  /** The y axis for an x axis and what is drawn. */
  readonly axis: (x: PlotAxis, values: readonly number[]) => PlotAxis;
  readonly sentence: (told: {
    readonly label: string;
    /** Of the last point. */
    readonly speedup: Interval;
    readonly last: Placed<Competitor>;
    readonly line: Line;
  }) => string;
  readonly caption: string;
  /** Heads and cells of what the table has beside. */
  readonly columns?: readonly string[];
  readonly more?: (speedup: Interval | undefined, threads: number) => readonly PlotDetail[];
}

/** A curve for each line that is spoken of. */
function curvesOf({ law, lines, ...kind }: Kind, series: readonly PlotSeries[], context: PlotContext): PlotGuide[] {
  const exact = (value: number): Interval => ({ median: value, low: value, high: value });
  const curves = lines.map((line, at) =>
    fittedCurve(law, series[at]!, trustedOf(line), (speedup, threads) => kind.valueOf(exact(speedup), threads).median, context),
  );
  return curves.filter((curve) => curve !== undefined).slice(0, MOST_SENTENCES);
}

function buildLines(kind: Kind, context: PlotContext): LinesPlot {
  const { texts, competitors } = context;
  const { lines } = kind;
  const drawn = lines.flat().map(({ of }) => of);
  const series = seriesOf(
    {
      lines,
      axes: kind.axes,
      moving: [THREADS],
      y: (placed, line) => {
        const speedup = speedupOf(placed, line);
        const value = speedup && kind.valueOf(speedup, placed.x);
        return value && { value, text: kind.textOf(value) };
      },
      ...(kind.more && { more: (placed, line) => kind.more!(speedupOf(placed, line), placed.x) }),
    },
    context,
  );
  const x = axisOver(THREADS, lines, context);
  const ends = [1, Math.max(1, ...lines.flat().map((placed) => placed.x))];
  const ideal = ends.map((threads) => ({ x: threads, y: kind.ideal(threads) }));
  // Where one of several threads was measured, but not the one that it is divided by.
  const without = lines
    .filter((line) => !line[0]!.of.ranked && line.some(({ of }) => of.result.samples.length > 0))
    .map((line) => line.at(-1)!.of.label);
  const loose = competitors.filter((competitor) => competitor.result.variant.threads > 1 && !drawn.includes(competitor));
  const missing = [...new Set([...without, ...loose.filter(isTrustedPoint).map(({ label }) => label)])];
  const rounds = roundsOf(drawn);
  const values = [
    ...series.flatMap(({ points }) => points.flatMap((point) => [point.y.low, point.y.high])),
    ...ideal.map((point) => point.y),
  ];
  const y = kind.axis(x, values);
  return {
    kind: 'lines',
    ...frameOf(context, {
      axes: kind.axes,
      drawn,
      notices: missing.length > 0 ? [texts.withoutOneThread(someOf(missing, texts))] : [],
      conclusion: [...conclude(lines, series, kind.sentence), fitRemark(kind.law, toldLines(lines), context)],
      caption: [rounds === '' ? '' : texts.captionRatios(rounds), kind.caption],
    }),
    x,
    y,
    series,
    guides: [{ key: 'ideal', label: kind.idealLabel, points: ideal }, ...curvesOf(kind, series, context)],
    landmarks: coreLandmarks(lines, context),
    ...(kind.columns && { columns: kind.columns }),
    key: keyOf(series, context, 'speedup'),
  };
}

export function buildScaling(context: PlotContext): LinesPlot {
  const { language, texts, figureTexts } = context;
  const better = { end: 'high', text: figureTexts.hint } as const;
  return buildLines(
    {
      law: 'amdahl',
      lines: scalingLines(context.competitors),
      axes: [THREADS],
      valueOf: (speedup) => speedup,
      textOf: (value) => formatInterval(value, language, 'ratio'),
      ideal: (threads) => threads,
      idealLabel: texts.idealSpeedup,
      axis: (x, values) => {
        const tick = (value: number) => (value === 0 ? '0' : `×\u00a0${formatNumber(value, language, 4)}`);
        // Both logarithmic or neither, or the ideal were no straight line.
        if (x.scale === 'linear') return zeroAxis(texts.axes.speedup, values, tick, better);
        const places = x.ticks.map(({ value }) => value);
        return speedupAxis(texts.axes.logarithmic(texts.axes.speedup), values, places, tick, better);
      },
      sentence: ({ label, speedup, last, line }) => {
        const [value, range] = splitInterval(formatInterval(speedup, language));
        const full = saturation(line);
        const at = placeText(THREADS, last.of, context);
        const said = texts.speedup(label, at, value, range, percent(speedup.median / last.x, language));
        const gain = full === undefined ? '' : full.x === 1 ? texts.noGain : texts.saturates(placeText(THREADS, full.of, context));
        return [said, gain, fitSentence('amdahl', line, context)].filter((sentence) => sentence !== '').join(' ');
      },
      caption: texts.captionScaling,
      columns: [texts.columnEfficiency],
      more: (speedup, threads) => [
        speedup === undefined
          ? { text: '', value: 0 }
          : { text: percentInterval(scaled(speedup, 1 / threads), language).join(' '), value: speedup.median / threads },
      ],
    },
    context,
  );
}

export function buildWeakScaling(context: PlotContext): LinesPlot {
  const { language, texts, figureTexts } = context;
  const better = { end: 'high', text: figureTexts.hint } as const;
  return buildLines(
    {
      law: 'gustafson',
      lines: weakScalingLines(context.competitors),
      axes: [THREADS, CELLS],
      valueOf: (speedup, threads) => scaled(speedup, 1 / threads),
      textOf: (value) => percentInterval(value, language).join(' '),
      ideal: () => 1,
      idealLabel: texts.idealEfficiency,
      axis: (_, values) => zeroAxis(texts.axes.efficiency, values, (value) => percent(value, language), better),
      sentence: ({ label, speedup, last, line }) => {
        const efficiency = scaled(speedup, 1 / last.x);
        const said = texts.efficiency(label, placeText(THREADS, last.of, context), ...percentInterval(efficiency, language));
        return [said, fitSentence('gustafson', line, context)].filter((sentence) => sentence !== '').join(' ');
      },
      caption: texts.captionWeak,
    },
    context,
  );
}
