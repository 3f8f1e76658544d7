/**
 * Whether a real difference of 3 % is found on this machine, and none where there is none. Two variants of `autovec_repeat`
 * are compared as a person's are: measured in rounds by the engine, then taken further until the verdict is clear. Both are
 * the same machine code in one process, told by a parameter how many rows to compute twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_VERSION } from '../../electron/engine/app-version.ts';
import { Lab } from '../../electron/engine/lab.ts';
import { createRunners } from '../../electron/engine/runners/runners.ts';
import { rateRatio } from '../../electron/shared/trusted.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';

const KERNEL = 'autovec_repeat';
const TRIALS = 10;
const ROUNDS = 7;
const STEPS = 128;
const GRID = { rows: 512, cols: 512 };
/** 3 % more work. */
const EVERY_ROWS = 32;
const NEVER = 0;
const SECONDS_UNTIL_CLEAR = 90;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Of two variants of one kernel, which does a row in `every` twice. */
async function trial(lab: Lab, every: readonly [number, number]) {
  const { runId } = await lab.startRun({
    ...{ convention: DEFAULT_CONVENTION, grid: GRID, steps: STEPS, rounds: ROUNDS, display: false },
    ...{
      flushSubnormals: true,
      pin: false,
      keepField: false,
      variants: every.map((rows) => ({ kernel: KERNEL, parameters: { every: rows } })),
    },
  });
  await lab.waitForRun(runId);
  await lab.call('continueRun', { runId, untilClear: { seconds: SECONDS_UNTIL_CLEAR } });
  const run = await lab.waitForRun(runId);
  const [plain, other] = run.variants;
  const ratio = run.status === 'done' ? rateRatio({ run, result: other! }, { run, result: plain! }) : undefined;
  if (ratio === undefined) throw new Error(`no ratio: ${run.status} ${JSON.stringify(run.variants.map(({ trouble }) => trouble))}`);
  return ratio;
}

async function trials(title: string, every: readonly [number, number], wanted: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const session = { sessionPath: join(folder, 'bench.gslab'), create: true };
  const lab = await Lab.open({ appVersion: APP_VERSION, dataFolder: folder, ...session, runners: createRunners() });
  const counts = new Map<string, number>();
  print(title);
  try {
    for (let index = 0; index < TRIALS; index++) {
      const { verdict, median, low, high, rounds } = await trial(lab, every);
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
  print(
    `${KERNEL}, f32, ${GRID.rows} × ${GRID.cols}, ${ROUNDS} rounds of ${STEPS} steps, then until clear within ${SECONDS_UNTIL_CLEAR} s`,
  );
  await trials('the same twice', [NEVER, NEVER], 'no-difference or cannot-tell');
  await trials(`a row in ${EVERY_ROWS} computed twice`, [NEVER, EVERY_ROWS], 'slower');
}
