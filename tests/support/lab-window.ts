/** The real window: the real engine in a process of its own, and its page in a headless Chromium. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureRendererBuilt } from '../../electron/cli/renderer-build.ts';
import { chromiumForTests } from './chromium.ts';
import { type StartedEngine, startEngine } from './engine-process.ts';

export interface LabWindow {
  readonly engine: StartedEngine;
  readonly page: Page;
  readonly context: BrowserContext;
  /** A folder of this window's own, with the engine's data in it. */
  readonly folder: string;
  /** Messages of the page's console that are errors, uncaught exceptions included. */
  readonly faults: string[];
  /** Addresses that the page asked for and that are not the engine's. */
  readonly outside: string[];
  /** What the engine's process asked of any other machine, a line each. */
  engineRequests(): string;
  close(): Promise<void>;
}

export const NO_BROWSER =
  process.platform === 'linux' && process.arch === 'x64' ? '' : ` (skipped: no browser for ${process.platform}-${process.arch})`;

export const LAPTOP = { width: 1366, height: 768 };
export const OLD_PROJECTOR = { width: 1024, height: 768 };

/** Of everything that a test waits for on the page: a limit for what never comes, on the slowest of machines. */
const PATIENCE_MILLISECONDS = 300_000;

/** SwiftShader draws what is WebGL's and nothing else: with the whole page on it, two processors are busy with drawing. */
const PAGE_WITHOUT_GPU = '--use-angle=swiftshader-webgl';

/** Opens the window on an engine without any session of its own. */
export async function openLabWindow(viewport: { width: number; height: number } = LAPTOP): Promise<LabWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-window-'));
  const networkLog = join(folder, 'network.txt');
  writeFileSync(networkLog, '');
  const engine = await startEngine({
    dataFolder: join(folder, 'data'),
    rendererFolder: await ensureRendererBuilt(),
    nodeOptions: `--import=${new URL('./loopback-only.mjs', import.meta.url)}`,
    environment: { GSLAB_NETWORK_LOG: networkLog },
  });
  const { executablePath, env, args } = await chromiumForTests();
  const browser: Browser = await chromium.launch({ executablePath, env, args: [...args, PAGE_WITHOUT_GPU] });
  const context = await browser.newContext({ viewport, locale: 'en-GB', acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  const page = await context.newPage();
  const faults: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  const own = (url: string) =>
    url.startsWith(engine.origin) || url.startsWith(engine.origin.replace('http', 'ws')) || /^(blob|data):/.test(url);
  context.on('request', (request) => own(request.url()) || outside.push(request.url()));
  page.on('websocket', (socket) => own(socket.url()) || outside.push(socket.url()));
  await page.goto(engine.url);
  await page.getByTestId('start-run').waitFor();
  const close = async () => {
    await browser.close();
    engine.child.stdin?.end();
    await engine.exited;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { engine, page, context, folder, faults, outside, engineRequests: () => readFileSync(networkLog, 'utf8'), close };
}

/** Types the sizes of a run that a slow machine finishes in seconds. */
export async function chooseSmallRun(page: Page, numbers: Readonly<Record<'rows' | 'cols' | 'steps' | 'rounds', number>>): Promise<void> {
  for (const [name, value] of Object.entries(numbers)) await page.getByTestId(`field-${name}`).fill(String(value));
}

/** Starts the run in front and waits until it has ended, for the engine and then on the page. */
export async function runToTheEnd({ engine, page }: LabWindow): Promise<void> {
  const client = await engine.connect();
  const finished = new Promise((resolve) => client.on('runFinished', resolve));
  // A short run may begin and end between two looks of the test, and not between two changes of the page.
  const ended = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const isShown = (id: string) => document.querySelector(`[data-testid="${id}"]`) !== null;
        let began = false;
        new MutationObserver((_changes, observer) => {
          began ||= isShown('cancel-run');
          if (!began || !isShown('start-run')) return;
          observer.disconnect();
          resolve();
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
  await page.getByTestId('start-run').click();
  await finished;
  await ended;
  client.close();
}

/** In its first half second, when the second click of a double click on Run may land on it, Cancel does not listen. */
const CANCEL_LISTENS_AFTER_MILLISECONDS = 600;

/** Presses Cancel until it has listened. */
export async function cancelRun(page: Page): Promise<void> {
  await page.getByTestId('cancel-run').waitFor();
  await page.waitForTimeout(CANCEL_LISTENS_AFTER_MILLISECONDS);
  await page.getByTestId('cancel-run').click();
}
