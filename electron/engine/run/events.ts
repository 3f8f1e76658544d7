/** The engine's events, typed by the contract. A listener that throws is its own trouble: the run goes on. */
import type { EventData, EventName } from '../../shared/contract.ts';

type Listener<E extends EventName> = (data: EventData<E>) => void;

export class LabEvents {
  readonly #listeners = new Map<EventName, Set<Listener<never>>>();

  /** Calls the listener at each event of the name until the returned function is called. */
  on<E extends EventName>(event: E, listener: Listener<E>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener as Listener<never>);
    return () => listeners.delete(listener as Listener<never>);
  }

  emit<E extends EventName>(event: E, data: EventData<E>): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as Listener<E>)(data);
      } catch (error) {
        console.error(`A listener of ${event} failed:`, error);
      }
    }
  }
}
