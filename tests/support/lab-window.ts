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
  const browser: Browser = await chromium.launch({ executablePath, env, args });
  const context = await browser.newContext({ viewport, locale: 'en-GB', acceptDownloads: true });
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

/** Starts the run in front and waits until it has ended. */
export async function runToTheEnd(page: Page): Promise<void> {
  await page.getByTestId('start-run').click();
  await page.getByTestId('cancel-run').waitFor();
  await page.getByTestId('start-run').waitFor({ timeout: 120_000 });
}
