/**
 * The engine as a process of its own, with its real lab behind the real door: what a client sees of a run, what two
 * clients see of each other, and that nothing which comes in over the network ends it.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readSessionFile } from '../electron/engine/session/read.ts';
import type { EngineClient } from '../electron/shared/client.ts';
import type { RunRecord, RunRequest } from '../electron/shared/run.ts';
import { DEFAULT_CONVENTION } from '../kernels/model.ts';
import { type StartedEngine, startEngine } from './support/engine-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-engine-'));
const rendererFolder = join(folder, 'renderer');
const dataFolder = join(folder, 'data');
const sessionPath = join(folder, 'work.gslab');
let engine: StartedEngine;

beforeAll(async () => {
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>lab</title>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  engine = await startEngine({ dataFolder, rendererFolder, session: sessionPath });
});

afterAll(async () => {
  engine.child.kill();
  await engine.exited;
  rmSync(folder, { recursive: true, force: true });
});

/** On the one backend that is everywhere. */
const request = (change: Partial<RunRequest> = {}): RunRequest => ({
  convention: DEFAULT_CONVENTION,
  grid: { rows: 40, cols: 50 },
  steps: 20,
  rounds: 3,
  variants: [{ kernel: 'javascript' }],
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  ...change,
});

const finished = (client: EngineClient): Promise<RunRecord> =>
  new Promise((resolve) => client.on('runFinished', ({ run }) => resolve(run)));

describe('clients', () => {
  it('see the run that either of them starts, down to the session', async () => {
    const [one, two] = [await engine.connect(), await engine.connect()];
    expect((await one.call('hello', {})).session).toMatchObject({ path: sessionPath, name: 'work', saved: true });
    const [seenByOne, seenByTwo] = [finished(one), finished(two)];
    const { runId } = await one.call('startRun', request());
    const run = await seenByTwo;
    expect(run).toEqual(await seenByOne);
    expect(run).toMatchObject({ id: runId, status: 'done', variants: [{ status: 'done', verification: { status: 'passed' } }] });
    const { session } = await two.call('getSession', {});
    expect(session.runs).toEqual([run]);
    expect(readSessionFile(sessionPath).runs).toEqual([run]);
    one.close();
    two.close();
  });

  it('pull frames while a run goes on, and cancel it', async () => {
    const client = await engine.connect();
    const ended = finished(client);
    const { runId } = await client.call('startRun', request({ steps: 1_000_000, display: true, grid: { rows: 100, cols: 120 } }));
    const view = { species: 'v' as const, maxRows: 50, maxCols: 60, low: 0, high: 1 };
    const frames = [await client.pullFrame(view), await client.pullFrame(view)];
    for (const frame of frames) {
      expect(frame?.header).toMatchObject({ runId, species: 'v', gridRows: 100, gridCols: 120, rows: 50, cols: 60 });
      expect(frame?.pixels).toHaveLength(50 * 60);
    }
    await client.call('cancelRun', { runId });
    expect((await ended).status).toBe('cancelled');
    expect(await client.pullFrame(view)).toBeNull();
    client.close();
  });

  it('are told precisely what cannot be', async () => {
    const client = await engine.connect();
    const unknown = client.call('startRun', request({ variants: [{ kernel: 'nonsense' }] }));
    await expect(unknown).rejects.toMatchObject({ trouble: { code: 'unknown-kernel', received: 'nonsense' } });
    const noRows = client.call('startRun', request({ grid: { rows: 0, cols: 5 } }));
    await expect(noRows).rejects.toMatchObject({ trouble: { code: 'bad-value', name: 'startRun.grid.rows', received: '0' } });
    const missing = client.call('openSession', { path: join(folder, 'missing.gslab') });
    await expect(missing).rejects.toMatchObject({ trouble: { code: 'session', problem: 'missing' } });
    client.close();
  });
});

describe('the door', () => {
  const status = (url: string, headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(url, { headers });
      socket.on('open', () => {
        socket.close();
        resolve(101);
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });

  it('is open to its own page alone', async () => {
    const url = `ws://127.0.0.1:${engine.port}/socket?token=`;
    const own = { origin: engine.origin };
    expect(await status(url + engine.token, own)).toBe(101);
    expect(await status(`${url}wrong`, own)).toBe(403);
    expect(await status(url + engine.token, { origin: 'http://evil.example' })).toBe(403);
    expect(await status(url + engine.token, { ...own, host: 'evil.example' })).toBe(403);
    expect(engine.token).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('leads to the page and nowhere else', async () => {
    const page = await fetch(engine.url);
    expect(await page.text()).toContain('<title>lab</title>');
    expect((await fetch(`${engine.origin}/..%2fsecret.txt`)).status).toBe(404);
  });

  it('refuses a hostile session and takes an honest one', async () => {
    const upload = (body: BodyInit) =>
      fetch(`${engine.origin}/session/upload?name=mine.gslab&token=${engine.token}`, {
        method: 'POST',
        headers: { origin: engine.origin },
        body,
      });
    const sessions = () => readdirSync(join(dataFolder, 'sessions'));
    const refused = await upload('this is no session');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ trouble: { code: 'session', problem: 'not-sqlite' } });
    expect(sessions()).toEqual([]);
    const honest = await fetch(`${engine.origin}/session/download?token=${engine.token}`);
    const taken = await upload(await honest.arrayBuffer());
    expect(taken.status).toBe(201);
    expect(sessions()).toEqual(['mine.gslab']);
    const client = await engine.connect();
    const { path } = (await taken.json()) as { path: string };
    expect((await client.call('readSession', { path })).session.runs).toHaveLength(2);
    client.close();
  });

  it('outlives garbage', async () => {
    for (const garbage of ['', '{', '{"id":0}', Buffer.alloc(1000), 'x'.repeat(3_000_000)]) {
      const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/socket?token=${engine.token}`, { origin: engine.origin });
      socket.on('open', () => socket.send(garbage));
      await new Promise((resolve) => socket.on('close', resolve));
    }
    const client = await engine.connect();
    expect((await client.call('getSession', {})).info.path).toBe(sessionPath);
    client.close();
  });
});

describe('the process', () => {
  it('leaves when its parent does, its session whole', async () => {
    const session = join(folder, 'second.gslab');
    const second = await startEngine({ dataFolder, rendererFolder, session });
    const client = await second.connect();
    const started = new Promise((resolve) => client.on('runStarted', resolve));
    await client.call('startRun', request({ steps: 1_000_000 }));
    await started;
    second.child.stdin?.end();
    expect(await second.exited).toBe(0);
    await client.closed;
    expect(readSessionFile(session).runs).toMatchObject([{ status: 'cancelled' }]);
  });

  it.skipIf(process.platform === 'win32')('leaves cleanly on SIGTERM', async () => {
    const second = await startEngine({ dataFolder, rendererFolder, session: join(folder, 'third.gslab') });
    second.child.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });

  it('says in one sentence why it cannot start', async () => {
    const broken = join(folder, 'broken.gslab');
    writeFileSync(broken, 'nothing');
    await expect(startEngine({ dataFolder, rendererFolder, session: broken })).rejects.toThrow(
      /ended with 2: The session .*broken\.gslab.* cannot be used: .*\.\n$/,
    );
  });
});
