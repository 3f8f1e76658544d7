/**
 * How fast one core runs at this moment, where no file tells its clock: a short loop in which each multiplication and
 * addition waits for the one before, so that its time is a number of cycles and nothing else. The fastest of several
 * tries stands, since whatever interrupts a try only makes it longer. About 0.5 ms.
 *
 * In WebAssembly, whose integers stay integers. JavaScript's are boxed when a compiler thinks so, and it thought so after
 * about seventy readings, when it put the loop into its caller: five times slower from there on, in mid-run.
 */
const STEPS = 40_000;
const TRIES = 12;
/** Until the compiler has done all that it will. */
const WARM_UPS = 200;

/**
 * (func (export "chain") (param $value i32) (param $steps i32) (result i32)
 *   (loop $again
 *     (local.set $value (i32.add (i32.mul (local.get $value) (i32.const 1664525)) (i32.const 1013904223)))
 *     (br_if $again (local.tee $steps (i32.sub (local.get $steps) (i32.const 1)))))
 *   (local.get $value))
 */
const MODULE = Uint8Array.of(
  // Magic number and version; one type, one function of it, exported.
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x09, 0x01, 0x05, 0x63, 0x68, 0x61, 0x69, 0x6e, 0x00, 0x00],
  // Its code: the loop, the chain, the count, the value that is left.
  ...[0x0a, 0x23, 0x01, 0x21, 0x00, 0x03, 0x40],
  ...[0x20, 0x00, 0x41, 0x8d, 0xcc, 0xe5, 0x00, 0x6c, 0x41, 0xdf, 0xe6, 0xbb, 0xe3, 0x03, 0x6a, 0x21, 0x00],
  ...[0x20, 0x01, 0x41, 0x01, 0x6b, 0x22, 0x01, 0x0d, 0x00, 0x0b],
  ...[0x20, 0x00, 0x0b],
);

/** What of it is used here; the types of Node have no values of it. */
interface Compiler {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly chain: (value: number, steps: number) => number } };
}
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Compiler }).WebAssembly;

/** What `steps` of the chain make of a value. */
export const { chain } = new Instance(new Module(MODULE)).exports;

// Used again, or nobody would need the loop.
let value = 1;
let warm = false;

/** Steps of the chain per second. */
export function loopHertz(): number {
  if (!warm) for (let time = 0; time < WARM_UPS; time++) value = chain(value, STEPS);
  warm = true;
  let shortest = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < TRIES; trial++) {
    const began = performance.now();
    value = chain(value, STEPS);
    const milliseconds = performance.now() - began;
    if (milliseconds > 0) shortest = Math.min(shortest, milliseconds);
  }
  return (1000 * STEPS) / shortest;
}
