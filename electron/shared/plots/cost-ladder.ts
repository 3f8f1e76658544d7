/**
 * What costs what: one bar for each cause that was changed alone, from the time per step without the change to that with
 * it; and the climb from the very naive program to the best one, a bar for each rung. Ratios are above 1 where a step
 * takes longer.
 */
import { RUNGS } from '../../../kernels/cause.ts';
import { CAUSES } from '../../../kernels/causes.ts';
import type { MeasuredRatio } from '../../../kernels/exercise.ts';
import type { Competitor } from '../figures/competitors.ts';
import { ratioOfRates } from '../figures/competitors.ts';
import { logScale } from '../figures/log-axis.ts';
import { splitInterval } from '../figures/split-interval.ts';
import type { Interval, Ladder } from '../run.ts';
import { bootstrapMedian } from '../statistics.ts';
import { formatInterval, formatNumber, formatSeconds } from '../units.ts';
import { variantLabels } from '../variants.ts';
import { verdictText } from '../verdict-words.ts';
import { COST_LADDER_TEXTS, unchangedText } from './cost-ladder-texts.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext } from './frame.ts';
import { secondsTick } from './histogram.ts';
import type { WaterfallBar, WaterfallKind, WaterfallPlot } from './plot.ts';

const timeOf = ({ result, secondsPerStep }: Competitor): Interval => result.summary?.secondsPerStep ?? bootstrapMedian(secondsPerStep);

const timeText = (competitor: Competitor, { language }: PlotContext): string => formatSeconds(timeOf(competitor).median, language);

/** Without the sign of the product, and the range in brackets. */
function factorTexts({ median, low, high }: Interval, { language }: PlotContext): [factor: string, range: string] {
  const [factor, range] = splitInterval(formatInterval({ median, low, high }, language, 'ratio'));
  return [factor.replace(/^×\s*/u, ''), range];
}

/** Of times per step: how many times as long `to` takes. */
const KINDS: Readonly<Record<MeasuredRatio['verdict']['kind'], WaterfallKind>> = {
  faster: 'longer',
  slower: 'shorter',
  'no-difference': 'same',
  'cannot-tell': 'unclear',
};

/** In the middle of a sentence: names that begin with two capitals, or are hardly more than one letter, stay as they are. */
const inSentence = (title: string): string => (/^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);

/** "champion depth=24 › depth=1": what two variants differ in. */
function differenceText(from: Competitor, to: Competitor): string {
  const [before, after] = variantLabels([from.result.variant, to.result.variant]) as [string, string];
  if (from.name !== undefined || to.name !== undefined) return `${from.name ?? before} › ${to.name ?? after}`;
  const kernel = to.result.variant.kernel;
  return `${before} › ${from.result.variant.kernel === kernel ? after.slice(kernel.length + 1) || after : after}`;
}

interface Change {
  readonly cause: Ladder['changes'][number]['cause'];
  readonly from: Competitor;
  readonly to: Competitor;
  /** Of rates, without the change over with it; so of times, with it over without. */
  readonly ratio: MeasuredRatio | undefined;
}

function changeSentence({ cause, from, to, ratio }: Change, what: string, trusted: boolean, context: PlotContext): string {
  const { language } = context;
  const texts = COST_LADDER_TEXTS[language];
  const { change, module, exercise, physics, otherwise } = CAUSES[cause];
  const head = `${change[language]} (${what})`;
  const last = texts.module(module[language], exercise);
  if (ratio === undefined || !trusted) {
    const lacking = [from, to].filter((competitor) => !isTrustedPoint(competitor)).map(({ label }) => label);
    return `${texts.untrusted(head, lacking)} ${last}`;
  }
  const [factor, range] = factorTexts(ratio, context);
  const times = [timeText(to, context), timeText(from, context)] as const;
  switch (KINDS[ratio.verdict.kind]) {
    case 'longer':
      return `${texts.longer(head, factor, range, ...times)} ${physics[language]} ${last}`;
    case 'shorter':
      return `${texts.shorter(head, factor, range, ...times)} ${otherwise[language]} ${last}`;
    case 'same':
      return `${texts.other(head, verdictText(ratio.verdict, language))} ${otherwise[language]} ${last}`;
    default:
      return `${texts.other(head, verdictText(ratio.verdict, language))} ${last}`;
  }
}

function changeBar(change: Change, context: PlotContext): WaterfallBar {
  const { cause, from, to, ratio } = change;
  const { language } = context;
  const texts = COST_LADDER_TEXTS[language];
  const { title, module } = CAUSES[cause];
  const trusted = isTrustedPoint(from) && isTrustedPoint(to);
  const what = differenceText(from, to);
  const mark = markOf(to, context) ?? markOf(from, context);
  const kind = ratio === undefined ? 'unclear' : KINDS[ratio.verdict.kind];
  const [factor, range] = ratio === undefined ? ['', ''] : splitInterval(formatInterval(ratio, language, 'ratio'));
  const word = kind === 'same' ? texts.short.same : kind === 'unclear' ? texts.short.unclear : range;
  return {
    key: `${cause} ${to.index}`,
    ...{ runId: to.run.id, variant: to.index, over: from.index },
    ...{ label: title[language], what, module: module[language], kind },
    ...(ratio !== undefined && { from: 1, to: { median: ratio.median, low: ratio.low, high: ratio.high } }),
    text: factor,
    below: mark?.text ?? (ratio === undefined ? texts.short.untrusted : word),
    sentence: changeSentence(change, what, trusted, context),
    ...(mark && { mark }),
    trusted,
  };
}

/** In the order of what they cost, those of one verdict. */
function named(bars: readonly WaterfallBar[], kind: WaterfallKind): readonly WaterfallBar[] {
  return bars.filter((bar) => bar.trusted && bar.to !== undefined && bar.kind === kind).toSorted((a, b) => b.to!.median - a.to!.median);
}

/** More of them are for the chart to tell. */
const MOST_DEAREST = 3;

function conclude(bars: readonly WaterfallBar[], base: Competitor | undefined, context: PlotContext): string[] {
  const { language } = context;
  const texts = COST_LADDER_TEXTS[language];
  const isTold = ({ label }: WaterfallBar) => bars.filter((bar) => bar.label === label).length > 1;
  // One cause changed to several things is told by what it became.
  const name = (bar: WaterfallBar) => inSentence(bar.label) + (isTold(bar) ? ` (${bar.what.split(' › ').at(-1)})` : '');
  const withFactor = (bar: WaterfallBar) => `${name(bar)} ${bar.text} ${bar.below}`;
  const tell = (kind: WaterfallKind, say: (causes: readonly string[]) => string, text: (bar: WaterfallBar) => string, most?: number) => {
    const chosen = [...new Set(named(bars, kind).slice(0, most).map(text))];
    return chosen.length === 0 ? [] : [say(chosen)];
  };
  return [
    ...(base !== undefined && isTrustedPoint(base) ? [texts.base(base.label, timeText(base, context))] : []),
    ...tell('longer', texts.dearest, withFactor, MOST_DEAREST),
    ...tell('same', texts.same, name),
    ...tell('shorter', texts.cheaper, withFactor),
    ...tell('unclear', texts.unclear, name),
  ];
}

/** What a person has hidden is not among them. */
const byIndex = (competitors: readonly Competitor[]) => new Map(competitors.map((competitor) => [competitor.index, competitor]));

const placesOf = (bars: readonly WaterfallBar[]): number[] =>
  bars.flatMap(({ from, to }) => [from ?? [], to?.low ?? [], to?.high ?? []].flat());

export function buildCostLadder(context: PlotContext): WaterfallPlot {
  const { language, runs, competitors } = context;
  const texts = COST_LADDER_TEXTS[language];
  const ladder = runs[0]!.request.ladder!;
  const at = byIndex(competitors);
  const bars = ladder.changes.flatMap(({ cause, from, to }) => {
    const [before, after] = [at.get(from), at.get(to)];
    if (before === undefined || after === undefined) return [];
    return changeBar({ cause, from: before, to: after, ratio: ratioOfRates(before, after) }, context);
  });
  const shown = new Set([0, ...ladder.changes.flatMap(({ from, to }) => [from, to])]);
  const { domain, ticks, minor } = logScale([1, ...placesOf(bars)]);
  return {
    kind: 'waterfall',
    ...frameOf(context, {
      axes: [],
      drawn: competitors.filter(({ index }) => shown.has(index)),
      conclusion: conclude(bars, at.get(0), context),
      caption: [texts.caption],
    }),
    x: {
      title: context.texts.axes.logarithmic(texts.axis),
      scale: 'log',
      ...{ domain, minor },
      ticks: ticks.map((value) => ({ value, label: formatNumber(value, language) })),
      better: { end: 'low', text: texts.lowerIsBetter },
    },
    reference: { value: 1, label: texts.asIs },
    chained: false,
    bars,
    absent: ladder.unchanged.map(({ cause, reason }) => {
      const { title, module, change } = CAUSES[cause];
      const sentence = texts.absent(change[language], unchangedText(reason, language));
      return { key: cause, label: title[language], module: module[language], sentence };
    }),
    columns: texts.columns,
    key: texts.key,
  };
}

interface Rung {
  readonly rung: NonNullable<Ladder['climb']>[number]['rung'];
  readonly competitor: Competitor;
  /** The rung before that has a result. */
  readonly below?: Competitor;
  readonly ratio?: MeasuredRatio | undefined;
}

function rungBar({ rung, competitor, below, ratio }: Rung, context: PlotContext): WaterfallBar {
  const { language } = context;
  const texts = COST_LADDER_TEXTS[language];
  const title = RUNGS[rung][language];
  const { label } = competitor;
  const mark = markOf(competitor, context);
  const trusted = isTrustedPoint(competitor);
  const measured = competitor.ranked && competitor.secondsPerStep.length > 0;
  const time = measured ? timeText(competitor, context) : '';
  // A rung that gains takes less time.
  const kinds = { ...KINDS, faster: 'shorter', slower: 'longer' } as const;
  const kind = below === undefined ? 'start' : ratio === undefined ? 'unclear' : kinds[ratio.verdict.kind];
  const [factor, range] = ratio === undefined ? ['', ''] : factorTexts(ratio, context);
  const sentence = () => {
    if (!trusted) return texts.rungUntrusted(label);
    if (kind === 'start') return texts.start(label, time);
    if (ratio === undefined) return texts.rungUntrusted(label);
    if (kind === 'shorter') return texts.gain(title, label, factor, range, time);
    if (kind === 'longer') return texts.loss(title, label, factor, range, time);
    return texts.rungOther(title, label, verdictText(ratio.verdict, language));
  };
  const word = kind === 'same' ? texts.short.same : kind === 'unclear' ? texts.short.unclear : range;
  return {
    key: rung,
    ...{ runId: competitor.run.id, variant: competitor.index, ...(below && { over: below.index }) },
    ...{ label: title, what: measured ? `${label}, ${time}` : label, module: '', kind },
    ...(measured && below && { from: timeOf(below).median }),
    ...(measured && { to: timeOf(competitor) }),
    text: ratio === undefined ? time : `×\u00a0${factor}`,
    below: mark?.text ?? (measured ? word : texts.short.untrusted),
    sentence: sentence(),
    ...(mark && { mark }),
    trusted,
  };
}

/** What all rungs gain together: the product of their factors, and what was measured from the first to the last. */
function concludeClimb(rungs: readonly Rung[], context: PlotContext): string[] {
  const { language } = context;
  const texts = COST_LADDER_TEXTS[language];
  const trusted = rungs.filter(({ competitor }) => isTrustedPoint(competitor));
  const [first, last] = [trusted[0]?.competitor, trusted.at(-1)?.competitor];
  const whole = first && last && first !== last ? ratioOfRates(last, first) : undefined;
  if (first === undefined || last === undefined || whole === undefined) return [];
  const factors = trusted.flatMap(({ ratio }) => ratio?.median ?? []);
  const [factor, range] = factorTexts(whole, context);
  return [
    texts.whole(first.label, last.label, factor, range),
    texts.product(
      factors.map((each) => formatNumber(each, language)),
      formatNumber(
        factors.reduce((product, each) => product * each, 1),
        language,
      ),
    ),
  ];
}

export function buildClimb(context: PlotContext): WaterfallPlot {
  const { language, runs, competitors } = context;
  const texts = COST_LADDER_TEXTS[language];
  const rungs: Rung[] = [];
  const at = byIndex(competitors);
  let below: Competitor | undefined;
  const climb = (runs[0]!.request.ladder?.climb ?? []).flatMap(({ rung, variant }) => {
    const competitor = at.get(variant);
    return competitor === undefined ? [] : [{ rung, competitor }];
  });
  // Among themselves they are told apart in fewer words.
  const labels = variantLabels(climb.map(({ competitor }) => competitor.result.variant));
  for (const [index, { rung, competitor: found }] of climb.entries()) {
    const competitor = { ...found, label: found.name ?? labels[index]! };
    const ratio = below && ratioOfRates(competitor, below);
    rungs.push({ rung, competitor, ...(below && { below }), ratio });
    if (competitor.ranked) below = competitor;
  }
  const bars = rungs.map((each) => rungBar(each, context));
  const { domain, ticks, minor } = logScale(placesOf(bars));
  return {
    kind: 'waterfall',
    ...frameOf(context, {
      axes: [],
      drawn: rungs.map(({ competitor }) => competitor),
      conclusion: concludeClimb(rungs, context),
      caption: [texts.climbCaption],
    }),
    x: {
      title: context.texts.axes.logarithmic(texts.climbAxis),
      scale: 'log',
      ...{ domain, minor },
      ticks: ticks.map((value) => ({ value, label: secondsTick(value, language) })),
      better: { end: 'low', text: texts.lowerIsBetter },
    },
    chained: true,
    bars,
    absent: [],
    columns: texts.climbColumns,
    key: texts.climbKey,
  };
}
