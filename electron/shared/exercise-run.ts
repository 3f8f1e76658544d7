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

/** Its kernel is there, and so are the processors that it asks for. */
function runsHere({ kernel, threads }: ExerciseVariant, { kernels, logicalCores }: Here): boolean {
  if (kernels.find((each) => each.kernel === kernel)?.available !== true) return false;
  return typeof threads !== 'number' || logicalCores === 'unknown' || threads <= logicalCores;
}

const same = (a: ExerciseVariant, b: ExerciseVariant): boolean => JSON.stringify(variantOf(a)) === JSON.stringify(variantOf(b));

/** The bars that this machine can run, none of them twice. */
export function barsHere(exercise: Exercise, here: Here): ExerciseVariant[] {
  const bars = exercise.variants.filter((bar) => runsHere(bar, here));
  return bars.filter(
    (bar) => bar.threads !== 'all' || !bars.some((other) => other.threads === here.logicalCores && same({ ...other, threads: 'all' }, bar)),
  );
}

/** Without a number of threads the engine takes all. */
export function variantOf({ key: _, threads, parameters, ...variant }: ExerciseVariant): VariantRequest {
  return { ...variant, ...(typeof threads === 'number' && { threads }), ...(parameters && { parameters: { ...parameters } }) };
}

/** The lesson's run with the bars that this machine has. */
export function exerciseRequest(exercise: Exercise, here: Here): RunRequest {
  const { grid, steps, rounds, flushSubnormals = true, pin = false, keepField = false } = exercise;
  return {
    convention: { ...DEFAULT_CONVENTION, ...exercise.convention },
    ...{ grid, steps, rounds, flushSubnormals, pin },
    variants: barsHere(exercise, here).map(variantOf),
    display: false,
    exercise: exercise.id,
    keepField,
  };
}
