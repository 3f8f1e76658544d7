/**
 * What a round spent its time on, and what of it went on at once. One round of each variant is drawn, the one of median
 * length; the words speak of the medians over all rounds.
 */
import { stepsPerTransfer } from '../../../kernels/transfer.ts';
import type { Competitor } from '../figures/competitors.ts';
import { SPAN_KINDS, type Span } from '../run.ts';
import { median } from '../statistics.ts';
import { formatSeconds } from '../units.ts';
import { frameOf, isTrustedPoint, type PlotContext } from './frame.ts';
import type { SpanKind, TimelinePlot } from './plot.ts';
import { zeroAxis } from './scales.ts';

/** What happens on one thread, or in one device, stands in one lane. */
const LANES = ['compute', 'transfer', 'disk'] as const;
export type Lane = (typeof LANES)[number];
const LANE_OF: Readonly<Record<SpanKind, Lane>> = {
  compile: 'compute',
  steps: 'compute',
  read: 'compute',
  upload: 'transfer',
  download: 'transfer',
  write: 'disk',
};

const spansOf = ({ result }: Competitor): readonly Span[] => result.spans ?? [];
const endOf = (spans: readonly Span[]): number => Math.max(...spans.map(({ end }) => end));

const isUsed = (lane: Lane, { result: { backend, variant } }: Competitor): boolean =>
  ({ compute: true, transfer: backend === 'webgpu', disk: variant.images !== undefined })[lane];

/** While its run goes on, a variant keeps the place that it will need. */
export const areSpansToCome = ({ run, result: { backend, variant } }: Competitor): boolean =>
  run.status === 'running' && (backend === 'webgpu' || variant.images !== undefined);

/** Spans of the round whose length is the median's nearest from below. */
function typicalRound(spans: readonly Span[]): readonly Span[] {
  const rounds = [...Map.groupBy(spans, ({ round }) => round).values()].sort((a, b) => endOf(a) - endOf(b));
  return rounds[Math.floor((rounds.length - 1) / 2)] ?? [];
}

/** Median seconds of an image, in all and of one kind. */
function imageSeconds(competitor: Competitor, what?: SpanKind): number | undefined {
  if (what === undefined) {
    const { samples, variant } = competitor.result;
    const crossing = stepsPerTransfer(variant.parameters);
    if (samples.length === 0 || (variant.images === undefined && crossing === undefined)) return undefined;
    // A sample is an image with all that it costs, or a batch of several.
    return median(samples.map(({ seconds, steps }) => (variant.images === undefined ? (seconds / steps) * crossing! : seconds)));
  }
  const lengths = spansOf(competitor).flatMap((span) => (span.what === what ? [span.end - span.begin] : []));
  return lengths.length === 0 ? undefined : median(lengths);
}

function conclude(drawn: readonly Competitor[], { texts, language }: PlotContext): string[] {
  return drawn.filter(isTrustedPoint).flatMap((competitor) => {
    const whole = imageSeconds(competitor);
    if (whole === undefined) return [];
    const parts = SPAN_KINDS.filter((what) => what !== 'compile').flatMap((what) => {
      const seconds = imageSeconds(competitor, what);
      return seconds === undefined ? [] : [`${texts.spans[what]} ${formatSeconds(seconds, language)}`];
    });
    if (parts.length === 0) return [];
    return [texts.timeOfImage(competitor.label, formatSeconds(whole, language), parts)];
  });
}

export function buildTimeline(context: PlotContext): TimelinePlot {
  const { texts, language } = context;
  const drawn = context.competitors.filter((competitor) => spansOf(competitor).length > 0 || areSpansToCome(competitor));
  const rounds = drawn.map((competitor) => typicalRound(spansOf(competitor)));
  const groups = drawn.map((competitor, at) => ({
    key: `${competitor.run.id}-${competitor.index}`,
    ...{ runId: competitor.run.id, variant: competitor.index, label: competitor.label, kernel: competitor.result.variant.kernel },
    look: competitor.look,
    lanes: LANES.flatMap((lane) => {
      const spans = rounds[at]!.filter(({ what }) => LANE_OF[what] === lane);
      if (spans.length === 0 && !(areSpansToCome(competitor) && isUsed(lane, competitor))) return [];
      return [
        {
          label: texts.lanes[lane],
          spans: spans.map(({ what, image, begin, end }) => ({
            ...{ what, from: begin, to: end },
            text: texts.spanOfImage(texts.spans[what], image + 1, formatSeconds(end - begin, language)),
          })),
        },
      ];
    }),
  }));
  return {
    kind: 'timeline',
    ...frameOf(context, { axes: [], drawn, conclusion: conclude(drawn, context), caption: [texts.captionTimeline] }),
    x: zeroAxis(
      texts.axes.seconds,
      rounds.map((spans) => (spans.length === 0 ? 0 : endOf(spans))),
      (value) => formatSeconds(value, language),
      undefined,
    ),
    groups,
    key: { title: texts.legend, spans: texts.spans },
  };
}
