/** Rounds of kernels measured as a person's are: by the engine, in a runner child, verified before they are timed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_VERSION } from '../../electron/engine/app-version.ts';
import { Lab } from '../../electron/engine/lab.ts';
import type { Variant, VariantRequest } from '../../electron/shared/run.ts';
import { secondsPerStepOfRounds } from '../../electron/shared/statistics.ts';
import { DEFAULT_CONVENTION, type Grid } from '../../kernels/model.ts';

export interface LabRounds {
  /** As it ran: every parameter a value. */
  readonly variant: Variant;
  /** One value a round. */
  readonly cellsPerSecond: readonly number[];
}

/** A lab whose session and preferences nobody keeps. */
export async function withBenchLab<T>(use: (lab: Lab) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const lab = await Lab.open({ appVersion: APP_VERSION, dataFolder: folder, sessionPath: join(folder, 'bench.gslab'), create: true });
  try {
    return await use(lab);
  } finally {
    await lab.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Rounds of one kernel, one after the other. Throws when it fails, or computes something else than the reference. */
export async function labRounds(lab: Lab, request: VariantRequest, grid: Grid, steps: number, rounds: number): Promise<LabRounds> {
  const { runId } = await lab.startRun({
    ...{ convention: DEFAULT_CONVENTION, grid, steps, rounds, display: false },
    ...{ flushSubnormals: true, pin: false, keepField: false, variants: [request] },
  });
  const result = (await lab.waitForRun(runId)).variants[0]!;
  const secondsPerStep = secondsPerStepOfRounds(result.samples);
  if (result.status !== 'done' || secondsPerStep.length === 0)
    throw new Error(`${request.kernel} did not run: ${JSON.stringify(result.trouble ?? result.status)}`);
  if (result.verification?.status !== 'passed')
    throw new Error(`${request.kernel} failed its verification: ${JSON.stringify(result.verification)}`);
  return { variant: result.variant, cellsPerSecond: secondsPerStep.map((seconds) => (grid.rows * grid.cols) / seconds) };
}
