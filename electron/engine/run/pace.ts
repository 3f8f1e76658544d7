/**
 * How fast the variants of a request step here, roughly: two short rounds of each, not verified and not kept. For what a
 * person is told before a run begins, and for how many steps it should take; no result.
 */
import { type ResolvedRequest, settingsOf } from '../../shared/run.ts';
import type { Runner, Runners } from '../runners/runner.ts';
import { requireKernel } from './requests.ts';
import { type TryJob, timeOnce } from './tuning-search.ts';

/** Seconds per step of each variant. Rejects with the first trouble of a round, or with `cancelled`. */
export async function paceOf(request: ResolvedRequest, runners: Runners, signal: AbortSignal): Promise<number[]> {
  const paces: number[] = [];
  let runner: Runner | undefined;
  const cancel = () => runner?.cancel();
  signal.addEventListener('abort', cancel);
  try {
    for (const [variantIndex, asked] of request.variants.entries()) {
      const { images: _, observe: __, ...variant } = asked;
      const { convention, grid, flushSubnormals, pin } = settingsOf(request, variant);
      const job: TryJob = {
        ...{ runId: 0, variantIndex, variant, convention, grid, flushSubnormals, pin },
        ...{ warmUp: false, display: false, verify: false, wantField: false },
      };
      runner = runners[requireKernel(variant.kernel).backend];
      const search = { runner, job, signal };
      paces.push(await timeOnce(search, {}, await timeOnce(search, {})));
    }
    return paces;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
