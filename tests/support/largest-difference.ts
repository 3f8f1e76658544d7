/** How far a kernel's field is from the reference's, for tests that drive a backend themselves. */
import type { KernelJob } from '../../electron/runner/backend.ts';
import type { Field } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';

/** Over both species, from the reference after so many steps from the start; null when any value is not a number. */
export function largestDifference(
  field: Field,
  start: Field,
  { grid, convention }: Pick<KernelJob, 'grid' | 'convention'>,
  steps: number,
): number | null {
  return differenceOfFields(field, referenceRun(start, grid, convention, steps));
}

/** Over both species; null when any value is not a number. */
export function differenceOfFields(field: Field, reference: Field): number | null {
  let largest = 0;
  for (const species of ['u', 'v'] as const) {
    for (const [at, expected] of reference[species].entries()) {
      const difference = Math.abs(field[species][at]! - expected);
      if (Number.isNaN(difference)) return null;
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}
