/** From the options of `gslab sweep` to its run: the variants at every point, and how many steps each takes. */
import type { Kernel } from '../../kernels/kernel.ts';
import { requireKernel, requireSupported } from '../engine/run/requests.ts';
import { estimatedSeconds } from '../shared/estimate.ts';
import { cellsOf, type RunRequest, type VariantRequest } from '../shared/run.ts';
import { problemOfAxes, readAxis } from '../shared/sweep/read-axis.ts';
import { type SweepAxisValues, sweptVariants } from '../shared/sweep/sweep.ts';
import { badValue } from './option-values.ts';
import type { RunOptions } from './run-options.ts';
import { checkAgainstCatalogue, runRequest } from './run-request.ts';

export interface SweepOptions extends RunOptions {
  readonly over: readonly string[];
  readonly weak?: boolean;
}

/** Of a round of every point, where the steps are not given: some batches, over any size of grid. */
const ROUND_SECONDS = 0.25;

export interface SweepRun {
  /** With the variants at every point; steps are those asked for. */
  readonly request: RunRequest;
  readonly axes: readonly SweepAxisValues[];
  readonly weak: boolean;
  /** The variants that are swept. */
  readonly bases: readonly VariantRequest[];
  /** A variant of each kernel, in the middle of its points, whose pace tells those of the others. */
  readonly middles: readonly VariantRequest[];
}

function readAxes(texts: readonly string[], kernels: readonly Kernel[]): SweepAxisValues[] {
  const axes = texts.map((text) => {
    const read = readAxis(text, kernels);
    if ('of' in read) return read;
    throw badValue(read.name === undefined ? '--over' : `--over ${read.name}`, read.expected, read.received);
  });
  const problem = problemOfAxes(axes, kernels);
  if (problem !== undefined) throw badValue('--over', problem.expected, problem.received);
  return axes;
}

/** @throws TroubleError in the words of the options. */
export function sweepRun(kernelIds: readonly string[], options: SweepOptions): SweepRun {
  const kernels = kernelIds.map(requireKernel);
  const axes = readAxes(options.over, kernels);
  const weak = options.weak === true;
  if (weak && !axes.some(({ of }) => 'setting' in of && of.setting === 'threads')) {
    requireSupported(kernels[0]!.id, 'threads', '--weak', ['--over threads=FROM:TO']);
  }
  const plain = runRequest(kernelIds, options, false);
  const plan = { axes, grid: plain.grid, weak };
  const request = { ...plain, variants: sweptVariants(plain.variants, plan) };
  checkAgainstCatalogue(request);
  const middles = plain.variants.map((variant) => {
    const points = sweptVariants([variant], plan);
    return points[Math.floor(points.length / 2)]!;
  });
  return { request, axes, weak, bases: plain.variants, middles };
}

export interface PacedSweep {
  readonly request: RunRequest;
  readonly seconds: number;
}

/** The run with steps that give every round about as long, unless they are `fixed`; `paces` are those of the middles. */
export function pacedSweep({ request, bases, middles, ...plan }: SweepRun, paces: readonly number[], fixed: boolean): PacedSweep {
  const points = middles.flatMap(({ grid = request.grid, threads }, at) => {
    // Where the team is swept, what one of its threads does.
    const perThread = threads !== undefined;
    const rate = cellsOf(grid) / paces[at]! / (threads ?? 1);
    const work = { cellUpdates: ROUND_SECONDS * rate, perThread };
    const variants = sweptVariants([bases[at]!], { ...plan, grid: request.grid, ...(!fixed && { work }) });
    return variants.map((variant) => ({ variant, rate: rate * (variant.threads ?? 1) }));
  });
  const paced = { ...request, variants: points.map(({ variant }) => variant) };
  return { request: paced, seconds: estimatedSeconds(paced, (_, index) => points[index]?.rate)! };
}
