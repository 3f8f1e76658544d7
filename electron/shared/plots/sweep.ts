/** Rates along an axis, a line for each kind of variant; variants that have no place on the axis are levels to compare with. */
import type { SweepAxis } from '../../../kernels/exercise.ts';
import { rangeText } from '../figures/caption.ts';
import { type Competitor, rateOf } from '../figures/competitors.ts';
import type { FigureChart } from '../figures/figure.ts';
import { denseLogScale, siParts } from '../figures/log-axis.ts';
import { splitInterval } from '../figures/split-interval.ts';
import { rateRatio } from '../trusted.ts';
import { formatInterval, formatNumber, formatRate } from '../units.ts';
import { axisValue, linesOver } from './axes.ts';
import { cacheMarks, workingSet } from './caches.ts';
import { type Lead, lead, medianRate, rank } from './compare-points.ts';
import { axisTitle, frameOf, isTrustedPoint, type PlotContext, placeText, tickText } from './frame.ts';
import type { LinesKey, LinesPlot, PlotAxis, PlotGuide, PlotSeries } from './plot.ts';
import { decadesOver, placesAxis } from './scales.ts';
import { type Line, seriesOf } from './series.ts';

/** Lines that the conclusion speaks of, the fastest first; the rest is in the drawing. */
const MOST_SENTENCES = 3;
const MOST_REFERENCES = 2;

export const keyOf = (series: readonly PlotSeries[], { texts, figureTexts }: PlotContext, of: FigureChart = 'timings'): LinesKey => ({
  title: texts.legend,
  point: figureTexts.keyMedian[of],
  interval: figureTexts.keyInterval[of],
  ...(series.some(({ points }) => points.some(({ trusted }) => !trusted)) && { hollow: texts.keyUntrusted }),
});

/** The x axis over every place of the lines, whether it was measured already or not. */
export function axisOver(axis: SweepAxis, lines: readonly Line[], context: PlotContext): PlotAxis {
  const placed = lines.flat();
  const title = axisTitle(
    axis,
    placed.map(({ of }) => of),
    context,
  );
  const ticks = placed.map(({ x, of }) => ({ value: x, label: tickText(axis, of, context) }));
  return placesAxis((logarithmic) => (logarithmic ? context.texts.axes.logarithmic(title) : title), ticks, axis.of === 'cells');
}

export const roundsOf = (competitors: readonly Competitor[]): string =>
  rangeText(competitors.filter(({ secondsPerStep }) => secondsPerStep.length > 0).map(({ secondsPerStep }) => secondsPerStep.length));

export const trustedOf = (line: Line): Line => line.filter(({ of }) => isTrustedPoint(of));

function lineSentence(label: string, line: Line, axis: SweepAxis, brief: boolean, context: PlotContext): string {
  const { texts, language } = context;
  const found = rank(line);
  if (found === undefined) return '';
  const { best, slowest, ties } = found;
  const at = placeText(axis, best.of, context);
  const rate = formatInterval(rateOf(best.of)!, language, 'rate');
  if (line.length === 1) return texts.onlyPoint(label, at, rate);
  if (ties.length === line.length - 1) return texts.level(label, line.length, at, rate);
  const ratio = rateRatio(best.of, slowest.of);
  return [
    texts.peak(label, at, rate),
    ties.length > 0 ? texts.ties(ties.length) : '',
    ratio?.clear && !brief ? texts.slowest(placeText(axis, slowest.of, context), ...splitInterval(formatInterval(ratio, language))) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Which of two lines is ahead, and from where on the other. Said only where it changes once at most. */
function leadSentence(
  labels: readonly [string, string],
  [first, second]: readonly [Line, Line],
  axis: SweepAxis,
  context: PlotContext,
): string {
  const { texts } = context;
  const common = first.flatMap((placed) => {
    const other = second.find(({ x }) => x === placed.x);
    return other === undefined ? [] : [{ at: placeText(axis, placed.of, context), lead: lead(placed.of, other.of) }];
  });
  if (common.length < 2) return '';
  const decided = common.filter((each): each is { at: string; lead: Exclude<Lead, 'neither'> } => each.lead !== 'neither');
  if (decided.length === 0) return texts.undecided(...labels);
  const name = (who: Exclude<Lead, 'neither'>, other = false) => labels[(who === 'first') === other ? 1 : 0]!;
  const [start, end] = [decided[0]!, decided.at(-1)!];
  const turns = decided.filter((each, index) => index > 0 && each.lead !== decided[index - 1]!.lead);
  if (turns.length === 0 && decided.length === common.length) return texts.ahead(name(start.lead), name(start.lead, true));
  if (turns.length !== 1) return '';
  const until = decided[decided.indexOf(turns[0]!) - 1]!;
  return texts.crossing(name(start.lead), until.at, name(end.lead), turns[0]!.at);
}

function conclude(lines: readonly Line[], series: readonly PlotSeries[], axis: SweepAxis, context: PlotContext): string[] {
  const told = lines
    .map((line, at) => ({ label: series[at]!.label, line: trustedOf(line) }))
    .filter(({ line }) => line.length > 0)
    .map((each) => ({ ...each, peak: Math.max(...each.line.map(({ of }) => medianRate(of))) }))
    .sort((a, b) => b.peak - a.peak);
  const [first, second] = told;
  const two = told.length === 2 && first !== undefined && second !== undefined;
  return [
    ...told.slice(0, MOST_SENTENCES).map(({ label, line }) => lineSentence(label, line, axis, told.length > 2, context)),
    two ? leadSentence([first.label, second.label], [first.line, second.line], axis, context) : '',
  ];
}

export function buildSweep(axis: SweepAxis, context: PlotContext): LinesPlot {
  const { competitors, language, texts } = context;
  const lines = linesOver(axis, competitors);
  const onLines = lines.flat().map(({ of }) => of);
  const series = seriesOf(
    {
      lines,
      axes: [axis],
      moving: [axis],
      y: ({ of }) => {
        const rate = rateOf(of);
        return rate && { value: rate, text: formatInterval(rate, language, 'rate') };
      },
      ...(axis.of === 'cells' && { more: ({ of }) => [workingSet(of, context)] }),
    },
    context,
  );
  const references = competitors
    .filter((competitor) => axisValue(axis, competitor) === undefined && isTrustedPoint(competitor))
    .sort((a, b) => medianRate(b) - medianRate(a))
    .slice(0, MOST_REFERENCES);
  const x = axisOver(axis, lines, context);
  const guides = references.map((reference): PlotGuide => {
    const y = medianRate(reference);
    return {
      key: `${reference.run.id}-${reference.index}`,
      label: texts.reference(reference.label, formatRate(y, language)),
      points: x.domain.map((end) => ({ x: end, y })),
    };
  });
  const values = [...series.flatMap(({ points }) => points.flatMap(({ y }) => [y.low, y.high])), ...references.map(medianRate)];
  const running = context.runs.some(({ status }) => status === 'running');
  const scale = running ? decadesOver(values) : denseLogScale(values);
  // Without a value there is nothing to count by.
  const { domain, ticks, minor } = values.length > 0 ? scale : { ...scale, ticks: [], minor: [] };
  const label = (value: number) => {
    const [scaled, prefix] = siParts(value);
    return `${formatNumber(scaled, language, 4)}${prefix === '' ? '' : `\u00a0${prefix}`}`;
  };
  const rounds = roundsOf(onLines);
  const caches = axis.of === 'cells' ? cacheMarks(lines, x.domain, context) : undefined;
  return {
    kind: 'lines',
    ...frameOf(context, {
      axes: [axis],
      drawn: [...onLines, ...references],
      conclusion: conclude(lines, series, axis, context),
      caption: [rounds === '' ? '' : texts.captionPoints(rounds), caches?.caption ?? ''],
    }),
    x,
    y: {
      title: context.figureTexts.axis.timings(''),
      scale: 'log',
      domain,
      ticks: ticks.map((value) => ({ value, label: label(value) })),
      minor,
      better: { end: 'high', text: context.figureTexts.hint },
    },
    series,
    guides,
    ...(caches && { landmarks: caches.landmarks, columns: [texts.workingSet] }),
    key: keyOf(series, context),
  };
}
