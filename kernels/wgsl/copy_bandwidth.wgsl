// Copies u and v, four values at a time: what memory gives a kernel that does nothing but read a state and write one.

override workgroupX: u32 = 64;
override workgroupY: u32 = 4;
override rows: u32;
override cols: u32;  // a multiple of 4

@group(0) @binding(1) var<storage, read> fromU: array<vec4f>;
@group(0) @binding(2) var<storage, read> fromV: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> toU: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> toV: array<vec4f>;

@compute @workgroup_size(workgroupX, workgroupY)
fn step(@builtin(global_invocation_id) id: vec3u) {
  if (id.y >= rows || id.x >= cols / 4u) {
    return;
  }
  let at = id.y * (cols / 4u) + id.x;
  toU[at] = fromU[at];
  toV[at] = fromV[at];
}
