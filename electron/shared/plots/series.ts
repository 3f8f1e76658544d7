/** From lines of competitors to the series of a plot: labels that tell them apart, looks, points with their words. */
import type { SweepAxis } from '../../../kernels/exercise.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Competitor } from '../figures/competitors.ts';
import { type Interval, settingsOf, type Variant } from '../run.ts';
import { variantLabels } from '../variants.ts';
import { kindOf, type Placed } from './axes.ts';
import { isTrustedPoint, markOf, type PlotContext, placeText } from './frame.ts';
import { apart, looksOf } from './looks.ts';
import type { PlotDetail, PlotPoint, PlotSeries } from './plot.ts';

export type Line = readonly Placed<Competitor>[];

/** The variant of a line without what moves along it, and with what it takes from its run. */
function lineVariant({ run, result: { variant } }: Competitor, axes: readonly SweepAxis[]): Variant {
  const { convention, grid, flushSubnormals, pin, warmUp } = settingsOf(run.request, variant);
  const { grid: _, steps: __, ...rest } = variant;
  const moves = (of: SweepAxis['of']) => axes.some((axis) => axis.of === of);
  const parameters = Object.entries(variant.parameters).filter(
    ([name]) => !axes.some((axis) => axis.of === 'parameter' && axis.name === name),
  );
  return {
    ...{ ...rest, stencil: convention.stencil, flushSubnormals, pin, warmUp },
    threads: moves('threads') ? 1 : variant.threads,
    ...(moves('cells') ? {} : { grid }),
    parameters: Object.fromEntries(parameters),
  };
}

/** What a person called all of its points. */
function nameOf(line: Line): string | undefined {
  const { name } = line[0]!.of;
  return line.every(({ of }) => of.name === name) ? name : undefined;
}

/** One label for each line, no two the same; a software GPU is always called so. */
export function lineLabels(lines: readonly Line[], axes: readonly SweepAxis[], { runs, figureTexts }: PlotContext): string[] {
  const firsts = lines.map((line) => line[0]!.of);
  const labels = firsts.map(
    (first) =>
      variantLabels(
        [first, ...firsts.filter((other) => other !== first && other.run === first.run)].map((each) => lineVariant(each, axes)),
      )[0]!,
  );
  const told =
    runs.length > 1
      ? labels.map((label, at) =>
          labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${figureTexts.run(firsts[at]!.run.id)})`,
        )
      : labels;
  const named = told.map((label, at) => nameOf(lines[at]!) ?? label);
  return named.map((label, at) => {
    const copies = named.slice(0, at).filter((other) => other === label).length;
    const software = firsts[at]!.result.adapter?.type === 'software' ? ` (${figureTexts.softwareGpu})` : '';
    return `${label}${copies === 0 ? '' : ` #${copies + 1}`}${software}`;
  });
}

/** By what all variants of the runs are beside what moves, so that no line changes its look when another is hidden. */
function looksOfLines(lines: readonly Line[], moving: readonly SweepAxis[], { everyone }: PlotContext): KernelLook[] {
  const kinds = new Map(everyone.map((competitor) => [kindOf(competitor, moving), competitor.result.variant.kernel]));
  const looks = looksOf([...kinds.values()]);
  const lookOfKind = new Map([...kinds.keys()].map((kind, at) => [kind, looks[at]!]));
  return apart(lines.map((line) => lookOfKind.get(kindOf(line[0]!.of, moving))!));
}

export interface SeriesInput {
  readonly lines: readonly Line[];
  /** What the words of a place tell. */
  readonly axes: readonly SweepAxis[];
  /** What the label of a line leaves out. */
  readonly moving: readonly SweepAxis[];
  /** A point's place and words, or undefined where there is nothing to draw. */
  readonly y: (point: Placed<Competitor>, line: Line) => { readonly value: Interval; readonly text: string } | undefined;
  readonly more?: (point: Placed<Competitor>, line: Line) => readonly PlotDetail[];
}

export function seriesOf({ lines, axes, moving, y, more }: SeriesInput, context: PlotContext): PlotSeries[] {
  const labels = lineLabels(lines, moving, context);
  const looks = looksOfLines(lines, moving, context);
  return lines.map((line, at) => ({
    key: `${line[0]!.of.run.id}-${line[0]!.of.index}`,
    label: labels[at]!,
    kernel: line[0]!.of.result.variant.kernel,
    look: looks[at]!,
    points: line.flatMap((placed): PlotPoint[] => {
      const { x, of } = placed;
      const found = y(placed, line);
      if (found === undefined) return [];
      const mark = markOf(of, context);
      return [
        {
          ...{ runId: of.run.id, variant: of.index, x, y: found.value },
          xText: [...axes.map((axis) => placeText(axis, of, context)), ...(nameOf(line) === undefined && of.name ? [of.name] : [])].join(
            ', ',
          ),
          yText: found.text,
          ...(mark === undefined ? {} : { mark }),
          ranked: of.ranked,
          trusted: isTrustedPoint(of),
          ...(more && { more: more(placed, line) }),
        },
      ];
    }),
  }));
}
