/** What the desktop shell asks of the page, done by the same functions as the page's own buttons; and what it must know. */
import { spotlight } from '@mantine/spotlight';
import type { MenuCommand } from '../../electron/shared/desktop.ts';
import {
  cancelActiveRun,
  chooseAndOpenSession,
  chooseAndSaveSession,
  continueShownRun,
  exportShownChart,
  newSession,
  openSession,
  pauseOrResume,
  setPreferences,
  startShownRun,
} from '../state/actions.ts';
import { type LabState, openDialog, useLab } from '../state/lab-store.ts';
import { draftKey, goTo } from '../state/page.ts';

const MENU_ACTIONS: Record<MenuCommand, () => unknown> = {
  new: newSession,
  open: chooseAndOpenSession,
  saveAs: chooseAndSaveSession,
  export: () => exportShownChart(draftKey(useLab.getState().page)),
  run: startShownRun,
  pause: pauseOrResume,
  cancel: cancelActiveRun,
  more: continueShownRun,
  palette: spotlight.open,
  settings: spotlight.open,
  shortcuts: () => openDialog('shortcuts'),
  sessions: () => goTo({ name: 'sessions' }),
  compare: () => goTo({ name: 'compare' }),
  machine: () => goTo({ name: 'machine' }),
  workbench: () => goTo({ name: 'workbench' }),
  table: () => goTo({ name: 'table' }),
  costs: () => goTo({ name: 'costs' }),
  'language:en': () => setPreferences({ language: 'en' }),
  'language:fr': () => setPreferences({ language: 'fr' }),
  'theme:dark': () => setPreferences({ theme: 'dark' }),
  'theme:light': () => setPreferences({ theme: 'light' }),
  'theme:projector': () => setPreferences({ theme: 'projector' }),
};

/** Tells the shell what is shown, whenever it changes. */
function showToDesktop(state: LabState, before: LabState): void {
  const { preferences, sessionInfo } = state;
  if (sessionInfo === null || (preferences === before.preferences && sessionInfo === before.sessionInfo)) return;
  globalThis.gslab?.show({ language: preferences.language, theme: preferences.theme, session: sessionInfo });
}

/** Does nothing in the browser host. */
export function followDesktop(): void {
  const desktop = globalThis.gslab;
  if (desktop === undefined) return;
  useLab.subscribe(showToDesktop);
  desktop.onMenu((command) => void MENU_ACTIONS[command]());
  // Files asked for before the engine answers wait for it.
  desktop.onOpenFile((path) => {
    if (useLab.getState().connection === 'open') {
      void openSession(path);
      return;
    }
    const stop = useLab.subscribe(({ connection }) => {
      if (connection !== 'open') return;
      stop();
      void openSession(path);
    });
  });
}
