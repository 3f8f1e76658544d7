/**
 * Opens the lab's page where Electron's program is missing: as a window of its own in Chrome, Chromium or Edge (no
 * address bar, a profile apart from the person's), else in the default browser. Nothing is opened where nobody could
 * see it.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

type Environment = NodeJS.ProcessEnv;

/** Commands looked for on the PATH, and full paths. */
function candidates(platform: NodeJS.Platform, environment: Environment): string[] {
  switch (platform) {
    case 'win32': {
      const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? []);
      const programs = [
        ['Google', 'Chrome', 'Application', 'chrome.exe'],
        ['Chromium', 'Application', 'chrome.exe'],
        ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
      ];
      return programs.flatMap((program) => roots.map((root) => join(root, ...program)));
    }
    case 'darwin': {
      const folders = ['/Applications', ...(environment.HOME === undefined ? [] : [join(environment.HOME, 'Applications')])];
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
        folders.map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
      );
    }
    default:
      return ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
  }
}

/** Whether a window would be seen: a desktop session on Linux, and nowhere on a build machine. */
export function hasDisplay(platform: NodeJS.Platform, environment: Environment): boolean {
  if (environment.CI !== undefined && environment.CI !== '' && environment.CI !== 'false') return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** The first Chromium of the list that is installed. */
export function findChromium(
  platform: NodeJS.Platform,
  environment: Environment,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const searched = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
  return candidates(platform, environment)
    .flatMap((candidate) =>
      isAbsolute(candidate) || platform === 'win32' ? [candidate] : searched.map((folder) => join(folder, candidate)),
    )
    .find(exists);
}

/** The command that opens an address in the default browser. */
function defaultBrowser(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', url];
  return platform === 'darwin' ? ['open', url] : ['xdg-open', url];
}

export interface OpenedWindow {
  readonly kind: 'window' | 'browser';
  /** Resolves when the person closes the lab's own window; a default browser never tells. */
  readonly closed: Promise<void>;
}

export interface OpenOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  /** Holds the profile of the lab's window. */
  readonly dataFolder: string;
  readonly spawn: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  readonly exists?: (path: string) => boolean;
}

/** A browser that ends sooner has refused to start (as root, say) or handed over to one that runs already. */
const REAL_WINDOW_MILLISECONDS = 3_000;
const NEVER = new Promise<never>(() => undefined);

/** Opens the page; undefined when there is no display or no browser. */
export async function openLabPage(url: string, options: OpenOptions): Promise<OpenedWindow | undefined> {
  const { platform, environment } = options;
  if (!hasDisplay(platform, environment)) return undefined;
  const chromium = findChromium(platform, environment, options.exists);
  if (chromium !== undefined) {
    const profile = join(options.dataFolder, 'browser-window');
    const args = [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--disable-sync'];
    const launched = await launch(options, chromium, args);
    if (launched !== undefined) return { kind: 'window', closed: launched.ended };
  }
  const [command, ...args] = defaultBrowser(platform, url);
  const launched = await launch(options, command, args);
  return launched === undefined ? undefined : { kind: 'browser', closed: NEVER };
}

/** Starts a program; undefined when it cannot be started or fails at once. One that handed over never ends. */
async function launch(
  options: OpenOptions,
  command: string,
  args: readonly string[],
): Promise<{ readonly ended: Promise<void> } | undefined> {
  const child = options.spawn(command, args, { stdio: 'ignore', windowsHide: true });
  const exit = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code));
  });
  const early = Symbol('still running');
  const { promise: patience, resolve: lapse } = Promise.withResolvers<typeof early>();
  const timer = setTimeout(() => lapse(early), REAL_WINDOW_MILLISECONDS);
  const code = await Promise.race([exit, patience]);
  clearTimeout(timer);
  if (code !== early) return code === 0 ? { ended: NEVER } : undefined;
  child.unref();
  return { ended: exit.then(() => undefined) };
}
