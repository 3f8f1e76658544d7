// Several steps in one dispatch: memory is read once and written once for `depth` of them.
//
// A work-group loads a region into the memory that its invocations share and steps it there. The cells of the
// region's rim lack neighbours, so every level leaves one more ring of it behind, and what is right after `depth`
// levels is a tile that much smaller on each side: only this is written. The rings are the price: neighbouring
// work-groups compute them too. Two levels take turns, so one barrier a level is enough.

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
override workgroupX: u32 = 32;
override workgroupY: u32 = 8;
override rowsPerInvocation: u32 = 4;

@group(0) @binding(1) var<storage, read> fromU: array<f32>;
@group(0) @binding(2) var<storage, read> fromV: array<f32>;
@group(0) @binding(3) var<storage, read_write> toU: array<f32>;
@group(0) @binding(4) var<storage, read_write> toV: array<f32>;
// === End of interface ===

const BACKGROUND = 1u;
const PERIODIC = 3u;

override isPeriodic = boundary == PERIODIC;
override outsideU = select(0.0, 1.0, boundary == BACKGROUND);

override margin = i32(depth);
override stride = i32(workgroupY);
override regionRows = i32(workgroupY * rowsPerInvocation);
override regionCols = i32(workgroupX);
override tileRows = regionRows - 2 * margin;
override tileCols = regionCols - 2 * margin;

// (u, v) of the region, twice.
var<workgroup> levels: array<vec2f, 2 * workgroupX * workgroupY * rowsPerInvocation>;

// A negative number becomes a very large one, which saves two of the four comparisons.
fn isOutside(row: i32, col: i32) -> bool {
  return u32(row) >= rows || u32(col) >= cols;
}

fn load(row: i32, col: i32) -> vec2f {
  var at = row * i32(cols) + col;
  if (isOutside(row, col)) {
    if (!isPeriodic) {
      return vec2f(outsideU, 0);
    }
    // A grid smaller than the margin is gone round more than once.
    let size = vec2i(i32(rows), i32(cols));
    let inside = (vec2i(row, col) % size + size) % size;
    at = inside.x * i32(cols) + inside.y;
  }
  return vec2f(fromU[at], fromV[at]);
}

// The next level of the cell at this index of `levels`.
fn next(at: i32) -> vec2f {
  let centre = levels[at];
  let edges = levels[at - regionCols] + levels[at - 1] + levels[at + 1] + levels[at + regionCols];
  var laplacian = edgeWeight * (edges - 4 * centre);
  if (cornerWeight != 0) {
    let corners = levels[at - regionCols - 1] + levels[at - regionCols + 1]
                + levels[at + regionCols - 1] + levels[at + regionCols + 1];
    laplacian += cornerWeight * (corners - 4 * centre);
  }
  let uvv = centre.x * centre.y * centre.y;
  return centre + dt * vec2f(diffusionU * laplacian.x - uvv + feed * (1 - centre.x),
                             diffusionV * laplacian.y + uvv - (feed + kill) * centre.y);
}

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let top = i32(group.y) * tileRows + i32(group.z * rowsPerLayer) - margin;
  let left = i32(group.x) * tileCols - margin;
  // A column of the region is an invocation's, every workgroupY-th cell of it.
  let x = i32(local.x);
  let col = left + x;

  for (var y = i32(local.y); y < regionRows; y += stride) {
    levels[y * regionCols + x] = load(top + y, col);
  }
  workgroupBarrier();

  var source = 0;
  var other = regionRows * regionCols;
  for (var level = 1; level <= margin; level++) {
    for (var y = level + i32(local.y); y < regionRows - level; y += stride) {
      if (x >= level && x < regionCols - level) {
        let at = y * regionCols + x;
        // What lies outside the grid does not change, unless it is the grid's other end.
        if (isPeriodic || !isOutside(top + y, col)) {
          levels[other + at] = next(source + at);
        } else {
          levels[other + at] = vec2f(outsideU, 0);
        }
      }
    }
    workgroupBarrier();
    let swapped = source;
    source = other;
    other = swapped;
  }

  for (var y = margin + i32(local.y); y < regionRows - margin; y += stride) {
    if (x >= margin && x < regionCols - margin && !isOutside(top + y, col)) {
      let uv = levels[source + y * regionCols + x];
      let at = (top + y) * i32(cols) + col;
      toU[at] = uv.x;
      toV[at] = uv.y;
    }
  }
}
