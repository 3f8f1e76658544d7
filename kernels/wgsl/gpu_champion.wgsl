// The fastest that we know on a GPU: several steps in one dispatch, with the cells in registers.
//
// As in gpu_fused_steps, a work-group takes a region through `depth` steps and writes the tile in its middle. But here
// each invocation keeps a block of 4 × 4 cells of both species in registers from the first level to the last, and
// work-group memory carries only what passes between blocks: first the columns at a block's sides, then what its
// first and last row add to the Laplacian of the rows beyond. All that is read or written is a vec4, and 16 cells
// share the work of finding it. `depth`, `workgroupX` and `workgroupY` are what the tuning chooses for an adapter.

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

override depth: u32 = 4;
override workgroupX: u32 = 16;
override workgroupY: u32 = 8;

@group(0) @binding(1) var<storage, read> fromU: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> fromV: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> toU: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> toV: array<vec4<f32>>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

override isPeriodic = boundary == PERIODIC;
override outsideU = select(0.0, 1.0, boundary == BACKGROUND);

override gridRows = i32(rows);
override gridCols = i32(cols);
override quads = (gridCols + 3) / 4;  // vec4 in a row of the grid
override marginRows = i32(depth);
override marginQuads = (i32(depth) + 3) / 4;
override regionRows = 4 * i32(workgroupY);
override regionQuads = i32(workgroupX);
override tileRows = regionRows - 2 * marginRows;
override tileQuads = regionQuads - 2 * marginQuads;
override blocks = workgroupX * workgroupY;

// Of every block: u and v at its west, u and v at its east; then of its first row and of its last.
var<workgroup> sides: array<vec4f, 4 * blocks>;
var<workgroup> rims: array<vec4f, 4 * blocks>;

struct Cells {
  u: vec4f,
  v: vec4f,
}

// Four cells of a row, beginning at column 4 · quad. Beyond the grid it is some cells of the grid, unless that is periodic.
fn load(row: i32, quad: i32) -> Cells {
  var inRow = clamp(row, 0, gridRows - 1);
  var inQuad = clamp(quad, 0, quads - 1);
  if (isPeriodic) {
    inRow = wrapped(row, gridRows);
    if (gridCols % 4 == 0) {
      inQuad = wrapped(quad, quads);
    } else if (quad < 0 || 4 * quad + 4 > gridCols) {
      var cells: Cells;
      for (var lane = 0; lane < 4; lane++) {
        let col = wrapped(4 * quad + lane, gridCols);
        cells.u[lane] = fromU[inRow * quads + col / 4][col % 4];
        cells.v[lane] = fromV[inRow * quads + col / 4][col % 4];
      }
      return cells;
    }
  }
  return Cells(fromU[inRow * quads + inQuad], fromV[inRow * quads + inQuad]);
}

// A grid smaller than the margin is gone round more than once.
fn wrapped(place: i32, size: i32) -> i32 {
  if (place >= 0 && place < size) {
    return place;
  }
  return (place % size + size) % size;
}

// A block is a matrix, whose "columns" are rows of the grid. West and east neighbour of each cell, added:
fn across(block: mat4x4f, west: vec4f, east: vec4f) -> mat4x4f {
  return mat4x4f(vec4f(west.x, block[0].xyz) + vec4f(block[0].yzw, east.x),
                 vec4f(west.y, block[1].xyz) + vec4f(block[1].yzw, east.y),
                 vec4f(west.z, block[2].xyz) + vec4f(block[2].yzw, east.z),
                 vec4f(west.w, block[3].xyz) + vec4f(block[3].yzw, east.w));
}

// Each row's Laplacian: its own part, and what the rows above and below add.
fn laplacian(block: mat4x4f, beside: mat4x4f, adds: mat4x4f, above: vec4f, below: vec4f) -> mat4x4f {
  return mat4x4f(above, adds[0], adds[1], adds[2]) + mat4x4f(adds[1], adds[2], adds[3], below)
       + edgeWeight * beside - 4 * (edgeWeight + cornerWeight) * block;
}

// The block with `outside` wherever it is not of the grid.
fn withRim(block: mat4x4f, row: i32, inCols: vec4<bool>, outside: f32) -> mat4x4f {
  let rim = vec4f(outside);
  return mat4x4f(select(rim, block[0], inCols & vec4<bool>(u32(row) < rows)),
                 select(rim, block[1], inCols & vec4<bool>(u32(row + 1) < rows)),
                 select(rim, block[2], inCols & vec4<bool>(u32(row + 2) < rows)),
                 select(rim, block[3], inCols & vec4<bool>(u32(row + 3) < rows)));
}

// `y` is the row within the region.
fn store(u: vec4f, v: vec4f, y: i32, row: i32, quad: i32) {
  if (y >= marginRows && y < regionRows - marginRows && u32(row) < rows) {
    let at = row * quads + quad;
    toU[at] = u;
    toV[at] = v;
  }
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) block: u32) {
  let top = i32(group.y) * tileRows + i32(group.z * rowsPerLayer) - marginRows;
  let left = i32(group.x) * tileQuads - marginQuads;
  let y = 4 * i32(local.y);
  let row = top + y;
  let quad = left + i32(local.x);

  let row0 = load(row, quad);
  let row1 = load(row + 1, quad);
  let row2 = load(row + 2, quad);
  let row3 = load(row + 3, quad);
  var u = mat4x4f(row0.u, row1.u, row2.u, row3.u);
  var v = mat4x4f(row0.v, row1.v, row2.v, row3.v);

  // At the region's rim some other block stands for the one that is missing: its cells are of the margin anyway.
  let west = max(block, 1u) - 1;
  let east = min(block + 1, blocks - 1);
  let north = max(block, workgroupX) - workgroupX;
  let south = min(block + workgroupX, blocks - 1);

  let touchesRim = top < 0 || left < 0 || top + regionRows > gridRows || 4 * (left + regionQuads) > gridCols;
  let columns = 4 * quad + vec4i(0, 1, 2, 3);
  let inCols = (columns >= vec4i()) & (columns < vec4i(gridCols));

  for (var level = 0u; level < depth; level++) {
    // What lies outside the grid does not change, unless it is the grid's other end.
    if (touchesRim && !isPeriodic) {
      u = withRim(u, row, inCols, outsideU);
      v = withRim(v, row, inCols, 0);
    }

    let columnsU = transpose(u);
    let columnsV = transpose(v);
    sides[block] = columnsU[0];
    sides[block + blocks] = columnsV[0];
    sides[block + 2 * blocks] = columnsU[3];
    sides[block + 3 * blocks] = columnsV[3];
    workgroupBarrier();

    let besideU = across(u, sides[west + 2 * blocks], sides[east]);
    let besideV = across(v, sides[west + 3 * blocks], sides[east + blocks]);
    let addsU = edgeWeight * u + cornerWeight * besideU;
    let addsV = edgeWeight * v + cornerWeight * besideV;
    rims[block] = addsU[0];
    rims[block + blocks] = addsV[0];
    rims[block + 2 * blocks] = addsU[3];
    rims[block + 3 * blocks] = addsV[3];
    workgroupBarrier();

    let laplacianU = laplacian(u, besideU, addsU, rims[north + 2 * blocks], rims[south]);
    let laplacianV = laplacian(v, besideV, addsV, rims[north + 3 * blocks], rims[south + blocks]);
    let uvv = mat4x4f(u[0] * v[0] * v[0], u[1] * v[1] * v[1], u[2] * v[2] * v[2], u[3] * v[3] * v[3]);
    let fed = mat4x4f(1 - u[0], 1 - u[1], 1 - u[2], 1 - u[3]);
    u += dt * (diffusionU * laplacianU - uvv + feed * fed);
    v += dt * (diffusionV * laplacianV + uvv - (feed + kill) * v);
  }

  let x = i32(local.x);
  if (x >= marginQuads && x < regionQuads - marginQuads && quad < quads) {
    store(u[0], v[0], y, row, quad);
    store(u[1], v[1], y + 1, row + 1, quad);
    store(u[2], v[2], y + 2, row + 2, quad);
    store(u[3], v[3], y + 3, row + 3, quad);
  }
}
