/**
 * What a step pays for the state's crossings between host and GPU: for each variant one bar, its parts laid end to end.
 * Parts are medians over all crossings; what crosses once is shared out over the steps of the round.
 */
import { stepsPerTransfer } from '../../../kernels/transfer.ts';
import type { Competitor } from '../figures/competitors.ts';
import { settingsOf } from '../run.ts';
import { median, secondsPerStepOfRounds } from '../statistics.ts';
import { formatSeconds } from '../units.ts';
import { frameOf, isTrustedPoint, type PlotContext } from './frame.ts';
import type { TimelinePlot, TimelineSpan } from './plot.ts';
import { zeroAxis } from './scales.ts';
import { areSpansToCome } from './timeline.ts';

/** In the order of a bar. Compiling is paid once for all runs, and is no part of a step. */
const PARTS = ['upload', 'steps', 'download'] as const;

interface Part {
  readonly what: (typeof PARTS)[number];
  readonly secondsPerStep: number;
}

export function transferParts({ run, result }: Competitor): Part[] {
  const crossing = stepsPerTransfer(result.variant.parameters);
  const { steps } = settingsOf(run.request, result.variant);
  return PARTS.flatMap((what): Part[] => {
    // Where it crosses once, the steps between are the samples.
    if (what === 'steps' && crossing === undefined) {
      const rounds = secondsPerStepOfRounds(result.samples);
      return rounds.length === 0 ? [] : [{ what, secondsPerStep: median(rounds) }];
    }
    const lengths = (result.spans ?? []).flatMap((span) => (span.what === what ? [span.end - span.begin] : []));
    return lengths.length === 0 ? [] : [{ what, secondsPerStep: median(lengths) / Math.min(crossing ?? steps, steps) }];
  });
}

export function buildTransfers(context: PlotContext): TimelinePlot {
  const { texts, language } = context;
  const drawn = context.competitors.filter(
    (each) => each.result.backend === 'webgpu' && ((each.result.spans ?? []).length > 0 || areSpansToCome(each)),
  );
  const bars = drawn.map(transferParts);
  const totals = bars.map((parts) => parts.reduce((sum, { secondsPerStep }) => sum + secondsPerStep, 0));
  const inWords = (parts: readonly Part[]) =>
    parts.map(({ what, secondsPerStep }) => `${texts.spans[what]} ${formatSeconds(secondsPerStep, language)}`);
  return {
    kind: 'timeline',
    ...frameOf(context, {
      axes: [],
      drawn,
      conclusion: drawn.flatMap((competitor, at) => {
        const rounds = secondsPerStepOfRounds(competitor.result.samples);
        if (!isTrustedPoint(competitor) || rounds.length === 0 || bars[at]!.length === 0) return [];
        return [texts.timeOfStep(competitor.label, formatSeconds(median(rounds), language), inWords(bars[at]!))];
      }),
      caption: [texts.captionTransfers],
    }),
    x: zeroAxis(texts.axes.timePerStep, totals, (value) => formatSeconds(value, language), undefined),
    groups: drawn.map((competitor, at) => {
      let from = 0;
      const spans = bars[at]!.map(({ what, secondsPerStep }): TimelineSpan => {
        const begin = from;
        from += secondsPerStep;
        return { what, from: begin, to: from, text: texts.partOfStep(texts.spans[what], formatSeconds(secondsPerStep, language)) };
      });
      return {
        key: `${competitor.run.id}-${competitor.index}`,
        ...{ runId: competitor.run.id, variant: competitor.index, label: competitor.label, kernel: competitor.result.variant.kernel },
        look: competitor.look,
        lanes: [{ label: texts.aStep, spans }],
      };
    }),
    key: { title: texts.legend, spans: texts.spans },
  };
}
