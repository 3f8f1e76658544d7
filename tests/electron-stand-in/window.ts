/** Electron's window and its contents as far as the shell uses them. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, Rectangle, WebContents } from 'electron';

type UsedContents = Pick<WebContents, 'id' | 'reload' | 'send' | 'setWindowOpenHandler'>;
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export class StandInContents extends EventEmitter implements UsedContents {
  static #lastId = 0;
  readonly id = ++StandInContents.#lastId;
  readonly sent: { channel: string; value: unknown }[] = [];
  reloads = 0;
  openHandler: OpenHandler | undefined;

  reload(): void {
    this.reloads++;
  }
  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value });
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

type UsedWindow = Pick<
  BrowserWindow,
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setRepresentedFilename'
  | 'setTitle'
  | 'show'
>;

export class StandInWindow extends EventEmitter implements UsedWindow {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new StandInContents();
  readonly loaded: string[] = [];
  title: string;
  representedFile = '';
  bounds: Rectangle;
  maximized = false;
  minimized = false;
  shown = 0;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.title = options.title ?? '';
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
  }

  focus(): void {}
  getNormalBounds(): Rectangle {
    return this.bounds;
  }
  isDestroyed(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.emit('did-start-loading');
  }
  maximize(): void {
    this.maximized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  setRepresentedFilename(path: string): void {
    this.representedFile = path;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  show(): void {
    this.shown++;
  }
}
