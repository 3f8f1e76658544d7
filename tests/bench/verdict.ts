/**
 * Whether a real difference of 3 % is found on this machine, and none where there is none. Two variants that ask for the
 * same kernel are compared as a person's are: measured in rounds by the engine, then taken further until the verdict is clear.
 * Behind one of them stands a second addon, either the same one or one whose kernel computes a row in 33 twice.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { APP_VERSION } from '../../electron/engine/app-version.ts';
import { Lab } from '../../electron/engine/lab.ts';
import { runnerEntry } from '../../electron/engine/resources.ts';
import type { Runner } from '../../electron/engine/runners/runner.ts';
import { RunnerProcess } from '../../electron/engine/runners/runner-process.ts';
import { createRunners } from '../../electron/engine/runners/runners.ts';
import { loadAddon } from '../../electron/runner/native/addon.ts';
import { rateRatio } from '../../electron/shared/trusted.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { buildSlowedAddon } from '../support/slowed-addon.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TRIALS = 10;
const ROUNDS = 5;
const STEPS = 128;
const GRID = { rows: 512, cols: 512 };
/** 1 row in 33 twice: 3 % more work. */
const EVERY_ROWS = 33;
/** More rows than any grid has. */
const NEVER = 1_000_000_000;
const SECONDS_UNTIL_CLEAR = 90;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** A native runner whose second variant is carried out by another process. */
function twoRunners(first: Runner, second: Runner): Runner {
  let busy = first;
  return {
    probe: () => first.probe(),
    bytesNeeded: (job) => first.bytesNeeded(job),
    verify: (job) => first.verify(job),
    ceilings: (job, onProgress) => first.ceilings(job, onProgress),
    round(job, onMessage) {
      busy = job.variantIndex === 0 ? first : second;
      return busy.round(job, onMessage);
    },
    cancel: () => busy.cancel(),
    pullFrame: (view) => busy.pullFrame(view),
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

async function trial(lab: Lab) {
  const { runId } = await lab.startRun({
    ...{ convention: DEFAULT_CONVENTION, grid: GRID, steps: STEPS, rounds: ROUNDS, display: false },
    ...{ flushSubnormals: true, pin: false, keepField: false, variants: [{ kernel: 'autovec' }, { kernel: 'autovec' }] },
  });
  await lab.waitForRun(runId);
  await lab.call('continueRun', { runId, untilClear: { seconds: SECONDS_UNTIL_CLEAR } });
  const run = await lab.waitForRun(runId);
  const [plain, other] = run.variants;
  const ratio = run.status === 'done' ? rateRatio({ run, result: other! }, { run, result: plain! }) : undefined;
  if (ratio === undefined) throw new Error(`no ratio: ${run.status} ${JSON.stringify(run.variants.map(({ trouble }) => trouble))}`);
  return ratio;
}

async function trials(title: string, roots: readonly [string, string], wanted: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const runners = createRunners();
  const [first, second] = roots.map((resourceRoot) => new RunnerProcess('native', { entry: runnerEntry(), resourceRoot }));
  const native = twoRunners(first!, second!);
  const session = { sessionPath: join(folder, 'bench.gslab'), create: true };
  const lab = await Lab.open({ appVersion: APP_VERSION, dataFolder: folder, ...session, runners: { ...runners, native } });
  const counts = new Map<string, number>();
  print(title);
  try {
    for (let index = 0; index < TRIALS; index++) {
      const { verdict, median, low, high, rounds } = await trial(lab);
      counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
      print(`  ${rounds} rounds: × ${median.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}), ${verdict.kind}`);
    }
  } finally {
    await lab.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  print(`  ${[...counts].map(([kind, count]) => `${kind} ${count}`).join(', ')} of ${TRIALS}; wanted: ${wanted}`);
}

/** Prints each trial's rounds, ratio and verdict, first of two equals, then of one slowed by 3 %. */
export async function benchVerdict(): Promise<void> {
  const loaded = loadAddon(ROOT);
  if (!('addon' in loaded)) throw new Error(`the addon is missing: ${loaded.detail}`);
  const info = loaded.addon.info();
  const isa = info.kernels.find(({ id }) => id === 'autovec')?.isas.at(-1);
  if (isa === undefined) throw new Error('autovec does not run on this processor');
  const folder = mkdtempSync(join(tmpdir(), 'gslab-slowed-'));
  const [plain, slowed] = [join(folder, 'plain'), join(folder, 'slowed')];
  try {
    for (const [root, everyRows] of [[plain, NEVER] as const, [slowed, EVERY_ROWS] as const]) {
      mkdirSync(root);
      buildSlowedAddon(root, info, isa, everyRows);
    }
    print(
      `autovec ${isa}, f32, ${GRID.rows} × ${GRID.cols}, ${ROUNDS} rounds of ${STEPS} steps, then until clear within ${SECONDS_UNTIL_CLEAR} s`,
    );
    await trials('the same addon twice', [plain, plain], 'no-difference or cannot-tell');
    await trials(`a row in ${EVERY_ROWS} computed twice`, [plain, slowed], 'slower');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
