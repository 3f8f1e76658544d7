/**
 * The parts of Electron that the shell uses. `index.ts` alone imports the real module; everything else is given it,
 * so that the shell can be tested without Electron's program.
 */
export type ElectronParts = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'screen' | 'session' | 'shell'
>;
