import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../kernels/catalog.ts';
import type { Exercise } from '../../kernels/exercise.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { type Offer, resolveRequest } from '../engine/run/requests.ts';
import type { Availability } from '../shared/contract.ts';
import { barsHere, exerciseRequest } from '../shared/exercise-run.ts';

const everything: Availability[] = KERNELS.map(({ id, isas }) => ({
  kernel: id,
  available: true,
  ...(isas && { isas: ['neon' as const] }),
}));

describe('the run of an exercise', () => {
  it('is one that the engine takes, for every lesson', () => {
    const offer: Offer = { kernels: everything, adapters: [], preferredAdapter: 'auto', cores: 4 };
    for (const exercise of EXERCISES) {
      const { variants, exercise: name } = resolveRequest(exerciseRequest(exercise, { kernels: everything, logicalCores: 4 }), offer);
      expect(name).toBe(exercise.id);
      const fitting = barsHere(exercise, { kernels: everything, logicalCores: 4 });
      expect(fitting.every(({ threads }) => typeof threads !== 'number' || threads <= 4)).toBe(true);
      expect(variants.map(({ kernel }) => kernel)).toEqual(fitting.map(({ kernel }) => kernel));
    }
  });

  it('leaves out what does not run here', () => {
    const without = everything.map((each) =>
      each.kernel === 'gpu_naive' ? { ...each, available: false, reason: 'no-adapter' as const } : each,
    );
    const { variants } = exerciseRequest(findExercise('G02')!, { kernels: without, logicalCores: 4 });
    expect(variants.map(({ kernel }) => kernel)).not.toContain('gpu_naive');
    expect(variants.length).toBeGreaterThan(0);
  });

  it('asks for all processors once, whatever their number', () => {
    const lesson: Exercise = {
      ...findExercise('C17')!,
      variants: [
        { kernel: 'threads_rows', key: 'one', threads: 1 },
        { kernel: 'threads_rows', key: 'four', threads: 4 },
        { kernel: 'threads_rows', key: 'all', threads: 'all' },
      ],
    };
    const keys = (logicalCores: number) => barsHere(lesson, { kernels: everything, logicalCores }).map(({ key }) => key);
    expect(keys(2)).toEqual(['one', 'all']);
    expect(keys(4)).toEqual(['one', 'four']);
    expect(keys(6)).toEqual(['one', 'four', 'all']);
    expect(exerciseRequest(lesson, { kernels: everything, logicalCores: 2 }).variants).toEqual([
      { kernel: 'threads_rows', threads: 1 },
      { kernel: 'threads_rows' },
    ]);
  });
});
