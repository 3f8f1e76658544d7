/** The whole desktop shell, driven through a stand-in of Electron and of the engine. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDesktop } from '../electron/main/desktop.ts';
import { CHANNELS, type Shown } from '../electron/shared/desktop.ts';
import { type Sender, StandInElectron } from './electron-stand-in/electron.ts';
import { type Spawned, standInSpawn } from './electron-stand-in/engine.ts';
import type { StandInWindow } from './electron-stand-in/window.ts';

const ORIGIN = 'http://127.0.0.1:40123';
const ELSEWHERE = 'https://example.org/';

let folder = '';
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'gslab-desktop-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const settled = () => vi.advanceTimersByTimeAsync(0);

interface Started {
  readonly electron: StandInElectron;
  readonly spawned: readonly Spawned[];
  readonly window: StandInWindow;
  readonly page: Sender;
}

function launch(electron: StandInElectron, args: readonly string[] = []): readonly Spawned[] {
  const { spawn, spawned } = standInSpawn();
  startDesktop({
    electron: electron.parts,
    spawn,
    platform: 'linux',
    arguments: ['gray-scott-lab', ...args],
    workingFolder: resolve('/sessions'),
    environment: { PATH: '/bin', NODE_OPTIONS: '--inspect' },
    mainFolder: resolve('/app/resources/app.asar/out/main'),
    resourcesFolder: resolve('/app/resources'),
  });
  return spawned;
}

/** Ready, with the page of an engine on `ORIGIN` in the window. */
async function started(change: { args?: readonly string[]; electron?: StandInElectron } = {}): Promise<Started> {
  const electron = change.electron ?? new StandInElectron(folder);
  const spawned = launch(electron, change.args);
  electron.app.becomeReady();
  await settled();
  const window = electron.windows[0]!;
  spawned[0]!.engine.listenOn(40123);
  await settled();
  const page = { sender: { id: window.webContents.id }, senderFrame: { parent: null, origin: ORIGIN } };
  return { electron, spawned, window, page };
}

function shown(change: Partial<Shown> = {}): Shown {
  return { language: 'en', theme: 'dark', session: { path: resolve('/data/new.gslab'), name: 'new', saved: false }, ...change };
}

function openedFiles(window: StandInWindow): unknown[] {
  return window.webContents.sent.filter(({ channel }) => channel === CHANNELS.openFile).map(({ value }) => value);
}

describe('start', () => {
  it('opens one sandboxed window on the engine’s page', async () => {
    const { electron, window, spawned } = await started();
    expect(electron.windows).toHaveLength(1);
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: false,
      preload: resolve('/app/resources/app.asar/out/preload/index.cjs'),
    });
    expect(window.options.show).toBe(false);
    window.emit('ready-to-show');
    expect(window.shown).toBe(1);
    expect(window.loaded).toEqual([`${ORIGIN}/?token=secret`]);
    expect(spawned[0]).toMatchObject({
      command: resolve('/app/resources/engine/node'),
      args: expect.arrayContaining([resolve('/app/resources/app.asar.unpacked/out/main/engine.mjs'), '--parent']),
      options: { env: { PATH: '/bin' } },
    });
  });

  it('hardens the process before it is ready, and keeps nothing of the page on disk', async () => {
    const electron = new StandInElectron(folder);
    launch(electron);
    expect(electron.app.isSandboxed).toBe(true);
    expect(electron.app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
    expect(electron.app.userModelId).not.toBe('');
    electron.app.becomeReady();
    await settled();
    expect(electron.partitions).toHaveLength(1);
    expect(electron.partitions[0]).not.toMatch(/^persist:/);
    expect(electron.pageSession.spellChecks).toBe(false);
  });

  it('is left to the first instance', async () => {
    const electron = new StandInElectron(folder);
    electron.app.isFirstInstance = false;
    const spawned = launch(electron, ['a.gslab']);
    electron.app.becomeReady();
    await settled();
    expect(electron.app.isQuitting).toBe(true);
    expect(electron.windows).toHaveLength(0);
    expect(spawned).toHaveLength(0);
  });

  it('offers developer tools from a checkout only', async () => {
    const electron = new StandInElectron(folder);
    electron.app.isPackaged = false;
    const { window } = await started({ electron });
    expect(window.options.webPreferences?.devTools).toBe(true);
    expect(() => electron.choose('View', 'Developer tools')).not.toThrow();
  });
});

describe('the page may not', () => {
  it('have a permission beyond copying and the full screen, and no page elsewhere may have those', async () => {
    const { electron } = await started();
    const { requestHandler, checkHandler, deviceHandler } = electron.pageSession;
    const asked = (permission: string, requestingUrl: string, isMainFrame = true) => {
      const callback = vi.fn();
      requestHandler?.({} as never, permission as never, callback, { requestingUrl, isMainFrame } as never);
      const checked = checkHandler?.(null, permission as never, requestingUrl, { isMainFrame });
      expect(callback.mock.calls).toEqual([[checked]]);
      return checked;
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'hid',
      'serial',
      'usb',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      expect(asked(permission, `${ORIGIN}/`), permission).toBe(false);
    }
    for (const permission of ['clipboard-sanitized-write', 'fullscreen']) {
      expect(asked(permission, `${ORIGIN}/`), permission).toBe(true);
      expect(asked(permission, ELSEWHERE), permission).toBe(false);
      expect(asked(permission, `${ORIGIN}/`, false), permission).toBe(false);
    }
    expect(deviceHandler?.({} as never)).toBe(false);
  });

  it('navigate, be redirected or frame anything elsewhere', async () => {
    const { window } = await started();
    const isHeld = (event: string, url: string, isMainFrame = true) => {
      const preventDefault = vi.fn();
      window.webContents.emit(event, { url, isMainFrame, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(isHeld(event, ELSEWHERE), event).toBe(true);
      expect(isHeld(event, 'http://127.0.0.1:40124/'), event).toBe(true);
      expect(isHeld(event, 'file:///etc/passwd'), event).toBe(true);
      expect(isHeld(event, `${ORIGIN}/?token=secret`), event).toBe(false);
    }
    expect(isHeld('will-frame-navigate', `${ORIGIN}/`, false)).toBe(true);
    expect(isHeld('will-attach-webview', ELSEWHERE)).toBe(true);
  });

  it('open another window', async () => {
    const { window } = await started();
    expect(window.webContents.openHandler?.({ url: `${ORIGIN}/` } as never)).toEqual({ action: 'deny' });
  });

  it('reach another machine, or download from one', async () => {
    const { electron } = await started();
    const isCancelled = (url: string) => {
      const callback = vi.fn();
      electron.pageSession.beforeRequest?.({ url } as never, callback);
      return callback.mock.calls[0]?.[0].cancel;
    };
    expect(isCancelled(`${ORIGIN}/assets/index.js`)).toBe(false);
    expect(isCancelled('ws://127.0.0.1:40123/socket?token=secret')).toBe(false);
    expect(isCancelled(`${ELSEWHERE}font.woff2`)).toBe(true);
    expect(isCancelled('devtools://devtools/bundled/x.js')).toBe(true);
    const refused = vi.fn();
    electron.pageSession.emit('will-download', { preventDefault: refused }, { getURL: () => `${ELSEWHERE}a.zip` });
    expect(refused).toHaveBeenCalledOnce();
    const allowed = vi.fn();
    electron.pageSession.emit('will-download', { preventDefault: allowed }, { getURL: () => `blob:${ORIGIN}/chart` });
    expect(allowed).not.toHaveBeenCalled();
  });
});

describe('messages', () => {
  it('are refused from another window, frame or origin, and with another shape', async () => {
    const { electron, page } = await started();
    electron.openAnswer = { canceled: false, filePaths: ['/a.gslab'] };
    const strangers: Sender[] = [
      { ...page, sender: { id: page.sender.id + 1 } },
      { ...page, senderFrame: { parent: {}, origin: ORIGIN } },
      { ...page, senderFrame: { parent: null, origin: 'http://127.0.0.1:40124' } },
      { ...page, senderFrame: null },
    ];
    for (const stranger of strangers) {
      await expect(electron.invoke(CHANNELS.chooseOpen, stranger)).rejects.toThrow('refused');
      electron.send(CHANNELS.reveal, stranger, resolve('/a.gslab'));
    }
    await expect(electron.invoke(CHANNELS.chooseSave, page, 7)).rejects.toThrow('refused');
    await expect(electron.invoke(CHANNELS.chooseOpen, page, { properties: ['openDirectory'] })).rejects.toThrow('refused');
    electron.send(CHANNELS.reveal, page, 'relative.gslab');
    electron.send(CHANNELS.reveal, page, resolve('/etc/passwd'));
    electron.send(CHANNELS.show, page, { ...shown(), theme: 'pink' });
    expect(electron.openDialogs).toEqual([]);
    expect(electron.revealed).toEqual([]);
    expect(await electron.invoke(CHANNELS.chooseOpen, page)).toBe('/a.gslab');
    electron.send(CHANNELS.reveal, page, resolve('/a.gslab'));
    expect(electron.revealed).toEqual([resolve('/a.gslab')]);
  });

  it('are refused while no engine serves the page', async () => {
    const { electron, page, spawned } = await started();
    spawned[0]!.engine.die(1);
    await expect(electron.invoke(CHANNELS.chooseOpen, page)).rejects.toThrow('refused');
  });
});

describe('dialogs', () => {
  it('answer null when the person cancels', async () => {
    const { electron, page } = await started();
    expect(await electron.invoke(CHANNELS.chooseOpen, page)).toBeNull();
    expect(await electron.invoke(CHANNELS.chooseSave, page, 'x.gslab')).toBeNull();
  });

  it('open sessions, and figures that carry one', async () => {
    const { electron, page } = await started();
    electron.openAnswer = { canceled: false, filePaths: [resolve('/a.svg')] };
    expect(await electron.invoke(CHANNELS.chooseOpen, page)).toBe(resolve('/a.svg'));
    expect(electron.openDialogs[0]?.filters?.map(({ extensions }) => extensions)).toEqual([['gslab', 'svg', 'pdf', 'png'], ['gslab']]);
    expect(electron.saveDialogs).toEqual([]);
  });

  it('start from the suggested name and always answer a session file', async () => {
    const { electron, page } = await started();
    electron.saveAnswer = { canceled: false, filePath: join(folder, 'Day 1') };
    expect(await electron.invoke(CHANNELS.chooseSave, page, 'run.gslab')).toBe(join(folder, 'Day 1.gslab'));
    expect(electron.saveDialogs[0]?.defaultPath).toBe(join(folder, 'run.gslab'));
    expect(electron.messages).toEqual([]);
  });

  it('ask before a completed name replaces a file', async () => {
    const { electron, page } = await started();
    writeFileSync(join(folder, 'Day 1.gslab'), '');
    electron.saveAnswer = { canceled: false, filePath: join(folder, 'Day 1') };
    electron.messageAnswer = 1;
    expect(await electron.invoke(CHANNELS.chooseSave, page, 'run.gslab')).toBeNull();
    expect(electron.messages[0]?.message).toContain('Day 1.gslab');
    electron.messageAnswer = 0;
    expect(await electron.invoke(CHANNELS.chooseSave, page, 'run.gslab')).toBe(join(folder, 'Day 1.gslab'));
  });
});

describe('session files from outside', () => {
  it('wait for the page: the command line, and macOS before ready', async () => {
    const electron = new StandInElectron(folder);
    const spawned = launch(electron, ['first.gslab']);
    const preventDefault = vi.fn();
    electron.app.emit('open-file', { preventDefault }, '/Users/ada/second.gslab');
    expect(preventDefault).toHaveBeenCalledOnce();
    electron.app.becomeReady();
    await settled();
    spawned[0]!.engine.listenOn(40123);
    await settled();
    const window = electron.windows[0]!;
    expect(openedFiles(window)).toEqual([]);
    electron.send(CHANNELS.listening, { sender: { id: window.webContents.id }, senderFrame: { parent: null, origin: ORIGIN } });
    expect(openedFiles(window)).toEqual([resolve('/sessions/first.gslab'), '/Users/ada/second.gslab']);
  });

  it('reach the first instance from the second, which comes forward', async () => {
    const { electron, window, page } = await started();
    electron.send(CHANNELS.listening, page);
    window.minimized = true;
    electron.app.emit('second-instance', {}, ['gray-scott-lab', '--flag', 'other.gslab'], resolve('/home/ada'));
    expect(openedFiles(window)).toEqual([resolve('/home/ada/other.gslab')]);
    expect(window.minimized).toBe(false);
    expect(window.shown).toBe(1);
  });

  it('wait again while the page reloads', async () => {
    const { electron, window, page } = await started();
    electron.send(CHANNELS.listening, page);
    electron.choose('View', 'Reload window');
    expect(window.webContents.reloads).toBe(1);
    window.webContents.emit('did-start-loading');
    electron.app.emit('second-instance', {}, ['gray-scott-lab', '/x.gslab'], '/');
    expect(openedFiles(window)).toEqual([]);
    electron.send(CHANNELS.listening, page);
    expect(openedFiles(window)).toEqual([resolve('/x.gslab')]);
  });
});

describe('menu and memory', () => {
  it('sends the commands to the page', async () => {
    const { electron, window } = await started();
    electron.choose('File', 'New session');
    electron.choose('View', 'Language', 'Français');
    expect(window.webContents.sent).toEqual([
      { channel: CHANNELS.menu, value: 'new' },
      { channel: CHANNELS.menu, value: 'language:fr' },
    ]);
  });

  it('follows the page’s language and session, and remembers them and the window’s place', async () => {
    const { electron, window, page } = await started();
    const saved = { path: resolve('/home/ada/Day 1.gslab'), name: 'Day 1', saved: true };
    electron.send(CHANNELS.show, page, shown({ language: 'fr', theme: 'light', session: saved }));
    expect(window.title).toBe('Day 1 — Gray-Scott Lab');
    expect(window.representedFile).toBe(saved.path);
    expect(electron.app.recentDocuments).toEqual([saved.path]);
    expect(() => electron.choose('Fichier', 'Ouvrir un fichier récent', 'Day 1.gslab')).not.toThrow();
    window.bounds = { x: 100, y: 50, width: 1000, height: 700 };
    window.maximized = true;
    window.emit('close');

    const again = await started({ electron: new StandInElectron(folder) });
    expect(again.window.options).toMatchObject({ x: 100, y: 50, width: 1000, height: 700, backgroundColor: '#f3f4f6' });
    expect(again.window.maximized).toBe(true);
    expect(() => again.electron.choose('Fichier', 'Ouvrir un fichier récent', 'Day 1.gslab')).not.toThrow();
  });

  it('lists no session that nobody has named', async () => {
    const { electron, page } = await started();
    electron.send(CHANNELS.show, page, shown());
    expect(electron.app.recentDocuments).toEqual([]);
    expect(existsSync(join(folder, 'window.json'))).toBe(false);
  });
});

describe('the engine', () => {
  it('is started again with the open session, and the window goes to its new address', async () => {
    const { electron, window, page, spawned } = await started();
    electron.send(CHANNELS.show, page, shown({ session: { path: resolve('/s.gslab'), name: 's', saved: true } }));
    spawned[0]!.engine.die(null, 'SIGKILL');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(spawned[1]?.args).toEqual(expect.arrayContaining(['--session', resolve('/s.gslab')]));
    spawned[1]!.engine.listenOn(40999);
    await settled();
    expect(window.loaded.at(-1)).toBe('http://127.0.0.1:40999/?token=secret');
    await expect(electron.invoke(CHANNELS.chooseOpen, page)).rejects.toThrow('refused');
  });

  it('that keeps dying is reported; trying again starts it, quitting quits', async () => {
    const { electron, spawned } = await started();
    const dieFiveTimes = async () => {
      for (let death = 0; death < 5; death++) {
        spawned.at(-1)!.engine.die(1);
        await vi.advanceTimersByTimeAsync(10_000);
      }
    };
    electron.messageAnswer = 0;
    await dieFiveTimes();
    expect(electron.messages).toHaveLength(1);
    expect(spawned).toHaveLength(6);
    electron.messageAnswer = 1;
    await dieFiveTimes();
    expect(electron.messages).toHaveLength(2);
    expect(spawned).toHaveLength(10);
    expect(electron.app.isQuitting).toBe(true);
  });

  it('is gone before the app is', async () => {
    const { electron, spawned } = await started();
    spawned[0]!.engine.leavesWithParent = false;
    electron.app.emit('window-all-closed');
    await settled();
    expect(spawned[0]!.engine.stdin.writableEnded).toBe(true);
    expect(electron.app.isQuitting).toBe(false);
    spawned[0]!.engine.die(0);
    await settled();
    expect(electron.app.isQuitting).toBe(true);
  });

  it('loses no page that crashes once, and does not reload one that crashes at once again', async () => {
    const { window } = await started();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    expect(window.webContents.reloads).toBe(1);
  });
});
