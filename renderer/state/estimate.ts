/** How long a run will take, from what the session has measured, else from steps that were tried; unknown rather than guessed. */
import { estimatedSeconds as secondsWith } from '../../electron/shared/estimate.ts';
import { cellsOf, type RunRequest, type VariantRequest } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';

export interface KnownRate {
  readonly cellsPerSecond: number;
  readonly threads: number;
}

/** What one rate stands for. */
export const paceKey = ({ kernel, precision }: VariantRequest, request: RunRequest): string =>
  `${kernel} ${precision ?? request.convention.precision}`;

/** The newest rate of each kernel and precision in this session. */
function knownRates(session: Session): Map<string, KnownRate> {
  const known = new Map<string, KnownRate>();
  for (const { variant, summary } of session.runs.flatMap((run) => run.variants)) {
    if (summary === undefined) continue;
    known.set(`${variant.kernel} ${variant.precision}`, { cellsPerSecond: summary.cellsPerSecond, threads: variant.threads });
  }
  return known;
}

/** Seconds, those of the control included, or null when one of the kernels was neither measured in this session nor tried. */
export function estimatedSeconds(session: Session, request: RunRequest, paces: Readonly<Record<string, KnownRate>> = {}): number | null {
  const known = knownRates(session);
  return secondsWith(request, (variant: VariantRequest) => {
    const key = paceKey(variant, request);
    const rate = known.get(key) ?? paces[key];
    if (rate === undefined || variant.threads === undefined) return rate?.cellsPerSecond;
    return (rate.cellsPerSecond * variant.threads) / rate.threads;
  });
}

/** One variant of every kernel and precision of the request, in the middle of those that take longer and shorter. */
export function variantsToTry(request: RunRequest): VariantRequest[] {
  const work = ({ grid = request.grid, threads = 1 }: VariantRequest) => cellsOf(grid) / threads;
  return [...Map.groupBy(request.variants, (variant) => paceKey(variant, request)).values()].map((variants) => {
    const sorted = variants.toSorted((a, b) => work(a) - work(b));
    return sorted[Math.floor(sorted.length / 2)]!;
  });
}

/** The rates of those that were tried, with the processors that a team has unless told. */
export function pacesFrom(request: RunRequest, secondsPerStep: readonly number[], logicalCores: number): Record<string, KnownRate> {
  return Object.fromEntries(
    request.variants.map((variant, index) => {
      const { grid = request.grid, threads = logicalCores } = variant;
      return [paceKey(variant, request), { cellsPerSecond: cellsOf(grid) / secondsPerStep[index]!, threads }];
    }),
  );
}
