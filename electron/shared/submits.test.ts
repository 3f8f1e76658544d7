import { describe, expect, it } from 'vitest';
import type { Sample, Variant } from './run.ts';
import { shortSubmits } from './submits.ts';

const result = (
  parameters: Variant['parameters'],
  batches: readonly { readonly steps: number; readonly sent?: number; readonly round?: number }[],
  own: Partial<Variant> = {},
) => ({
  variant: { kernel: 'gpu_naive', precision: 'f32' as const, threads: 1, parameters, ...own },
  samples: batches.map(
    ({ steps, sent, round = 0 }, index): Sample => ({
      round,
      index,
      steps,
      seconds: 1,
      ...(sent !== undefined && { stepsPerSubmit: sent }),
    }),
  ),
});

describe('shortSubmits', () => {
  it('tells what was asked for and what most samples sent', () => {
    const batches = [{ steps: 64 }, { steps: 64, sent: 7 }, { steps: 64, sent: 6 }, { steps: 64, sent: 6 }, { steps: 8, sent: 5 }];
    expect(shortSubmits(result({ stepsPerSubmit: 32 }, batches))).toEqual({ asked: 32, sent: 6 });
  });

  it('tells steps so slow that each is a batch', () => {
    const batches = Array.from({ length: 4 }, () => ({ steps: 1, sent: 1 }));
    expect(shortSubmits(result({ stepsPerSubmit: 16 }, batches))).toEqual({ asked: 16, sent: 1 });
  });

  it('has nothing to tell of a kernel that has no submits, has not run, or sent what was asked for', () => {
    expect(shortSubmits(result({}, [{ steps: 8 }]))).toBeUndefined();
    expect(shortSubmits(result({ stepsPerSubmit: 32 }, []))).toBeUndefined();
    expect(shortSubmits(result({ stepsPerSubmit: 32 }, [{ steps: 64 }, { steps: 4, sent: 4 }, { steps: 64 }]))).toBeUndefined();
  });

  it('takes a submit of whole sweeps for what was asked for', () => {
    expect(shortSubmits(result({ stepsPerSubmit: 32, depth: 5 }, [{ steps: 60 }]))).toBeUndefined();
    expect(shortSubmits(result({ stepsPerSubmit: 2, depth: 5 }, [{ steps: 60 }]))).toBeUndefined();
    expect(shortSubmits(result({ stepsPerSubmit: 32, depth: 5 }, [{ steps: 60, sent: 15 }]))).toEqual({ asked: 32, sent: 15 });
  });

  it('does not blame the time of a submit where rounds, transfers or observations are as short', () => {
    const round = (index: number) => ({ round: index, steps: 20, sent: 20 });
    expect(shortSubmits(result({ stepsPerSubmit: 32 }, [round(0), round(1)]))).toBeUndefined();
    const image = { stepsPerSubmit: 32, transfer: 'per-image', stepsPerImage: 8 };
    expect(shortSubmits(result(image, [{ steps: 64, sent: 8 }]))).toBeUndefined();
    expect(shortSubmits(result(image, [{ steps: 64, sent: 3 }]))).toEqual({ asked: 32, sent: 3 });
    expect(shortSubmits(result({ stepsPerSubmit: 32, transfer: 'per-step' }, [{ steps: 64, sent: 1 }]))).toBeUndefined();
    const observe = { what: 'difference', every: 10 } as const;
    expect(
      shortSubmits(
        result(
          { stepsPerSubmit: 32 },
          [
            { steps: 10, sent: 10 },
            { steps: 10, sent: 10 },
          ],
          { observe },
        ),
      ),
    ).toBeUndefined();
  });
});
