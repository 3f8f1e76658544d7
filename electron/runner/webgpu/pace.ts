/**
 * How much work may be on its way to the GPU at once. A submit cannot be taken back, so what is in flight is what a
 * cancelled run still has to wait out; on the other hand a GPU that runs dry between submits is measured too slow.
 *
 * On any real GPU a submit of the asked-for size is far below the limits here and nothing changes. Only where it would
 * take longer than `SUBMIT_SECONDS`, when its overhead no longer shows, are fewer steps sent at a time.
 */
const SUBMIT_SECONDS = 0.01;
const IN_FLIGHT_SECONDS = 0.03;
const MOST_SUBMITS_IN_FLIGHT = 64;

export interface Pace {
  readonly sweepsPerSubmit: number;
  readonly submitsInFlight: number;
}

/** The slowest possible: one sweep at a time, each waited for. */
export const UNKNOWN_PACE: Pace = { sweepsPerSubmit: 1, submitsInFlight: 1 };

export function paceFor(secondsPerSweep: number, sweepsPerSubmit: number): Pace {
  const allowed = Math.floor(SUBMIT_SECONDS / secondsPerSweep);
  const steps = Math.max(1, Math.min(sweepsPerSubmit, allowed));
  const submits = Math.floor(IN_FLIGHT_SECONDS / (steps * secondsPerSweep));
  return { sweepsPerSubmit: steps, submitsInFlight: Math.max(1, Math.min(MOST_SUBMITS_IN_FLIGHT, submits)) };
}
