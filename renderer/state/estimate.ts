/** How long a run will take, from what the session has measured; unknown rather than guessed. */
import { cellsOf, type RunRequest } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';

/** Warm-up, reload and verification cost about a fifth on top of the timed steps. */
const OVERHEAD = 1.2;

/** The newest rate of a kernel in this session at the same precision, in cell updates per second. */
function knownRate(session: Session, kernel: string, precision: string | undefined): number | undefined {
  return session.runs
    .toReversed()
    .flatMap((run) => run.variants)
    .find(({ variant, summary }) => variant.kernel === kernel && variant.precision === precision && summary !== undefined)?.summary
    ?.cellsPerSecond;
}

/** Seconds, or null when one of the kernels has never been measured in this session. */
export function estimatedSeconds(session: Session, request: RunRequest): number | null {
  let seconds = 0;
  for (const { kernel, precision, grid = request.grid, steps = request.steps } of request.variants) {
    const rate = knownRate(session, kernel, precision);
    if (rate === undefined) return null;
    seconds += (cellsOf(grid) * steps * request.rounds) / rate;
  }
  return OVERHEAD * seconds;
}
