/** Entry of Electron's main process: the only file that imports Electron itself. */
import { spawn } from 'node:child_process';
import { app, BrowserWindow, dialog, ipcMain, Menu, screen, session, shell } from 'electron';
import { startDesktop } from './desktop.ts';

startDesktop({
  electron: { app, BrowserWindow, dialog, ipcMain, Menu, screen, session, shell },
  spawn,
  platform: process.platform,
  arguments: process.argv,
  workingFolder: process.cwd(),
  environment: process.env,
  mainFolder: import.meta.dirname,
  resourcesFolder: process.resourcesPath,
});
