import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../kernels/catalog.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { type Offer, resolveRequest } from '../engine/run/requests.ts';
import type { Availability } from '../shared/contract.ts';
import { exerciseRequest } from './commands/exercise.ts';

const everything: Availability[] = KERNELS.map(({ id, isas }) => ({
  kernel: id,
  available: true,
  ...(isas && { isas: ['neon' as const] }),
}));

describe('the run of an exercise', () => {
  it('is one that the engine takes, for every lesson', () => {
    const offer: Offer = { kernels: everything, adapters: [], preferredAdapter: 'auto', cores: 4 };
    for (const exercise of EXERCISES) {
      const { variants, exercise: name } = resolveRequest(exerciseRequest(exercise, everything), offer);
      expect(name).toBe(exercise.id);
      expect(variants.map(({ kernel }) => kernel)).toEqual(exercise.variants.map(({ kernel }) => kernel));
    }
  });

  it('leaves out what does not run here', () => {
    const without = everything.map((each) =>
      each.kernel === 'gpu_naive' ? { ...each, available: false, reason: 'no-adapter' as const } : each,
    );
    const { variants } = exerciseRequest(findExercise('G02')!, without);
    expect(variants.map(({ kernel }) => kernel)).not.toContain('gpu_naive');
    expect(variants.length).toBeGreaterThan(0);
  });
});
