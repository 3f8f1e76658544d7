/** `npm start` as a person runs it, with Electron missing, refusing to open a window, and there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/;

let folder = '';
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-start-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  readonly child: ChildProcess;
  /** Lines of standard output so far. */
  readonly lines: string[];
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{ code: number | null; said: string }>;
}

function start(environment: NodeJS.ProcessEnv, args: readonly string[] = []): Start {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, CI: _ci, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(root, 'electron', 'cli', 'start.ts'), ...args], {
    cwd: folder,
    env: { ...inherited, GSLAB_DATA: join(folder, 'data'), ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'electron'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const lines: string[] = [];
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const firstLine = new Promise<string>((done) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      done(line);
    });
  });
  const ended = new Promise<{ code: number | null; said: string }>((done) => child.once('close', (code) => done({ code, said })));
  return { child, lines, firstLine, ended };
}

/** An Electron that is a shell script. */
function installElectron(script: string): void {
  mkdirSync(join(folder, 'electron'), { recursive: true });
  const name = process.platform === 'darwin' ? join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
  mkdirSync(join(folder, 'electron', name, '..'), { recursive: true });
  writeFileSync(join(folder, 'electron', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function servesThePage(line: string): Promise<void> {
  const [url] = ADDRESS.exec(line) ?? [''];
  expect(url, line).not.toBe('');
  const page = await fetch(url);
  expect(await page.text()).toContain('<div id="root">');
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('says in one line that nobody could see a window, and serves the page until it is stopped', async () => {
    const { child, lines, firstLine, ended } = start({ CI: '1' });
    await servesThePage(await firstLine);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, said: '' });
    expect(lines).toHaveLength(1);
  });

  it('builds a stale page once when two start at the same moment', async () => {
    rmSync(join(root, 'out', 'renderer.stamp'), { force: true });
    const starts = [start({ CI: '1', GSLAB_DATA: join(folder, 'a') }), start({ CI: '1', GSLAB_DATA: join(folder, 'b') })];
    for (const { firstLine } of starts) await servesThePage(await firstLine);
    for (const { child } of starts) child.kill('SIGTERM');
    for (const { ended } of starts) expect((await ended).code).toBe(0);
    expect(existsSync(join(root, 'out', 'renderer.lock'))).toBe(false);
  });

  it('opens the browser where Electron is missing', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    // A Chromium that stays until it is told to go, as a window does.
    const script = `#!/bin/sh\necho "$@" > '${folder}/opened'\nwhile [ ! -e '${folder}/closed' ]; do sleep 0.1; done\n`;
    writeFileSync(join(bin, 'google-chrome-stable'), script, { mode: 0o755 });
    const { firstLine, ended } = start({ DISPLAY: ':77', PATH: `${bin}:/usr/bin:/bin` });
    const line = await firstLine;
    expect(line).toContain('Electron');
    await servesThePage(line);
    await expect.poll(() => existsSync(join(folder, 'opened'))).toBe(true);
    const opened = readFileSync(join(folder, 'opened'), 'utf8');
    expect(opened).toContain(`--app=${ADDRESS.exec(line)?.[0]}`);
    // Longer than a browser takes that hands over to another one.
    await new Promise((done) => setTimeout(done, 4_000));
    writeFileSync(join(folder, 'closed'), '');
    expect((await ended).code).toBe(0);
  });

  it('opens the browser where Electron cannot open a window, and keeps its complaint to itself', async () => {
    installElectron('echo "FATAL: the sandbox is not configured" >&2; exit 133');
    const { child, firstLine, ended } = start({ DISPLAY: ':77', PATH: '/nowhere' });
    await servesThePage(await firstLine);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, said: '' });
  });

  it('opens Electron on the built app, with the Node and the file to use, and ends with it', async () => {
    installElectron(`printf '%s\\n' "$@" "$GSLAB_NODE" "run as node: $ELECTRON_RUN_AS_NODE" > '${folder}/started'`);
    const { ended, lines } = start({ DISPLAY: ':77', ELECTRON_RUN_AS_NODE: '1' }, ['one.gslab']);
    expect((await ended).code).toBe(0);
    expect(lines).toEqual([]);
    expect(readFileSync(join(folder, 'started'), 'utf8').trim().split('\n')).toEqual([root, 'one.gslab', process.execPath, 'run as node:']);
    for (const built of ['main/index.mjs', 'main/engine.mjs', 'preload/index.cjs', 'renderer/index.html']) {
      expect(existsSync(join(root, 'out', built)), built).toBe(true);
    }
  });

  it('refuses a damaged session in one sentence', async () => {
    writeFileSync(join(folder, 'bad.gslab'), 'not a session');
    const { ended, lines } = start({ CI: '1' }, ['bad.gslab']);
    const { code, said } = await ended;
    expect(code).toBe(2);
    expect(lines).toEqual([]);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toContain('bad.gslab');
  });
});
