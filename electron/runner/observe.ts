/**
 * Reads off the state between two batches what a variant asks to be observed. Nothing here is timed, though the next
 * batch may find its caches cold: observe seldom where that counts.
 */
import { findKernel } from '../../kernels/catalog.ts';
import { bytesPerValue, type Field, type FieldArray, seedField } from '../../kernels/model.ts';
import { cellsOf, type Observation, type Observe, type Variant } from '../shared/run.ts';
import type { KernelInstance, KernelJob, RunnerBackend } from './backend.ts';
import type { RoundPort } from './measure.ts';
import { oracleFrom } from './oracle.ts';
import type { RoundJob } from './protocol.ts';
import { withInstance } from './with-instance.ts';

/** Told the state after so many steps, none left out that it asks for. */
export interface Observer {
  readonly every: number;
  observe(step: number, state: Field): Promise<void>;
}

/** Least normal number of what the kernel keeps its state in: IEEE 754 binary16, 32 and 64. */
function leastNormal({ kernel, precision }: Variant): number {
  if (findKernel(kernel)?.storage === 'f16') return 2 ** -14;
  return precision === 'f32' ? 2 ** -126 : 2 ** -1022;
}

export function countSubnormals({ u, v }: Field, variant: Variant): number {
  const least = leastNormal(variant);
  let count = 0;
  for (const values of [u, v]) for (const value of values) if (value !== 0 && Math.abs(value) < least) count++;
  return count;
}

/** Null when one of the two holds what is no finite number. */
export function largestDifference(values: FieldArray, exact: FieldArray): number | null {
  let largest = 0;
  for (let at = 0; at < exact.length; at++) {
    const difference = Math.abs(values[at]! - exact[at]!);
    if (!Number.isFinite(difference)) return null;
    if (difference > largest) largest = difference;
  }
  return largest;
}

/** Whether `simd`, in the same process, can take the oracle's place, which it does several times as fast. */
const isNative = ({ kernel }: Variant): boolean => findKernel(kernel)?.backend === 'native';

/** What differences of native kernels are taken from: `simd` in f64 under the same convention. */
const exactJob = (job: KernelJob): KernelJob => ({
  ...job,
  variant: { kernel: 'simd', precision: 'f64', threads: 1, parameters: {} },
  convention: { ...job.convention, precision: 'f64' },
  pin: false,
});

/** What observing the variant allocates: the exact instance, its start and what is read of it, or the oracle's two states. */
export function bytesToObserve(backend: RunnerBackend, job: KernelJob): number {
  if (job.variant.observe?.what !== 'difference') return 0;
  const states = 4 * bytesPerValue('f64') * cellsOf(job.grid);
  return states + (isNative(job.variant) ? backend.bytesNeeded(exactJob(job)) : 0);
}

/** Takes the exact instance along to each step that is observed. */
async function advancing(exact: KernelInstance, seed: Field): Promise<(step: number) => Promise<Field>> {
  await exact.load({ u: Float64Array.from(seed.u), v: Float64Array.from(seed.v) });
  let done = 0;
  let state: Field | undefined;
  return async (step) => {
    if (step > done) await exact.step(step - done);
    done = step;
    state = await exact.read(state);
    return state;
  };
}

/**
 * Holds what observing needs for the length of `use`. The difference from exact numbers is the same in every round, and
 * is observed in the first alone; batches end at the same steps in all of them.
 */
export async function withObserver<T>(
  backend: RunnerBackend,
  job: RoundJob & { readonly observe: Observe },
  signal: AbortSignal,
  port: RoundPort,
  use: (observer: Observer) => Promise<T>,
): Promise<T> {
  const { round, variant, observe } = job;
  const { what: name, every } = observe;
  const tell = (step: number, value: number | null) => {
    const observation: Observation = { round, step, name, value };
    port.send({ type: 'observation', observation });
  };
  if (name === 'subnormals') return use({ every, observe: async (step, state) => tell(step, countSubnormals(state, variant)) });
  if (round > 0) return use({ every, observe: async () => {} });
  const seed = seedField(job.grid, job.convention.seed, variant.precision);
  const differing = (exactAt: (step: number) => Promise<Field>): Observer => ({
    every,
    observe: async (step, state) => tell(step, largestDifference(state.v, (await exactAt(step)).v)),
  });
  if (!isNative(variant)) return use(differing(oracleFrom(seed, job.grid, job.convention, signal)));
  return withInstance(backend, exactJob(job), signal, async (exact) => use(differing(await advancing(exact, seed))));
}
