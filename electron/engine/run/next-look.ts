/** When a run that goes on until it is clear is judged again. */
import { BALANCED_ROUNDS } from './round-order.ts';

/**
 * Rounds from one look to the next, of a run that has so many and asks for so many more: as asked, but half as many again as
 * there are at least, which is how seldom the intervals of one who looks repeatedly allow a look (`REPEATED` of
 * paired-ratio.ts), and as many again at most, since few rounds know their own spread badly. Then to the end of the balanced
 * rounds.
 */
export function roundsToNextLook(rounds: number, asked: number): number {
  const more = Math.min(rounds, Math.max(asked, Math.ceil(rounds / 2)));
  return Math.ceil((rounds + more) / BALANCED_ROUNDS) * BALANCED_ROUNDS - rounds;
}
