/** The shell's supervision with the real engine: killed without warning, it comes back to the same session. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type EngineAddress, type EngineProcess, superviseEngine } from '../electron/main/engine-process.ts';
import { EngineClient } from '../electron/shared/client.ts';

const root = resolve(import.meta.dirname, '..');
let folder = '';
let engine: EngineProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-supervision-'));
});
afterEach(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

it('survives a kill, and leaves no process behind when stopped', async () => {
  const children: ChildProcess[] = [];
  const addresses: EngineAddress[] = [];
  let losses = 0;
  const session = join(folder, 'kept.gslab');
  engine = superviseEngine({
    spawn: (command, args, options) => {
      const child = spawn(command, args, options);
      children.push(child);
      return child;
    },
    command: {
      node: process.execPath,
      entry: join(root, 'electron', 'engine', 'main.ts'),
      rendererFolder: join(folder, 'renderer'),
    },
    environment: { ...process.env, GSLAB_DATA: join(folder, 'data') },
    session: () => session,
    // A machine may be slow, and the engine is to leave by itself.
    patience: { address: 300_000, stop: 300_000 },
    events: { ready: (address) => addresses.push(address), lost: () => losses++, givenUp: (said) => expect.unreachable(said) },
  });
  const readyTimes = (times: number) => expect.poll(() => addresses.length).toBe(times);
  const askTheEngine = async () => {
    const { port, token, origin } = addresses.at(-1)!;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket?token=${token}`, { origin });
    const client = new EngineClient(socket);
    const { info, session: kept } = await client.call('getSession', {});
    return { info, kept, client, socket };
  };

  engine.start();
  await readyTimes(1);
  const first = await askTheEngine();
  await first.client.call('setNotes', { notes: 'before the kill' });
  children[0]!.kill('SIGKILL');
  await readyTimes(2);
  expect(losses).toBe(1);
  const second = await askTheEngine();
  expect(second.info.path).toBe(first.info.path);
  expect(second.kept.notes).toBe('before the kill');
  second.socket.close();

  await engine.stop();
  expect(children.filter(isAlive)).toEqual([]);
  expect(children).toHaveLength(2);
  expect(children[1]?.exitCode).toBe(0);
});
