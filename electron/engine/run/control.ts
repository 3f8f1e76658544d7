/**
 * The control of a run: which of its variants is measured twice in every round. Both times are the same competitor, so what
 * seems to differ between them is the machine's own noise.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import { resultsByKey } from '../../shared/lesson.ts';
import type { ResolvedRequest, VariantResult } from '../../shared/run.ts';

/** Below, nothing is concluded from a run. */
const FEWEST_ROUNDS = 3;

/** The exercise's baseline, else the first; undefined for a run that compares nothing, or was asked to have none. */
export function controlVariantOf(request: ResolvedRequest): number | undefined {
  if (request.control === false || request.variants.length < 2 || request.rounds < FEWEST_ROUNDS) return undefined;
  const exercise = findExercise(request.exercise ?? '');
  if (exercise === undefined) return 0;
  const variants = request.variants.map(
    (variant): VariantResult => ({ variant, backend: findKernel(variant.kernel)!.backend, status: 'waiting', samples: [] }),
  );
  const baseline = resultsByKey({ request, variants }, exercise).get(exercise.baseline);
  return baseline === undefined ? 0 : variants.indexOf(baseline);
}
