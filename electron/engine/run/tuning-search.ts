/**
 * Times a kernel's candidates against each other, in rounds like those of a run but short and not verified: the run itself
 * verifies what is chosen. Every candidate is tried in turn, then in the opposite order again, so that a machine that gets
 * slower on the way favours nobody.
 */
import type { ParameterValue } from '../../../kernels/kernel.ts';
import { stepsPerSweep } from '../../runner/batches.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import { asTrouble, TroubleError } from '../../shared/trouble.ts';
import type { Runner } from '../runners/runner.ts';

export type Setting = Readonly<Record<string, ParameterValue>>;
export type TryJob = Omit<RoundJob, 'round' | 'steps'>;

/** Of each try, after the first sweep, which finds the caches cold. */
const TRY_SECONDS = 0.06;
/** What is slower than the fastest by more is not tried again. */
const HOPELESS = 1.2;
/** On a slow machine one try of each must do. */
const PATIENCE_MILLISECONDS = 4000;
/** A smaller gain over the defaults may be noise. */
const LEAST_GAIN = 0.05;

export interface Search {
  readonly runner: Runner;
  /** With the defaults as the variant's parameters. */
  readonly job: TryJob;
  /** At least one, of which the first fits any adapter; the defaults among them where the run has steps for them. */
  readonly candidates: readonly Setting[];
  readonly signal: AbortSignal;
  readonly onFraction: (fraction: number) => void;
}

/** Seconds per step of the fastest batch. */
export async function timeOnce(
  { runner, job, signal }: Pick<Search, 'runner' | 'job' | 'signal'>,
  setting: Setting,
  secondsPerStep?: number,
): Promise<number> {
  if (signal.aborted) throw new TroubleError({ code: 'cancelled' });
  const variant = { ...job.variant, parameters: { ...job.variant.parameters, ...setting } };
  const sweep = stepsPerSweep(variant);
  const sweeps = 1 + (secondsPerStep === undefined ? 1 : Math.ceil(TRY_SECONDS / (sweep * secondsPerStep)));
  let fastest = Number.POSITIVE_INFINITY;
  await runner.round({ ...job, variant, round: 0, steps: sweep * sweeps }, (message) => {
    if (message.type !== 'samples') return;
    for (const { steps, seconds } of message.samples) fastest = Math.min(fastest, seconds / steps);
  });
  return fastest;
}

/** As `timeOnce`, and endless where the adapter has no room for such work-groups. */
async function timeWhereItFits(search: Search, setting: Setting, secondsPerStep: number): Promise<number> {
  try {
    return await timeOnce(search, setting, secondsPerStep);
  } catch (error) {
    if (asTrouble(error).code === 'bad-value') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/**
 * The fastest candidate that fits; the defaults, if they are one, unless another clearly is faster. Rejects with the first
 * trouble of a round but that.
 */
export async function fastestCandidate(search: Search): Promise<Setting> {
  const { runner, job, candidates, signal, onFraction } = search;
  const cancel = () => runner.cancel();
  signal.addEventListener('abort', cancel);
  try {
    onFraction(0);
    // For nothing but the pace of the tries.
    const pace = await timeOnce(search, candidates[0]!);
    const began = performance.now();
    const seconds = new Map<Setting, number>();
    const fastest = () => Math.min(...seconds.values());
    const order = [...candidates, ...candidates.toReversed()];
    for (const [index, candidate] of order.entries()) {
      onFraction(index / order.length);
      const before = seconds.get(candidate) ?? Number.POSITIVE_INFINITY;
      const isLate = performance.now() - began > PATIENCE_MILLISECONDS;
      if (index >= candidates.length && (isLate || before > HOPELESS * fastest())) continue;
      seconds.set(candidate, Math.min(before, await timeWhereItFits(search, candidate, pace)));
    }
    const isDefault = (candidate: Setting) => Object.entries(candidate).every(([name, value]) => job.variant.parameters[name] === value);
    const byDefault = candidates.find(isDefault);
    const best = candidates.find((candidate) => seconds.get(candidate) === fastest())!;
    return byDefault === undefined || fastest() < (1 - LEAST_GAIN) * seconds.get(byDefault)! ? best : byDefault;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
