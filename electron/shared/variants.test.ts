import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Variant } from './run.ts';
import { variantLabels } from './variants.ts';

const autovec: Variant = { kernel: 'autovec', precision: 'f32', isa: 'avx512', threads: 1, parameters: {} };
const gpu: Variant = {
  kernel: 'gpu_naive',
  precision: 'f32',
  threads: 1,
  adapter: 'vulkan:0',
  parameters: { workgroupX: 16, workgroupY: 8 },
};

describe('variantLabels', () => {
  it('is the kernel alone where that is enough', () => {
    expect(variantLabels([autovec, gpu])).toEqual(['autovec', 'gpu_naive']);
    expect(variantLabels([])).toEqual([]);
  });

  it('adds only what differs within a kernel', () => {
    expect(variantLabels([autovec, { ...autovec, isa: 'avx2' }, gpu])).toEqual(['autovec avx512', 'autovec avx2', 'gpu_naive']);
    expect(variantLabels([gpu, { ...gpu, parameters: { workgroupX: 8, workgroupY: 8 } }])).toEqual([
      'gpu_naive workgroupX=16',
      'gpu_naive workgroupX=8',
    ]);
    const team: Variant = { ...autovec, kernel: 'threads_rows', threads: 1 };
    expect(variantLabels([team, { ...team, threads: 4, precision: 'f64' }])).toEqual([
      'threads_rows f32 threads=1',
      'threads_rows f64 threads=4',
    ]);
  });

  it('names what a variant sets for itself', () => {
    const small: Variant = { ...autovec, grid: { rows: 64, cols: 32 } };
    expect(variantLabels([small, { ...autovec, grid: { rows: 8, cols: 8 } }])).toEqual(['autovec 64×32', 'autovec 8×8']);
    expect(variantLabels([autovec, { ...autovec, pin: true, warmUp: false }])).toEqual(['autovec', 'autovec pin=on cold']);
  });

  it('leaves out what does nothing in a variant', () => {
    const transferring = (transfer: string, stepsPerImage: number) => ({ ...gpu, parameters: { transfer, stepsPerImage } });
    expect(variantLabels([transferring('once', 32), transferring('per-step', 8), transferring('async', 16)])).toEqual([
      'gpu_naive transfer=once',
      'gpu_naive transfer=per-step',
      'gpu_naive transfer=async stepsPerImage=16',
    ]);
  });

  it('numbers variants that are the same', () => {
    expect(variantLabels([autovec, autovec, autovec])).toEqual(['autovec', 'autovec #2', 'autovec #3']);
  });

  it('is unique, starts with the kernel and follows the variants when they are reordered', () => {
    const anyVariant = fc.record({
      kernel: fc.constantFrom('autovec', 'threads_rows', 'gpu_naive'),
      precision: fc.constantFrom('f32' as const, 'f64' as const),
      threads: fc.integer({ min: 1, max: 3 }),
      parameters: fc.dictionary(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 2 })),
    });
    fc.assert(
      fc.property(fc.array(anyVariant, { maxLength: 8 }), (variants) => {
        const labels = variantLabels(variants);
        expect(new Set(labels).size).toBe(variants.length);
        for (const [index, label] of labels.entries()) expect(label.startsWith(variants[index]!.kernel)).toBe(true);
        expect(variantLabels(variants.toReversed()).sort()).toEqual(labels.toSorted());
      }),
    );
  });
});
