/** Builds a plot from a session: which runs, which chart, in which language. */
import { annotationOf } from '../annotations.ts';
import type { FigureInput } from '../figures/figure-data.ts';
import type { RunRecord } from '../run.ts';
import { sameAxis } from './axes.ts';
import { chartsOf, mapAxesOf, sweepAxisOf } from './charts-of.ts';
import { buildConditions } from './conditions.ts';
import { buildClimb, buildCostLadder } from './cost-ladder.ts';
import { buildCourse } from './course.ts';
import { buildEnergy } from './energy.ts';
import { contextOf } from './frame.ts';
import { buildHeatMap } from './heat-map.ts';
import { buildHistogram } from './histogram.ts';
import { buildObservations } from './observations.ts';
import type { Plot, PlotChart } from './plot.ts';
import { buildRoofline, rooflineSide } from './roofline.ts';
import { buildScaling, buildWeakScaling } from './scaling.ts';
import { buildSweep } from './sweep.ts';
import { buildTimeline } from './timeline.ts';
import { buildTransfers } from './transfers.ts';

/** Undefined where no run has anything for the chart that is not hidden. Of several runs the first tells the axes; those with others are left out. */
export function buildPlot(chart: PlotChart, { session, runIds, language, here }: FigureInput): Plot | undefined {
  const runs = [...new Set(runIds)]
    .flatMap((id) => session.runs.find((run) => run.id === id) ?? [])
    .filter(
      (run) =>
        chartsOf(run).includes(chart) && run.variants.some((_, variant) => !annotationOf(session, { runId: run.id, variant })?.hidden),
    );
  const first = runs[0];
  if (first === undefined) return undefined;
  const of = (chosen: readonly RunRecord[]) => contextOf(chart, session, chosen, language);
  switch (chart) {
    case 'roofline':
      return buildRoofline([rooflineSide(of(runs), '', here)]);
    case 'cost-ladder':
      // Its causes are changed within one run.
      return buildCostLadder(of([first]));
    case 'climb':
      return buildClimb(of([first]));
    case 'sweep': {
      const axis = sweepAxisOf(first)!;
      return buildSweep(
        axis,
        of(
          runs.filter((run) => {
            const other = sweepAxisOf(run);
            return other !== undefined && sameAxis(other, axis);
          }),
        ),
      );
    }
    case 'scaling':
      return buildScaling(of(runs));
    case 'weak-scaling':
      return buildWeakScaling(of(runs));
    case 'heat-map':
      // A map is of one kernel in one run.
      return buildHeatMap(mapAxesOf(first)!, of([first]));
    case 'histogram':
      return buildHistogram(of(runs));
    case 'timeline':
      return buildTimeline(of(runs));
    case 'transfers':
      return buildTransfers(of(runs));
    case 'energy':
      return buildEnergy(of(runs));
    case 'course':
      return buildCourse(of(runs));
    case 'conditions':
      // The turns of one run.
      return buildConditions(of([first]));
    case 'observations':
      return buildObservations(of(runs));
  }
}
