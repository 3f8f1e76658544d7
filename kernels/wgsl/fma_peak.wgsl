// Multiplies and adds in registers, as many times as `rounds` says, between one read and one write: what an adapter
// computes at most in f32. Eight chains of four values each wait only for themselves, so that nothing holds it up but the
// number of its units. The values tend to 1, and none is ever lost to zero or infinity.

override workgroupX: u32 = 256;
override workgroupY: u32 = 1;
override rows: u32;
override cols: u32;
override rounds: u32 = 64;

@group(0) @binding(1) var<storage, read> fromU: array<f32>;
@group(0) @binding(2) var<storage, read> fromV: array<f32>;
@group(0) @binding(3) var<storage, read_write> toU: array<f32>;
@group(0) @binding(4) var<storage, read_write> toV: array<f32>;

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  if (id.y >= rows || id.x >= cols) {
    return;
  }
  let at = id.y * cols + id.x;
  // Of memory, so that the compiler knows neither.
  let start = vec4f(fromU[at]) + vec4f(0.0, 0.25, 0.5, 0.75);
  let factor = vec4f(0.5 + 0.0 * fromV[at]);
  let term = vec4f(1.0) - factor;
  var x0 = start;
  var x1 = start + 1.0;
  var x2 = start + 2.0;
  var x3 = start + 3.0;
  var x4 = start + 4.0;
  var x5 = start + 5.0;
  var x6 = start + 6.0;
  var x7 = start + 7.0;
  for (var round = 0u; round < rounds; round++) {
    x0 = fma(x0, factor, term);
    x1 = fma(x1, factor, term);
    x2 = fma(x2, factor, term);
    x3 = fma(x3, factor, term);
    x4 = fma(x4, factor, term);
    x5 = fma(x5, factor, term);
    x6 = fma(x6, factor, term);
    x7 = fma(x7, factor, term);
  }
  let sum = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
  toU[at] = (sum.x + sum.y + sum.z + sum.w) / 32.0;
  toV[at] = fromV[at];
}
