/**
 * The oracle: one plain step in f64 over every stencil and boundary, written to be obviously right.
 *
 * Every kernel, however clever, is compared with it before it is timed. It is slow on purpose: each neighbour
 * is looked up on its own, by the boundary's rule, with nothing shared between cells.
 */
import { allocateField, type BoundaryId, type Convention, type Field, type Grid, STENCILS } from './model.ts';

/** What a neighbour outside the grid holds, or `missing` when it contributes nothing. */
type Outside = { readonly u: number; readonly v: number } | 'missing' | 'wrap';

function outsideOf(boundary: BoundaryId): Outside {
  switch (boundary) {
    case 'zero':
      return { u: 0, v: 0 };
    case 'background':
      return { u: 1, v: 0 };
    case 'clipped':
      return 'missing';
    case 'periodic':
      return 'wrap';
    case 'frozen':
      // Never read: the border cells are the only ones with a neighbour outside, and they are not computed.
      return { u: 0, v: 0 };
  }
}

const NEIGHBOURS = [-1, 0, 1].flatMap((dr) => [-1, 0, 1].map((dc) => ({ dr, dc }))).filter(({ dr, dc }) => dr !== 0 || dc !== 0);

const wrap = (index: number, length: number) => ((index % length) + length) % length;

/** One explicit Euler step from `from` into `to`; the two must not share memory. */
export function referenceStep(from: Field, to: Field, grid: Grid, convention: Convention, outside = outsideOf(convention.boundary)): void {
  const { rows, cols } = grid;
  const { a, b } = STENCILS[convention.stencil];
  const { diffusionU, diffusionV, feed, kill, dt } = convention;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      const u = from.u[at]!;
      const v = from.v[at]!;
      if (convention.boundary === 'frozen' && (row === 0 || col === 0 || row === rows - 1 || col === cols - 1)) {
        to.u[at] = u;
        to.v[at] = v;
        continue;
      }
      let laplacianU = 0;
      let laplacianV = 0;
      for (const { dr, dc } of NEIGHBOURS) {
        const weight = dr !== 0 && dc !== 0 ? b : a;
        let neighbourRow = row + dr;
        let neighbourCol = col + dc;
        if (neighbourRow < 0 || neighbourRow >= rows || neighbourCol < 0 || neighbourCol >= cols) {
          if (outside === 'missing') continue;
          if (outside !== 'wrap') {
            laplacianU += weight * (outside.u - u);
            laplacianV += weight * (outside.v - v);
            continue;
          }
          neighbourRow = wrap(neighbourRow, rows);
          neighbourCol = wrap(neighbourCol, cols);
        }
        laplacianU += weight * (from.u[neighbourRow * cols + neighbourCol]! - u);
        laplacianV += weight * (from.v[neighbourRow * cols + neighbourCol]! - v);
      }
      const uvv = u * v * v;
      to.u[at] = u + dt * (diffusionU * laplacianU - uvv + feed * (1 - u));
      to.v[at] = v + dt * (diffusionV * laplacianV + uvv - (feed + kill) * v);
    }
  }
}

/** The field after `steps` steps from `start`, in f64 whatever the convention's precision; `start` is not changed. */
export function referenceRun(start: Field, grid: Grid, convention: Convention, steps: number): Field {
  let from: Field = { u: Float64Array.from(start.u), v: Float64Array.from(start.v) };
  let to = allocateField(grid, 'f64');
  for (let step = 0; step < steps; step++) {
    referenceStep(from, to, grid, convention);
    [from, to] = [to, from];
  }
  return from;
}

/**
 * The Kokkos course's program, whose halo holds the background in one buffer and zero in the other, so that it
 * alternates from step to step. Only this reproduces that course's published checksums.
 */
export function kokkosCourseRun(start: Field, grid: Grid, convention: Convention, steps: number): Field {
  let from: Field = { u: Float64Array.from(start.u), v: Float64Array.from(start.v) };
  let to = allocateField(grid, 'f64');
  for (let step = 0; step < steps; step++) {
    referenceStep(from, to, grid, convention, { u: step % 2 === 0 ? 1 : 0, v: 0 });
    [from, to] = [to, from];
  }
  return from;
}
