/**
 * What the live field costs: one kernel at 1080 × 1920 with the window open and with the display off, rounds of the two
 * in turn, and the frames that the window took per second. The browser is started plain, without a test driver, whose
 * copying of every message would be measured instead.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureRendererBuilt } from '../../electron/cli/renderer-build.ts';
import { APP_VERSION } from '../../electron/engine/app-version.ts';
import { Lab } from '../../electron/engine/lab.ts';
import { startServer } from '../../electron/engine/server.ts';
import { median, secondsPerStepOfRounds } from '../../electron/shared/statistics.ts';
import { DEFAULT_CONVENTION, DEFAULT_GRID } from '../../kernels/model.ts';
import { EXERCISES } from '../../kernels/syllabus.ts';
import { chromiumForTests } from '../support/chromium.ts';

const TURNS = 5;
/** The page opens on the syllabus's first exercise and shows the runs that belong to it. */
const SHOWN_EXERCISE = EXERCISES[0]!.id;
const STEPS = 3000;
/** The page pulls its first frame within this time of being opened. */
const PAGE_SECONDS = 60;

async function openPage(url: string, profile: string): Promise<ChildProcess> {
  const { executablePath, env, args } = await chromiumForTests();
  const flags = ['--headless=new', `--user-data-dir=${profile}`, '--no-first-run', '--window-size=1366,768', ...args, url];
  return spawn(executablePath, flags, { env, stdio: 'ignore' });
}

/** Prints frames per second and the speed with the display on against off. */
export async function benchDisplay(kernel: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const lab = await Lab.open({ appVersion: APP_VERSION, dataFolder: join(folder, 'data') });
  const frames = { count: 0 };
  const pull = lab.pullFrame.bind(lab);
  lab.pullFrame = async (view) => {
    const bytes = await pull(view);
    if (bytes !== null) frames.count++;
    return bytes;
  };
  const server = await startServer(lab, { rendererFolder: await ensureRendererBuilt() });
  const browser = await openPage(server.url, join(folder, 'profile'));
  const run = async (display: boolean) => {
    const { runId } = await lab.startRun({
      ...{ convention: DEFAULT_CONVENTION, grid: DEFAULT_GRID, steps: STEPS, rounds: 1, display },
      ...{ flushSubnormals: true, pin: false, keepField: false, variants: [{ kernel }], exercise: SHOWN_EXERCISE },
    });
    const startedAt = performance.now();
    const framesBefore = frames.count;
    const record = await lab.waitForRun(runId);
    const seconds = (performance.now() - startedAt) / 1000;
    const samples = record.variants[0]?.samples ?? [];
    return { secondsPerStep: secondsPerStepOfRounds(samples)[0] ?? Number.NaN, framesPerSecond: (frames.count - framesBefore) / seconds };
  };
  try {
    await waitForPage(run, frames);
    const on: Awaited<ReturnType<typeof run>>[] = [];
    const off: Awaited<ReturnType<typeof run>>[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      on.push(await run(true));
      off.push(await run(false));
    }
    const shown = median(on.map(({ framesPerSecond }) => framesPerSecond));
    const stepOn = median(on.map(({ secondsPerStep }) => secondsPerStep));
    const stepOff = median(off.map(({ secondsPerStep }) => secondsPerStep));
    process.stdout.write(
      `${kernel}, ${DEFAULT_GRID.rows} x ${DEFAULT_GRID.cols}: ${shown.toFixed(1)} frames per second; ` +
        `time per step with the display on ${(1e3 * stepOn).toFixed(3)} ms, off ${(1e3 * stepOff).toFixed(3)} ms, ratio ${(stepOn / stepOff).toFixed(3)}\n`,
    );
  } finally {
    browser.kill('SIGKILL');
    await server.close();
    await lab.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Short runs until one has been looked at: the page is then open and drawing. */
async function waitForPage(run: (display: boolean) => Promise<unknown>, frames: { readonly count: number }): Promise<void> {
  const deadline = performance.now() + 1000 * PAGE_SECONDS;
  while (frames.count === 0) {
    if (performance.now() > deadline) throw new Error(`the page took no frame within ${PAGE_SECONDS} s`);
    await run(true);
    await sleep(200);
  }
}
