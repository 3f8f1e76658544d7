/**
 * What a stencil does to a plane wave. L(e^{i(kx·x + ky·y)}) = L̂(kx, ky) · e^{…} with
 * L̂ = a (2 cos kx + 2 cos ky − 4) + b (4 cos kx cos ky − 4), from its definition in model.ts; the Laplacian itself has −k².
 */
import { STENCILS, type StencilId } from './model.ts';

/** Wave numbers in radians per cell. */
export function stencilSymbol(stencil: StencilId, kx: number, ky: number): number {
  const { a, b } = STENCILS[stencil];
  return a * (2 * Math.cos(kx) + 2 * Math.cos(ky) - 4) + b * (4 * Math.cos(kx) * Math.cos(ky) - 4);
}

/**
 * How much faster a wave of `cells` cells is smoothed when it runs along the diagonals than when it runs along rows:
 * 1 for a stencil that knows no direction. To the leading order 1 + k² (a/24 − b/6) / (a + 2b), thus best with a = 4b.
 */
export function anisotropy(stencil: StencilId, cells: number): number {
  const k = (2 * Math.PI) / cells;
  return stencilSymbol(stencil, k / Math.SQRT2, k / Math.SQRT2) / stencilSymbol(stencil, k, 0);
}

/** How many times as fast as the Laplacian a stencil smooths long waves: a + 2b. */
export function stencilScale(stencil: StencilId): number {
  const { a, b } = STENCILS[stencil];
  return a + 2 * b;
}
