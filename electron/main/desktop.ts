/**
 * The desktop shell: one instance, one window, one engine. It owns no session and no run; it opens the engine's page,
 * passes commands and file names to it, and remembers where the window was.
 */
import { join } from 'node:path';
import { DesktopWindow } from './desktop-window.ts';
import type { ElectronParts } from './electron-parts.ts';
import { installation } from './engine-location.ts';
import { type EngineOptions, superviseEngine } from './engine-process.ts';
import { chooseOpen, chooseSave, mayReveal, openableAmong } from './files.ts';
import { answerPage } from './ipc.ts';
import { readRemembered } from './remembered.ts';
import { hardenProcess, lockContents, lockedSession } from './security.ts';
import { DESKTOP_TEXT } from './text.ts';

/** Windows groups task bar buttons by it; the installer writes the same one. */
export const APP_USER_MODEL_ID = 'gray-scott.lab';

export interface DesktopHost {
  readonly electron: ElectronParts;
  readonly spawn: EngineOptions['spawn'];
  readonly platform: NodeJS.Platform;
  readonly arguments: readonly string[];
  readonly workingFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly mainFolder: string;
  readonly resourcesFolder: string;
}

export function startDesktop(host: DesktopHost): void {
  const { electron } = host;
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.setAppUserModelId(APP_USER_MODEL_ID);
  hardenProcess(app);

  const filesToOpen: string[] = [];
  let openFile = (path: string): void => {
    filesToOpen.push(path);
  };
  const openFileAmong = (args: readonly string[], workingFolder: string) => {
    const file = openableAmong(args, workingFolder);
    if (file !== undefined) openFile(file);
  };
  openFileAmong(host.arguments, host.workingFolder);
  // macOS sends it before `ready` when a double click starts the app.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFile(path);
  });

  app.whenReady().then(() => {
    const desktop = runDesktop(host);
    openFile = (path) => desktop.openFile(path);
    for (const path of filesToOpen.splice(0)) openFile(path);
    app.on('second-instance', (_event, args, workingFolder) => {
      desktop.bringForward();
      openFileAmong(args, workingFolder);
    });
  });
}

/** Everything that needs Electron to be ready. */
function runDesktop(host: DesktopHost): DesktopWindow {
  const { electron } = host;
  const { app, dialog } = electron;
  const development = !app.isPackaged;
  const places = { ...host, packaged: app.isPackaged };
  const { engine: command, preload, icon } = installation(places);
  const memory = join(app.getPath('userData'), 'window.json');

  let origin: string | undefined;
  const ownOrigin = () => origin;
  // Before the window exists: its contents must never be unlocked.
  app.on('web-contents-created', (_event, contents) => lockContents(contents, ownOrigin));

  const desktop = new DesktopWindow({
    electron,
    platform: host.platform,
    session: lockedSession(electron, ownOrigin, development),
    preload,
    icon,
    development,
    memory,
    remembered: readRemembered(memory, app.getLocale()),
  });

  const engine = superviseEngine({
    spawn: host.spawn,
    command,
    environment: host.environment,
    session: () => desktop.sessionPath,
    events: {
      ready: (address) => {
        origin = address.origin;
        desktop.load(address.url);
      },
      lost: () => {
        origin = undefined;
      },
      givenUp: async (said) => {
        const text = DESKTOP_TEXT[desktop.language];
        const { response } = await dialog.showMessageBox(desktop.window, {
          type: 'error',
          message: text.engineStopped,
          detail: text.engineStoppedDetail(said),
          buttons: [text.tryAgain, text.quit],
          defaultId: 0,
          cancelId: 1,
        });
        if (response === 0) engine.start();
        else app.quit();
      },
    },
  });

  answerPage(electron.ipcMain, {
    contentsId: () => desktop.contentsId,
    origin: ownOrigin,
    chooseOpen: () => chooseOpen(dialog, desktop.window, desktop.language),
    chooseSave: (suggested) => chooseSave(dialog, desktop.window, desktop.language, suggested, app.getPath('documents')),
    reveal: (path) => {
      if (mayReveal(path)) electron.shell.showItemInFolder(path);
    },
    show: (shown) => desktop.show(shown),
    listening: () => desktop.pageListens(),
  });

  let engineIsGone = false;
  app.on('will-quit', (event) => {
    if (engineIsGone) return;
    event.preventDefault();
    void engine.stop().then(() => {
      engineIsGone = true;
      app.quit();
    });
  });
  // One window is the app, on macOS too: without it nothing shows that a run goes on.
  app.on('window-all-closed', () => app.quit());

  engine.start();
  return desktop;
}
