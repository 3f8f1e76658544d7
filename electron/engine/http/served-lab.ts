/** What the server needs of the engine; `Lab` is one. */
import type { EventData, EventName, Method, Params, Result } from '../../shared/contract.ts';
import type { FrameView } from '../../shared/frame.ts';
import type { CopiableSession } from './session-transfer.ts';

export type CallableMethod = Exclude<Method, 'pullFrame'>;

export interface ServedLab {
  readonly events: { on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): () => void };
  call<M extends CallableMethod>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Null when no frame is to come: the run has ended, or none goes on. */
  pullFrame(view: FrameView): Promise<Uint8Array | null>;
  readonly session: CopiableSession;
}
