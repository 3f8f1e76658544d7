/** The one window: sandboxed, isolated, without Node, in the place where it was last time. */
import type { BrowserWindow, Session } from 'electron';
import type { Theme } from '../shared/contract.ts';
import type { ElectronParts } from './electron-parts.ts';
import { type Remembered, visibleBounds } from './remembered.ts';

/** Painted before the page is: the ground of each theme, so that nothing flashes. */
const GROUND: Record<Theme, string> = { dark: '#0d1013', light: '#f3f4f6', projector: '#ffffff' };

export interface WindowOptions {
  readonly title: string;
  readonly remembered: Remembered;
  readonly session: Session;
  /** The built preload, one CommonJS file. */
  readonly preload: string;
  readonly icon: string | undefined;
  readonly development: boolean;
}

export function openWindow(electron: Pick<ElectronParts, 'BrowserWindow' | 'screen'>, options: WindowOptions): BrowserWindow {
  const { remembered } = options;
  const workAreas = electron.screen.getAllDisplays().map((display) => display.workArea);
  const window = new electron.BrowserWindow({
    width: 1280,
    height: 800,
    ...visibleBounds(remembered.bounds, workAreas),
    minWidth: 800,
    minHeight: 560,
    title: options.title,
    show: false,
    backgroundColor: GROUND[remembered.theme],
    ...(options.icon === undefined ? {} : { icon: options.icon }),
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.development,
      // A run goes on behind other windows, and its field should be right when the window comes back.
      backgroundThrottling: false,
    },
  });
  if (remembered.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // The shell names the window after the session; the page's own title is for browsers.
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** The window's place as it should be remembered. */
export function placeOf(window: BrowserWindow): Pick<Remembered, 'bounds' | 'maximized'> {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Brings the window to the person: the app was started a second time, or a file was opened from outside. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
