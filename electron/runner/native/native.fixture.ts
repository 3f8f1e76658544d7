/** The native kernels that were built here, jobs for them, and the reference to hold them against. */
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { defaultParameters, type Isa, type Kernel } from '../../../kernels/kernel.ts';
import {
  type BoundaryId,
  type Convention,
  DEFAULT_CONVENTION,
  type Field,
  type Grid,
  type Precision,
  type StencilId,
  seedField,
} from '../../../kernels/model.ts';
import { referenceRun } from '../../../kernels/reference.ts';
import type { KernelJob } from '../backend.ts';
import { loadAddon } from './addon.ts';
import { createNativeBackend } from './backend.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const loaded = loadAddon(ROOT);
export const ALL_NATIVE = KERNELS.filter((kernel) => kernel.backend === 'native');
export const built = 'addon' in loaded ? loaded.addon.info().kernels.map(({ id }) => id) : [];
/** Without those for which there was no compiler. */
export const NATIVE = ALL_NATIVE.filter(({ id, compiler }) => compiler === undefined || built.includes(id));
/** Those that keep every digit they compute; the others are compared step by step (verify-stored.ts). */
export const KEEPING = NATIVE.filter(({ storage }) => storage === undefined);
export const ROUNDING = NATIVE.filter(({ storage }) => storage !== undefined);
export const TOLERANCE = { f32: 5e-6, f64: 1e-12 } as const;

export const withAddon = 'addon' in loaded ? describe : describe.skip;
export const backend = createNativeBackend(ROOT);

export function job(kernel: Kernel, grid: Grid, change: Partial<Convention> & { isa?: Isa; threads?: number } = {}): KernelJob {
  const { isa, threads, ...convention } = change;
  const whole = { ...DEFAULT_CONVENTION, ...convention };
  return {
    variant: {
      kernel: kernel.id,
      precision: whole.precision,
      threads: threads ?? (kernel.threaded ? 3 : 1),
      parameters: defaultParameters(kernel),
      ...(isa === undefined ? {} : { isa }),
    },
    convention: whole,
    grid,
    flushSubnormals: true,
    pin: false,
  };
}

export async function fieldAfter(one: KernelJob, start: Field, batches: readonly number[]): Promise<Field> {
  const instance = await backend.open(one);
  try {
    await instance.load(start);
    for (const steps of batches) await instance.step(steps);
    return await instance.read();
  } finally {
    await instance.close();
  }
}

/** NaN when either holds one. */
export function maxAbsError(one: Field, other: Field): number {
  let max = 0;
  for (const species of ['u', 'v'] as const) {
    for (const [at, value] of one[species].entries()) {
      const difference = Math.abs(value - other[species][at]!);
      if (!(difference <= max)) max = difference;
    }
  }
  return max;
}

const references = new Map<string, Field>();

/** `patch` fills cells on every grid but the smallest, where a corner is set by hand so that both species act. */
export function startOf(grid: Grid, precision: Precision): Field {
  const field = seedField(grid, 'patch', precision);
  field.u[0] = 0.5;
  field.v[0] = 0.25;
  return field;
}

export function reference(grid: Grid, steps: number, stencil: StencilId, boundary: BoundaryId): Field {
  const key = [grid.rows, grid.cols, steps, stencil, boundary].join(' ');
  let field = references.get(key);
  if (field === undefined) {
    field = referenceRun(startOf(grid, 'f64'), grid, { ...DEFAULT_CONVENTION, stencil, boundary }, steps);
    references.set(key, field);
  }
  return field;
}
