// Two operators, two passes: first the Laplacian of the whole grid, then the update of every cell.
//
// This is how one writes it who thinks in operators on whole arrays, as array libraries do: L = laplacian(U), then
// U += …. Each pass is simpler than the whole, and either can be exchanged. But between the two the Laplacian of
// every cell goes out to memory and comes back, and u and v are read once more: 10 values per cell and step instead
// of the 4 of gpu_naive, which computes the very same in one pass. A GPU has arithmetic to spare and waits for
// memory; the number of launches doubles besides.

// === Interface: must match electron/runner/webgpu/interface.ts ===
struct Model {
  rows: u32,
  cols: u32,
  boundary: u32,      // 0 zero, 1 background, 3 periodic
  rowsPerLayer: u32,  // rows that one layer (z) of the dispatch covers
  edgeWeight: f32,    // a: N, S, E, W
  cornerWeight: f32,  // b: NE, NW, SE, SW
  diffusionU: f32,
  diffusionV: f32,
  feed: f32,
  kill: f32,
  dt: f32,
}

override workgroupX: u32 = 16;
override workgroupY: u32 = 8;

@group(0) @binding(0) var<uniform> model: Model;
@group(0) @binding(1) var<storage, read> fromU: array<f32>;
@group(0) @binding(2) var<storage, read> fromV: array<f32>;
@group(0) @binding(3) var<storage, read_write> toU: array<f32>;
@group(0) @binding(4) var<storage, read_write> toV: array<f32>;
@group(0) @binding(5) var<storage, read_write> scratchU: array<f32>;  // the Laplacian of u
@group(0) @binding(6) var<storage, read_write> scratchV: array<f32>;  // and of v
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

// Both species, (u, v), at a place that may lie one cell outside the grid.
fn neighbour(row: i32, col: i32) -> vec2f {
  let lastRow = i32(model.rows) - 1;
  let lastCol = i32(model.cols) - 1;
  var inRow = row;
  var inCol = col;
  if (model.boundary == PERIODIC) {
    inRow = select(select(row, 0, row > lastRow), lastRow, row < 0);
    inCol = select(select(col, 0, col > lastCol), lastCol, col < 0);
  } else if (row < 0 || row > lastRow || col < 0 || col > lastCol) {
    return vec2f(select(0.0, 1.0, model.boundary == BACKGROUND), 0);
  }
  let at = inRow * i32(model.cols) + inCol;
  return vec2f(fromU[at], fromV[at]);
}

@compute @workgroup_size(workgroupX, workgroupY)
fn diffuse(@builtin(global_invocation_id) id: vec3u) {
  let row = i32(id.y + id.z * model.rowsPerLayer);
  let col = i32(id.x);
  if (row >= i32(model.rows) || col >= i32(model.cols)) {
    return;
  }

  let at = row * i32(model.cols) + col;
  let centre = vec2f(fromU[at], fromV[at]);
  let edges = neighbour(row - 1, col) + neighbour(row, col - 1) + neighbour(row, col + 1) + neighbour(row + 1, col);
  let corners = neighbour(row - 1, col - 1) + neighbour(row - 1, col + 1)
              + neighbour(row + 1, col - 1) + neighbour(row + 1, col + 1);
  let laplacian = model.edgeWeight * (edges - 4 * centre) + model.cornerWeight * (corners - 4 * centre);
  scratchU[at] = laplacian.x;
  scratchV[at] = laplacian.y;
}

@compute @workgroup_size(workgroupX, workgroupY)
fn update(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y + id.z * model.rowsPerLayer;
  if (row >= model.rows || id.x >= model.cols) {
    return;
  }

  let at = row * model.cols + id.x;
  let u = fromU[at];
  let v = fromV[at];
  let uvv = u * v * v;
  toU[at] = u + model.dt * (model.diffusionU * scratchU[at] - uvv + model.feed * (1 - u));
  toV[at] = v + model.dt * (model.diffusionV * scratchV[at] + uvv - (model.feed + model.kill) * v);
}
