/** How the time per step changes along the run, a point for each stretch between two observations. */
import { stretchesOf } from '../course.ts';
import type { Competitor } from '../figures/competitors.ts';
import { logScale } from '../figures/log-axis.ts';
import type { Interval } from '../run.ts';
import { bootstrapMedian } from '../statistics.ts';
import { formatInteger, formatInterval, formatSeconds } from '../units.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext } from './frame.ts';
import { secondsTick } from './histogram.ts';
import type { LinesPlot, PlotSeries } from './plot.ts';
import { zeroAxis } from './scales.ts';
import { keyOf, roundsOf } from './sweep.ts';

interface Course {
  readonly competitor: Competitor;
  readonly points: readonly { readonly from: number; readonly to: number; readonly secondsPerStep: Interval }[];
}

function coursesOf(competitors: readonly Competitor[]): Course[] {
  const courses = competitors.map((competitor) => ({
    competitor,
    points: stretchesOf(competitor.run.request, competitor.result).map(({ from, to, secondsPerStep }) => ({
      ...{ from, to },
      secondsPerStep: bootstrapMedian(secondsPerStep),
    })),
  }));
  return courses.filter(({ points }) => points.length > 0);
}

function conclude(courses: readonly Course[], { texts, language }: PlotContext): string[] {
  return courses
    .filter(({ competitor }) => isTrustedPoint(competitor))
    .map(({ competitor: { label }, points }) => {
      const sorted = [...points].sort((a, b) => a.secondsPerStep.median - b.secondsPerStep.median);
      const [fastest, slowest] = [sorted[0]!, sorted.at(-1)!].map(({ from, to, secondsPerStep }) => ({
        at: texts.stretch(formatInteger(from, language), formatInteger(to, language)),
        seconds: formatSeconds(secondsPerStep.median, language),
      }));
      return texts.course(label, fastest!.seconds, fastest!.at, slowest!.seconds, slowest!.at);
    });
}

export function buildCourse(context: PlotContext): LinesPlot {
  const { texts, language } = context;
  const courses = coursesOf(context.competitors);
  const drawn = courses.map(({ competitor }) => competitor);
  const series = courses.map(({ competitor, points }): PlotSeries => {
    const mark = markOf(competitor, context);
    const place = { runId: competitor.run.id, variant: competitor.index };
    return {
      key: `${competitor.run.id}-${competitor.index}`,
      ...{ label: competitor.label, kernel: competitor.result.variant.kernel, look: competitor.look },
      points: points.map(({ from, to, secondsPerStep }) => ({
        ...place,
        ...{ x: (from + to) / 2, y: secondsPerStep },
        xText: texts.stretch(formatInteger(from, language), formatInteger(to, language)),
        yText: formatInterval(secondsPerStep, language, 'seconds'),
        ...(mark && { mark }),
        ...{ ranked: competitor.ranked, trusted: isTrustedPoint(competitor) },
      })),
    };
  });
  const { domain, ticks, minor } = logScale(series.flatMap(({ points }) => points.flatMap(({ y }) => [y.low, y.high])));
  const steps = courses.flatMap(({ points }) => points.map(({ to }) => to));
  const rounds = roundsOf(drawn);
  return {
    kind: 'lines',
    ...frameOf(context, {
      axes: [],
      drawn,
      conclusion: conclude(courses, context),
      caption: [rounds === '' ? '' : texts.captionPoints(rounds), texts.captionCourse],
    }),
    x: zeroAxis(texts.axes.step, steps, (value) => formatInteger(value, language), undefined),
    y: {
      title: texts.axes.logarithmic(texts.axes.timePerStep),
      scale: 'log',
      ...{ domain, minor },
      ticks: ticks.map((value) => ({ value, label: secondsTick(value, language) })),
      better: { end: 'low', text: texts.axes.lowerIsBetter },
    },
    series,
    guides: [],
    key: keyOf(series, context),
  };
}
