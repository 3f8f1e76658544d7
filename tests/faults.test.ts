/**
 * What a person's machine does to the lab: a driver that takes its process with it, a kill at the worst moment, a cancel.
 * Everything here is real: processes, addon, GPU, session file.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lab } from '../electron/engine/lab.ts';
import { createRunners } from '../electron/engine/runners/runners.ts';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { SessionStore } from '../electron/engine/session/store.ts';
import type { Hello } from '../electron/shared/contract.ts';
import type { RunRecord, RunRequest, VariantRequest } from '../electron/shared/run.ts';
import type { Backend } from '../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../kernels/model.ts';
import type { LabMessage } from './support/lab-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-faults-'));
const runners = createRunners();
let lab: Lab;
let hello: Hello;

beforeAll(async () => {
  lab = await Lab.open({ appVersion: '0.0.0', dataFolder: folder, runners });
  hello = await lab.hello();
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const request = (variants: VariantRequest[], change: Partial<RunRequest> = {}): RunRequest => ({
  convention: DEFAULT_CONVENTION,
  grid: { rows: 64, cols: 96 },
  steps: 40,
  rounds: 2,
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  variants,
  ...change,
});

const kernelOf: Record<Backend, string> = { native: 'autovec', webgpu: 'gpu_naive', javascript: 'javascript' };
const available = (backend: Backend) => hello.kernels.some(({ kernel, available }) => kernel === kernelOf[backend] && available);

/** Resolves when a variant has told its first sample. */
function measuring(variant: number): Promise<void> {
  return new Promise((resolve) => {
    const leave = lab.events.on('samples', (event) => {
      if (event.variant !== variant) return;
      leave();
      resolve();
    });
  });
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function runToEnd(wanted: RunRequest): Promise<RunRecord> {
  const { runId } = await lab.startRun(wanted);
  return lab.waitForRun(runId);
}

describe.each(['native', 'webgpu', 'javascript'] as const)('kill -9 of the %s runner in the middle of a run', (backend) => {
  it('fails that variant alone, keeps its samples, and the next run succeeds', async (context) => {
    if (!available(backend)) context.skip(`no ${kernelOf[backend]} on this machine`);
    const other = backend === 'javascript' ? 'native' : 'javascript';
    const variants = [{ kernel: kernelOf[backend] }, ...(available(other) ? [{ kernel: kernelOf[other] }] : [])];
    const begun = measuring(0);
    // One round, too long for the one that is killed to come to its end.
    const [killedOne, ...others] = variants;
    const lengths = [{ ...killedOne!, steps: 1_000_000 }, ...others];
    const { runId } = await lab.startRun(request(lengths, { rounds: 1, grid: { rows: 300, cols: 400 } }));
    await begun;
    const killed = runners[backend].pid!;
    process.kill(killed, 'SIGKILL');
    const run = await lab.waitForRun(runId);
    expect(run.status).toBe('failed');
    expect(run.variants[0]).toMatchObject({
      status: 'failed',
      trouble: { code: 'runner-died', backend },
    });
    expect(run.variants[0]!.samples.length).toBeGreaterThan(0);
    expect(run.variants[0]!.verification?.status).toBe('passed');
    if (run.variants.length > 1) expect(run.variants[1]).toMatchObject({ status: 'done', verification: { status: 'passed' } });
    const next = await runToEnd(request(variants));
    expect(next.variants.map(({ status, verification }) => [status, verification?.status])).toEqual(variants.map(() => ['done', 'passed']));
    expect(runners[backend].pid).not.toBe(killed);
    expect(lab.session.read().runs.slice(-2)).toEqual([run, next]);
  });
});

describe('a run', () => {
  it('is cancelled in the middle of a long step, and the next one runs', async () => {
    const kernel = available('native') ? 'autovec' : 'javascript';
    const begun = measuring(0);
    const { runId } = await lab.startRun(request([{ kernel }], { steps: 10_000_000, grid: { rows: 1080, cols: 1920 } }));
    expect((await lab.startRun(request([{ kernel }])).catch((error) => error)).trouble).toEqual({ code: 'busy' });
    await begun;
    lab.cancelRun(runId);
    const run = await lab.waitForRun(runId);
    expect(run).toMatchObject({ status: 'cancelled', variants: [{ status: 'cancelled' }] });
    expect(run.variants[0]!.trouble).toBeUndefined();
    expect(run.variants[0]!.samples.length).toBeGreaterThan(0);
    expect((await runToEnd(request([{ kernel }]))).status).toBe('done');
  });

  it('shows frames while it goes on, and none afterwards', async () => {
    const view = { species: 'v', maxRows: 50, maxCols: 50, low: 0, high: 1 } as const;
    const { runId } = await lab.startRun(request([{ kernel: 'javascript' }], { display: true, steps: 400 }));
    let frames = 0;
    while ((await lab.pullFrame(view)) !== null) frames++;
    expect(frames).toBeGreaterThan(0);
    expect((await lab.waitForRun(runId)).status).toBe('done');
  });

  it('that does not fit this machine is refused before anything is written', async (context) => {
    const before = lab.session.read().runs.length;
    for (const backend of ['native', 'webgpu', 'javascript'] as const) {
      if (!available(backend)) continue;
      const kernel = kernelOf[backend];
      const huge = request([{ kernel }], { grid: { rows: 1_000_000, cols: 1_000_000 } });
      const { trouble } = await lab.startRun(huge).catch((error) => error);
      expect(trouble).toMatchObject({ code: 'grid-too-large', kernel, limit: backend === 'webgpu' ? 'adapter' : 'memory', cells: 1e12 });
      expect(trouble.largestCells).toBeGreaterThan(1e5);
    }
    expect(lab.session.read().runs.length).toBe(before);
    if (!available('webgpu')) context.skip('no adapter whose limits could be passed');
    const wide = request([{ kernel: 'gpu_naive', parameters: { workgroupX: 1024, workgroupY: 1024 } }]);
    expect((await lab.startRun(wide).catch((error) => error)).trouble).toMatchObject({ code: 'bad-value' });
    expect(lab.session.read().runs.length).toBe(before);
  });
});

describe('kill -9 of the process that holds the lab', () => {
  it('leaves every announced sample in the session, and no runner behind', async () => {
    const sessionPath = join(folder, 'killed.gslab');
    const holder = fork(join(import.meta.dirname, 'support', 'lab-process.ts'), [folder, sessionPath], { execArgv: [] });
    let last: LabMessage = { samples: 0, runnerPid: undefined };
    holder.on('message', (message: LabMessage) => {
      last = message;
    });
    await expect.poll(() => last.samples).toBeGreaterThan(10);
    expect(
      (await Lab.open({ appVersion: '0.0.0', dataFolder: folder, sessionPath, runners }).catch((error) => error)).trouble,
    ).toMatchObject({
      code: 'session',
      problem: 'unreadable',
    });
    const exited = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await exited;
    expect(readSessionFile(sessionPath).runs[0]!.variants[0]!.samples.length).toBeGreaterThanOrEqual(last.samples);
    const store = SessionStore.open(sessionPath);
    const [run] = store.read().runs;
    store.close();
    expect(run!.status).toBe('interrupted');
    expect(run!.variants[0]!.samples.length).toBeGreaterThanOrEqual(last.samples);
    await expect.poll(() => isAlive(last.runnerPid!)).toBe(false);
  });
});
