/**
 * Every kernel that runs here against the oracle: stencils × boundaries × precisions × awkward grids. The backends work
 * side by side, each in its own process; within one, kernels that share a convention and a grid follow each other, so that
 * the oracle's answer is computed once for all of them.
 */
import { BACKENDS, type Isa, type Kernel } from '../../../kernels/kernel.ts';
import { DEFAULT_CONVENTION, type Grid, type Precision } from '../../../kernels/model.ts';
import type { VerifyJob } from '../../runner/protocol.ts';
import { TOLERANCES, VERIFICATION_STEPS } from '../../runner/verify.ts';
import type { Variant } from '../../shared/run.ts';
import { asTrouble, TroubleError } from '../../shared/trouble.ts';
import type { VerifyCase } from '../../shared/verify.ts';
import type { Runner, Runners } from '../runners/runner.ts';

/** Narrower and wider than vectors, tiles and work-groups by one, and degenerate; the other side is no multiple of anything. */
const SIDES = [1, 2, 3, 15, 17, 63, 65];
const AWKWARD: Grid = { rows: 47, cols: 61 };

export const AWKWARD_GRIDS: readonly Grid[] = [
  AWKWARD,
  { rows: 1, cols: 1 },
  ...SIDES.flatMap((side) => [
    { rows: side, cols: AWKWARD.cols },
    { rows: AWKWARD.rows, cols: side },
  ]),
];

export interface VerifyOptions {
  /** Ids; every available kernel when absent. */
  readonly kernels?: readonly string[];
  /** Every instruction set that runs here instead of the widest. */
  readonly everyIsa?: boolean;
  /** Of the GPU kernels, all of which it must serve; the preferred one when absent. */
  readonly adapter?: string;
  readonly signal?: AbortSignal;
}

/**
 * Coefficients and a seed under which f32 itself stays within a sixth of the tolerance on all of these grids. The school's own
 * pattern is chaotic where three rows meet the background: there no two orders of the same sum agree after 200 steps.
 */
const CALM = { feed: 0.078, kill: 0.061, seed: 'pearson' } as const;

/** A kernel to verify, with the variants of it that differ in nothing but precision and instruction set. */
export interface Candidate {
  readonly kernel: Kernel;
  readonly variants: readonly Variant[];
}

export interface Planned {
  readonly kernel: Kernel;
  readonly job: VerifyJob;
}

/** Cases in an order that keeps those with the same oracle together. */
export function planCases(candidates: readonly Candidate[]): Planned[] {
  const all = candidates.flatMap(({ kernel, variants }) =>
    variants.flatMap((variant) =>
      kernel.stencils.flatMap((stencil) =>
        kernel.boundaries.flatMap((boundary) => AWKWARD_GRIDS.map((grid) => ({ kernel, variant, stencil, boundary, grid }))),
      ),
    ),
  );
  const oracle = ({ stencil, boundary, grid }: (typeof all)[number]) => `${stencil} ${boundary} ${grid.rows} ${grid.cols}`;
  return [...Map.groupBy(all, oracle).values()].flat().map(({ kernel, variant, stencil, boundary, grid }, id) => ({
    kernel,
    job: {
      id,
      variant,
      convention: { ...DEFAULT_CONVENTION, ...CALM, stencil, boundary, precision: variant.precision },
      grid,
      steps: VERIFICATION_STEPS,
    },
  }));
}

function caseOf({ variant, convention, grid, steps }: VerifyJob): Omit<VerifyCase, 'status' | 'maxAbsError' | 'tolerance'> {
  const { kernel, precision, isa } = variant;
  const { stencil, boundary } = convention;
  return { kernel, stencil, boundary, precision, ...(isa && { isa }), ...grid, steps };
}

async function verifyOne(runner: Runner, job: VerifyJob): Promise<VerifyCase> {
  try {
    return { ...caseOf(job), ...(await runner.verify(job)) };
  } catch (error) {
    const trouble = asTrouble(error);
    if (trouble.code === 'cancelled') throw error;
    return { ...caseOf(job), status: 'failed', maxAbsError: null, tolerance: TOLERANCES[job.variant.precision], trouble };
  }
}

/** Results in the plan's order; `onCase` hears them as they come, with the part of the work that is done. */
export async function verifyCases(
  planned: readonly Planned[],
  runners: Runners,
  signal: AbortSignal,
  onCase: (verifyCase: VerifyCase, fraction: number) => void,
): Promise<VerifyCase[]> {
  const results: VerifyCase[] = [];
  let done = 0;
  const lanes = BACKENDS.map(async (backend) => {
    const runner = runners[backend];
    const cancel = () => runner.cancel();
    signal.addEventListener('abort', cancel);
    try {
      for (const [index, { kernel, job }] of planned.entries()) {
        if (kernel.backend !== backend) continue;
        if (signal.aborted) throw new TroubleError({ code: 'cancelled' });
        const result = await verifyOne(runner, job);
        results[index] = result;
        onCase(result, ++done / planned.length);
      }
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  });
  const settled = await Promise.allSettled(lanes);
  for (const lane of settled) if (lane.status === 'rejected') throw lane.reason;
  return results;
}

/** Variants of a kernel: each precision, and each instruction set asked for. */
export function variantsOf(kernel: Kernel, base: Omit<Variant, 'precision' | 'isa'>, isas: readonly Isa[]): Variant[] {
  return kernel.precisions.flatMap((precision: Precision) =>
    isas.length === 0 ? [{ ...base, precision }] : isas.map((isa) => ({ ...base, precision, isa })),
  );
}
