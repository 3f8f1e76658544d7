/**
 * How fast one core runs at this moment, where no file tells its clock: a short loop in which each multiplication and
 * addition waits for the one before, so that its time is a number of cycles and nothing else. The fastest of several
 * tries stands, since whatever interrupts a try only makes it longer. About 0.5 ms.
 */
const STEPS = 40_000;
const TRIES = 12;
/** Until the compiler has done all that it will. */
const WARM_UPS = 200;

// In a typed array the state stays a machine integer; as a plain variable it may become a boxed number, five times slower.
const state = new Int32Array([1]);

function chain(): void {
  let value = state[0]!;
  for (let step = 0; step < STEPS; step = (step + 1) | 0) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  state[0] = value;
}

let warm = false;

/** Steps of the chain per second. */
export function loopHertz(): number {
  if (!warm) for (let time = 0; time < WARM_UPS; time++) chain();
  warm = true;
  let shortest = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < TRIES; trial++) {
    const began = performance.now();
    chain();
    const milliseconds = performance.now() - began;
    if (milliseconds > 0) shortest = Math.min(shortest, milliseconds);
  }
  return (1000 * STEPS) / shortest;
}
