/**
 * The keyboard shortcuts of the whole window. Those without Ctrl or Cmd never fire inside a field that takes text,
 * and none takes a single letter, which belongs to screen readers.
 */
import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import {
  cancelActiveRun,
  chooseAndOpenSession,
  chooseAndSaveSession,
  continueShownRun,
  pauseOrResume,
  startShownRun,
} from '../state/actions.ts';
import { openDialog, useLab } from '../state/lab-store.ts';

export const MODIFIER = globalThis.navigator?.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** Shown on the sheet; `Mod` is Ctrl, or Cmd on a Mac. */
export const SHORTCUTS = [
  { keys: 'Mod K', text: 'palette' },
  { keys: 'Mod Enter', text: 'run' },
  { keys: 'Mod .', text: 'cancel' },
  { keys: 'Mod ;', text: 'pause' },
  { keys: 'Mod Shift Enter', text: 'more' },
  { keys: 'Mod O', text: 'open' },
  { keys: 'Mod Shift S', text: 'saveAs' },
  { keys: 'Mod B', text: 'fold' },
  { keys: 'F6', text: 'panes' },
  { keys: '?', text: 'sheet' },
  { keys: 'F2', text: 'rename' },
  { keys: 'Delete', text: 'hide' },
  { keys: '+ −', text: 'zoom' },
  { keys: '← ↑ → ↓', text: 'pan' },
  { keys: '0', text: 'whole' },
] as const;

/** The shortcut that an event spells, or null. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  typing: boolean,
): string | null {
  if (event.altKey) return null;
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (key === 'f6' && !mod) return event.shiftKey ? 'panesBack' : 'panes';
  if (mod) {
    if (event.shiftKey) return { s: 'saveAs', enter: 'more' }[key] ?? null;
    return { k: 'palette', enter: 'run', '.': 'cancel', ';': 'pause', o: 'open', b: 'fold' }[key] ?? null;
  }
  return key === '?' && !typing ? 'sheet' : null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Moves the focus to the next landmark of the window. */
function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane], .gs-bar, .gs-syllabus')];
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + step + panes.length) % panes.length];
  next?.querySelector<HTMLElement>('a[href], button:not(:disabled), input, [tabindex="0"]')?.focus();
}

function toggleSyllabus(): void {
  const folded = document.querySelector('.gs-syllabus')?.getAttribute('data-folded') === 'true';
  useLab.setState({ syllabusFolded: !folded });
}

const ACTIONS: Record<string, () => unknown> = {
  palette: spotlight.toggle,
  run: startShownRun,
  cancel: cancelActiveRun,
  pause: pauseOrResume,
  more: continueShownRun,
  open: chooseAndOpenSession,
  saveAs: chooseAndSaveSession,
  fold: toggleSyllabus,
  panes: () => focusNextPane(1),
  panesBack: () => focusNextPane(-1),
  sheet: () => openDialog('shortcuts'),
};

export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, isTyping(event.target));
      if (shortcut === null) return;
      event.preventDefault();
      ACTIONS[shortcut]?.();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
