/**
 * The plain loop in a scripting language: no types, no threads, no vector instructions in the text. V8 watches it run,
 * then compiles it for the types it saw, so that the first steps are slow and the later ones surprisingly fast.
 *
 * JavaScript knows only 64-bit floating point. In f32 the fields are `Float32Array`s: every read widens, every store
 * rounds, and the arithmetic in between is f64. That is more exact than a C++ kernel in f32, and no faster for it.
 */
import { type Convention, type Field, type FieldArray, type Grid, STENCILS } from './model.ts';

/** One explicit Euler step of the rows [`rowBegin`, `rowEnd`) from `from` into `to`, which share no memory. */
export function stepRows(from: Field, to: Field, grid: Grid, convention: Convention, rowBegin: number, rowEnd: number): void {
  const { rows, cols } = grid;
  const { a, b } = STENCILS[convention.stencil];
  const { diffusionU, diffusionV, feed, kill, dt, boundary } = convention;
  const { u, v } = from;
  const outsideU = boundary === 'background' ? 1 : 0;

  for (let row = rowBegin; row < rowEnd; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      const onBorder = row === 0 || col === 0 || row === rows - 1 || col === cols - 1;
      if (onBorder && boundary === 'frozen') {
        to.u[at] = u[at]!;
        to.v[at] = v[at]!;
        continue;
      }
      const laplacianU = onBorder ? borderLaplacian(u, row, col, outsideU) : innerLaplacian(u, at);
      const laplacianV = onBorder ? borderLaplacian(v, row, col, 0) : innerLaplacian(v, at);
      const uHere = u[at]!;
      const vHere = v[at]!;
      const uvv = uHere * vHere * vHere;
      to.u[at] = uHere + dt * (diffusionU * laplacianU - uvv + feed * (1 - uHere));
      to.v[at] = vHere + dt * (diffusionV * laplacianV + uvv - (feed + kill) * vHere);
    }
  }

  /** Every neighbour exists: eight reads and no test. */
  function innerLaplacian(x: FieldArray, at: number): number {
    const above = at - cols;
    const below = at + cols;
    const edges = x[above]! + x[at - 1]! + x[at + 1]! + x[below]!;
    const corners = x[above - 1]! + x[above + 1]! + x[below - 1]! + x[below + 1]!;
    return a * edges + b * corners - 4 * (a + b) * x[at]!;
  }

  /** Some neighbour lies outside: each is looked up by the boundary's rule. */
  function borderLaplacian(x: FieldArray, row: number, col: number, outside: number): number {
    const here = x[row * cols + col]!;
    let sum = 0;
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        const weight = dr !== 0 && dc !== 0 ? b : a;
        let r = row + dr;
        let c = col + dc;
        if (boundary === 'periodic') {
          r = (r + rows) % rows;
          c = (c + cols) % cols;
        }
        const inside = r >= 0 && r < rows && c >= 0 && c < cols;
        if (inside) sum += weight * (x[r * cols + c]! - here);
        else if (boundary !== 'clipped') sum += weight * (outside - here);
      }
    }
    return sum;
  }
}
