// Not a rung of the ladder: the picture of a running field, made where the field is, so that only the picture is read.
//
// It must be the picture that the CPU makes in f64, and WGSL has no f64; a compiler may moreover reorder arithmetic of
// f32. Everything that counts is therefore whole numbers: a cell is taken apart into its bits and becomes a multiple of
// 2^-fractionBits, block sums are exact, and the quotient that gives the pixel is put right with its remainder.
//
// Each invocation makes two neighbouring pixels at a time, which share a word, and goes on to the next two that nobody
// has. What it learns of the whole field it adds to the statistics once, at its end.

// === Interface: must match electron/runner/webgpu/frame-pass.ts ===
// 64 bits, low word first, two's complement; f32 bits that order as unsigned numbers do.
struct View {
  gridRows: u32,
  gridCols: u32,
  rows: u32,  // of the picture
  cols: u32,
  fractionBits: i32,
  limits: array<vec4u, 4>,  // (low, high - low), each times the cells of a block; 2 × (is taller) + (is wider)
}

struct Frame {
  least: atomic<u32>,
  most: atomic<u32>,
  total: array<atomic<u32>, 3>,  // 96 bits
  unused: u32,
  pixels: array<u32>,  // two a word, the first in its low half
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> cells: array<u32>;  // the bits of f32, which a float variable may lose
@group(0) @binding(2) var<storage, read_write> frame: Frame;
// === End of interface ===

const WORKGROUP = 64u;
const LAST_LEVEL = 65535u;

fn plus(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn minus(a: vec2u, b: vec2u) -> vec2u {
  return vec2u(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn isNegative(a: vec2u) -> bool {
  return i32(a.y) < 0;
}

fn times(a: vec2u, factor: u32) -> vec2u {
  let upper = (a.x >> 16) * factor;
  return plus(vec2u((a.x & 0xffff) * factor, a.y * factor), vec2u(upper << 16, upper >> 16));
}

// Of what is not negative.
fn rounded(a: vec2u) -> f32 {
  return f32(a.y) * 4294967296.0 + f32(a.x);
}

// The value of an f32 in units of 2^-fractionBits, what is less than one unit cut off.
fn fixed(bits: u32) -> vec2u {
  let exponent = (bits >> 23) & 0xff;
  let digits = (bits & 0x7fffff) | select(0x800000u, 0u, exponent == 0);
  let shift = i32(max(exponent, 1)) - 150 + view.fractionBits;
  var size = vec2u(0);
  if (shift >= 32) {
    size.y = digits << u32(shift - 32);
  } else if (shift > 0) {
    size = vec2u(digits << u32(shift), digits >> u32(32 - shift));
  } else if (shift > -32) {
    size.x = digits >> u32(-shift);
  }
  if ((bits >> 31) != 0) {
    size = minus(vec2u(0), size);
  }
  return size;
}

// ⌊part × length / parts⌋, without a product that 32 bits do not hold.
fn blockBegin(part: u32, length: u32, parts: u32) -> u32 {
  return part * (length / parts) + part * (length % parts) / parts;
}

// ⌊65535 × above / range + 1/2⌋
fn level(above: vec2u, range: vec2u) -> u32 {
  if (isNegative(above)) {
    return 0;
  }
  if (!isNegative(minus(above, range))) {
    return LAST_LEVEL;
  }
  let dividend = plus(times(plus(above, above), LAST_LEVEL), range);
  let divisor = plus(range, range);
  // Right to within one, and never more than the last level.
  let guess = min(u32(rounded(dividend) / rounded(divisor)), LAST_LEVEL);
  let rest = minus(dividend, times(divisor, guess));
  if (isNegative(rest)) {
    return guess - 1;
  }
  return guess + select(1u, 0u, isNegative(minus(rest, divisor)));
}

var<private> least = 0xffffffffu;
var<private> most = 0u;
var<private> total = vec2u(0);

fn pixel(index: u32) -> u32 {
  let row = index / view.cols;
  let col = index % view.cols;
  let rowBegin = blockBegin(row, view.gridRows, view.rows);
  let rowEnd = blockBegin(row + 1, view.gridRows, view.rows);
  let colBegin = blockBegin(col, view.gridCols, view.cols);
  let colEnd = blockBegin(col + 1, view.gridCols, view.cols);
  var sum = vec2u(0);
  for (var gridRow = rowBegin; gridRow < rowEnd; gridRow++) {
    for (var gridCol = colBegin; gridCol < colEnd; gridCol++) {
      let bits = cells[gridRow * view.gridCols + gridCol];
      let order = select(bits | 0x80000000, ~bits, (bits >> 31) != 0);
      least = min(least, order);
      most = max(most, order);
      sum = plus(sum, fixed(bits));
    }
  }
  total = plus(total, sum);
  let isTaller = rowEnd - rowBegin > view.gridRows / view.rows;
  let isWider = colEnd - colBegin > view.gridCols / view.cols;
  let limits = view.limits[select(0u, 2u, isTaller) + select(0u, 1u, isWider)];
  return level(minus(sum, limits.xy), limits.zw);
}

@compute @workgroup_size(WORKGROUP)
fn picture(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let invocations = workgroups.x * WORKGROUP;
  let pixels = view.rows * view.cols;
  for (var pair = id.x; 2 * pair < pixels; pair += invocations) {
    var word = pixel(2 * pair);
    if (2 * pair + 1 < pixels) {
      word |= pixel(2 * pair + 1) << 16;
    }
    frame.pixels[pair] = word;
  }
  atomicMin(&frame.least, least);
  atomicMax(&frame.most, most);
  // Each addition hands on what did not fit, so that the three words are right once all have added.
  let before = atomicAdd(&frame.total[0], total.x);
  let middle = plus(vec2u(total.y, 0), vec2u(select(0u, 1u, before > ~total.x), 0));
  let middleBefore = atomicAdd(&frame.total[1], middle.x);
  let upper = middle.y + select(0u, 1u, middleBefore > ~middle.x) + select(0u, 0xffffffffu, isNegative(total));
  atomicAdd(&frame.total[2], upper);
}
