/**
 * Electron's `app` as far as the shell uses it. Every member has the real one's type; events are sent by the tests
 * with `emit`.
 */
import { EventEmitter } from 'node:events';
import type { App } from 'electron';

type Used = Pick<
  App,
  | 'name'
  | 'isPackaged'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'enableSandbox'
  | 'getLocale'
  | 'getPath'
  | 'getVersion'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'showAboutPanel'
  | 'whenReady'
>;

export class StandInApp extends EventEmitter implements Used {
  name = 'Gray-Scott Lab';
  isPackaged = true;
  locale = 'en-GB';
  /** What `requestSingleInstanceLock` answers. */
  isFirstInstance = true;
  isSandboxed = false;
  isQuitting = false;
  userModelId = '';
  readonly switches = new Map<string, string>();
  readonly recentDocuments: string[] = [];
  readonly aboutPanels: Electron.AboutPanelOptionsOptions[] = [];
  readonly becomeReady: () => void;
  readonly #ready: Promise<void>;
  readonly #folder: string;

  /** `folder` stands for every folder of `getPath`. */
  constructor(folder: string) {
    super();
    this.#folder = folder;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ready = promise;
    this.becomeReady = resolve;
  }

  readonly commandLine: Pick<Electron.CommandLine, 'appendSwitch'> = {
    appendSwitch: (name, value) => void this.switches.set(name, value ?? ''),
  };

  addRecentDocument(path: string): void {
    this.recentDocuments.unshift(path);
  }
  clearRecentDocuments(): void {
    this.recentDocuments.length = 0;
  }
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  getLocale(): string {
    return this.locale;
  }
  getPath(): string {
    return this.#folder;
  }
  getVersion(): string {
    return '0.1.0';
  }
  /** As Electron does it: `will-quit` may hold it back. */
  quit(): void {
    let held = false;
    this.emit('will-quit', {
      preventDefault: () => {
        held = true;
      },
    });
    this.isQuitting = !held;
  }
  requestSingleInstanceLock(): boolean {
    return this.isFirstInstance;
  }
  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.aboutPanels.push(options);
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  showAboutPanel(): void {}
  whenReady(): Promise<void> {
    return this.#ready;
  }
}
