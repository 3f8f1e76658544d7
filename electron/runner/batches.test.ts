import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReferenceBackend } from '../../tests/support/reference-backend.ts';
import { nextBatch, Pace, stepsPerSweep, TARGET_SECONDS, TIMER_RESOLUTION_SECONDS, warmUp, wholeSubmits } from './batches.ts';

describe('nextBatch', () => {
  it('cuts any work into batches of one to two targets, or one step, or all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 1e-8, max: 10, noNaN: true }), (total, secondsPerStep) => {
        let remaining = total;
        for (let batches = 0; remaining > 0 && batches < 500; batches++) {
          const steps = nextBatch(remaining, secondsPerStep, 1, 0.025);
          expect(Number.isInteger(steps) && steps >= 1 && steps <= remaining).toBe(true);
          const seconds = steps * secondsPerStep;
          expect(steps === 1 || steps === remaining || seconds <= 0.05 + secondsPerStep).toBe(true);
          expect(batches > 0 || steps === total || seconds >= 0.025 * (1 - 1e-9)).toBe(true);
          remaining -= steps;
        }
      }),
    );
  });

  it('leaves no short batch at the end', () => {
    const batches: number[] = [];
    for (let remaining = 107; remaining > 0; remaining -= batches.at(-1)!) batches.push(nextBatch(remaining, 0.005, 1, 0.025));
    expect(Math.min(...batches)).toBeGreaterThanOrEqual(5);
    expect(batches.reduce((sum, steps) => sum + steps, 0)).toBe(107);
  });
});

describe('sweeps', () => {
  it('are as long as the depth of the kernels that have one', () => {
    const variant = { kernel: 'champion', precision: 'f32' as const, threads: 1 };
    expect(stepsPerSweep({ ...variant, parameters: { depth: 12, strip: 512 } })).toBe(12);
    expect(stepsPerSweep({ ...variant, parameters: {} })).toBe(1);
  });

  it('are as long as the steps between two crossings, of which there are several where they overlap', () => {
    const of = (transfer: string) =>
      stepsPerSweep({ kernel: 'gpu_naive', precision: 'f32', threads: 1, parameters: { transfer, stepsPerImage: 10 } });
    expect(['once', 'per-step', 'per-image', 'async'].map(of)).toEqual([1, 1, 10, 40]);
  });

  it('are whole submits where those are shorter than a batch', () => {
    const variant = { kernel: 'gpu_naive', precision: 'f32' as const, threads: 1, parameters: { stepsPerSubmit: 64 } };
    expect(wholeSubmits(variant, 1e-5)).toBe(64);
    expect(wholeSubmits(variant, 1e-2)).toBe(1);
    expect(wholeSubmits({ ...variant, parameters: { stepsPerSubmit: 64, depth: 12 } }, 1e-5)).toBe(60);
    expect(wholeSubmits({ ...variant, parameters: { stepsPerSubmit: 64, transfer: 'per-step' } }, 1e-5)).toBe(1);
  });

  it('are broken by no batch but the last one', () => {
    const sides = [
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 64 }),
      fc.double({ min: 1e-8, max: 1, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...sides, (remaining, sweep, secondsPerStep) => {
        const steps = nextBatch(remaining, secondsPerStep, sweep, 0.025);
        expect(steps === remaining || (steps > 0 && steps < remaining && steps % sweep === 0)).toBe(true);
        const oneBatch = remaining * secondsPerStep < 0.05;
        expect(steps <= sweep || oneBatch || steps * secondsPerStep <= 0.05 + sweep * secondsPerStep).toBe(true);
      }),
    );
  });
});

describe('timer', () => {
  it('has a resolution that the target exceeds two hundred times', () => {
    expect(TIMER_RESOLUTION_SECONDS).toBeGreaterThan(0);
    expect(TARGET_SECONDS).toBeGreaterThan(200 * TIMER_RESOLUTION_SECONDS);
    expect(TARGET_SECONDS).toBeGreaterThan(0.02);
  });
});

describe('Pace', () => {
  it('is the fastest of the latest batches', () => {
    const pace = new Pace();
    for (let batch = 0; batch < 8; batch++) pace.add(10, batch === 0 ? 1 : 2);
    expect(pace.secondsPerStep).toBe(0.1);
    pace.add(10, 3);
    expect(pace.secondsPerStep).toBe(0.2);
  });
});

describe('warmUp', () => {
  const variant = { kernel: 'autovec', precision: 'f32' as const, threads: 1, parameters: {} };

  async function stepsOf(secondsPerStep: number, sweep = 1): Promise<number[]> {
    const steps: number[] = [];
    const backend = createReferenceBackend({ secondsPerStep, onCall: (_, count) => count !== undefined && steps.push(count) });
    const { DEFAULT_CONVENTION: convention } = await import('../../kernels/model.ts');
    const instance = await backend.open({ variant, convention, grid: { rows: 1, cols: 1 }, flushSubnormals: true, pin: false });
    const pace = await warmUp(instance, sweep, new AbortController().signal, () => {});
    expect(pace.secondsPerStep).toBeCloseTo(secondsPerStep, 12);
    return steps;
  }

  it('is one step where a step is long', async () => {
    expect(await stepsOf(0.2)).toEqual([1]);
  });

  it('grows to batches of the target and stops when two agree', async () => {
    expect(await stepsOf(0.001)).toEqual([1, 4, 16, 25]);
  });

  it('takes whole sweeps', async () => {
    expect(await stepsOf(0.001, 12)).toEqual([12, 36]);
    expect(await stepsOf(0.01, 12)).toEqual([12]);
  });
});
