/** What is typed for the sweep of the next run: up to two axes, each with its values as text. */
import { type AxisOf, parameterNames, rangeOf, SWEPT_SETTINGS } from '../../electron/shared/sweep/axes.ts';
import { problemOfAxes } from '../../electron/shared/sweep/read-axis.ts';
import type { SweepAxisValues } from '../../electron/shared/sweep/sweep.ts';
import { isProblem, readValues } from '../../electron/shared/sweep/values.ts';
import { findKernel } from '../../kernels/catalog.ts';
import type { Kernel } from '../../kernels/kernel.ts';
import type { DraftVariant, FieldProblem } from './run-draft.ts';

export interface DraftAxis {
  /** Undefined where the axis is not used. */
  readonly of: AxisOf | undefined;
  readonly text: string;
}

export interface SweepDraft {
  readonly axes: readonly [DraftAxis, DraftAxis];
  /** Every thread keeps its rows. */
  readonly weak: boolean;
  /** As much work at every grid, instead of as many steps. */
  readonly sameWork: boolean;
}

const NO_AXIS: DraftAxis = { of: undefined, text: '' };
export const NO_SWEEP: SweepDraft = { axes: [NO_AXIS, NO_AXIS], weak: false, sameWork: true };

/** One axis in a word, for a list of choices; empty for none. */
export const axisKey = (of: AxisOf | undefined): string =>
  of === undefined ? '' : 'setting' in of ? of.setting : `parameter ${of.parameter}`;

const kernelsOf = (variants: readonly DraftVariant[]): Kernel[] => {
  const ids = new Set(variants.map(({ kernel }) => kernel));
  return [...ids].flatMap((id) => findKernel(id) ?? []);
};

/** What these kernels can be swept over. */
export function axisChoices(variants: readonly DraftVariant[]): AxisOf[] {
  const kernels = kernelsOf(variants);
  const settings = SWEPT_SETTINGS.map((setting) => ({ setting })).filter((of) => rangeOf(of, kernels) !== undefined);
  return [...settings, ...parameterNames(kernels).map((parameter) => ({ parameter }))];
}

/** Axes that at least one kernel still has. */
const usedAxes = ({ axes }: SweepDraft, kernels: readonly Kernel[]) =>
  axes.flatMap(({ of, text }, at) => {
    const range = of && rangeOf(of, kernels);
    return of === undefined || range === undefined ? [] : [{ at, of, read: readValues(text, range) }];
  });

/** The axes, those without problems. */
export function sweepAxes(sweep: SweepDraft, variants: readonly DraftVariant[]): SweepAxisValues[] {
  return usedAxes(sweep, kernelsOf(variants)).flatMap(({ of, read }) => (isProblem(read) ? [] : [{ of, values: read }]));
}

export const axisField = (at: number): string => `sweep.${at}`;

/** Of each axis, and of the axes together at the last one. */
export function sweepProblems(sweep: SweepDraft, variants: readonly DraftVariant[]): Record<string, FieldProblem> {
  const kernels = kernelsOf(variants);
  const used = usedAxes(sweep, kernels);
  const problems = Object.fromEntries(used.flatMap(({ at, read }) => (isProblem(read) ? [[axisField(at), read] as const] : [])));
  const together = problemOfAxes(sweepAxes(sweep, variants), kernels);
  const last = used.at(-1);
  return together === undefined || last === undefined ? problems : { ...problems, [axisField(last.at)]: together };
}

/** Doubled up and down from a default, within its bounds. */
function around(usual: number, min: number, max: number): string {
  const values = [usual / 4, usual / 2, usual, 2 * usual, 4 * usual].map(Math.round);
  return [...new Set(values.map((value) => Math.min(max, Math.max(min, value))))].join(', ');
}

/** Values to begin with: all words, all threads of this machine, sizes from cache to memory, what a kernel declares as candidates. */
export function usualValues(of: AxisOf, variants: readonly DraftVariant[], logicalCores: number | 'unknown'): string {
  const kernels = kernelsOf(variants);
  const range = rangeOf(of, kernels);
  if (range === undefined) return '';
  if ('words' in range) return range.words.join(', ');
  if ('setting' in of) {
    if (of.setting !== 'threads') return '64:4096 log';
    const most = logicalCores === 'unknown' ? 4 : Math.max(2, logicalCores);
    return most > 8 ? `1:${most} log` : `1:${most}`;
  }
  const named = kernels.flatMap((kernel) => (kernel.candidates ?? []).flatMap((candidate) => candidate[of.parameter] ?? []));
  const known = [...new Set(named.filter((value) => typeof value === 'number'))].sort((a, b) => a - b);
  if (known.length > 1) return known.filter((value) => value >= range.min && value <= range.max).join(', ');
  const parameter = kernels.flatMap(({ parameters }) => parameters).find(({ name }) => name === of.parameter);
  return around(Number(parameter?.default ?? range.min), range.min, range.max);
}
