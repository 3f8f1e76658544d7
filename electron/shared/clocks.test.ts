import { expect, it } from 'vitest';
import { clocksOf, disagreements } from './clocks.ts';
import type { Sample } from './run.ts';

const result = (parameters: Record<string, string>, ...times: readonly (readonly [number, number?])[]) => ({
  variant: { kernel: 'gpu_naive', precision: 'f32' as const, threads: 1, parameters },
  samples: times.map(
    ([seconds, gpuSeconds], index): Sample => ({ round: 0, index, steps: 1, seconds, ...(gpuSeconds !== undefined && { gpuSeconds }) }),
  ),
});

it('adds up the samples that have both times', () => {
  const clocks = clocksOf(result({}, [1, 0.97], [1, 0.95], [5]))!;
  expect([clocks.wallSeconds, clocks.gpuSeconds]).toEqual([2, 1.92]);
  expect(clocks.gap).toBeCloseTo(0.04, 12);
  expect(clocks.disagree).toBe(false);
});

it('tells a disagreement beyond a tenth, to either side', () => {
  expect(clocksOf(result({ transfer: 'once' }, [1, 0.89]))).toMatchObject({ disagree: true });
  expect(clocksOf(result({ transfer: 'once' }, [1, 1.11]))).toMatchObject({ disagree: true });
});

it('has nothing to compare without timestamps, or where the steps hold transfers', () => {
  expect(clocksOf(result({}, [1]))).toBeUndefined();
  expect(clocksOf(result({ transfer: 'per-step' }, [1, 0.1]))).toBeUndefined();
});

it('names who disagrees, with the sign', () => {
  const named = [result({}, [1, 0.774]), result({}, [1, 1]), result({}, [1, 1.2])].map((each, index) => ({
    label: `bar ${index}`,
    result: each,
  }));
  expect(disagreements(named)).toEqual([
    { label: 'bar 0', percent: '−23' },
    { label: 'bar 2', percent: '+20' },
  ]);
});
