/** How long a run will take, from what the session has measured; unknown rather than guessed. */
import { estimatedSeconds as secondsWith } from '../../electron/shared/estimate.ts';
import type { RunRequest, VariantRequest } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';

interface KnownRate {
  readonly cellsPerSecond: number;
  readonly threads: number;
}

/** The newest rate of each kernel and precision in this session. */
function knownRates(session: Session): Map<string, KnownRate> {
  const known = new Map<string, KnownRate>();
  for (const { variant, summary } of session.runs.flatMap((run) => run.variants)) {
    if (summary === undefined) continue;
    known.set(`${variant.kernel} ${variant.precision}`, { cellsPerSecond: summary.cellsPerSecond, threads: variant.threads });
  }
  return known;
}

/** Seconds, those of the control included, or null when one of the kernels has never been measured in this session. */
export function estimatedSeconds(session: Session, request: RunRequest): number | null {
  const known = knownRates(session);
  return secondsWith(request, ({ kernel, precision = request.convention.precision, threads }: VariantRequest) => {
    const rate = known.get(`${kernel} ${precision}`);
    if (rate === undefined || threads === undefined) return rate?.cellsPerSecond;
    return (rate.cellsPerSecond * threads) / rate.threads;
  });
}
