/**
 * Measures this machine's ceilings: the processor's in the native runner, then each adapter's in that of WebGPU. A part that
 * is missing or breaks is left out, and costs the others nothing.
 */
import type { CeilingCase } from '../../runner/backend.ts';
import type { CeilingsJob, MeasuredRate } from '../../runner/protocol.ts';
import type { Ceilings, GpuCeiling } from '../../shared/ceilings.ts';
import type { Adapter } from '../../shared/run.ts';
import { asTrouble, TroubleError } from '../../shared/trouble.ts';
import { readCacheShape } from '../machine/machine.ts';
import type { LabEvents } from '../run/events.ts';
import { availableMemoryBytes } from '../run/limits.ts';
import type { Offered } from '../runners/availability.ts';
import type { Runner, Runners } from '../runners/runner.ts';
import { planCompute, planTriads } from './plan.ts';

/** Longer than threads take to meet, shorter than what the system gives a thread before it takes its processor away. */
const SAMPLE_SECONDS = 0.002;
const LONGEST_SLOT_SECONDS = 0.06;
const SHORTEST_SLOT_SECONDS = 0.02;
/** Of the slots that each case gets at least, together. */
const NATIVE_SECONDS = 10;
const NATIVE_LIMIT_SECONDS = 16;
const FEWEST_SLOTS = 3;
const ON_ADAPTER = { sampleSeconds: 0.05, slotSeconds: 0.3, limitSeconds: 4 };

interface Part {
  readonly runner: Runner;
  readonly job: CeilingsJob;
}

type Steadiness = Pick<MeasuredRate, 'unsteady'>;
type Rates = readonly (MeasuredRate | null)[];

type Dependencies = { readonly runners: Runners; readonly events: LabEvents };

function nativeJob(cases: readonly CeilingCase[]): CeilingsJob {
  const slotSeconds = Math.min(LONGEST_SLOT_SECONDS, Math.max(SHORTEST_SLOT_SECONDS, NATIVE_SECONDS / (FEWEST_SLOTS * cases.length)));
  return { cases, sampleSeconds: SAMPLE_SECONDS, slotSeconds, limitSeconds: NATIVE_LIMIT_SECONDS };
}

const adapterJob = (adapter: string): CeilingsJob => ({
  ...ON_ADAPTER,
  cases: [
    { kind: 'copy', adapter },
    { kind: 'gpu-fma', adapter },
  ],
});

/** Opening and closing included. */
const expectedSeconds = ({ cases, slotSeconds }: CeilingsJob) => 1.5 * FEWEST_SLOTS * cases.length * slotSeconds;

const throwIfCancelled = (signal: AbortSignal) => {
  if (signal.aborted) throw new TroubleError({ code: 'cancelled' });
};

/** The cases that have a rate. */
const rated = <C, R>(cases: readonly C[], rates: Rates, make: (one: C, perSecond: number) => R): (R & Steadiness)[] =>
  cases.flatMap((one, index) => {
    const rate = rates[index];
    return rate === null || rate === undefined ? [] : [{ ...make(one, rate.perSecond), ...(rate.unsteady && { unsteady: rate.unsteady }) }];
  });

/** One that could not do both is left out. */
function gpuCeiling({ id, name, type }: Adapter, [copied, computed]: Rates): GpuCeiling[] {
  if (!copied || !computed) return [];
  const unsteady = copied.unsteady ?? computed.unsteady;
  const rates = { copyBytesPerSecond: copied.perSecond, flopsPerSecond: computed.perSecond };
  return [{ adapter: id, name, type, ...rates, ...(unsteady && { unsteady }) }];
}

/** Rejects with `cancelled` once the signal is set, and with nothing else. */
export async function measureCeilings(
  { runners: { native, webgpu }, events }: Dependencies,
  { isas, adapters }: Pick<Offered, 'isas' | 'adapters'>,
  signal: AbortSignal,
): Promise<Ceilings> {
  const shape = await readCacheShape();
  const triads = planTriads(shape, isas, await availableMemoryBytes());
  const computing = planCompute(shape, isas);
  const usable = adapters.filter((adapter) => adapter.usable);
  const [ofProcessor = [], ...ofAdapters] = await inTurn(
    [{ runner: native, job: nativeJob([...triads, ...computing]) }, ...usable.map(({ id }) => ({ runner: webgpu, job: adapterJob(id) }))],
    events,
    signal,
  );
  return {
    measuredAt: new Date().toISOString(),
    memory: rated(triads, ofProcessor, ({ level, threads, streaming }, bytesPerSecond) => ({ level, threads, streaming, bytesPerSecond })),
    compute: rated(computing, ofProcessor.slice(triads.length), ({ unit, precision, operation, threads }, flopsPerSecond) => ({
      ...{ isa: unit, precision, operation, threads, flopsPerSecond },
    })),
    gpu: usable.flatMap((adapter, index) => gpuCeiling(adapter, ofAdapters[index] ?? [])),
  };
}

/** The rates of each part; none of one that broke. */
async function inTurn(parts: readonly Part[], events: LabEvents, signal: AbortSignal): Promise<Rates[]> {
  const expected = parts.map(({ job }) => expectedSeconds(job));
  const total = expected.reduce((sum, seconds) => sum + seconds, 0);
  const found: Rates[] = [];
  let before = 0;
  for (const [index, part] of parts.entries()) {
    const own = expected[index]!;
    const tell = (fraction: number, secondsLeft: number) => {
      const after = total - before - own;
      events.emit('ceilingsProgress', { fraction: Math.min(1, (before + fraction * own) / total), secondsLeft: secondsLeft + after });
    };
    found.push(part.job.cases.length === 0 ? [] : await ratesOf(part, signal, tell));
    before += own;
  }
  return found;
}

async function ratesOf({ runner, job }: Part, signal: AbortSignal, tell: (fraction: number, secondsLeft: number) => void): Promise<Rates> {
  throwIfCancelled(signal);
  const cancel = () => runner.cancel();
  signal.addEventListener('abort', cancel);
  try {
    tell(0, expectedSeconds(job));
    const rates = await runner.ceilings(job, ({ fraction, secondsLeft }) => tell(fraction, secondsLeft));
    throwIfCancelled(signal);
    return rates;
  } catch (error) {
    throwIfCancelled(signal);
    console.error('Some ceilings were not measured:', asTrouble(error));
    return [];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
