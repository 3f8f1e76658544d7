import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WebSocket as NodeWebSocket } from 'ws';
import { EngineClient, type WebSocketLike } from './client.ts';
import { encodeFrame, type Frame, type FrameView } from './frame.ts';

/** A socket in memory: what the client sent, and a way to answer as the engine would. */
class FakeSocket implements WebSocketLike {
  binaryType = 'blob';
  readyState = 1;
  readonly sent: string[] = [];
  readonly #listeners: { type: string; listener: (event: { type: string; data?: unknown }) => void }[] = [];
  send(data: string) {
    this.sent.push(data);
  }
  close() {
    this.readyState = 3;
    this.emit('close');
  }
  addEventListener(type: string, listener: (event: { type: string; data?: unknown }) => void) {
    this.#listeners.push({ type, listener });
  }
  emit(type: string, data?: unknown) {
    for (const entry of this.#listeners) if (entry.type === type) entry.listener({ type, data });
  }
  reply(message: unknown) {
    this.emit('message', JSON.stringify(message));
  }
  request(index: number): { id: number; method: string; params: unknown } {
    return JSON.parse(this.sent[index]!);
  }
}

const view: FrameView = { species: 'v', maxRows: 10, maxCols: 10, low: 0, high: 1 };
const frame = (step: number): Frame => ({
  header: {
    runId: 1,
    variant: 0,
    round: 0,
    step,
    rows: 1,
    cols: 2,
    gridRows: 1,
    gridCols: 2,
    species: 'v',
    low: 0,
    high: 1,
    min: 0,
    max: 1,
    mean: 0.5,
  },
  pixels: Uint16Array.of(0, 65535),
});
const bytesOf = (step: number) => encodeFrame(frame(step)).slice().buffer;

describe('calls', () => {
  it('match each answer to its call whatever the order', async () => {
    const socket = new FakeSocket();
    const client = new EngineClient(socket);
    const first = client.call('startRun', {} as never);
    const second = client.call('startRun', {} as never);
    socket.reply({ id: socket.request(1).id, result: { runId: 22 } });
    socket.reply({ id: socket.request(0).id, result: { runId: 11 } });
    expect(await first).toEqual({ runId: 11 });
    expect(await second).toEqual({ runId: 22 });
  });

  it('carry the engine’s trouble', async () => {
    const socket = new FakeSocket();
    const call = new EngineClient(socket).call('newSession', {});
    socket.reply({ id: 0, trouble: { code: 'busy' } });
    await expect(call).rejects.toMatchObject({ trouble: { code: 'busy' } });
  });

  it('refuse an answer against the contract', async () => {
    const socket = new FakeSocket();
    const call = new EngineClient(socket).call('startRun', {} as never);
    socket.reply({ id: 0, result: { runId: 'one' } });
    await expect(call).rejects.toMatchObject({ trouble: { code: 'internal' } });
  });

  it('made before the socket opens are sent when it does', () => {
    const socket = new FakeSocket();
    socket.readyState = 0;
    const client = new EngineClient(socket);
    client.call('newSession', {}).catch(() => undefined);
    expect(socket.sent).toHaveLength(0);
    socket.readyState = 1;
    socket.emit('open');
    expect(socket.request(0).method).toBe('newSession');
  });

  it('pending when the socket closes, and later ones, are rejected as disconnected', async () => {
    const socket = new FakeSocket();
    const client = new EngineClient(socket);
    const pending = client.call('newSession', {});
    const pulled = client.pullFrame(view);
    // The pull leaves one turn of the event loop later.
    await Promise.resolve();
    socket.close();
    const gone = { trouble: { code: 'disconnected' } };
    await expect(pending).rejects.toMatchObject(gone);
    await expect(pulled).rejects.toMatchObject(gone);
    await expect(client.call('newSession', {})).rejects.toMatchObject(gone);
    await expect(client.pullFrame(view)).rejects.toMatchObject(gone);
    await client.closed;
  });
});

describe('events', () => {
  it('reach their listeners until these leave, and only when they keep the contract', () => {
    const socket = new FakeSocket();
    const client = new EngineClient(socket);
    const heard: string[] = [];
    const leave = client.on('sessionChanged', ({ name }) => heard.push(name));
    const data = { path: '/tmp/a.gslab', name: 'a', saved: true };
    socket.reply({ event: 'sessionChanged', data });
    socket.reply({ event: 'sessionChanged', data: { name: 3 } });
    socket.reply({ event: 'toString', data });
    leave();
    socket.reply({ event: 'sessionChanged', data });
    expect(heard).toEqual(['a']);
  });
});

describe('frames', () => {
  it('come one at a time, in the order they were asked for', async () => {
    const socket = new FakeSocket();
    const client = new EngineClient(socket);
    const first = client.pullFrame(view);
    const second = client.pullFrame(view);
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.sent).toHaveLength(1);
    socket.emit('message', bytesOf(1));
    expect((await first)?.header.step).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.sent).toHaveLength(2);
    socket.reply({ id: socket.request(1).id, result: {} });
    expect(await second).toBeNull();
  });

  it('that cannot be decoded are refused, and the next one is asked for', async () => {
    const socket = new FakeSocket();
    const client = new EngineClient(socket);
    const bad = client.pullFrame(view);
    await Promise.resolve();
    socket.emit('message', new ArrayBuffer(5));
    await expect(bad).rejects.toMatchObject({ trouble: { code: 'internal' } });
    const good = client.pullFrame(view);
    await new Promise((resolve) => setImmediate(resolve));
    socket.emit('message', bytesOf(7));
    expect((await good)?.header.step).toBe(7);
  });
});

it('garbage from the other side is ignored, and a good answer still arrives', async () => {
  const message = fc.oneof(fc.string(), fc.json(), fc.uint8Array(), fc.constant(undefined));
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
      const socket = new FakeSocket();
      const call = new EngineClient(socket).call('startRun', {} as never);
      for (const data of messages) socket.emit('message', data instanceof Uint8Array ? data.buffer : data);
      socket.reply({ id: 0, result: { runId: 1 } });
      expect(await call).toEqual({ runId: 1 });
    }),
  );
});

it('accepts the sockets of browsers and of ws', () => {
  const ofBrowser = (socket: WebSocket) => new EngineClient(socket);
  const ofNode = (socket: NodeWebSocket) => new EngineClient(socket);
  expect([ofBrowser, ofNode]).toHaveLength(2);
});
