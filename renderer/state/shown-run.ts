/** Which run a page shows: the one going on, the one picked, or the newest of its exercise. */
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { type LabState, useLab } from './lab-store.ts';

export function belongsTo(run: RunRecord, key: string): boolean {
  return (run.request.exercise ?? 'workbench') === key;
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
