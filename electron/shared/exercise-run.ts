/** From a lesson to the run that it makes: the one place where bars become variants, for the command line and the window. */
import type { Exercise, ExerciseVariant } from '../../kernels/exercise.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import type { Availability } from './contract.ts';
import type { RunRequest, VariantRequest } from './run.ts';

/** What a machine can run. */
export interface Here {
  readonly kernels: readonly Availability[];
  readonly logicalCores: number | 'unknown';
}

/** Bars that this machine can run: its kernel is there, and so are the processors that it asks for. */
export function runsHere({ kernel, threads = 1 }: Pick<ExerciseVariant, 'kernel' | 'threads'>, { kernels, logicalCores }: Here): boolean {
  if (kernels.find((each) => each.kernel === kernel)?.available !== true) return false;
  return logicalCores === 'unknown' || threads <= logicalCores;
}

export function variantOf({ key: _, parameters, ...variant }: ExerciseVariant): VariantRequest {
  return { ...variant, ...(parameters && { parameters: { ...parameters } }) };
}

/** The lesson's run with the bars that this machine has. */
export function exerciseRequest(exercise: Exercise, here: Here): RunRequest {
  const { grid, steps, rounds, flushSubnormals = true, pin = false } = exercise;
  return {
    convention: { ...DEFAULT_CONVENTION, ...exercise.convention },
    ...{ grid, steps, rounds, flushSubnormals, pin },
    variants: exercise.variants.filter((variant) => runsHere(variant, here)).map(variantOf),
    display: false,
    exercise: exercise.id,
    keepField: false,
  };
}
