// Two bytes in memory: u and v are stored as f16 and computed in f32.
//
// A large grid is as fast as memory delivers it, and halves are half as many bytes: up to twice the speed, where
// nothing else holds the kernel up, and a grid twice as large in the same memory. Each load widens to f32, each store
// rounds to 11 significant bits, that is 3 decimal digits. Everything between is gpu_constants.
//
// The price: what changes a value by less than half the gap to the next one is lost, at every step, and the pattern
// soon is another. Not every adapter has the feature, and rows are padded to an even number of values, because
// buffers are copied in whole words of 4 bytes.

enable f16;

// === Interface: must match electron/runner/webgpu/interface.ts ===
override rows: u32;
override cols: u32;
override boundary: u32;      // 0 zero, 1 background, 3 periodic
override rowsPerLayer: u32;  // rows that one layer (z) of the dispatch covers
override edgeWeight: f32;    // a: N, S, E, W
override cornerWeight: f32;  // b: NE, NW, SE, SW
override diffusionU: f32;
override diffusionV: f32;
override feed: f32;
override kill: f32;
override dt: f32;

override workgroupX: u32 = 16;
override workgroupY: u32 = 8;

@group(0) @binding(1) var<storage, read> fromU: array<f16>;
@group(0) @binding(2) var<storage, read> fromV: array<f16>;
@group(0) @binding(3) var<storage, read_write> toU: array<f16>;
@group(0) @binding(4) var<storage, read_write> toV: array<f16>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

override lastRow = i32(rows) - 1;
override lastCol = i32(cols) - 1;
override pitch = i32(cols + cols % 2);  // values from one row to the next
override isPeriodic = boundary == PERIODIC;
override outsideU = select(0.0, 1.0, boundary == BACKGROUND);

// Both species, (u, v), at a place that may lie one cell outside the grid.
fn neighbour(row: i32, col: i32) -> vec2f {
  var inRow = row;
  var inCol = col;
  if (isPeriodic) {
    inRow = select(select(row, 0, row > lastRow), lastRow, row < 0);
    inCol = select(select(col, 0, col > lastCol), lastCol, col < 0);
  } else if (row < 0 || row > lastRow || col < 0 || col > lastCol) {
    return vec2f(outsideU, 0);
  }
  let at = inRow * pitch + inCol;
  return vec2f(f32(fromU[at]), f32(fromV[at]));
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  let row = i32(id.y + id.z * rowsPerLayer);
  let col = i32(id.x);
  if (row > lastRow || col > lastCol) {
    return;
  }

  let at = row * pitch + col;
  let u = f32(fromU[at]);
  let v = f32(fromV[at]);
  let centre = vec2f(u, v);

  let edges = neighbour(row - 1, col) + neighbour(row, col - 1) + neighbour(row, col + 1) + neighbour(row + 1, col);
  var laplacian = edgeWeight * (edges - 4 * centre);
  if (cornerWeight != 0) {
    let corners = neighbour(row - 1, col - 1) + neighbour(row - 1, col + 1)
                + neighbour(row + 1, col - 1) + neighbour(row + 1, col + 1);
    laplacian += cornerWeight * (corners - 4 * centre);
  }

  let uvv = u * v * v;
  toU[at] = f16(u + dt * (diffusionU * laplacian.x - uvv + feed * (1 - u)));
  toV[at] = f16(v + dt * (diffusionV * laplacian.y + uvv - (feed + kill) * v));
}
