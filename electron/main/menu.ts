/**
 * The native menu as data, so that it can be tested without a window. Commands go to the page, which does the same
 * as its own buttons do; the menu never acts on a session itself. Shortcuts that the page handles are shown here but
 * not registered, or each would act twice.
 */
import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { LANGUAGES, type Language, THEMES, type Theme } from '../shared/contract.ts';
import type { MenuCommand } from '../shared/desktop.ts';
import { DESKTOP_TEXT } from './text.ts';

/** Each language in its own name, so that it is found by who needs it. */
const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', fr: 'Français' };

export interface MenuState {
  readonly language: Language;
  readonly theme: Theme;
  /** Newest first. */
  readonly recentFiles: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly development: boolean;
}

export interface MenuActions {
  command(command: MenuCommand): void;
  openFile(path: string): void;
  clearRecent(): void;
  reload(): void;
  about(): void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const text = DESKTOP_TEXT[state.language];
  const isMac = state.platform === 'darwin';

  const command = (label: string, name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => actions.command(name),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const shownShortcut = (item: MenuItemConstructorOptions): MenuItemConstructorOptions => ({ ...item, registerAccelerator: false });

  const recent: MenuItemConstructorOptions[] =
    state.recentFiles.length === 0
      ? [{ label: text.noRecent, enabled: false }]
      : [
          ...state.recentFiles.map((path) => ({
            // An ampersand would become a mnemonic.
            label: basename(path).replaceAll('&', '&&'),
            toolTip: path,
            click: () => actions.openFile(path),
          })),
          SEPARATOR,
          { label: text.clearRecent, click: () => actions.clearRecent() },
        ];

  const about: MenuItemConstructorOptions = { label: text.about, click: () => actions.about() };
  const settings = command(text.settings, 'settings', 'CmdOrCtrl+,');
  const quit: MenuItemConstructorOptions = { role: 'quit', label: text.quit };

  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [about, SEPARATOR, settings, SEPARATOR, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, SEPARATOR, quit],
  };

  const file: MenuItemConstructorOptions = {
    label: text.file,
    submenu: [
      command(text.newSession, 'new', 'CmdOrCtrl+N'),
      shownShortcut(command(text.open, 'open', 'CmdOrCtrl+O')),
      { label: text.openRecent, submenu: recent },
      SEPARATOR,
      shownShortcut(command(text.saveAs, 'saveAs', 'CmdOrCtrl+Shift+S')),
      command(text.export, 'export', 'CmdOrCtrl+E'),
      ...(isMac ? [] : [SEPARATOR, settings, SEPARATOR, quit]),
    ],
  };

  const edit: MenuItemConstructorOptions = {
    label: text.edit,
    submenu: [
      { role: 'undo', label: text.undo },
      { role: 'redo', label: text.redo },
      SEPARATOR,
      { role: 'cut', label: text.cut },
      { role: 'copy', label: text.copy },
      { role: 'paste', label: text.paste },
      { role: 'selectAll', label: text.selectAll },
    ],
  };

  const view: MenuItemConstructorOptions = {
    label: text.view,
    submenu: [
      command(text.workbench, 'workbench'),
      command(text.table, 'table'),
      command(text.costs, 'costs'),
      command(text.sessions, 'sessions'),
      command(text.compare, 'compare'),
      command(text.machine, 'machine'),
      shownShortcut(command(text.palette, 'palette', 'CmdOrCtrl+K')),
      SEPARATOR,
      {
        label: text.language,
        submenu: LANGUAGES.map((language) => ({
          ...command(LANGUAGE_NAMES[language], `language:${language}`),
          type: 'radio',
          checked: language === state.language,
        })),
      },
      {
        label: text.theme,
        submenu: THEMES.map((theme) => ({ ...command(text[theme], `theme:${theme}`), type: 'radio', checked: theme === state.theme })),
      },
      SEPARATOR,
      { label: text.reload, accelerator: 'CmdOrCtrl+R', click: () => actions.reload() },
      { role: 'zoomIn', label: text.zoomIn },
      { role: 'zoomOut', label: text.zoomOut },
      { role: 'resetZoom', label: text.zoomReset },
      { role: 'togglefullscreen', label: text.fullScreen },
      ...(state.development ? [SEPARATOR, { role: 'toggleDevTools' as const, label: text.developerTools }] : []),
    ],
  };

  const run: MenuItemConstructorOptions = {
    label: text.run,
    submenu: [
      shownShortcut(command(text.runNow, 'run', 'CmdOrCtrl+Enter')),
      shownShortcut(command(text.pauseRun, 'pause', 'CmdOrCtrl+;')),
      shownShortcut(command(text.cancelRun, 'cancel', 'CmdOrCtrl+.')),
      SEPARATOR,
      shownShortcut(command(text.moreRounds, 'more', 'CmdOrCtrl+Shift+Enter')),
    ],
  };

  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: text.help,
    submenu: [command(text.shortcuts, 'shortcuts'), ...(isMac ? [] : [SEPARATOR, about])],
  };

  const windowMenu: MenuItemConstructorOptions = { role: 'windowMenu', label: text.window };
  return [...(isMac ? [appMenu] : []), file, edit, view, run, ...(isMac ? [windowMenu] : []), help];
}
