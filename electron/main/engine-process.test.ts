import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standInSpawn } from '../../tests/electron-stand-in/engine.ts';
import { engineEnvironment, readAddress, superviseEngine } from './engine-process.ts';

const COMMAND = { node: '/app/engine/node', entry: '/app/engine.mjs', rendererFolder: '/app/renderer' };

function supervised(session?: string) {
  const { spawn, spawned } = standInSpawn();
  const events = { ready: vi.fn(), lost: vi.fn(), givenUp: vi.fn() };
  const engine = superviseEngine({ spawn, command: COMMAND, environment: { PATH: '/bin' }, session: () => session, events });
  return { engine, spawned, events, latest: () => spawned.at(-1)!.engine };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('the line in which the engine says where it listens', () => {
  const address = { url: 'http://127.0.0.1:4567/?token=abc', origin: 'http://127.0.0.1:4567', token: 'abc', port: 4567 };

  it('is read', () => {
    expect(readAddress(JSON.stringify(address))).toEqual(address);
  });
  it.each([
    ['', 'empty'],
    ['listening', 'no JSON'],
    ['{}', 'no address'],
    [JSON.stringify({ ...address, url: 'http://example.org/' }), 'another host in the url'],
    [JSON.stringify({ ...address, url: 'https://127.0.0.1:4567/' }), 'another scheme'],
    [JSON.stringify({ ...address, origin: 'http://192.168.1.2:4567', url: 'http://192.168.1.2:4567/' }), 'another machine'],
    [JSON.stringify({ ...address, url: 'http://127.0.0.1:9/?token=abc' }), 'two ports'],
    [JSON.stringify({ ...address, token: '' }), 'no token'],
  ])('%s is refused (%s)', (line) => {
    expect(readAddress(line)).toBeUndefined();
  });
});

it('gives the engine an environment that cannot change what Node loads', () => {
  const given = {
    PATH: '/bin',
    NODE_OPTIONS: '--require x',
    node_path: '/x',
    ELECTRON_RUN_AS_NODE: '1',
    GSLAB_DATA: '/data',
    NODE_INSPECT_RESUME_ON_START: '1',
  };
  expect(engineEnvironment(given)).toEqual({ PATH: '/bin', GSLAB_DATA: '/data' });
});

describe('supervision', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts the packaged Node, hidden, with the page and the session', async () => {
    const { engine, spawned } = supervised('/home/ada/one.gslab');
    engine.start();
    expect(spawned).toHaveLength(1);
    expect(spawned[0]).toMatchObject({
      command: COMMAND.node,
      args: [COMMAND.entry, '--parent', '--renderer', COMMAND.rendererFolder, '--session', '/home/ada/one.gslab'],
      options: { windowsHide: true, env: { PATH: '/bin' } },
    });
  });

  it('hears the address among other lines, also when it arrives in pieces', async () => {
    const { engine, latest, events } = supervised();
    engine.start();
    latest().say('a warning');
    latest().stdout.write('{"url":"http://127.0.0.1:5000/?token=t","origin":"http://127.0.');
    await settled();
    expect(events.ready).not.toHaveBeenCalled();
    latest().stdout.write('0.1:5000","token":"t","port":5000}\n');
    await settled();
    expect(events.ready).toHaveBeenCalledExactlyOnceWith({
      url: 'http://127.0.0.1:5000/?token=t',
      origin: 'http://127.0.0.1:5000',
      token: 't',
      port: 5000,
    });
  });

  it('starts another one when it dies, and goes back to the same session', async () => {
    const { engine, spawned, latest, events } = supervised('/s.gslab');
    engine.start();
    latest().listenOn(5001);
    await settled();
    latest().die(null, 'SIGSEGV');
    expect(events.lost).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(spawned).toHaveLength(2);
    expect(spawned[1]?.args).toContain('/s.gslab');
    latest().listenOn(5002);
    await settled();
    expect(events.ready).toHaveBeenCalledTimes(2);
  });

  it('leaves out a session with which it died before', async () => {
    const { engine, spawned, latest } = supervised('/s.gslab');
    engine.start();
    latest().die(1);
    await vi.advanceTimersByTimeAsync(10_000);
    latest().die(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(spawned).toHaveLength(3);
    expect(spawned[2]?.args).not.toContain('/s.gslab');
  });

  it('waits longer each time, gives up after five deaths with what was said, and starts anew when asked', async () => {
    const { engine, spawned, latest, events } = supervised();
    const waits: number[] = [];
    engine.start();
    for (let death = 1; death <= 5; death++) {
      latest().stderr.write(`reason ${death}\n`);
      await settled();
      latest().die(1);
      const before = Date.now();
      while (spawned.length === death && Date.now() - before < 60_000) await vi.advanceTimersByTimeAsync(50);
      if (spawned.length > death) waits.push(Date.now() - before);
    }
    expect(waits).toHaveLength(4);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[3]).toBeGreaterThan(waits[0]!);
    expect(events.givenUp).toHaveBeenCalledExactlyOnceWith('reason 5\nexit 1');
    engine.start();
    expect(spawned).toHaveLength(6);
  });

  it('counts anew when the engine had lived for long', async () => {
    const { engine, spawned, latest, events } = supervised();
    engine.start();
    for (let life = 1; life <= 8; life++) {
      latest().listenOn(6000 + life);
      await vi.advanceTimersByTimeAsync(61_000);
      latest().die(1);
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(spawned).toHaveLength(9);
    expect(events.givenUp).not.toHaveBeenCalled();
  });

  it('kills an engine that never says where it listens', async () => {
    const { engine, latest, spawned } = supervised();
    engine.start();
    const first = latest();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(first.signals).toEqual(['SIGKILL']);
    expect(spawned.length).toBeGreaterThan(1);
  });

  it('reports a Node that cannot be started', async () => {
    const { engine, latest, events } = supervised();
    engine.start();
    for (let attempt = 0; attempt < 5; attempt++) {
      latest().emit('error', new Error('spawn ENOENT'));
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(events.givenUp).toHaveBeenCalledExactlyOnceWith('spawn ENOENT');
  });

  it('stops by closing the pipe, and starts no other', async () => {
    const { engine, spawned, latest, events } = supervised();
    engine.start();
    const { stdin } = latest();
    await engine.stop();
    expect(stdin.writableEnded).toBe(true);
    expect(latest().signals).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(spawned).toHaveLength(1);
    expect(events.lost).not.toHaveBeenCalled();
  });

  it('kills one that does not leave', async () => {
    const { engine, latest } = supervised();
    engine.start();
    latest().leavesWithParent = false;
    const stopped = engine.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(latest().signals).toEqual(['SIGKILL']);
  });

  it('does not start the next one when it is stopped while waiting', async () => {
    const { engine, spawned, latest } = supervised();
    engine.start();
    latest().die(1);
    await engine.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(spawned).toHaveLength(1);
  });
});
