/**
 * The seam between the page and the desktop shell: what the preload puts on `window.gslab`. In the browser host
 * there is no shell and the property is undefined, so every caller has another way of doing the same. Everything
 * about sessions and runs goes over the engine's socket instead (`contract.ts`).
 */
import type { Language, Theme } from './contract.ts';

/** What the native menu may ask of the page; the page does the same when its own buttons are used. */
export const MENU_COMMANDS = [
  'new',
  'open',
  'saveAs',
  'export',
  'run',
  'pause',
  'cancel',
  'more',
  'palette',
  'shortcuts',
  'settings',
  'sessions',
  'compare',
  'machine',
  'workbench',
  'table',
  'costs',
  'language:en',
  'language:fr',
  'theme:dark',
  'theme:light',
  'theme:projector',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** What the window shows now, so that the native menu, the title and the recent files agree with it. */
export interface Shown {
  readonly language: Language;
  readonly theme: Theme;
  /** The open session; `saved` is false while it lives in the app's own folder and nobody has named it. */
  readonly session: { readonly path: string; readonly name: string; readonly saved: boolean };
}

export interface DesktopBridge {
  /** The path of the session, or of a figure of one, that the person chose, or null when the dialog was dismissed. */
  chooseOpen(): Promise<string | null>;
  /**
   * Where to write, starting from a suggested path or file name, or null. The native dialog has already asked
   * before it returns the name of an existing file: save with `replace`.
   */
  chooseSave(suggested: string): Promise<string | null>;
  /** Calls the listener for each command of the native menu, until the returned function is called. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /**
   * Calls the listener with each session file, or figure of one, that the system or the menu's recent files asks to open, until the
   * returned function is called. Those asked for before the first listener (a double click that started the app)
   * are kept for it.
   */
  onOpenFile(listener: (path: string) => void): () => void;
  /** Shows the file in the system's file manager. */
  reveal(path: string): void;
  /** To be called at start and whenever one of the values changes. */
  show(shown: Shown): void;
}

/** Names of the messages between preload and main. */
export const CHANNELS = {
  chooseOpen: 'gslab:choose-open',
  chooseSave: 'gslab:choose-save',
  reveal: 'gslab:reveal',
  show: 'gslab:show',
  listening: 'gslab:listening',
  menu: 'gslab:menu',
  openFile: 'gslab:open-file',
} as const;

declare global {
  /** Absent in the browser host. */
  var gslab: DesktopBridge | undefined;
}
