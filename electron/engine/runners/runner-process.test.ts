import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import type { Sample } from '../../shared/run.ts';
import { runnerEnvironment } from './runner-environment.ts';
import { RunnerProcess, type RunnerProcessOptions } from './runner-process.ts';

const job: RoundJob = {
  runId: 1,
  variantIndex: 0,
  round: 0,
  variant: { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} },
  convention: DEFAULT_CONVENTION,
  grid: { rows: 10, cols: 10 },
  steps: 100,
  flushSubnormals: true,
  pin: false,
  warmUp: true,
  display: false,
  verify: false,
  wantField: true,
};

let runner: RunnerProcess | undefined;
afterEach(() => runner?.close());

function start(fault: string, options: Partial<RunnerProcessOptions> = {}): RunnerProcess {
  runner = new RunnerProcess('native', {
    entry: join(import.meta.dirname, '../../../tests/support/faulty-runner.ts'),
    resourceRoot: '/nowhere',
    environment: async () => ({ GSLAB_TEST_FAULT: fault }),
    ...options,
  });
  return runner;
}

const troubleOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error.trouble,
  );

/** Resolves when the round has told its first sample. */
function measuring(process: RunnerProcess, change: Partial<RoundJob> = {}) {
  const samples: Sample[] = [];
  const began = Promise.withResolvers<void>();
  const ended = process.round({ ...job, ...change }, (message) => {
    if (message.type !== 'samples') return;
    samples.push(...message.samples);
    began.resolve();
  });
  return { samples, began: began.promise, ended };
}

describe('RunnerProcess', () => {
  it('starts a child when first asked, and answers one request after another', async () => {
    const process = start('none');
    expect(process.pid).toBeUndefined();
    const [report, bytes, round] = await Promise.all([
      process.probe(),
      process.bytesNeeded({ ...job, flushSubnormals: true, pin: false }),
      measuring(process).ended,
    ]);
    expect(report.kernels.length).toBeGreaterThan(0);
    expect(bytes).toBe(1600);
    expect(round.field.step).toBe(100);
    expect(round.state?.u).toBeInstanceOf(Float32Array);
    expect(await process.verify({ id: 3, variant: job.variant, convention: job.convention, grid: job.grid, steps: 20 })).toMatchObject({
      status: 'passed',
    });
  });

  it('fails what is in progress when the child is killed, keeps its samples, and starts a fresh one for the next', async () => {
    const process = start('none');
    const { samples, began, ended } = measuring(process, { steps: 100_000 });
    await began;
    const first = process.pid!;
    globalThis.process.kill(first, 'SIGKILL');
    expect(await troubleOf(ended)).toEqual({ code: 'runner-died', backend: 'native', detail: 'SIGKILL' });
    expect(samples.length).toBeGreaterThan(0);
    expect((await measuring(process).ended).field.step).toBe(100);
    expect(process.pid).not.toBe(first);
  });

  it('says how a child ended, with its last words', async () => {
    expect(await troubleOf(start('exit-at-probe').probe())).toMatchObject({
      code: 'runner-died',
      detail: 'exit code 7: the driver said no',
    });
    expect(await troubleOf(start('crash-at-probe').probe())).toMatchObject({ code: 'runner-died', detail: 'SIGSEGV' });
    expect(await troubleOf(start('killed-at-probe').probe())).toMatchObject({ code: 'runner-died', detail: 'SIGKILL' });
    expect(await troubleOf(start('last-words').probe())).toMatchObject({ code: 'runner-died', detail: 'exit code 1: a fault' });
    expect(await troubleOf(start('none', { entry: '/no/such/file.ts' }).probe())).toMatchObject({ code: 'runner-died' });
  });

  it('replaces a child whose GPU was lost, once that one has ended', async () => {
    const process = start('step-fails');
    await process.probe();
    const first = process.pid!;
    expect(await troubleOf(process.round(job, () => {}))).toMatchObject({ code: 'gpu-lost' });
    expect(process.pid).toBeUndefined();
    expect((await process.probe()).kernels.length).toBeGreaterThan(0);
    expect(() => globalThis.process.kill(first, 0)).toThrow('ESRCH');
  });

  it('takes a child that it has let go with it when closed', async () => {
    const process = start('step-fails');
    await process.probe();
    const first = process.pid!;
    await troubleOf(process.round(job, () => {}));
    await process.close();
    expect(() => globalThis.process.kill(first, 0)).toThrow('ESRCH');
  });

  it('cancels a round, which leaves the child as it is', async () => {
    const process = start('slow');
    const { began, ended } = measuring(process, { steps: 100_000 });
    await began;
    const pid = process.pid;
    process.cancel();
    expect(await troubleOf(ended)).toEqual({ code: 'cancelled' });
    expect((await process.probe()).kernels.length).toBeGreaterThan(0);
    expect(process.pid).toBe(pid);
  });

  it('cancels before the child has started', async () => {
    const process = start('none');
    const { ended } = measuring(process);
    await Promise.resolve();
    process.cancel();
    expect(await troubleOf(ended)).toEqual({ code: 'cancelled' });
  });

  it('kills a child that does not listen to a cancel', async () => {
    const process = start('deaf-to-cancel', { cancelSeconds: 0.2 });
    const ended = process.round(job, (message) => message.type === 'progress' && process.cancel());
    expect(await troubleOf(ended)).toEqual({ code: 'cancelled' });
  });

  it('gives up a child that says nothing', async () => {
    expect(await troubleOf(start('silent', { silenceSeconds: 0.3 }).probe())).toEqual({
      code: 'runner-silent',
      backend: 'native',
      seconds: 0.3,
    });
  });

  it('takes its child with it when closed, in the middle of a round too', async () => {
    const process = start('none');
    const { began, ended } = measuring(process, { steps: 100_000 });
    await began;
    const pid = process.pid!;
    const trouble = troubleOf(ended);
    await process.close();
    expect(await trouble).toMatchObject({ code: 'runner-died' });
    expect(() => globalThis.process.kill(pid, 0)).toThrow('ESRCH');
    expect(await troubleOf(process.probe())).toMatchObject({ code: 'runner-died', detail: 'closed' });
  });
});

describe('runnerEnvironment', () => {
  it('drops what changes Node and keeps the rest', () => {
    expect(runnerEnvironment({ NODE_OPTIONS: '--inspect', NODE_PATH: '/x', ELECTRON_RUN_AS_NODE: '1', PATH: '/bin', HOME: '/h' })).toEqual({
      PATH: '/bin',
      HOME: '/h',
    });
  });
});
