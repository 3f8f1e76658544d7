/**
 * The rows of a figure: one for each variant of each run, in their order. A result that was not verified keeps its
 * dots and gets a mark where the ratio would stand: it can be seen, but not ranked.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import type { Language } from '../contract.ts';
import type { Sample } from '../run.ts';
import { median } from '../statistics.ts';
import { slowedSamples } from '../throttling.ts';
import { formatInterval, formatRate } from '../units.ts';
import { areRivals, type Competitor, rateOf, ratioOfRates } from './competitors.ts';
import { placeDots, shareDots } from './dots.ts';
import type { FigureChart, FigureRow } from './figure.ts';
import { adapterNames, differingFields, type Setup } from './setup.ts';
import { splitInterval } from './split-interval.ts';
import type { FigureTexts } from './texts.ts';

const rateOfSample = (cells: number, { steps, seconds }: Sample): number => (cells * steps) / seconds;

/** What all rows are looked at for, found once: a thousand rows would each find it in a thousand. */
interface Differences {
  readonly precisions: boolean;
  readonly adapters: boolean;
  readonly fields: readonly (keyof Setup)[];
}

function differencesOf(all: readonly Competitor[]): Differences {
  return {
    precisions: new Set(all.map(({ result }) => result.variant.precision)).size > 1,
    adapters: adapterNames([...new Set(all.map(({ run }) => run))]).length > 1,
    fields: differingFields(all.map(({ setup }) => setup)),
  };
}

function detailsOf(competitor: Competitor, differences: Differences, texts: FigureTexts): string[] {
  const { variant, adapter } = competitor.result;
  const kernel = findKernel(variant.kernel);
  const details: string[] = [];
  const repeatsLabel = (text: string) => competitor.label.split(' ').includes(text);
  if (differences.precisions && !repeatsLabel(variant.precision)) details.push(variant.precision);
  if (variant.isa !== undefined && (kernel?.isas?.length ?? 0) > 1 && !repeatsLabel(variant.isa)) details.push(variant.isa);
  if (kernel?.threaded === true && !competitor.label.includes('threads=')) details.push(texts.threads(variant.threads));
  if (adapter?.type === 'software') details.push(texts.softwareGpu);
  // One adapter alone stands in the subtitle.
  if (adapter !== undefined && differences.adapters) details.push(adapter.name);
  for (const field of differences.fields) details.push(competitor.setup[field]);
  return details;
}

export function buildRows(
  chart: FigureChart,
  competitors: readonly Competitor[],
  baseline: Competitor | undefined,
  language: Language,
  texts: FigureTexts,
): FigureRow[] {
  const differences = differencesOf(competitors);
  const perBaselineRate = baseline?.ranked === true ? median(baseline.secondsPerStep) / baseline.cells : undefined;
  /** Times of a rate over the median rate of the baseline, or undefined without one. */
  const scaleOf = (competitor: Competitor) =>
    chart === 'timings' ? 1 : baseline !== undefined && areRivals(competitor, baseline) ? perBaselineRate : undefined;
  const slowed = new Map([...new Set(competitors.map(({ run }) => run))].map((run) => [run, slowedSamples(run)]));
  const budgets = shareDots(competitors.map(({ result }) => result.samples.length));
  return competitors.map((competitor, at) => {
    const { run, index, result, cells, mark } = competitor;
    const kernel = findKernel(result.variant.kernel);
    const scale = scaleOf(competitor);
    const rate = rateOf(competitor);
    const measured = baseline === undefined ? undefined : ratioOfRates(competitor, baseline);
    const ratio = measured && { median: measured.median, low: measured.low, high: measured.high };
    const interval = chart === 'timings' ? rate : ratio;
    const isBaseline = competitor === baseline;
    const isSlowed = slowed.get(run)!;
    const [ratioText, ratioRange] = ratio === undefined ? ['', ''] : splitInterval(formatInterval(ratio, language, 'ratio'));
    return {
      key: `${run.id}-${index}`,
      runId: run.id,
      variant: index,
      kernel: result.variant.kernel,
      label: competitor.label,
      title: kernel?.title[language] ?? '',
      details: detailsOf(competitor, differences, texts),
      look: competitor.look,
      ...(mark === undefined ? {} : { mark: { kind: mark, text: texts.marks[mark] } }),
      ranked: competitor.ranked,
      baseline: isBaseline,
      software: result.adapter?.type === 'software',
      dots:
        scale === undefined
          ? []
          : placeDots(
              result.samples.map((sample) => ({ value: rateOfSample(cells, sample) * scale, slowed: isSlowed(index, sample) })),
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
