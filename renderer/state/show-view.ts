/** The view that a figure is of. */
import type { View } from '../../electron/shared/contract.ts';
import { useLab } from './lab-store.ts';
import { draftKey, goTo, pageOfRun } from './page.ts';
import { showChart, showRun } from './shown-run.ts';

/** The run and the chart of a figure, on the page that they belong to. */
export function showView({ runs, chart }: View): void {
  const run = useLab.getState().session?.runs.findLast(({ id }) => runs.includes(id));
  if (run === undefined) return;
  const page = pageOfRun(run);
  const key = draftKey(page);
  goTo(page);
  useLab.setState({ figureRun: run.id });
  showRun(key, run.id);
  showChart(key, chart);
}
