/** The registers of each instruction set as lessons speak of them. */
import type { Isa } from './kernel.ts';

/** Values of f32 that one register holds, and the name that the processor's maker gives. */
export const VECTORS: Record<Isa, { readonly name: string; readonly values: number }> = {
  baseline: { name: 'SSE2', values: 4 },
  neon: { name: 'NEON', values: 4 },
  avx2: { name: 'AVX2', values: 8 },
  avx512: { name: 'AVX-512', values: 16 },
};
