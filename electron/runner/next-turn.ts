/**
 * Lets the event loop turn between pieces of synchronous work, so that a waiting `cancel` or `pullFrame` is read: awaiting a
 * settled promise alone never reads a message.
 */
import { setImmediate } from 'node:timers/promises';
import { TroubleError } from '../shared/trouble.ts';

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new TroubleError({ code: 'cancelled' });
}

/** Throws `cancelled` when the signal is set by then. */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  throwIfCancelled(signal);
}
