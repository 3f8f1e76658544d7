/**
 * The rows of a figure: one for each variant of each run, in their order. A result that was not verified keeps its
 * dots and gets a mark where the ratio would stand: it can be seen, but not ranked.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Language } from '../contract.ts';
import type { Sample } from '../run.ts';
import { bootstrapMedian } from '../statistics.ts';
import { formatInterval, formatRate } from '../units.ts';
import { areRivals, type Competitor, rateOf, ratioOfRates } from './competitors.ts';
import { placeDots, shareDots } from './dots.ts';
import type { FigureChart, FigureRow } from './figure.ts';
import { adapterNames, differingFields } from './setup.ts';
import { splitInterval } from './split-interval.ts';
import type { FigureTexts } from './texts.ts';

/** For kernels that this build does not know. */
export const UNKNOWN_LOOK: KernelLook = { color: '#555555', marker: 'circle', dash: '2 2' };

const rateOfSample = (cells: number, { steps, seconds }: Sample): number => (cells * steps) / seconds;

function detailsOf(competitor: Competitor, all: readonly Competitor[], texts: FigureTexts): string[] {
  const { variant, adapter } = competitor.result;
  const kernel = findKernel(variant.kernel);
  const details: string[] = [];
  const varied = (pick: (each: Competitor) => unknown) => all.some((each) => pick(each) !== pick(competitor));
  const repeatsLabel = (text: string) => competitor.label.split(' ').includes(text);
  if (varied((each) => each.result.variant.precision) && !repeatsLabel(variant.precision)) details.push(variant.precision);
  if (variant.isa !== undefined && (kernel?.isas?.length ?? 0) > 1 && !repeatsLabel(variant.isa)) details.push(variant.isa);
  if (kernel?.threaded === true && !competitor.label.includes('threads=')) details.push(texts.threads(variant.threads));
  if (adapter?.type === 'software') details.push(texts.softwareGpu);
  // One adapter alone stands in the subtitle.
  if (adapter !== undefined && adapterNames(all.map(({ run }) => run)).length > 1) details.push(adapter.name);
  for (const field of differingFields(all.map(({ setup }) => setup))) details.push(competitor.setup[field]);
  return details;
}

/** Times of a rate over the median rate of the baseline, or undefined without one. */
function valueScale(chart: FigureChart, competitor: Competitor, baseline: Competitor | undefined): number | undefined {
  if (chart === 'timings') return 1;
  if (baseline?.ranked !== true || !areRivals(competitor, baseline)) return undefined;
  return bootstrapMedian(baseline.secondsPerStep).median / baseline.cells;
}

export function buildRows(
  chart: FigureChart,
  competitors: readonly Competitor[],
  baseline: Competitor | undefined,
  language: Language,
  texts: FigureTexts,
): FigureRow[] {
  const budgets = shareDots(competitors.map(({ result }) => result.samples.length));
  return competitors.map((competitor, at) => {
    const { run, index, result, cells, mark } = competitor;
    const kernel = findKernel(result.variant.kernel);
    const scale = valueScale(chart, competitor, baseline);
    const rate = rateOf(competitor);
    const measured = baseline === undefined ? undefined : ratioOfRates(competitor, baseline);
    const ratio = measured && { median: measured.median, low: measured.low, high: measured.high };
    const interval = chart === 'timings' ? rate : ratio;
    const isBaseline = competitor === baseline;
    const [ratioText, ratioRange] = ratio === undefined ? ['', ''] : splitInterval(formatInterval(ratio, language, 'ratio'));
    return {
      key: `${run.id}-${index}`,
      runId: run.id,
      variant: index,
      kernel: result.variant.kernel,
      label: competitor.label,
      title: kernel?.title[language] ?? '',
      details: detailsOf(competitor, competitors, texts),
      look: kernel?.look ?? UNKNOWN_LOOK,
      ...(mark === undefined ? {} : { mark: { kind: mark, text: texts.marks[mark] } }),
      ranked: competitor.ranked,
      baseline: isBaseline,
      software: result.adapter?.type === 'software',
      dots:
        scale === undefined
          ? []
          : placeDots(
              result.samples.map((sample) => rateOfSample(cells, sample) * scale),
              budgets[at]!,
            ),
      sampleCount: result.samples.length,
      rounds: competitor.secondsPerStep.length,
      ...(interval === undefined ? {} : { interval }),
      ...(rate === undefined ? {} : { rate }),
      ...(ratio === undefined ? {} : { ratio }),
      rateText: rate === undefined ? '' : formatRate(rate.median, language),
      ratioText,
      ratioRangeText: isBaseline ? '' : ratioRange,
    };
  });
}
