import { describe, expect, test } from 'vitest';
import { DEFAULT_CONVENTION, type Grid, seedField } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';
import { createReferenceBackend } from '../../tests/support/reference-backend.ts';
import type { Variant } from '../shared/run.ts';
import { measureRound } from './measure.ts';
import { bytesToObserve, countSubnormals, largestDifference } from './observe.ts';
import type { FromRunner, RoundJob } from './protocol.ts';

const grid: Grid = { rows: 20, cols: 30 };
const variant: Variant = { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} };
const round: RoundJob = {
  ...{ runId: 1, variantIndex: 0, round: 0, grid, steps: 60, variant },
  convention: { ...DEFAULT_CONVENTION, seed: 'patch' },
  ...{ flushSubnormals: true, pin: false, warmUp: false, display: false, verify: false, wantField: true },
  observe: { what: 'difference', every: 20 },
};

async function observed(job: Partial<RoundJob> = {}, fault?: 'nan') {
  const messages: FromRunner[] = [];
  const calls: string[] = [];
  const backend = createReferenceBackend({ ...(fault && { fault }), onCall: (call) => calls.push(call) });
  const port = { send: (message: FromRunner) => void messages.push(message), takeView: () => undefined };
  await measureRound(backend, { ...round, ...job }, new AbortController().signal, port);
  const values = messages.flatMap((message) => (message.type === 'observation' ? [message.observation] : []));
  return { values, calls, done: messages.find((message) => message.type === 'roundDone')! };
}

describe('the difference from f64', () => {
  test('is none at the seed, which both take as it was rounded, and then that of the same step', async () => {
    const { values, calls, done } = await observed();
    expect(values.map(({ step, value }) => [step, value === 0])).toEqual([
      [0, true],
      [20, false],
      [40, false],
      [60, false],
    ]);
    const { u, v } = seedField(grid, 'patch', 'f32');
    const start = { u: Float64Array.from(u), v: Float64Array.from(v) };
    const exact = referenceRun(start, grid, { ...round.convention, precision: 'f64' }, 60);
    expect(values.at(-1)?.value).toBe(largestDifference(done.state!.v, exact.v));
    expect(values.at(-1)?.value).toBeLessThan(1e-5);
    expect(calls.filter((call) => call === 'open')).toHaveLength(2);
    expect(calls.filter((call) => call === 'close')).toHaveLength(2);
  });

  test('of a kernel whose process has no other is that from the oracle', async () => {
    const ofGpu = await observed({ variant: { ...variant, kernel: 'gpu_naive' } });
    expect(ofGpu.values).toEqual((await observed()).values);
    expect(ofGpu.calls.filter((call) => call === 'open')).toHaveLength(1);
  });

  test('is taken in the first round alone', async () => {
    const { values, calls } = await observed({ round: 1 });
    expect(values).toEqual([]);
    expect(calls.filter((call) => call === 'open')).toHaveLength(1);
  });

  test('of what is no number is null', () => {
    expect(largestDifference(Float32Array.of(0, Number.NaN), Float64Array.of(0, 1))).toBeNull();
    expect(largestDifference(Float32Array.of(0, 1.5), Float64Array.of(0, 1))).toBe(0.5);
  });

  test('takes memory for its second state', () => {
    const { observe: _, ...kept } = round;
    const bytes = bytesToObserve(createReferenceBackend(), {
      ...kept,
      variant: { ...variant, observe: { what: 'difference', every: 20 } },
    });
    expect(bytes).toBe(64 * grid.rows * grid.cols);
    const ofGpu: Variant = { ...variant, kernel: 'gpu_naive', observe: { what: 'difference', every: 20 } };
    expect(bytesToObserve(createReferenceBackend(), { ...kept, variant: ofGpu })).toBe(32 * grid.rows * grid.cols);
    expect(bytesToObserve(createReferenceBackend(), kept)).toBe(0);
  });
});

test('a subnormal number is smaller than the least normal one of its storage, and not zero', () => {
  const single = (values: number[]) => ({ u: Float32Array.from(values), v: Float32Array.of(0, -0, 1) });
  expect(countSubnormals(single([2 ** -126, 2 ** -127, -(2 ** -149), 2 ** -150, Number.NaN]), variant)).toBe(2);
  const double = { u: Float64Array.of(2 ** -127, 2 ** -1022, 2 ** -1023), v: Float64Array.of(0, Number.MIN_VALUE, 1) };
  expect(countSubnormals(double, { ...variant, precision: 'f64' })).toBe(2);
  expect(countSubnormals(single([2 ** -14, 2 ** -15]), { ...variant, kernel: 'half_storage' })).toBe(1);
});
