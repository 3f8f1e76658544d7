/** Session files, and figures that carry one, that reach the shell from outside: the native dialogs, a double click, the command line. */
import { existsSync } from 'node:fs';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { Language } from '../shared/contract.ts';
import type { ElectronParts } from './electron-parts.ts';
import { DESKTOP_TEXT } from './text.ts';

export const SESSION_EXTENSION = 'gslab';
/** Pictures that carry the runs that they show. */
const FIGURE_EXTENSIONS = ['svg', 'pdf', 'png'];

const extensionOf = (path: string): string => extname(path).toLowerCase().slice(1);
const isSessionFile = (path: string): boolean => extensionOf(path) === SESSION_EXTENSION;
const isOpenable = (path: string): boolean => isSessionFile(path) || FIGURE_EXTENSIONS.includes(extensionOf(path));

/**
 * The session file, or the figure of one, among a process's arguments, or undefined. Searched by its extension: Chromium reorders the
 * arguments of a second instance and adds its own.
 */
export function openableAmong(args: readonly string[], workingFolder: string): string | undefined {
  const file = args.slice(1).findLast((argument) => !argument.startsWith('-') && isOpenable(argument));
  return file === undefined ? undefined : resolve(workingFolder, file);
}

/**
 * Whether a path from the page may be handed to the file manager: an absolute session file on this machine.
 * A network path (`\\server\share`) would make Windows greet that server with the person's credentials.
 */
export function mayReveal(path: string): boolean {
  return isAbsolute(path) && isSessionFile(path) && !/^[\\/]{2}/.test(path);
}

function filters(language: Language) {
  return [{ name: DESKTOP_TEXT[language].sessionFiles, extensions: [SESSION_EXTENSION] }];
}

export async function chooseOpen(dialog: ElectronParts['dialog'], window: BrowserWindow, language: Language): Promise<string | null> {
  const { sessionsAndFigures } = DESKTOP_TEXT[language];
  const all = { name: sessionsAndFigures, extensions: [SESSION_EXTENSION, ...FIGURE_EXTENSIONS] };
  const chosen = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [all, ...filters(language)] });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

/**
 * A bare suggested name starts in `folder`. The answer always carries the extension; where that makes it the name of
 * another file than the dialog asked about, the person is asked here.
 */
export async function chooseSave(
  dialog: ElectronParts['dialog'],
  window: BrowserWindow,
  language: Language,
  suggested: string,
  folder: string,
): Promise<string | null> {
  const defaultPath = isAbsolute(suggested) ? suggested : join(folder, suggested);
  const chosen = await dialog.showSaveDialog(window, {
    defaultPath,
    filters: filters(language),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (chosen.canceled || chosen.filePath === '') return null;
  if (isSessionFile(chosen.filePath)) return chosen.filePath;
  const path = `${chosen.filePath}.${SESSION_EXTENSION}`;
  if (!existsSync(path)) return path;
  const text = DESKTOP_TEXT[language];
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: text.replaceTitle(basename(path)),
    detail: text.replaceDetail,
    buttons: [text.replace, text.cancel],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0 ? path : null;
}
