/**
 * What the page may not do, whatever it holds: go anywhere but the engine's own origin, open windows, ask for
 * devices, send a request to any other machine. Every rule denies by default; the engine's origin is asked for at
 * each decision because it changes when the engine is restarted.
 */
import type { Session, WebContents } from 'electron';
import type { ElectronParts } from './electron-parts.ts';

/** Nothing of the page is kept on disk: preferences and sessions live in the engine. */
const PARTITION = 'lab';

/**
 * Copying text, the projector's full screen, and Chromium's local-network check, from which a loopback page is
 * exempt today; where it may connect is decided by `isOwnRequest`.
 */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'loopback-network']);

/** True for a page address on the engine's origin, e.g. `http://127.0.0.1:40123/?token=…`. */
export function isOwnPage(url: string, origin: string | undefined): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === 'http:' && parsed.origin === origin;
}

/** True for what the page may load: the engine's origin over http and ws, and data that it made itself. */
export function isOwnRequest(url: string, origin: string | undefined): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || origin === undefined) return false;
  if (parsed.protocol === 'data:') return true;
  if (parsed.protocol === 'ws:') return isOwnPage(`http://${parsed.host}/`, origin);
  return (parsed.protocol === 'http:' || parsed.protocol === 'blob:') && parsed.origin === origin;
}

/** To be called before Electron is ready. */
export function hardenProcess(app: ElectronParts['app']): void {
  app.enableSandbox();
  // Chromium's own services (component updates, proxy discovery, name look-ups) must not reach the network either.
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-proxy-server', 'disable-domain-reliability']) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
}

/** The page's session, locked. To be called once, after Electron is ready. */
export function lockedSession(electron: Pick<ElectronParts, 'session'>, origin: () => string | undefined, development: boolean): Session {
  const session = electron.session.fromPartition(PARTITION);
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(ALLOWED_PERMISSIONS.has(permission) && details.isMainFrame && isOwnPage(details.requestingUrl, origin()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, details) =>
      ALLOWED_PERMISSIONS.has(permission) && details.isMainFrame && isOwnPage(requestingOrigin, origin()),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const isDevTools = development && URL.parse(details.url)?.protocol === 'devtools:';
    callback({ cancel: !isDevTools && !isOwnRequest(details.url, origin()) });
  });
  session.on('will-download', (event, item) => {
    if (!isOwnRequest(item.getURL(), origin())) event.preventDefault();
  });
  return session;
}

/** Keeps one web contents (of the window, or of anything that a fault would create) where it belongs. */
export function lockContents(contents: WebContents, origin: () => string | undefined): void {
  contents.on('will-navigate', (details) => {
    if (!isOwnPage(details.url, origin())) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnPage(details.url, origin())) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isOwnPage(details.url, origin())) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
