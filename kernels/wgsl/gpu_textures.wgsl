// Images instead of buffers: the border is a row and a column of texels, and no neighbour is tested.
//
// A GPU is built for images. Their texels are stored in small squares rather than in rows, and read through a cache of
// their own, so that neighbours above and below lie as near as those at the sides. Here both species of a cell are
// one texel, (u, v), and the image is one texel larger than the grid on every side. What stands outside the grid
// is simply there to be read; all else is gpu_naive. The price: an image is written only as a whole texel, its layout
// is the driver's affair, and a kernel can do nothing more about how cells lie in memory.
//
// Outside a periodic grid stand its own cells, which change with every step. A cell at an edge therefore stores
// its new value again wherever the border shows it.

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
@group(0) @binding(1) var fromUV: texture_2d<f32>;
@group(0) @binding(3) var toUV: texture_storage_2d<rg32float, write>;
// === End of interface ===

const PERIODIC = 3u;

// Both species at a texel, whose (0, 0) is the border's corner and whose (1, 1) the grid's first cell.
fn cell(x: i32, y: i32) -> vec2f {
  return textureLoad(fromUV, vec2i(x, y), 0).xy;
}

// Stores a cell of a periodic grid at every texel of the border that shows it, one period away.
fn storeCopies(x: i32, y: i32, value: vec2f) {
  let period = vec2i(i32(model.cols), i32(model.rows));
  for (var down = -1; down <= 1; down++) {
    for (var right = -1; right <= 1; right++) {
      let copy = vec2i(x, y) + vec2i(right, down) * period;
      if (all(copy >= vec2i(0)) && all(copy <= period + 1)) {
        textureStore(toUV, copy, vec4f(value, 0, 0));
      }
    }
  }
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  let rows = i32(model.rows);
  let cols = i32(model.cols);
  let y = i32(id.y + id.z * model.rowsPerLayer) + 1;
  let x = i32(id.x) + 1;
  if (y > rows || x > cols) {
    return;
  }

  let centre = cell(x, y);
  let edges = cell(x, y - 1) + cell(x - 1, y) + cell(x + 1, y) + cell(x, y + 1);
  let corners = cell(x - 1, y - 1) + cell(x + 1, y - 1) + cell(x - 1, y + 1) + cell(x + 1, y + 1);
  let laplacian = model.edgeWeight * (edges - 4 * centre) + model.cornerWeight * (corners - 4 * centre);

  let u = centre.x;
  let v = centre.y;
  let uvv = u * v * v;
  let next = vec2f(u + model.dt * (model.diffusionU * laplacian.x - uvv + model.feed * (1 - u)),
                   v + model.dt * (model.diffusionV * laplacian.y + uvv - (model.feed + model.kill) * v));
  if (model.boundary == PERIODIC && (x == 1 || y == 1 || x == cols || y == rows)) {
    storeCopies(x, y, next);
  } else {
    textureStore(toUV, vec2i(x, y), vec4f(next, 0, 0));
  }
}
