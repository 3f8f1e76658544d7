/** What is typed for the next cost ladder, and the request that follows from it on this machine. */
import { type LadderHere, ladderRequest } from '../../electron/shared/cost-ladder.ts';
import type { Machine } from '../../electron/shared/machine.ts';
import type { RunRequest } from '../../electron/shared/run.ts';
import type { LabState } from './lab-store.ts';
import { refusalOf } from './refusal.ts';
import { draftProblems, type RunDraft, requestOf } from './run-draft.ts';

/** For `ladderOf`; null until the machine is known. */
export function ladderHereOf(
  { kernels, adapters, preferences }: Pick<LabState, 'kernels' | 'adapters' | 'preferences'>,
  machine: Machine | null,
): LadderHere | null {
  if (machine === null) return null;
  return { kernels, adapters, adapter: preferences.adapter, logicalCores: machine.logicalCores, os: machine.os };
}

/** The run without its steps; undefined while something typed is wrong, or where its kernel does not run. */
export function ladderOf(draft: RunDraft, here: LadderHere | null): RunRequest | undefined {
  const [base] = draft.variants;
  if (here === null || base === undefined || Object.keys(draftProblems(draft)).length > 0) return undefined;
  if (refusalOf(base, draft, here.kernels) !== undefined) return undefined;
  const { convention, grid, rounds, flushSubnormals, pin, display, keepField, variants } = requestOf(draft, draft.variants, {});
  const request = ladderRequest({ base: variants[0]!, convention, grid, rounds, flushSubnormals, pin }, here);
  return request && { ...request, display, keepField };
}
