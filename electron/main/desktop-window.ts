/**
 * The window with what hangs on it: the menu in the page's language, the title after the session, the recent files,
 * the file names that wait for the page to be ready for them.
 */
import type { BrowserWindow, Session } from 'electron';
import type { Language } from '../shared/contract.ts';
import { CHANNELS, type MenuCommand, type Shown } from '../shared/desktop.ts';
import type { ElectronParts } from './electron-parts.ts';
import { menuTemplate } from './menu.ts';
import { type Remembered, withRecentFile, writeRemembered } from './remembered.ts';
import { DESKTOP_TEXT } from './text.ts';
import { bringForward, openWindow, placeOf } from './window.ts';

export interface DesktopWindowOptions {
  readonly electron: ElectronParts;
  readonly platform: NodeJS.Platform;
  readonly session: Session;
  readonly preload: string;
  readonly icon: string | undefined;
  readonly development: boolean;
  /** The file of `remembered.ts`. */
  readonly memory: string;
  readonly remembered: Remembered;
}

/** A page that dies twice within this time would die again: View › Reload is left to the person. */
const CRASHING_MILLISECONDS = 10_000;

export class DesktopWindow {
  readonly window: BrowserWindow;
  readonly contentsId: number;
  readonly #options: DesktopWindowOptions;
  #remembered: Remembered;
  #session: Shown['session'] | undefined;
  #pageListens = false;
  #pageDiedAt = Number.NEGATIVE_INFINITY;
  #waitingFiles: string[] = [];

  constructor(options: DesktopWindowOptions) {
    const { electron, remembered } = options;
    this.#options = options;
    this.#remembered = remembered;
    this.window = openWindow(electron, { ...options, title: electron.app.name });
    this.contentsId = this.window.webContents.id;
    // A page that is loading anew has not asked for files yet.
    this.window.webContents.on('did-start-loading', () => {
      this.#pageListens = false;
    });
    this.window.webContents.on('render-process-gone', (_event, details) => {
      const isCrashing = Date.now() - this.#pageDiedAt < CRASHING_MILLISECONDS;
      this.#pageDiedAt = Date.now();
      if (details.reason !== 'clean-exit' && !isCrashing) this.window.webContents.reload();
    });
    this.window.on('close', () => this.#remember({ ...this.#remembered, ...placeOf(this.window) }));
    this.#describeApp();
    this.#buildMenu();
  }

  get language(): Language {
    return this.#remembered.language;
  }

  /** Of the session that the page shows. */
  get sessionPath(): string | undefined {
    return this.#session?.path;
  }

  load(url: string): void {
    if (this.window.isDestroyed()) return;
    // A rejection is a load that another one replaced, or a dead engine, whose successor calls again.
    this.window.loadURL(url).catch(() => undefined);
  }

  show(shown: Shown): void {
    const { language, theme, session } = shown;
    const before = this.#remembered;
    const isNewFile = session.saved && session.path !== this.#session?.path;
    this.#session = session;
    this.window.setTitle(`${session.name} — ${this.#options.electron.app.name}`);
    this.window.setRepresentedFilename(session.saved ? session.path : '');
    let remembered: Remembered = { ...before, language, theme };
    if (isNewFile) {
      remembered = withRecentFile(remembered, session.path);
      this.#options.electron.app.addRecentDocument(session.path);
    }
    if (language === before.language && theme === before.theme && !isNewFile) return;
    this.#remember(remembered);
    this.#describeApp();
    this.#buildMenu();
  }

  bringForward(): void {
    if (!this.window.isDestroyed()) bringForward(this.window);
  }

  openFile(path: string): void {
    if (this.#pageListens) this.#send(CHANNELS.openFile, path);
    else this.#waitingFiles.push(path);
  }

  pageListens(): void {
    this.#pageListens = true;
    for (const path of this.#waitingFiles.splice(0)) this.#send(CHANNELS.openFile, path);
  }

  #send(channel: string, value: MenuCommand | string): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, value);
  }

  #remember(remembered: Remembered): void {
    this.#remembered = remembered;
    writeRemembered(this.#options.memory, remembered);
  }

  #describeApp(): void {
    const { app } = this.#options.electron;
    app.setAboutPanelOptions({
      applicationName: app.name,
      applicationVersion: app.getVersion(),
      copyright: 'MIT',
      credits: DESKTOP_TEXT[this.language].credits,
      ...(this.#options.icon === undefined ? {} : { iconPath: this.#options.icon }),
    });
  }

  #buildMenu(): void {
    const { electron, platform, development } = this.#options;
    const template = menuTemplate(
      { ...this.#remembered, platform, development },
      {
        command: (command) => this.#send(CHANNELS.menu, command),
        openFile: (path) => this.openFile(path),
        clearRecent: () => {
          this.#remember({ ...this.#remembered, recentFiles: [] });
          electron.app.clearRecentDocuments();
          this.#buildMenu();
        },
        reload: () => this.window.webContents.reload(),
        about: () => electron.app.showAboutPanel(),
      },
    );
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  }
}
