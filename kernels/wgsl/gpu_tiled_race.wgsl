// The tile of gpu_tiled without its barrier: a race, kept to be seen failing.
//
// Each invocation reads nine places of the tile, of which it filled one or two. With no barrier in between, nothing makes
// it wait for the invocations that fill the others: what it reads is the new value or whatever was there before,
// depending on which runs first. Where a whole work-group happens to run in lockstep the result is right, by luck.
// Nothing else differs from gpu_tiled, and no compiler complains.

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
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

// The cells of the work-group with a ring of one cell around them, both species, row after row.
override tileCols = workgroupX + 2;
override tileCells = tileCols * (workgroupY + 2);
var<workgroup> tile: array<vec2f, tileCells>;

// Both species, (u, v), at a place that may lie outside the grid.
fn load(row: i32, col: i32) -> vec2f {
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
fn step(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) index: u32) {
  let firstRow = i32(group.y * workgroupY + group.z * model.rowsPerLayer);
  let firstCol = i32(group.x * workgroupX);
  for (var at = index; at < tileCells; at += workgroupX * workgroupY) {
    tile[at] = load(firstRow + i32(at / tileCols) - 1, firstCol + i32(at % tileCols) - 1);
  }

  // Only now: an invocation over the edge of the grid has loaded for the others too.
  let row = firstRow + i32(local.y);
  let col = firstCol + i32(local.x);
  if (row >= i32(model.rows) || col >= i32(model.cols)) {
    return;
  }

  let centre = (local.y + 1) * tileCols + local.x + 1;
  let north = centre - tileCols;
  let south = centre + tileCols;
  let uv = tile[centre];
  let edges = tile[north] + tile[centre - 1] + tile[centre + 1] + tile[south];
  let corners = tile[north - 1] + tile[north + 1] + tile[south - 1] + tile[south + 1];
  let laplacian = model.edgeWeight * (edges - 4 * uv) + model.cornerWeight * (corners - 4 * uv);

  let uvv = uv.x * uv.y * uv.y;
  let at = row * i32(model.cols) + col;
  toU[at] = uv.x + model.dt * (model.diffusionU * laplacian.x - uvv + model.feed * (1 - uv.x));
  toV[at] = uv.y + model.dt * (model.diffusionV * laplacian.y + uvv - (model.feed + model.kill) * uv.y);
}
