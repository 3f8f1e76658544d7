// Several cells per invocation: four columns as one vector, and several rows below each other.
//
// An invocation that computes one cell reads nine to write one. Here it goes down a strip four columns wide, and each row is
// read once: the row below the one row is the middle of the next and lies above the third. What a row contributes from
// above or below, its four sums  a x + b (left + right),  is kept in registers until it has been all three. A vec4 load
// asks for 16 bytes with one instruction, so that fewer instructions wait for the same memory. The price: fewer
// invocations, which a small grid may lack, and more registers for each.

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
override cellsY: u32 = 4;     // rows that an invocation computes

@group(0) @binding(1) var<storage, read> fromU: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> fromV: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> toU: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> toV: array<vec4<f32>>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

override lastRow = i32(rows) - 1;
override lastCol = i32(cols) - 1;
override lastVector = lastCol / 4;
override vectors = lastVector + 1;  // of a row, which is padded to whole ones
override isPeriodic = boundary == PERIODIC;
override outsideU = select(0.0, 1.0, boundary == BACKGROUND);

// Four cells of a row, one species: as they are, and what they and their neighbours in the row weigh in a Laplacian.
struct Strip {
  cells: vec4f,
  beside: vec4f,  // a x + b (left + right): for the row above and the row below
  within: vec4f,  // a (left + right) - 4 (a + b) x: for the row itself
}

struct Strips {
  u: Strip,
  v: Strip,
}

// `right` stands for every cell beyond the last column too.
fn strip(left: f32, loaded: vec4f, right: f32, col: i32) -> Strip {
  let cells = select(loaded, vec4f(right), vec4i(col, col + 1, col + 2, col + 3) > vec4i(lastCol));
  let sides = vec4f(left, cells.xyz) + vec4f(cells.yzw, right);
  return Strip(cells, edgeWeight * cells + cornerWeight * sides, edgeWeight * sides - 4 * (edgeWeight + cornerWeight) * cells);
}

// Of a row that may lie one cell outside the grid.
fn strips(row: i32, vector: i32) -> Strips {
  var inRow = row;
  if (isPeriodic) {
    inRow = select(select(row, 0, row > lastRow), lastRow, row < 0);
  } else if (row < 0 || row > lastRow) {
    return Strips(strip(outsideU, vec4f(outsideU), outsideU, 0), strip(0, vec4f(0), 0, 0));
  }
  let first = inRow * vectors;
  let at = first + vector;
  var left = vec2f(outsideU, 0);
  var right = left;
  if (vector > 0) {
    left = vec2f(fromU[at - 1].w, fromV[at - 1].w);
  } else if (isPeriodic) {
    left = vec2f(fromU[first + lastVector][lastCol & 3], fromV[first + lastVector][lastCol & 3]);
  }
  if (vector < lastVector) {
    right = vec2f(fromU[at + 1].x, fromV[at + 1].x);
  } else if (isPeriodic) {
    right = vec2f(fromU[first].x, fromV[first].x);
  }
  return Strips(strip(left.x, fromU[at], right.x, 4 * vector), strip(left.y, fromV[at], right.y, 4 * vector));
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  let firstRow = i32(id.y * cellsY + id.z * rowsPerLayer);
  let vector = i32(id.x);
  if (firstRow > lastRow || vector > lastVector) {
    return;
  }

  var above = strips(firstRow - 1, vector);
  var here = strips(firstRow, vector);
  let end = min(firstRow + i32(cellsY), lastRow + 1);
  for (var row = firstRow; row < end; row++) {
    let below = strips(row + 1, vector);
    let u = here.u.cells;
    let v = here.v.cells;
    let laplacianU = above.u.beside + here.u.within + below.u.beside;
    let laplacianV = above.v.beside + here.v.within + below.v.beside;
    let uvv = u * v * v;
    let at = row * vectors + vector;
    toU[at] = u + dt * (diffusionU * laplacianU - uvv + feed * (1 - u));
    toV[at] = v + dt * (diffusionV * laplacianV + uvv - (feed + kill) * v);
    above = here;
    here = below;
  }
}
