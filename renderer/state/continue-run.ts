/** What a run that has ended can be asked for more. */
import type { Params } from '../../electron/shared/contract.ts';
import { MAX_ROUNDS, type RunRecord } from '../../electron/shared/run.ts';

export type MoreRounds = Omit<Params<'continueRun'>, 'runId'>;

/** The choices: rounds to add, or the time that there is to decide every comparison. */
const MORE_ROUNDS = [
  { rounds: 5 },
  { rounds: 10 },
  { untilClear: { seconds: 60 } },
  { untilClear: { seconds: 120 } },
  { untilClear: { seconds: 300 } },
] as const satisfies readonly MoreRounds[];

/** Rounds that were asked for were not measured. */
export const isUnfinished = ({ status }: RunRecord): boolean => status === 'interrupted' || status === 'cancelled';

/** It has ended, and not all of it has failed. */
const canGoOn = ({ status, variants }: RunRecord): boolean =>
  status !== 'running' && variants.some((variant) => variant.status !== 'failed');

/** What may be asked for, the rounds that are left first. */
export function moreChoices(run: RunRecord): MoreRounds[] {
  if (!canGoOn(run)) return [];
  const fitting = MORE_ROUNDS.filter((more) => {
    if ('rounds' in more) return run.order.length + more.rounds <= MAX_ROUNDS;
    // It takes two to compare.
    return run.variants.length > 1 && run.order.length < MAX_ROUNDS;
  });
  return [...(isUnfinished(run) ? [{}] : []), ...fitting];
}
