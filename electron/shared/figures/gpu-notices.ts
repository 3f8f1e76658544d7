/** What to know of GPU results besides their rates. */
import { disagreements } from '../clocks.ts';
import type { RunRecord, VariantResult } from '../run.ts';
import { shortSubmits } from '../submits.ts';
import type { FigureTexts } from './texts.ts';

interface Labelled {
  readonly label: string;
  readonly run: Pick<RunRecord, 'status'>;
  readonly result: Pick<VariantResult, 'variant' | 'samples'>;
}

/** Steps sent in one submission beside those asked for: the variants of a kernel that asked for as many stand together. */
function submits(results: readonly Labelled[], texts: FigureTexts): string[] {
  const short = results.flatMap(({ label, result }) => {
    const found = shortSubmits(result);
    return found === undefined ? [] : [{ label, kernel: result.variant.kernel, ...found }];
  });
  return [...Map.groupBy(short, ({ kernel, asked }) => `${kernel} ${asked}`).values()].map((group) => {
    const { label, kernel, asked } = group[0]!;
    const sent = group.map((each) => each.sent);
    return texts.submit(group.length === 1 ? label : kernel, String(Math.min(...sent)), String(Math.max(...sent)), String(asked));
  });
}

/** Nothing of a run that goes on: a line that comes and goes would push the chart about. `shorten` bounds a list of many. */
export function gpuNotices(
  results: readonly Labelled[],
  texts: FigureTexts,
  shorten: (items: readonly string[]) => readonly string[] = (items) => items,
): string[] {
  const over = results.filter(({ run }) => run.status !== 'running');
  const clocks = disagreements(over).map(({ label, percent }) => texts.clock(label, percent));
  const sent = submits(over, texts);
  return [
    ...(clocks.length > 0 ? [texts.clocksNotice(shorten(clocks))] : []),
    ...(sent.length > 0 ? [texts.submitsNotice(shorten(sent))] : []),
  ];
}
