// Constants known to the shader compiler: what does not change during a run need not be read during it.
//
// Grid and model were a uniform buffer in gpu_naive; here they are pipeline constants (override), whose values
// the host gives when it builds the pipeline. The compiler then knows them: index arithmetic with a known width,
// weights of 0 or 1, a boundary that is one case instead of a switch can all be folded away. The price: another
// grid or another feed rate is another pipeline, compiled anew.

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

@group(0) @binding(1) var<storage, read> fromU: array<f32>;
@group(0) @binding(2) var<storage, read> fromV: array<f32>;
@group(0) @binding(3) var<storage, read_write> toU: array<f32>;
@group(0) @binding(4) var<storage, read_write> toV: array<f32>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

override lastRow = i32(rows) - 1;
override lastCol = i32(cols) - 1;
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
  let at = inRow * i32(cols) + inCol;
  return vec2f(fromU[at], fromV[at]);
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  let row = i32(id.y + id.z * rowsPerLayer);
  let col = i32(id.x);
  if (row > lastRow || col > lastCol) {
    return;
  }

  let at = row * i32(cols) + col;
  let u = fromU[at];
  let v = fromV[at];
  let centre = vec2f(u, v);

  let edges = neighbour(row - 1, col) + neighbour(row, col - 1) + neighbour(row, col + 1) + neighbour(row + 1, col);
  var laplacian = edgeWeight * (edges - 4 * centre);
  if (cornerWeight != 0) {
    let corners = neighbour(row - 1, col - 1) + neighbour(row - 1, col + 1)
                + neighbour(row + 1, col - 1) + neighbour(row + 1, col + 1);
    laplacian += cornerWeight * (corners - 4 * centre);
  }

  let uvv = u * v * v;
  toU[at] = u + dt * (diffusionU * laplacian.x - uvv + feed * (1 - u));
  toV[at] = v + dt * (diffusionV * laplacian.y + uvv - (feed + kill) * v);
}
