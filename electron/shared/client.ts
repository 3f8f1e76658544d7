/**
 * The client's end of the engine's socket, for a browser's WebSocket and for the `ws` package alike. Every answer and
 * event is checked against the contract before it is believed. A frame carries no request number, so only one
 * `pullFrame` is on the wire at a time: further ones wait for their turn here.
 */
import { EVENTS, type EventData, type EventName, METHODS, type Method, type Params, type Result, replyMessageSchema } from './contract.ts';
import { decodeFrame, type Frame, type FrameView } from './frame.ts';
import { TroubleError } from './trouble.ts';

interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
}

/** What a browser's WebSocket and that of `ws` have in common. */
export interface WebSocketLike {
  binaryType: string;
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error' | 'message', listener: (event: SocketEvent) => void): void;
}

const CONNECTING = 0;
const OPEN = 1;

interface PendingCall {
  readonly method: Method;
  resolve(result: unknown): void;
  reject(error: TroubleError): void;
}

const disconnected = () => new TroubleError({ code: 'disconnected' });
const invalid = (detail: string) => new TroubleError({ code: 'internal', detail });

export class EngineClient {
  /** Resolves when the socket is closed, by either side. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocketLike;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Map<EventName, Set<(data: never) => void>>();
  /** Calls made before the socket opened. */
  #unsent: string[] = [];
  #nextId = 0;
  /** The request whose answer is a binary message, and what receives it. */
  #pull: { readonly id: number; resolve(frame: Frame | null): void } | null = null;
  #pulls: Promise<unknown> = Promise.resolve();

  constructor(socket: WebSocketLike) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      for (const message of this.#unsent) socket.send(message);
      this.#unsent = [];
    });
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    // An error is always followed by `close`; without a listener `ws` would throw it.
    socket.addEventListener('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        this.#rejectAll();
        resolve();
      });
    });
  }

  /** Rejects with a `TroubleError`: the engine's own, `disconnected`, or `internal` for an answer against the contract. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return new Promise((resolve, reject) => {
      this.#send(method, params, { resolve: resolve as (result: unknown) => void, reject });
    });
  }

  /** Calls the listener for each event of this name until the returned function is called. */
  on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): () => void {
    let listeners = this.#listeners.get(event);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(event, listeners);
    }
    listeners.add(listener as (data: never) => void);
    return () => listeners.delete(listener as (data: never) => void);
  }

  /** The next frame of the active run, or null when there is none to come. */
  pullFrame(view: FrameView): Promise<Frame | null> {
    const pulled = this.#pulls.then(() => this.#pullNow(view));
    this.#pulls = pulled.catch(() => undefined);
    return pulled;
  }

  close(): void {
    this.#socket.close();
  }

  #pullNow(view: FrameView): Promise<Frame | null> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#pull = null;
        settle();
      };
      const id = this.#send('pullFrame', view, {
        resolve: () => end(() => resolve(null)),
        reject: (error) => end(() => reject(error)),
      });
      if (id !== null) this.#pull = { id, resolve: (frame) => end(() => resolve(frame)) };
    });
  }

  #send(method: Method, params: unknown, settle: Omit<PendingCall, 'method'>): number | null {
    const { readyState } = this.#socket;
    if (readyState !== CONNECTING && readyState !== OPEN) {
      settle.reject(disconnected());
      return null;
    }
    const id = this.#nextId++;
    this.#pending.set(id, { method, ...settle });
    const message = JSON.stringify({ id, method, params });
    if (readyState === OPEN) this.#socket.send(message);
    else this.#unsent.push(message);
    return id;
  }

  #receive(data: unknown): void {
    if (data instanceof ArrayBuffer) this.#receiveFrame(new Uint8Array(data));
    else if (ArrayBuffer.isView(data)) this.#receiveFrame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    else if (typeof data === 'string') this.#receiveText(data);
  }

  #receiveFrame(bytes: Uint8Array): void {
    const pull = this.#pull;
    if (pull === null) return;
    const call = this.#pending.get(pull.id);
    this.#pending.delete(pull.id);
    const frame = decodeFrame(bytes);
    if (frame === null) call?.reject(invalid('a frame that cannot be decoded'));
    else pull.resolve(frame);
  }

  #receiveText(text: string): void {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return;
    }
    const parsed = replyMessageSchema.safeParse(json);
    if (!parsed.success) return;
    const message = parsed.data;
    if ('event' in message) {
      this.#receiveEvent(message.event, message.data);
      return;
    }
    const call = this.#pending.get(message.id);
    if (call === undefined) return;
    this.#pending.delete(message.id);
    if ('trouble' in message) {
      call.reject(new TroubleError(message.trouble));
      return;
    }
    const result = METHODS[call.method].result.safeParse(message.result);
    if (result.success) call.resolve(result.data);
    else call.reject(invalid(`the answer to ${call.method} is against the contract: ${result.error.message}`));
  }

  #receiveEvent(event: string, data: unknown): void {
    if (!Object.hasOwn(EVENTS, event)) return;
    const parsed = EVENTS[event as EventName].safeParse(data);
    if (!parsed.success) return;
    for (const listener of [...(this.#listeners.get(event as EventName) ?? [])]) listener(parsed.data as never);
  }

  #rejectAll(): void {
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    this.#unsent = [];
    for (const call of calls) call.reject(disconnected());
  }
}
