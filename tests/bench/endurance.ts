/**
 * Whether many runs on the GPU take more and more memory: runs in a row on a small grid, and the resident sets of engine
 * and runner after the first ones, which fill every cache, against those later. Linux.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient } from '../../electron/shared/client.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { runnersOf } from '../support/engine-children.ts';
import { startEngine } from '../support/engine-process.ts';

const MIB = 2 ** 20;
const KERNEL = 'gpu_naive';
const MEASURED_AFTER = [50, 100, 150, 200];
const SIDE = 128;
/** For the runner to tidy up after its last answer. */
const TIDY_MILLISECONDS = 500;

export interface Residents {
  readonly run: number;
  readonly engineBytes: number;
  readonly runnerBytes: number;
}

function residentBytes(pid: number): number {
  const kibibytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  if (kibibytes === undefined) throw new Error(`no resident set in /proc/${pid}/status`);
  return Number(kibibytes) * 1024;
}

async function runOnce(client: EngineClient, side: number): Promise<void> {
  const finished = new Promise<RunRecord>((resolve) => {
    const leave = client.on('runFinished', ({ run }) => {
      leave();
      resolve(run);
    });
  });
  await client.call('startRun', {
    convention: DEFAULT_CONVENTION,
    grid: { rows: side, cols: side },
    steps: 8,
    rounds: 1,
    ...{ display: false, flushSubnormals: true, pin: false, keepField: false },
    variants: [{ kernel: KERNEL }],
  });
  const { status, variants } = await finished;
  if (status !== 'done') throw new Error(`a run ended as ${status}: ${JSON.stringify(variants[0]?.trouble)}`);
}

/** What engine and runner hold after each of the given numbers of runs, in a session of their own. */
export async function residents(measuredAfter: readonly number[], side: number): Promise<Residents[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-endurance-'));
  const engine = await startEngine({ dataFolder: folder, rendererFolder: folder });
  try {
    const client = await engine.connect();
    const measured: Residents[] = [];
    const first = await runOnce(client, side).then(() => runnersOf(engine.child.pid!, 'webgpu'));
    for (let run = 2; run <= Math.max(...measuredAfter); run++) {
      await runOnce(client, side);
      if (!measuredAfter.includes(run)) continue;
      await sleep(TIDY_MILLISECONDS);
      const [runner] = runnersOf(engine.child.pid!, 'webgpu');
      if (runner !== first[0]) throw new Error('the runner was replaced');
      measured.push({ run, engineBytes: residentBytes(engine.child.pid!), runnerBytes: residentBytes(runner!) });
    }
    return measured;
  } finally {
    engine.child.stdin?.end();
    await engine.exited;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints a line a measurement, or all of it as one JSON document. */
export async function benchEndurance(json: boolean): Promise<void> {
  const measured = await residents(MEASURED_AFTER, SIDE);
  if (json) {
    process.stdout.write(`${JSON.stringify({ kernel: KERNEL, side: SIDE, residents: measured }, null, 2)}\n`);
    return;
  }
  const settled = measured[0]!;
  for (const { run, engineBytes, runnerBytes } of measured) {
    const [engine, runner] = [
      [engineBytes, settled.engineBytes],
      [runnerBytes, settled.runnerBytes],
    ].map(([bytes, before]) => `${(bytes! / MIB).toFixed(0)} MiB (${(bytes! / before!).toFixed(3)} times)`);
    process.stdout.write(`after ${run} runs: engine ${engine}, runner ${runner}\n`);
  }
}
