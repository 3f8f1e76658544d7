/**
 * What the lesson varies over the variants of one kernel, when there are too many to be tuned one by one; and which of
 * the run's own numbers have no variant left that takes them.
 */
import { findKernel } from '../../kernels/catalog.ts';
import type { DraftVariant, NumberField, RunDraft } from './run-draft.ts';
import { sweepAxes } from './sweep-draft.ts';

/** Up to this many variants of a kernel have inputs of their own. */
const TUNED_ONE_BY_ONE = 3;

type OwnName = 'threads' | 'isa' | keyof NonNullable<DraftVariant['own']>;

export interface SweptAxis {
  /** A setting of the variant, or one of its kernel's parameters. */
  readonly of: { readonly setting: OwnName } | { readonly parameter: string };
  /** In ascending order where they are numbers, else as the lesson has them; absent settings are left out. */
  readonly values: readonly string[];
}

export interface VariantGroup {
  readonly kernel: string;
  /** Indices into the variants. */
  readonly indices: readonly number[];
  /** Present when the group is a sweep. */
  readonly swept?: readonly SweptAxis[];
}

interface Trait {
  readonly of: SweptAxis['of'];
  readonly value: string | undefined;
}

const written = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && 'rows' in value && 'cols' in value) return `${value.rows} × ${value.cols}`;
  if (typeof value === 'object' && value !== null && 'writing' in value) return String(value.writing);
  return String(value);
};

function traitsOf({ kernel, threads, isa, own = {}, tuning }: DraftVariant): Trait[] {
  const settings: [OwnName, unknown][] = [['threads', threads], ['isa', isa], ...(Object.entries(own) as [OwnName, unknown][])];
  return [
    ...(findKernel(kernel)?.parameters ?? []).map((parameter) => ({
      of: { parameter: parameter.name },
      value: tuning[parameter.name] ?? String(parameter.default),
    })),
    ...settings.map(([setting, value]) => ({ of: { setting }, value: written(value) })),
  ];
}

const nameOf = (of: SweptAxis['of']): string => ('setting' in of ? of.setting : of.parameter);

function axesOf(variants: readonly DraftVariant[]): SweptAxis[] {
  const axes = new Map<string, { of: SweptAxis['of']; values: (string | undefined)[] }>();
  const traits = variants.map(traitsOf);
  for (const { of } of traits.flat()) {
    const values = traits.map((each) => each.find((trait) => nameOf(trait.of) === nameOf(of))?.value);
    axes.set(nameOf(of), { of, values: [...new Set(values)] });
  }
  const order = new Intl.Collator('en', { numeric: true });
  return [...axes.values()]
    .filter(({ values }) => values.length > 1)
    .map(({ of, values }) => ({ of, values: values.filter((value) => value !== undefined).toSorted(order.compare) }));
}

/** The variants by kernel, in the lesson's order: each on its own, or as a sweep. */
export function groupVariants(variants: readonly DraftVariant[]): VariantGroup[] {
  const kernels = [...new Set(variants.map(({ kernel }) => kernel))];
  return kernels.flatMap((kernel): VariantGroup[] => {
    const indices = variants.flatMap((variant, index) => (variant.kernel === kernel ? [index] : []));
    if (indices.length <= TUNED_ONE_BY_ONE) return indices.map((index) => ({ kernel, indices: [index] }));
    return [{ kernel, indices, swept: axesOf(indices.map((index) => variants[index]!)) }];
  });
}

/** Whether the points of a sweep are every combination of the values of its axes. */
export function isFullGrid({ indices, swept = [] }: VariantGroup): boolean {
  return swept.length > 1 && swept.reduce((points, { values }) => points * values.length, 1) === indices.length;
}

/** Numbers of the run that every variant has from the lesson or a sweep, so that typing them would change nothing. */
export function fixedNumbers({ variants, sweep }: Pick<RunDraft, 'variants' | 'sweep'>): ReadonlySet<NumberField | 'precision'> {
  const swept = sweepAxes(sweep, variants).flatMap(({ of }) => ('setting' in of ? [of.setting] : []));
  const all = (has: (variant: DraftVariant) => boolean) => variants.length > 0 && variants.every(has);
  const threaded = variants.filter(({ kernel }) => findKernel(kernel)?.threaded);
  return new Set<NumberField | 'precision'>([
    ...(all(({ own }) => own?.grid !== undefined) ? (['rows', 'cols'] as const) : []),
    ...(all(({ own }) => own?.steps !== undefined) ? (['steps'] as const) : []),
    ...(all(({ own }) => own?.precision !== undefined) ? (['precision'] as const) : []),
    ...(threaded.length > 0 && threaded.every(({ threads }) => threads !== undefined) ? (['threads'] as const) : []),
    ...swept.filter((setting) => setting === 'threads' || setting === 'precision'),
  ]);
}
