/** From the variants of a run and the axes that they are swept over to the variants at every point. */
import { findKernel } from '../../../kernels/catalog.ts';
import { defaultParameters, type Kernel } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import { stepsPerTransfer } from '../../../kernels/transfer.ts';
import { cellsOf, MAX_STEPS, type VariantRequest } from '../run.ts';
import { type AxisOf, appliesTo, withValue } from './axes.ts';
import type { SweptValue } from './values.ts';

export interface SweepAxisValues {
  readonly of: AxisOf;
  readonly values: readonly SweptValue[];
}

/** Cell updates that a round is to make at every point. */
export interface RoundWork {
  readonly cellUpdates: number;
  /** As many for each thread of the team: a larger team then takes no less time than a small one. */
  readonly perThread: boolean;
}

export interface SweepPlan {
  readonly axes: readonly SweepAxisValues[];
  /** The run's own. */
  readonly grid: Grid;
  /** Absent, every point takes the run's steps. */
  readonly work?: RoundWork;
  /** Every thread keeps its rows: the grid grows with the team. */
  readonly weak: boolean;
}

/** Steps that a kernel takes at once: fewer of them would time another kernel. */
function leastSteps(kernel: Kernel, { parameters }: VariantRequest): number {
  const all = { ...defaultParameters(kernel), ...parameters };
  return stepsPerTransfer(all) ?? (typeof all.depth === 'number' ? Math.max(1, all.depth) : 1);
}

/** Whole sweeps of the kernel that make about as much work. */
export function stepsFor(variant: VariantRequest, grid: Grid, cellUpdates: number): number {
  const least = leastSteps(findKernel(variant.kernel)!, variant);
  return Math.min(MAX_STEPS, least * Math.max(1, Math.round(cellUpdates / (cellsOf(grid) * least))));
}

function atEveryPoint(variant: VariantRequest, plan: SweepPlan): VariantRequest[] {
  const kernel = findKernel(variant.kernel);
  if (kernel === undefined) return [variant];
  const axes = plan.axes.filter(({ of }) => appliesTo(of, kernel));
  let points = [variant];
  for (const { of, values } of axes) points = points.flatMap((point) => values.map((value) => withValue(point, of, value, plan.grid)));
  return points.map((point) => {
    const { grid: own = plan.grid, threads = 1 } = point;
    const grid = plan.weak ? { rows: own.rows * threads, cols: own.cols } : own;
    const sized = { ...point, ...((point.grid !== undefined || plan.weak) && { grid }) };
    if (plan.work === undefined) return sized;
    const { cellUpdates, perThread } = plan.work;
    return { ...sized, steps: stepsFor(point, grid, cellUpdates * (perThread ? threads : 1)) };
  });
}

/** The variants at every point of the sweep. One that an axis does not apply to stays as it is. */
export const sweptVariants = (variants: readonly VariantRequest[], plan: SweepPlan): VariantRequest[] =>
  variants.flatMap((variant) => atEveryPoint(variant, plan));

/** Points that the axes make for these kernels, without making them. */
export function pointsOf(kernels: readonly Kernel[], axes: readonly SweepAxisValues[]): number {
  const of = (kernel: Kernel) =>
    axes.filter((axis) => appliesTo(axis.of, kernel)).reduce((points, { values }) => points * values.length, 1);
  return kernels.reduce((sum, kernel) => sum + of(kernel), 0);
}
