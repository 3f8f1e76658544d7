import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../kernels/catalog.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { type Offer, resolveRequest } from '../engine/run/requests.ts';
import type { Availability } from '../shared/contract.ts';
import { exerciseRequest } from '../shared/exercise-run.ts';

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
      const fitting = exercise.variants.filter(({ threads = 1 }) => threads <= 4);
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
});
