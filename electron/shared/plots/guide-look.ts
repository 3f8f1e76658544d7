/** How guides are drawn, in files and on screen alike: what was fitted in the colour of its line, no two with the same dash. */
import type { LinesPlot, PlotGuide, PlotSeries } from './plot.ts';

const IDEAL_DASHES = ['6 4', '2 4'] as const;
const FITTED_DASHES = ['1.5 3.5', '9 2 1.5 2 1.5 2', '3.5 1.5'] as const;

export interface GuideLook {
  /** The series that it was fitted to. */
  readonly of?: PlotSeries;
  readonly dash: string;
}

export function guideLook(guide: PlotGuide, { guides, series }: LinesPlot): GuideLook {
  const of = series.find(({ key }) => key === guide.of);
  const alike = guides.filter((each) => (each.of === undefined) === (of === undefined));
  const dashes = of === undefined ? IDEAL_DASHES : FITTED_DASHES;
  return { ...(of && { of }), dash: dashes[alike.indexOf(guide) % dashes.length]! };
}
