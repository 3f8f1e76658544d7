/** The bare C++ loop around the row kernel of `autovec`. */
import { join } from 'node:path';
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import type { Isa } from '../../kernels/kernel.ts';
import type { Grid } from '../../kernels/model.ts';
import { buildCppProgram } from './cpp-program.ts';

export interface BareRound {
  readonly secondsPerStep: number;
  /** Mean of v after the timed steps, to compare with the app's. */
  readonly meanV: number;
}

export interface BareLoop {
  run(grid: Grid, warmUpSteps: number, steps: number): BareRound;
  remove(): void;
}

export function buildBareLoop(root: string, info: AddonInfo, isa: Isa): BareLoop {
  const program = buildCppProgram(root, info, isa, {
    forIsa: ['kernels/autovec.cpp'],
    baseline: ['page_memory.cpp', 'thread_settings.cpp', join(import.meta.dirname, 'bare_autovec.cpp')],
  });
  return {
    run({ rows, cols }, warmUpSteps, steps) {
      const [seconds = Number.NaN, meanV = Number.NaN] = program.run(rows, cols, warmUpSteps, steps);
      return { secondsPerStep: seconds / steps, meanV };
    },
    remove: program.remove,
  };
}
