/** The kernels that cannot run here, with the reason: left out of a tour, never silently. */
import type { Availability } from '../shared/contract.ts';
import type { SkippedKernel } from '../shared/documents.ts';

export function skippedKernels(kernels: readonly Availability[], among?: readonly string[]): SkippedKernel[] {
  return kernels
    .filter(({ kernel, available }) => !available && (among === undefined || among.includes(kernel)))
    .map(({ kernel, reason = 'runner-crashing', detail = '' }) => ({ kernel, reason, detail }));
}
