import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EngineClient } from '../shared/client.ts';
import type { EventData, EventName } from '../shared/contract.ts';
import { encodeFrame } from '../shared/frame.ts';
import { TroubleError } from '../shared/trouble.ts';
import type { ServedLab } from './http/served-lab.ts';
import { type RunningServer, startServer } from './server.ts';
import { SessionStore } from './session/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-server-'));
const rendererFolder = join(folder, 'renderer');
const sessionFolder = join(folder, 'sessions');

/** An engine in memory: it records calls and lets the test raise events. */
class FakeLab implements ServedLab {
  readonly session = SessionStore.create(join(folder, 'open.gslab'), '0.0.0');
  readonly listeners = new Map<EventName, Set<(data: never) => void>>();
  frames: (Uint8Array | null)[] = [];
  readonly events = {
    on: <E extends EventName>(event: E, listener: (data: EventData<E>) => void) => {
      const all = this.listeners.get(event) ?? new Set();
      this.listeners.set(event, all.add(listener as (data: never) => void));
      return () => all.delete(listener as (data: never) => void);
    },
  };
  raise<E extends EventName>(event: E, data: EventData<E>) {
    for (const listener of this.listeners.get(event) ?? []) listener(data as never);
  }
  async call(method: string, params: unknown): Promise<never> {
    switch (method) {
      case 'setNotes':
        return {} as never;
      case 'newSession':
        return { path: 'no name and no state' } as never;
      case 'setExerciseDone':
        throw new Error('a fault of the engine, with /its/paths');
      case 'cancelRun':
        throw new TroubleError({ code: 'busy' });
      default:
        return { path: `/${method}`, name: JSON.stringify(params), saved: true } as never;
    }
  }
  async pullFrame() {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return this.frames.shift() ?? null;
  }
}

const lab = new FakeLab();
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true });
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>lab</title>');
  writeFileSync(join(rendererFolder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(rendererFolder, '.hidden.json'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(rendererFolder, 'link.txt'));
  server = await startServer(lab, { rendererFolder, sessionFolder });
});

afterAll(async () => {
  await server.close();
  lab.session.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request, its path sent exactly as written. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: Uint8Array } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: server.port, path, method: options.method ?? 'GET', headers: options.headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const own = () => ({ origin: server.origin });
const socketUrl = (token: string) => `ws://127.0.0.1:${server.port}/socket${token === '' ? '' : `?token=${token}`}`;

/** The status with which an upgrade is answered: 101 when it is let in. */
function upgrade(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

async function connected(): Promise<{ client: EngineClient; socket: WebSocket }> {
  const socket = new WebSocket(socketUrl(server.token), { headers: own() });
  const client = new EngineClient(socket);
  await new Promise((resolve) => socket.once('open', resolve));
  return { client, socket };
}

const stillAnswers = async () => {
  const { client } = await connected();
  expect(await client.call('setNotes', { notes: 'x' })).toEqual({});
  client.close();
};

describe('the page', () => {
  it('is served with headers that let nothing else in, and never cached', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>lab</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${server.port}; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('has its assets under their media types', async () => {
    const { headers, body } = await ask('/assets/index-abc.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body.toString()).toBe('export {};');
    expect((await ask('/', { method: 'HEAD' })).body).toHaveLength(0);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/../../secret.txt',
    '//etc/hostname.txt',
    '/link.txt',
    '/.hidden.json',
    '/assets/',
    '/assets',
    '/nothing.html',
    '/index.html%00.js',
    '/%ff%fe.js',
    '/C:/Windows/win.txt',
    'http://other.example/../secret.txt',
  ])('does not lead out of its folder: %s', async (path) => {
    const { status, body } = await ask(path);
    expect([400, 404]).toContain(status);
    expect(body.toString()).not.toContain('secret');
  });

  it('takes no other method', async () => {
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
    expect((await ask('/', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('who may come in', () => {
  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]'])('no page of the host %j', async (host) => {
    expect((await ask('/', { headers: { host } })).status).toBe(403);
    expect(await upgrade(socketUrl(server.token), { host })).toBe(403);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost', 'https://127.0.0.1'])(
    'no page of the origin %j',
    async (origin) => {
      expect((await ask('/', { headers: { origin } })).status).toBe(403);
      expect(await upgrade(socketUrl(server.token), { origin })).toBe(403);
    },
  );

  it('no socket and no file without the token', async () => {
    for (const token of ['', 'wrong', `${server.token}x`, server.token.slice(1)]) {
      expect(await upgrade(socketUrl(token), own())).toBe(403);
      expect((await ask(`/session/download?token=${token}`, { headers: own() })).status).toBe(403);
      expect((await ask(`/session/upload?name=a&token=${token}`, { method: 'POST', headers: own() })).status).toBe(403);
    }
    expect(await upgrade(socketUrl(server.token), own())).toBe(101);
  });

  it('a page that came with the token, and its reload without it, by the cookie', async () => {
    const { headers } = await ask(`/?token=${server.token}`);
    const setCookie = headers['set-cookie']![0]!;
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(setCookie).not.toContain(server.token);
    const cookie = setCookie.split(';')[0]!;
    expect(await upgrade(socketUrl(''), { ...own(), cookie })).toBe(101);
    expect((await ask('/session/download', { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
    // Another local page makes the browser send the cookie along, but cannot send this origin.
    expect(await upgrade(socketUrl(''), { cookie })).toBe(403);
    expect((await ask('/session/download', { headers: { cookie, 'sec-fetch-site': 'same-site' } })).status).toBe(403);
    expect(await upgrade(socketUrl(''), { ...own(), cookie: `${cookie}x` })).toBe(403);
  });

  it('no other path as a socket', async () => {
    expect(await upgrade(`ws://127.0.0.1:${server.port}/other?token=${server.token}`, own())).toBe(404);
  });
});

describe('the socket', () => {
  it('answers two clients and tells both of events', async () => {
    const [one, two] = [await connected(), await connected()];
    const heard: string[] = [];
    one.client.on('sessionChanged', ({ name }) => heard.push(`one ${name}`));
    two.client.on('sessionChanged', ({ name }) => heard.push(`two ${name}`));
    lab.raise('sessionChanged', { path: '/a', name: 'a', saved: false });
    const answers = await Promise.all([
      one.client.call('openSession', { path: '1' }),
      two.client.call('openSession', { path: '2' }),
      one.client.call('openSession', { path: '3' }),
    ]);
    expect(answers.map(({ name }) => JSON.parse(name).path)).toEqual(['1', '2', '3']);
    expect(heard.sort()).toEqual(['one a', 'two a']);
    one.client.close();
    await one.client.closed;
    lab.raise('sessionChanged', { path: '/b', name: 'b', saved: false });
    await two.client.call('setNotes', { notes: '' });
    expect(heard).toEqual(['one a', 'two a', 'two b']);
    two.client.close();
  });

  it('carries the engine’s trouble, but no log of its faults', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { client } = await connected();
    await expect(client.call('cancelRun', { runId: 1 })).rejects.toMatchObject({ trouble: { code: 'busy' } });
    const fault = client.call('setExerciseDone', { exercise: 'C02', done: true });
    await expect(fault).rejects.toMatchObject({ trouble: { code: 'internal', detail: 'setExerciseDone' } });
    const againstContract = client.call('newSession', {});
    await expect(againstContract).rejects.toMatchObject({ trouble: { code: 'internal', detail: 'newSession' } });
    expect(log.mock.calls[0]![0]).toContain('/its/paths');
    log.mockRestore();
    client.close();
  });

  it('refuses parameters against the contract, naming them', async () => {
    const { client } = await connected();
    await expect(client.call('openSession', { path: 3 as never })).rejects.toMatchObject({
      trouble: { code: 'bad-value', name: 'openSession.path', received: '3' },
    });
    await expect(client.call('no such' as never, {} as never)).rejects.toMatchObject({
      trouble: { code: 'bad-value', received: 'no such' },
    });
    await expect(client.call('toString' as never, {} as never)).rejects.toMatchObject({ trouble: { code: 'bad-value' } });
    client.close();
  });

  it('sends frames one at a time, and null when there is none', async () => {
    const header = { runId: 1, variant: 0, round: 0, rows: 1, cols: 1, gridRows: 1, gridCols: 1, species: 'u' as const };
    const range = { low: 0, high: 1, min: 0, max: 1, mean: 0 };
    lab.frames = [1, 2].map((step) => encodeFrame({ header: { ...header, ...range, step }, pixels: Uint16Array.of(7) }));
    const { client, socket } = await connected();
    const view = { species: 'u' as const, maxRows: 4, maxCols: 4, low: 0, high: 1 };
    const frames = await Promise.all([client.pullFrame(view), client.pullFrame(view), client.pullFrame(view)]);
    expect(frames.map((frame) => frame?.header.step)).toEqual([1, 2, undefined]);
    // A client that does not wait for its turn is told so.
    const replies: string[] = [];
    socket.on('message', (data) => replies.push(data.toString()));
    socket.send(JSON.stringify({ id: 900, method: 'pullFrame', params: view }));
    socket.send(JSON.stringify({ id: 901, method: 'pullFrame', params: view }));
    await expect.poll(() => replies.length).toBe(2);
    expect(replies.map((text) => JSON.parse(text))).toContainEqual({ id: 901, trouble: { code: 'busy' } });
    client.close();
  });

  it.each([
    ['no JSON', '{', 1007],
    ['no request', '[]', 1008],
    ['no number', '{"id":"1","method":"hello"}', 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['too much', 'x'.repeat(3 * 1024 ** 2), 1009],
  ] as const)('closes on %s, for that client alone', async (_, message, code) => {
    const { socket } = await connected();
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(message);
    expect(await closed).toBe(code);
    await stillAnswers();
  });

  it('survives any request', async () => {
    const { client, socket } = await connected();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('openSession', 'setNotes', 'pullFrame', '__proto__', 'constructor'),
        fc.json(),
        async (method, json) => {
          const settled = client.call(method as never, JSON.parse(json) as never).then(
            () => true,
            (error) => error instanceof TroubleError,
          );
          expect(socket.readyState).toBe(socket.OPEN);
          // A pull that finds no frame answers through the same door as calls.
          expect(await settled).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    client.close();
  });

  it('survives bytes that are no HTTP', async () => {
    for (const garbage of [
      '\0\0\0',
      'GET',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /socket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n`,
      '\r\n'.repeat(50),
    ]) {
      await new Promise<void>((resolve) => {
        const raw = connect(server.port, '127.0.0.1', () => raw.end(garbage));
        raw.on('error', () => undefined);
        raw.on('close', () => resolve());
        raw.resume();
      });
    }
    await stillAnswers();
  });
});

describe('session files', () => {
  const upload = (name: string, body: Uint8Array) =>
    ask(`/session/upload?name=${encodeURIComponent(name)}&token=${server.token}`, { method: 'POST', headers: own(), body });
  const files = () => {
    try {
      return readdirSync(sessionFolder).sort();
    } catch {
      return [];
    }
  };

  it.each([
    ['empty', Buffer.alloc(0)],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['half a database', Buffer.from('SQLite format 3\0\u0010\0')],
  ])('that are hostile are refused and leave nothing: %s', async (_, body) => {
    const { status, body: answer } = await upload('a.gslab', body);
    expect(status).toBe(422);
    expect(JSON.parse(answer.toString())).toMatchObject({ trouble: { code: 'session', path: 'a.gslab' } });
    expect(files()).toEqual([]);
  });

  it('go round: downloaded, uploaded, uploaded again under another name', async () => {
    const download = await ask('/session/download', { headers: { ...own(), cookie: '', 'sec-fetch-site': 'same-origin' } });
    expect(download.status).toBe(403);
    const { status, body, headers } = await ask(`/session/download?token=${server.token}`, { headers: own() });
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('attachment; filename="open.gslab"');
    const first = await upload('../../été 1.gslab', body);
    expect(first.status).toBe(201);
    expect(JSON.parse(first.body.toString())).toEqual({ path: join(sessionFolder, 'été 1.gslab'), name: 'été 1', saved: true });
    expect(JSON.parse((await upload('été 1.gslab', body)).body.toString()).name).toBe('été 1 2');
    expect(files()).toEqual(['été 1 2.gslab', 'été 1.gslab']);
    expect(readFileSync(join(sessionFolder, 'été 1.gslab')).equals(body)).toBe(true);
  });

  it('of more than the limit are refused by their announced length', async () => {
    const answer = await ask(`/session/upload?name=a&token=${server.token}`, {
      method: 'POST',
      headers: { ...own(), 'content-length': String(2 ** 40) },
      body: Buffer.alloc(10),
    }).catch(() => null);
    expect(answer === null || answer.status === 413).toBe(true);
    await stillAnswers();
  });
});
