/**
 * The engine's end of the socket. Nothing that arrives is trusted: a message that is no request closes its
 * connection, one whose parameters break the contract is answered with trouble, and neither touches the engine or
 * another client. Answers pass the contract's schemas too, so that a client never sees more than it says.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { EVENTS, type EventName, METHODS, type Method, requestMessageSchema } from '../../shared/contract.ts';
import { asTrouble, type Trouble, TroubleError } from '../../shared/trouble.ts';
import type { Access } from './access.ts';
import type { CallableMethod, ServedLab } from './served-lab.ts';

/** The longest request is a note of 100 000 characters or a run of 200 variants. */
const MAX_MESSAGE_BYTES = 2 * 1024 ** 2;
const MAX_CLIENTS = 32;
const MAX_PENDING_CALLS = 64;
/** A client that leaves this much unread has stopped reading. */
const MAX_UNREAD_BYTES = 128 * 1024 ** 2;

/** Close codes of RFC 6455, 7.4.1. */
const UNSUPPORTED_DATA = 1003;
const INVALID_PAYLOAD = 1007;
const POLICY_VIOLATION = 1008;

interface IssueLike {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function badParams(method: string, issues: readonly IssueLike[], params: unknown): Trouble {
  const issue = issues[0];
  const name = [method, ...(issue?.path ?? []).map(String)].join('.');
  const received = (issue?.path ?? []).reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    params,
  );
  return {
    code: 'bad-value',
    name,
    expected: issue?.message ?? 'what the contract says',
    received: String(JSON.stringify(received)).slice(0, 200),
  };
}

/** What a client may learn of a fault of the program: that there was one. The log has the rest. */
function withoutLog(trouble: Trouble, method: string): Trouble {
  if (trouble.code !== 'internal') return trouble;
  console.error(`${method}: ${trouble.detail}`);
  return { code: 'internal', detail: method };
}

class Connection {
  readonly #socket: WebSocket;
  readonly #lab: ServedLab;
  #pendingCalls = 0;
  #frameInFlight = false;

  constructor(socket: WebSocket, lab: ServedLab) {
    this.#socket = socket;
    this.#lab = lab;
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(UNSUPPORTED_DATA, 'requests are text');
      else void this.#receive(data.toString());
    });
    // Protocol errors close the connection by themselves; unheard they would end the process.
    socket.on('error', () => socket.terminate());
  }

  send(message: unknown): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(message));
  }

  async #receive(text: string): Promise<void> {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      this.#socket.close(INVALID_PAYLOAD, 'not JSON');
      return;
    }
    const parsed = requestMessageSchema.safeParse(json);
    if (!parsed.success) {
      this.#socket.close(POLICY_VIOLATION, 'not a request');
      return;
    }
    const { id, method, params } = parsed.data;
    try {
      const result = await this.#answer(method, params);
      if (result !== undefined) this.send({ id, result });
    } catch (error) {
      this.send({ id, trouble: withoutLog(asTrouble(error), method) });
    }
  }

  /** The result, or undefined when a binary message was the answer. */
  async #answer(name: string, params: unknown): Promise<unknown> {
    if (!Object.hasOwn(METHODS, name)) {
      const known = Object.keys(METHODS).join(', ');
      throw new TroubleError({ code: 'bad-value', name: 'method', expected: `one of ${known}`, received: name.slice(0, 200) });
    }
    const method = name as Method;
    const parsed = METHODS[method].params.safeParse(params);
    if (!parsed.success) throw new TroubleError(badParams(method, parsed.error.issues, params));
    if (method === 'pullFrame') return this.#pullFrame(parsed.data as never);
    if (this.#pendingCalls >= MAX_PENDING_CALLS) throw new TroubleError({ code: 'busy' });
    this.#pendingCalls++;
    try {
      const result = await this.#lab.call(method as CallableMethod, parsed.data as never);
      const checked = METHODS[method].result.safeParse(result);
      if (!checked.success) throw new Error(`the result is against the contract: ${checked.error.message}`);
      return checked.data;
    } finally {
      this.#pendingCalls--;
    }
  }

  /** One frame at a time: the next one may be asked for when this one has left for the client. */
  async #pullFrame(view: Parameters<ServedLab['pullFrame']>[0]): Promise<unknown> {
    if (this.#frameInFlight) throw new TroubleError({ code: 'busy' });
    this.#frameInFlight = true;
    try {
      const bytes = await this.#lab.pullFrame(view);
      if (bytes === null || this.#socket.readyState !== this.#socket.OPEN) return {};
      await new Promise<void>((resolve) => this.#socket.send(bytes, { binary: true }, () => resolve()));
      return undefined;
    } finally {
      this.#frameInFlight = false;
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Serves `/socket` on the HTTP server. The returned function closes every connection. */
export function serveSocket(server: Server, lab: ServedLab, access: Access): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const connections = new Map<WebSocket, Connection>();

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const address = URL.parse(request.url ?? '', access.origin);
    if (address === null || !access.fromHere(request) || !access.hasKey(request, address)) return refuse(socket, '403 Forbidden');
    if (address.pathname !== '/socket') return refuse(socket, '404 Not Found');
    if (connections.size >= MAX_CLIENTS) return refuse(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (client) => {
      connections.set(client, new Connection(client, lab));
      client.on('close', () => connections.delete(client));
    });
  });

  const leave = (Object.keys(EVENTS) as EventName[]).map((event) =>
    lab.events.on(event, (data) => {
      for (const connection of connections.values()) connection.send({ event, data });
    }),
  );

  return () => {
    for (const off of leave) off();
    for (const client of connections.keys()) client.terminate();
    sockets.close();
  };
}
