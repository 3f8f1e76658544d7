/** `NAME=VALUES`, as the command line and the window take it, against what the kernels of the run have. */
import type { Kernel } from '../../../kernels/kernel.ts';
import { expected } from '../expectation.ts';
import { MAX_VARIANTS } from '../run.ts';
import { type AxisOf, parameterNames, rangeOf, SWEPT_SETTINGS } from './axes.ts';
import { pointsOf, type SweepAxisValues } from './sweep.ts';
import { isProblem, readValues, type ValuesProblem } from './values.ts';

/** Names that apply to at least one of the kernels. */
export function axisNames(kernels: readonly Kernel[]): string[] {
  const settings = SWEPT_SETTINGS.filter((setting) => rangeOf({ setting }, kernels) !== undefined);
  return [...settings, ...parameterNames(kernels).filter((name) => !SWEPT_SETTINGS.some((setting) => setting === name))];
}

/**
 * Undefined for a name that none of the kernels knows. A parameter called like a setting is meant where the values are
 * its words, as `rows` of `threads_rows`.
 */
export function axisNamed(name: string, text: string, kernels: readonly Kernel[]): AxisOf | undefined {
  const parameter = parameterNames(kernels).includes(name) ? { parameter: name } : undefined;
  const setting = SWEPT_SETTINGS.find((known) => known === name);
  if (setting === undefined || rangeOf({ setting }, kernels) === undefined) return parameter;
  const range = parameter && rangeOf(parameter, kernels);
  const isParameter = range !== undefined && 'words' in range && !isProblem(readValues(text, range));
  return isParameter ? parameter : { setting };
}

export interface AxisProblem extends ValuesProblem {
  /** The name of the axis, where it is known. */
  readonly name?: string;
}

/** One axis, or what is wrong with it. */
export function readAxis(text: string, kernels: readonly Kernel[]): SweepAxisValues | AxisProblem {
  const at = text.indexOf('=');
  const [name, values] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1)];
  const of = at < 0 ? undefined : axisNamed(name, values, kernels);
  if (of === undefined) return { expected: expected.sweptAxis(axisNames(kernels)), received: text };
  const read = readValues(values, rangeOf(of, kernels)!);
  return isProblem(read) ? { ...read, name } : { of, values: read };
}

const GRID_SETTINGS = ['size', 'rows'];
const placeOf = (of: AxisOf): string => {
  if ('parameter' in of) return `parameter ${of.parameter}`;
  // Both are the grid.
  return GRID_SETTINGS.includes(of.setting) ? 'grid' : of.setting;
};

/** What is wrong with axes that are each right: one twice, or more points than a run holds. */
export function problemOfAxes(axes: readonly SweepAxisValues[], kernels: readonly Kernel[]): ValuesProblem | undefined {
  const places = axes.map(({ of }) => placeOf(of));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) return { expected: expected.axisOnce(), received: twice };
  const points = pointsOf(kernels, axes);
  return points > MAX_VARIANTS ? { expected: expected.pointsInAll(MAX_VARIANTS), received: String(points) } : undefined;
}
