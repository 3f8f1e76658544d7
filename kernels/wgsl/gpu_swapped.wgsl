// x and y exchanged: the same work, handed out so that memory is read across instead of along.
//
// Consecutive invocations run together on neighbouring lanes, and what they read at one moment is fetched together:
// neighbouring addresses in a few wide accesses, scattered ones in one access each. gpu_naive numbers the cells of a
// work-group along its rows, the way memory does. Here the first index goes down a column: neighbouring lanes ask for
// cells a whole row apart, and of every line fetched each lane uses one value. No other line differs.

// === Interface: must match electron/runner/webgpu/interface.ts ===
struct Model {
  rows: u32,
  cols: u32,
  boundary: u32,      // 0 zero, 1 background, 2 clipped, 3 periodic, 4 frozen
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
// === End of interface ===

const BACKGROUND = 1u;
const CLIPPED = 2u;
const PERIODIC = 3u;
const FROZEN = 4u;

// Both species, (u, v), at a place that may lie one cell outside the grid.
fn neighbour(row: i32, col: i32, centre: vec2f) -> vec2f {
  let lastRow = i32(model.rows) - 1;
  let lastCol = i32(model.cols) - 1;
  var inRow = row;
  var inCol = col;
  if (model.boundary == PERIODIC) {
    inRow = select(select(row, 0, row > lastRow), lastRow, row < 0);
    inCol = select(select(col, 0, col > lastCol), lastCol, col < 0);
  }
  if (inRow < 0 || inRow > lastRow || inCol < 0 || inCol > lastCol) {
    switch (model.boundary) {
      case BACKGROUND: { return vec2f(1, 0); }
      case CLIPPED: { return centre; }  // a neighbour like the cell itself contributes nothing
      default: { return vec2f(0, 0); }
    }
  }
  let at = inRow * i32(model.cols) + inCol;
  return vec2f(fromU[at], fromV[at]);
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let rows = i32(model.rows);
  let cols = i32(model.cols);
  let row = i32(group.y * workgroupX + local.x + group.z * model.rowsPerLayer);
  let col = i32(group.x * workgroupY + local.y);
  if (row >= rows || col >= cols) {
    return;
  }

  let at = row * cols + col;
  let centre = vec2f(fromU[at], fromV[at]);
  if (model.boundary == FROZEN && (row == 0 || col == 0 || row == rows - 1 || col == cols - 1)) {
    toU[at] = centre.x;
    toV[at] = centre.y;
    return;
  }

  let edges = neighbour(row - 1, col, centre) + neighbour(row, col - 1, centre)
            + neighbour(row, col + 1, centre) + neighbour(row + 1, col, centre);
  let corners = neighbour(row - 1, col - 1, centre) + neighbour(row - 1, col + 1, centre)
              + neighbour(row + 1, col - 1, centre) + neighbour(row + 1, col + 1, centre);
  let laplacian = model.edgeWeight * (edges - 4 * centre) + model.cornerWeight * (corners - 4 * centre);

  let u = centre.x;
  let v = centre.y;
  let uvv = u * v * v;
  toU[at] = u + model.dt * (model.diffusionU * laplacian.x - uvv + model.feed * (1 - u));
  toV[at] = v + model.dt * (model.diffusionV * laplacian.y + uvv - (model.feed + model.kill) * v);
}
