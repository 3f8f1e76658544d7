/** What is added to a run, in words. */
import type { MoreRounds } from '../state/continue-run.ts';
import type { Messages } from './en.ts';

export function moreLabel({ rounds, untilClear }: MoreRounds, { more }: Messages): string {
  if (untilClear !== undefined) return more.untilClear(String(untilClear.seconds / 60));
  return rounds === undefined ? more.finish : more.rounds(String(rounds));
}
