// Neighbours by shuffle: what the invocation next door has already loaded need not be loaded again.
//
// The invocations of a work-group run in subgroups (NVIDIA: warps of 32, AMD: waves of 32 or 64), whose lanes go
// through the code in step and can hand one another the contents of their registers, without memory and without a
// barrier. Each invocation loads only the three cells of its own column, adds up what that column gives to the
// cell at its left or right, and gets from its two neighbours the same sum of theirs: 6 values loaded instead of 18.
//
// WGSL does not say which invocation is which lane, and a subgroup may have lanes that no invocation fills. So every
// sum travels with the number of who made it, and where that is not the neighbour, the column is loaded after all.

enable subgroups;

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

override workgroupX: u32 = 64;
override workgroupY: u32 = 4;

@group(0) @binding(1) var<storage, read> fromU: array<f32>;
@group(0) @binding(2) var<storage, read> fromV: array<f32>;
@group(0) @binding(3) var<storage, read_write> toU: array<f32>;
@group(0) @binding(4) var<storage, read_write> toV: array<f32>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;
const MOST_LANES = 128;

override lastRow = i32(rows) - 1;
override lastCol = i32(cols) - 1;
override isPeriodic = boundary == PERIODIC;
override outsideU = select(0.0, 1.0, boundary == BACKGROUND);

struct Column {
  middle: vec2f,  // (u, v) of the cell itself
  ends: vec2f,    // the cells above and below, added
}

// Both species at a place that may lie outside the grid. A surplus invocation that is the right-hand neighbour of the
// last cell of a row thus gets what stands there.
fn cell(row: i32, col: i32) -> vec2f {
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

fn column(row: i32, col: i32) -> Column {
  return Column(cell(row, col), cell(row - 1, col) + cell(row + 1, col));
}

// What a column adds to the weighted sum of the cell beside it.
fn asSide(column: Column) -> vec2f {
  return edgeWeight * column.middle + cornerWeight * column.ends;
}

fn isPresent(lane: u32, lanes: vec4u) -> bool {
  return lane < MOST_LANES && (lanes[lane >> 5] & (1u << (lane & 31))) != 0;
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_id) local: vec3u,
        @builtin(local_invocation_index) number: u32, @builtin(subgroup_invocation_id) lane: u32) {
  let row = i32(id.y + id.z * rowsPerLayer);
  let col = i32(id.x);
  let own = column(row, col);
  let side = asSide(own);

  // Shuffles come before any branch: a lane that has gone another way has nothing to hand over.
  let lanes = subgroupBallot(true);
  var left = subgroupShuffleUp(side, 1);
  var right = subgroupShuffleDown(side, 1);
  let numberOfLeft = subgroupShuffleUp(number, 1);
  let numberOfRight = subgroupShuffleDown(number, 1);
  if (row > lastRow || col > lastCol) {
    return;
  }

  if (!isPresent(lane - 1, lanes) || numberOfLeft + 1 != number || local.x == 0) {
    left = asSide(column(row, col - 1));
  }
  if (!isPresent(lane + 1, lanes) || numberOfRight != number + 1 || local.x + 1 == workgroupX) {
    right = asSide(column(row, col + 1));
  }
  let laplacian = left + right + edgeWeight * own.ends - 4 * (edgeWeight + cornerWeight) * own.middle;

  let at = row * i32(cols) + col;
  let u = own.middle.x;
  let v = own.middle.y;
  let uvv = u * v * v;
  toU[at] = u + dt * (diffusionU * laplacian.x - uvv + feed * (1 - u));
  toV[at] = v + dt * (diffusionV * laplacian.y + uvv - (feed + kill) * v);
}
