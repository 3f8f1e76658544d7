/**
 * A stand-in of the `electron` module for tests without Electron's program. It records what the shell sets and
 * lets a test play the person and the system. Its members are typed by the real module, so that a call which the
 * real one would refuse does not compile here either; what the real one then does, only the real one can show.
 */
import { EventEmitter } from 'node:events';
import type { Dialog, Menu, MenuItemConstructorOptions, Session, Shell } from 'electron';
import type { ElectronParts } from '../../electron/main/electron-parts.ts';
import { StandInApp } from './app.ts';
import { StandInWindow } from './window.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;

export class StandInSession
  extends EventEmitter
  implements
    Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setSpellCheckerEnabled'>
{
  requestHandler: RequestHandler | null = null;
  checkHandler: CheckHandler | null = null;
  deviceHandler: DeviceHandler | null = null;
  beforeRequest: BeforeRequest | undefined;
  spellChecks = true;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestHandler = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler;
  }
  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    this.deviceHandler = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecks = enable;
  }
}

type Handler = (event: unknown, argument: unknown) => unknown;

export interface Sender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly parent: unknown; readonly origin: string } | null;
}

export class StandInElectron {
  readonly app: StandInApp;
  readonly windows: StandInWindow[] = [];
  readonly pageSession = new StandInSession();
  readonly partitions: string[] = [];
  readonly revealed: string[] = [];
  readonly openDialogs: Electron.OpenDialogOptions[] = [];
  readonly saveDialogs: Electron.SaveDialogOptions[] = [];
  readonly messages: Electron.MessageBoxOptions[] = [];
  /** What the person does in the next dialogs. */
  openAnswer: Electron.OpenDialogReturnValue = { canceled: true, filePaths: [] };
  saveAnswer: Electron.SaveDialogReturnValue = { canceled: true, filePath: '' };
  messageAnswer = 0;
  menu: MenuItemConstructorOptions[] = [];
  workAreas = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  readonly #handlers = new Map<string, Handler>();
  readonly #listeners = new Map<string, Handler>();

  constructor(folder: string) {
    this.app = new StandInApp(folder);
  }

  /** The page invokes a channel. */
  async invoke(channel: string, event: Sender, argument?: unknown): Promise<unknown> {
    return this.#handlers.get(channel)?.(event, argument);
  }
  /** The page sends on a channel. */
  send(channel: string, event: Sender, argument?: unknown): void {
    this.#listeners.get(channel)?.(event, argument);
  }
  /** Chooses a menu item by its labels. */
  choose(...labels: string[]): void {
    let items = this.menu;
    for (const [depth, label] of labels.entries()) {
      const item = items.find((candidate) => candidate.label === label);
      if (item === undefined) throw new Error(`no menu item ${labels.slice(0, depth + 1).join(' › ')}`);
      if (depth === labels.length - 1) (item.click as (() => void) | undefined)?.();
      else items = item.submenu as MenuItemConstructorOptions[];
    }
  }

  /** The parts to hand to the shell. */
  get parts(): ElectronParts {
    const standIn = this;
    const dialog = {
      showOpenDialog: async (_window: unknown, options: Electron.OpenDialogOptions) => {
        standIn.openDialogs.push(options);
        return standIn.openAnswer;
      },
      showSaveDialog: async (_window: unknown, options: Electron.SaveDialogOptions) => {
        standIn.saveDialogs.push(options);
        return standIn.saveAnswer;
      },
      showMessageBox: async (_window: unknown, options: Electron.MessageBoxOptions) => {
        standIn.messages.push(options);
        return { response: standIn.messageAnswer, checkboxChecked: false };
      },
    } satisfies { [name in 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox']: (...given: never[]) => ReturnType<Dialog[name]> };
    const ipcMain = {
      handle: (channel: string, handler: Handler) => void standIn.#handlers.set(channel, handler),
      on: (channel: string, handler: Handler) => void standIn.#listeners.set(channel, handler),
    };
    const menu = {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as Menu,
      setApplicationMenu: (built: Menu | null) => {
        standIn.menu = built as unknown as MenuItemConstructorOptions[];
      },
    } satisfies Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
    const shell = { showItemInFolder: (path: string) => void standIn.revealed.push(path) } satisfies Pick<Shell, 'showItemInFolder'>;
    const parts = {
      app: standIn.app,
      BrowserWindow: class extends StandInWindow {
        constructor(options?: Electron.BrowserWindowConstructorOptions) {
          super(options);
          standIn.windows.push(this);
          standIn.app.emit('web-contents-created', {}, this.webContents);
        }
      },
      dialog,
      ipcMain,
      Menu: menu,
      screen: { getAllDisplays: () => standIn.workAreas.map((workArea) => ({ workArea })) },
      session: {
        fromPartition: (partition: string) => {
          standIn.partitions.push(partition);
          return standIn.pageSession;
        },
      },
      shell,
    } satisfies Record<keyof ElectronParts, unknown>;
    return parts as unknown as ElectronParts;
  }
}
