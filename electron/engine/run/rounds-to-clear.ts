/** How many rounds more could decide what a run compares: each variant with the baseline. */
import { findExercise } from '../../../kernels/syllabus.ts';
import { resultsByKey } from '../../shared/lesson.ts';
import type { RunRecord } from '../../shared/run.ts';
import { isTrusted, rateRatio } from '../../shared/trusted.ts';

const AT_A_TIME = 3;

export function roundsToClear(run: RunRecord): number {
  const exercise = findExercise(run.request.exercise ?? '');
  const baseline = (exercise && resultsByKey(run, exercise).get(exercise.baseline)) ?? run.variants[0];
  if (baseline === undefined || !isTrusted(baseline)) return 0;
  const open = run.variants.some((result) => {
    if (result === baseline || !isTrusted(result)) return false;
    return rateRatio({ run, result }, { run, result: baseline })?.clear === false;
  });
  return open ? AT_A_TIME : 0;
}
