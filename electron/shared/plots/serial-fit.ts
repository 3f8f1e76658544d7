/** The law fitted to a line over threads: the curve to draw, and what may honestly be said of it. */
import type { Competitor } from '../figures/competitors.ts';
import { splitInterval } from '../figures/split-interval.ts';
import type { Interval } from '../run.ts';
import { LEAST_THREAD_COUNTS, type ScalingLaw, serialShare, speedupBy } from '../serial-share.ts';
import { ratesByRound } from '../trusted.ts';
import { formatBytes, formatInterval, formatNumber } from '../units.ts';
import { exceedsCaches, workingSet } from './caches.ts';
import { medianRate } from './compare-points.ts';
import type { PlotContext } from './frame.ts';
import type { PlotGuide, PlotLandmark } from './plot.ts';
import type { Line } from './series.ts';

/** Points of the curve, which is straight in no scale. */
const CURVE_POINTS = 40;

export const percent = (share: number, language: PlotContext['language']): string => `${formatNumber(100 * share, language, 3)}\u00a0%`;

/** "78.4 % (76.2 to 80.1)". */
export function percentInterval(share: Interval, language: PlotContext['language']): readonly [value: string, range: string] {
  const { median, low, high } = share;
  const [value, range] = splitInterval(formatInterval({ median: 100 * median, low: 100 * low, high: 100 * high }, language));
  return [`${value}\u00a0%`, range];
}

/** Of the trusted points of a line. */
export function shareOf(law: ScalingLaw, line: Line): Interval | undefined {
  return serialShare(
    law,
    line.map(({ x, of }) => ({ threads: x, rates: ratesByRound(of) })),
  );
}

const clamped = (share: number): number => Math.min(1, Math.max(0, share));
const within = ({ median, low, high }: Interval): Interval => ({ median: clamped(median), low: clamped(low), high: clamped(high) });

/** From one thread to the line's most; `shown` makes of a speed-up what the y axis has. */
export function fittedCurve(
  law: ScalingLaw,
  series: { readonly key: string; readonly label: string },
  line: Line,
  shown: (speedup: number, threads: number) => number,
  { texts, language }: PlotContext,
): PlotGuide | undefined {
  const share = shareOf(law, line);
  // Where no share explains the line, a curve would say that one does.
  if (share === undefined || share.median >= 1 || share.high <= 0) return undefined;
  const most = line.at(-1)!.x;
  const kept = within(share);
  const { median } = kept;
  // The digits of the sentence that says it.
  const [shareText] = percentInterval(kept, language);
  const points = Array.from({ length: CURVE_POINTS }, (_, at) => {
    const threads = most ** (at / (CURVE_POINTS - 1));
    return { x: threads, y: shown(speedupBy(law, median, threads), threads) };
  });
  return { key: `${series.key} ${law}`, of: series.key, label: texts.fitted[law](series.label, shareText), points };
}

/** Curves that are off by more at some point do not describe the line. */
const MISFIT = 0.1;

/** Where the law is off the most, as a share of what was measured. */
function misfitOf(law: ScalingLaw, line: Line, share: number): { readonly of: Competitor; readonly off: number } {
  const base = medianRate(line[0]!.of);
  const misfits = line.map(({ x, of }) => ({ of, off: Math.abs(speedupBy(law, clamped(share), x) / (medianRate(of) / base) - 1) }));
  return misfits.reduce((worst, each) => (each.off > worst.off ? each : worst));
}

/** What the fit says of a line of trusted points that begins with one thread. */
export function fitSentence(law: ScalingLaw, line: Line, context: PlotContext): string {
  const { texts, language } = context;
  const share = shareOf(law, line);
  if (share === undefined) return '';
  if (share.median >= 1) return texts.noFaster;
  if (share.high <= 0) return texts.overIdeal;
  if (share.low <= 0) return texts.noSerialShare(percent(share.high, language));
  const { of, off } = misfitOf(law, line, share.median);
  return [
    texts.serialShare[law](...percentInterval(within(share), language), formatNumber(1 / share.median, language, 3)),
    ...(off > MISFIT ? [texts.misfit(percent(off, language), texts.threads(of.result.variant.threads))] : []),
  ].join(' ');
}

/** What holds for all lines at once: that they have too few points to fit, or what else would look like the shares that were found. */
export function fitRemark(law: ScalingLaw, lines: readonly Line[], context: PlotContext): string {
  const { texts, language, session } = context;
  if (lines.length > 0 && lines.every(({ length }) => length < LEAST_THREAD_COUNTS)) return texts.tooFewThreadCounts;
  const found = lines
    .filter((line) => {
      const share = shareOf(law, line);
      return share !== undefined && share.low > 0 && share.median < 1;
    })
    .map((line) => line.at(-1)!.of);
  if (found.length === 0) return '';
  const large = found.find((last) => exceedsCaches(last, context) === true);
  const threads = Math.max(...found.map(({ result }) => result.variant.threads));
  const { physicalCores = 'unknown', logicalCores = 'unknown' } = session.machines[found[0]!.run.machine] ?? {};
  const shares = typeof physicalCores === 'number' && threads > physicalCores && physicalCores !== logicalCores;
  return texts.fitsAsWell([
    large === undefined ? texts.causes.caches : texts.causes.memory(formatBytes(workingSet(large, context).value, language)),
    texts.causes.meeting,
    ...(shares ? [texts.causes.siblings(physicalCores)] : []),
    ...(typeof logicalCores === 'number' && threads > logicalCores ? [texts.causes.crowd(logicalCores)] : []),
  ]);
}

/** The last thread with a core to itself, where lines go beyond it. */
export function coreLandmarks(lines: readonly Line[], { session, texts }: PlotContext): PlotLandmark[] {
  const first = lines[0]?.[0]?.of;
  const physical = first && session.machines[first.run.machine]?.physicalCores;
  const most = Math.max(0, ...lines.flat().map(({ x }) => x));
  if (typeof physical !== 'number' || most <= physical) return [];
  return [{ key: 'cores', x: physical, label: texts.physicalCores(physical) }];
}
