/** Which run a page shows, the one going on, the one picked, or the newest of its exercise; and which of its charts. */
import { isFigureChart } from '../../electron/shared/figures/figure.ts';
import { chartsOf } from '../../electron/shared/plots/charts-of.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import type { ChartId } from '../../kernels/exercise.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import { type LabState, useLab } from './lab-store.ts';
import { COSTS } from './page.ts';

export function belongsTo(run: RunRecord, key: string): boolean {
  const { ladder, exercise } = run.request;
  return (ladder === undefined ? (exercise ?? 'workbench') : COSTS) === key;
}

export function runsOf(session: Session | null, key: string): RunRecord[] {
  return session?.runs.filter((run) => belongsTo(run, key)) ?? [];
}

export function shownRun(state: Pick<LabState, 'session' | 'activeRun' | 'shownRuns'>, key: string): RunRecord | undefined {
  const runs = state.session?.runs ?? [];
  const active = runs.find(({ id }) => id === state.activeRun);
  if (active !== undefined && belongsTo(active, key)) return active;
  const picked = runs.find(({ id }) => id === state.shownRuns[key]);
  if (picked !== undefined && belongsTo(picked, key)) return picked;
  return runs.findLast((run) => belongsTo(run, key));
}

export function useShownRun(key: string): RunRecord | undefined {
  return useLab((state) => shownRun(state, key));
}

export function showRun(key: string, runId: number): void {
  useLab.setState(({ shownRuns }) => ({ shownRuns: { ...shownRuns, [key]: runId } }));
}

/** The charts that there are for a run, or will be. */
export function chartsFor(run: RunRecord | undefined, key?: string): readonly ChartId[] {
  if (run !== undefined) return chartsOf(run);
  return key === COSTS ? ['cost-ladder', 'climb'] : ['timings', 'speedup', 'roofline'];
}

/** What runs are made for, the most telling first. */
const TELLING: readonly ChartId[] = ['cost-ladder', 'scaling', 'weak-scaling', 'heat-map', 'sweep'];

/** The chart that a run opens with: its exercise's, or the one that it was swept for. */
export const openingChart = (charts: readonly ChartId[], key: string): ChartId =>
  findExercise(key)?.chart ?? TELLING.find((chart) => charts.includes(chart)) ?? 'timings';

/** The chart to have in front, of those that there are: the one chosen, or what the exercise has beyond rows. */
export function chartInFront(charts: readonly ChartId[], { shownCharts }: Pick<LabState, 'shownCharts'>, key: string): ChartId {
  const own = key === COSTS ? 'cost-ladder' : (findExercise(key)?.chart ?? 'timings');
  const wanted = shownCharts[key] ?? (isFigureChart(own) ? 'timings' : own);
  return charts.includes(wanted) ? wanted : 'timings';
}

export function showChart(key: string, chart: ChartId): void {
  useLab.setState(({ shownCharts }) => ({ shownCharts: { ...shownCharts, [key]: chart } }));
}
