/**
 * The seam between the page and the desktop shell: what the preload puts on `window.gslab`. In the browser host
 * there is no shell and the property is undefined, so every caller has another way of doing the same.
 */

/** What the native menu may ask of the page; the page does the same when its own buttons are used. */
export const MENU_COMMANDS = [
  'new',
  'open',
  'saveAs',
  'export',
  'run',
  'cancel',
  'palette',
  'shortcuts',
  'settings',
  'sessions',
  'compare',
  'machine',
  'workbench',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export interface DesktopBridge {
  /** The path of the session that the person chose, or null when the dialog was dismissed. */
  chooseOpen(): Promise<string | null>;
  /** Where to write, starting from a suggested path or file name, or null. */
  chooseSave(suggested: string): Promise<string | null>;
  /** Calls the listener for each command of the native menu, until the returned function is called. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** Shows the file in the system's file manager. */
  reveal(path: string): void;
}
