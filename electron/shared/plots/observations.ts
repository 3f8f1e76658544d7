/** What was read off the state along a run, of all rounds that read it the median. */
import type { Competitor } from '../figures/competitors.ts';
import { logScale } from '../figures/log-axis.ts';
import { cellsOf, type Observe, settingsOf } from '../run.ts';
import { median } from '../statistics.ts';
import { formatInteger, formatNumber } from '../units.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext } from './frame.ts';
import type { LinesPlot, PlotAxis, PlotSeries } from './plot.ts';
import { zeroAxis } from './scales.ts';
import { keyOf } from './sweep.ts';

interface Observed {
  readonly competitor: Competitor;
  readonly values: readonly { readonly step: number; readonly value: number }[];
  /** The first step whose state held what is no number. */
  readonly brokenAt?: number;
}

/** In the order of steps. */
function observedOf(competitor: Competitor, what: Observe['what']): Observed {
  const observations = (competitor.result.observations ?? []).filter(({ name }) => name === what);
  const steps = [...Map.groupBy(observations, ({ step }) => step)].sort(([a], [b]) => a - b);
  const brokenAt = steps.find(([, each]) => each.some(({ value }) => value === null))?.[0];
  return {
    competitor,
    values: steps.flatMap(([step, each]) => {
      const values = each.flatMap(({ value }) => value ?? []);
      return values.length === each.length ? [{ step, value: median(values) }] : [];
    }),
    ...(brokenAt !== undefined && { brokenAt }),
  };
}

function sentence({ competitor, values, brokenAt }: Observed, what: Observe['what'], { texts, language }: PlotContext): string {
  const { label, run, result } = competitor;
  const integer = (value: number) => formatInteger(value, language);
  const broken = brokenAt === undefined ? '' : ` ${texts.noNumber(label, integer(brokenAt))}`;
  const last = values.at(-1);
  if (last === undefined) return broken.trim();
  if (what === 'difference') {
    const first = values.find(({ value }) => value > 0);
    if (first === undefined) return texts.noDifference(label) + broken;
    const [from, to] = [first, last].map(({ value }) => formatNumber(value, language, 2));
    return texts.difference(label, from!, integer(first.step), to!, integer(last.step)) + broken;
  }
  const most = values.reduce((a, b) => (b.value > a.value ? b : a));
  if (most.value === 0) return texts.noSubnormals(label) + broken;
  const share = most.value / (2 * cellsOf(settingsOf(run.request, result.variant).grid));
  const percent = `${formatNumber(100 * share, language, 2)}\u00a0%`;
  return texts.subnormals(label, integer(most.value), percent, integer(most.step), integer(last.value)) + broken;
}

function valueAxis(what: Observe['what'], values: readonly number[], { texts, language }: PlotContext): PlotAxis {
  const title = texts.axes.observed[what];
  // Differences grow by orders of magnitude.
  if (what !== 'difference') return zeroAxis(title, values, (value) => formatInteger(value, language), undefined);
  const { domain, ticks, minor } = logScale(values);
  return {
    title: texts.axes.logarithmic(title),
    scale: 'log',
    ...{ domain, minor },
    ticks: ticks.map((value) => ({ value, label: formatNumber(value, language, 2) })),
  };
}

/** Of runs that observe several things, what their first variant does. */
export function buildObservations(context: PlotContext): LinesPlot {
  const { texts, language } = context;
  const what = context.competitors.find(({ result }) => result.variant.observe !== undefined)?.result.variant.observe?.what ?? 'difference';
  const observed = context.competitors
    .filter(({ result }) => result.variant.observe?.what === what)
    .map((competitor) => observedOf(competitor, what));
  const drawn = observed.map(({ competitor }) => competitor);
  const format = (value: number) => (what === 'difference' ? formatNumber(value, language, 3) : formatInteger(value, language));
  const series = observed.map(({ competitor, values }): PlotSeries => {
    const mark = markOf(competitor, context);
    return {
      key: `${competitor.run.id}-${competitor.index}`,
      ...{ label: competitor.label, kernel: competitor.result.variant.kernel, look: competitor.look },
      // A logarithmic axis has no zero.
      points: values
        .filter(({ value }) => what !== 'difference' || value > 0)
        .map(({ step, value }) => ({
          ...{ runId: competitor.run.id, variant: competitor.index, x: step },
          y: { median: value, low: value, high: value },
          ...{ xText: texts.step(formatInteger(step, language)), yText: format(value) },
          ...(mark && { mark }),
          ...{ ranked: competitor.ranked, trusted: isTrustedPoint(competitor) },
        })),
    };
  });
  const { interval: _, ...key } = keyOf(series, context);
  const points = series.flatMap((each) => each.points);
  return {
    kind: 'lines',
    ...frameOf(context, {
      axes: [],
      drawn,
      conclusion: observed.filter(({ competitor }) => isTrustedPoint(competitor)).map((each) => sentence(each, what, context)),
      caption: [texts.captionObserved[what]],
    }),
    x: zeroAxis(
      texts.axes.step,
      points.map(({ x }) => x),
      (value) => formatInteger(value, language),
      undefined,
    ),
    y: valueAxis(
      what,
      points.map(({ y }) => y.median),
      context,
    ),
    series,
    guides: [],
    key: { ...key, point: texts.keyObserved },
  };
}
