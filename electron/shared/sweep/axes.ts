/** What a run can be swept over: settings of a variant, and the tuning parameters of its kernels. */
import { ISAS, type Kernel } from '../../../kernels/kernel.ts';
import { type Grid, PRECISION_IDS, STENCIL_IDS } from '../../../kernels/model.ts';
import { MAX_SIDE, MAX_THREADS, type VariantRequest } from '../run.ts';
import type { AxisRange, SweptValue } from './values.ts';

/** `size` is the side of a square grid; `rows` those of a grid in the shape of the run's. */
export const SWEPT_SETTINGS = ['size', 'rows', 'threads', 'precision', 'stencil', 'isa', 'flush', 'pin'] as const;
export type SweptSetting = (typeof SWEPT_SETTINGS)[number];

export type AxisOf = { readonly setting: SweptSetting } | { readonly parameter: string };

const ON_OFF = ['off', 'on'] as const;

const RANGES: Readonly<Record<SweptSetting, AxisRange>> = {
  size: { min: 1, max: MAX_SIDE },
  rows: { min: 1, max: MAX_SIDE },
  threads: { min: 1, max: MAX_THREADS },
  precision: { words: PRECISION_IDS },
  stencil: { words: STENCIL_IDS },
  isa: { words: ISAS },
  flush: { words: ON_OFF },
  pin: { words: ON_OFF },
};

/** Whether it changes anything for the kernel. */
export function appliesTo(of: AxisOf, kernel: Kernel): boolean {
  if ('parameter' in of) return kernel.parameters.some(({ name }) => name === of.parameter);
  switch (of.setting) {
    case 'threads':
      return kernel.threaded;
    case 'isa':
      return kernel.isas !== undefined;
    case 'flush':
    case 'pin':
      return kernel.backend === 'native';
    default:
      return true;
  }
}

/** Tuning parameters of the kernels, each name once, in their order. */
export const parameterNames = (kernels: readonly Kernel[]): string[] => [
  ...new Set(kernels.flatMap(({ parameters }) => parameters.map(({ name }) => name))),
];

/** What every kernel that has the axis takes there; undefined where none has it. */
export function rangeOf(of: AxisOf, kernels: readonly Kernel[]): AxisRange | undefined {
  if (!kernels.some((kernel) => appliesTo(of, kernel))) return undefined;
  if ('setting' in of) return RANGES[of.setting];
  const parameters = kernels.flatMap((kernel) => kernel.parameters.filter(({ name }) => name === of.parameter));
  const worded = parameters.flatMap(({ choices }) => (choices === undefined ? [] : [choices]));
  if (worded.length > 0) return { words: worded[0]!.filter((word) => worded.every((choices) => choices.includes(word))) };
  return {
    min: Math.max(...parameters.map(({ min = 1 }) => min)),
    max: Math.min(...parameters.map(({ max = 1 }) => max)),
  };
}

/** Grid in the shape of another, of so many rows. */
function shaped({ rows, cols }: Grid, wanted: number): Grid {
  return { rows: wanted, cols: Math.min(MAX_SIDE, Math.max(1, Math.round((wanted * cols) / rows))) };
}

/** The variant with one value of an axis; `grid` is the run's. */
export function withValue(variant: VariantRequest, of: AxisOf, value: SweptValue, grid: Grid): VariantRequest {
  if ('parameter' in of) return { ...variant, parameters: { ...variant.parameters, [of.parameter]: value } };
  switch (of.setting) {
    case 'size':
      return { ...variant, grid: { rows: Number(value), cols: Number(value) } };
    case 'rows':
      return { ...variant, grid: shaped(grid, Number(value)) };
    case 'threads':
      return { ...variant, threads: Number(value) };
    case 'flush':
      return { ...variant, flushSubnormals: value === 'on' };
    case 'pin':
      return { ...variant, pin: value === 'on' };
    case 'precision':
      return { ...variant, precision: PRECISION_IDS.find((id) => id === value)! };
    case 'stencil':
      return { ...variant, stencil: STENCIL_IDS.find((id) => id === value)! };
    case 'isa':
      return { ...variant, isa: ISAS.find((id) => id === value)! };
  }
}
