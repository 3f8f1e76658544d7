/**
 * Names of the competitors of a run, as short as they can be: the kernel's id, plus only what tells a variant
 * from the others of the same kernel ("autovec avx2", "gpu_naive workgroupX=8"). Unique, and the same in every language.
 */
import { stepsPerTransfer, transferOf } from '../../kernels/transfer.ts';
import type { Variant } from './run.ts';

interface Trait {
  /** What two variants of a kernel may differ in. */
  readonly name: string;
  readonly value: string | undefined;
  readonly text: string;
}

/** A variant whose threads are not known yet is labelled without them. */
export type LabelledVariant = Omit<Variant, 'threads'> & { readonly threads?: number };

/** Whether a parameter does anything in this variant: without images, the steps between two of them do not. */
const acts = (name: string, { parameters }: LabelledVariant): boolean =>
  name !== 'stepsPerImage' || (stepsPerTransfer(parameters) !== undefined && transferOf(parameters) !== 'per-step');

function traitsOf(variant: LabelledVariant): Trait[] {
  const traits: Trait[] = [
    { name: 'precision', value: variant.precision, text: variant.precision },
    { name: 'isa', value: variant.isa, text: variant.isa ?? '' },
    { name: 'threads', value: variant.threads?.toString(), text: variant.threads === undefined ? '' : `threads=${variant.threads}` },
    { name: 'adapter', value: variant.adapter, text: variant.adapter ?? '' },
  ];
  const { grid, stencil, flushSubnormals, pin, warmUp, images } = variant;
  traits.push(
    { name: 'grid', value: grid && `${grid.rows}×${grid.cols}`, text: grid ? `${grid.rows}×${grid.cols}` : '' },
    { name: 'stencil', value: stencil, text: stencil ?? '' },
    {
      name: 'flush',
      value: flushSubnormals?.toString(),
      text: flushSubnormals === undefined ? '' : `flush=${flushSubnormals ? 'on' : 'off'}`,
    },
    { name: 'pin', value: pin?.toString(), text: pin === undefined ? '' : `pin=${pin ? 'on' : 'off'}` },
    { name: 'images', value: images && JSON.stringify(images), text: images ? `images=${images.writing}` : '' },
    { name: 'warmUp', value: warmUp?.toString(), text: warmUp === false ? 'cold' : '' },
  );
  for (const [name, value] of Object.entries(variant.parameters)) {
    if (acts(name, variant)) traits.push({ name: `parameter ${name}`, value: String(value), text: `${name}=${value}` });
  }
  return traits;
}

/** Names of the traits that are not the same for all; one that is lacking is as different as one of another value. */
function differingNames(variants: readonly (readonly Trait[])[]): Set<string> {
  const values = new Map<string, (string | undefined)[]>();
  for (const { name, value } of variants.flat()) {
    const had = values.get(name);
    if (had === undefined) values.set(name, [value]);
    else had.push(value);
  }
  const lacking = (had: readonly (string | undefined)[]) => (had.length < variants.length ? [undefined] : []);
  return new Set([...values].filter(([, had]) => new Set([...had, ...lacking(had)]).size > 1).map(([name]) => name));
}

/** One label for each variant, in their order, no two the same. */
export function variantLabels(variants: readonly LabelledVariant[]): string[] {
  const traits = variants.map(traitsOf);
  const ofKernel = Map.groupBy(traits.keys(), (index) => variants[index]!.kernel);
  const differing = new Map([...ofKernel].map(([kernel, indices]) => [kernel, differingNames(indices.map((index) => traits[index]!))]));
  const labels = variants.map((variant, index) => {
    const distinguishing = traits[index]!.filter(({ name }) => differing.get(variant.kernel)!.has(name));
    return [variant.kernel, ...distinguishing.map(({ text }) => text)].filter((word) => word !== '').join(' ');
  });
  const used = new Set<string>();
  return labels.map((label) => {
    let unique = label;
    for (let count = 2; used.has(unique); count++) unique = `${label} #${count}`;
    used.add(unique);
    return unique;
  });
}
