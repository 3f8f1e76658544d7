/**
 * How eagerly Dawn looks for finished work. Its Node binding has no thread of its own: while a promise is pending it
 * asks the driver in every turn of the event loop, by way of the global `setImmediate`, and so keeps one core busy.
 *
 * A hardware GPU does not mind, and the answer comes at once. A software adapter computes on that very core: on two
 * cores, SwiftShader ran 1.5 times slower beside the poller. For it, each turn sleeps a little first.
 */
const SLEEP_MILLISECONDS = 0.2;

/** Runs `work` with every `setImmediate` callback of the process held back by the sleep. */
export async function whilePollingGently<T>(work: () => Promise<T>): Promise<T> {
  const eager = globalThis.setImmediate;
  const nobody = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const gentle = (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    eager(() => {
      Atomics.wait(nobody, 0, 0, SLEEP_MILLISECONDS);
      callback(...args);
    });
  globalThis.setImmediate = Object.assign(gentle, { __promisify__: eager.__promisify__ }) as typeof setImmediate;
  try {
    return await work();
  } finally {
    globalThis.setImmediate = eager;
  }
}
