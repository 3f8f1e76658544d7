/** The one way to hold a kernel instance: opened, cancelled and closed in one place, so that no path leaks a grid or a team. */
import type { KernelInstance, KernelJob, RunnerBackend } from './backend.ts';
import { throwIfCancelled } from './next-turn.ts';

/** Opens an instance for the length of `use`, forwards the cancel to it and closes it whatever happens. */
export async function withInstance<T>(
  backend: RunnerBackend,
  job: KernelJob,
  signal: AbortSignal,
  use: (instance: KernelInstance) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const instance = await backend.open(job);
  const cancel = () => instance.cancel();
  signal.addEventListener('abort', cancel);
  let result: T;
  try {
    throwIfCancelled(signal);
    result = await use(instance);
  } catch (error) {
    // The first trouble is the one to tell; a failing close is its consequence.
    await instance.close().catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  await instance.close();
  return result;
}
