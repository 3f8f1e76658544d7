import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KERNELS } from '../../kernels/catalog.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { ScriptedRunner } from '../../tests/support/scripted-runner.ts';
import { COMPUTE_OPERATIONS, MEMORY_LEVELS } from '../shared/ceilings.ts';
import { METHODS } from '../shared/contract.ts';
import { decodeFrame } from '../shared/frame.ts';
import type { Adapter, RunRequest } from '../shared/run.ts';
import { Lab } from './lab.ts';

const adapter: Adapter = {
  id: 'vulkan:0',
  name: 'GPU',
  backend: 'vulkan',
  type: 'gpu',
  driver: '',
  usable: true,
  largestCells: 1000,
  features: [],
};

const request: RunRequest = {
  convention: DEFAULT_CONVENTION,
  grid: { rows: 10, cols: 20 },
  steps: 2,
  rounds: 2,
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: true,
  variants: [{ kernel: 'autovec' }, { kernel: 'gpu_naive' }],
};

let folder: string;
let native: ScriptedRunner;
let webgpu: ScriptedRunner;
let lab: Lab;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-lab-'));
  native = new ScriptedRunner();
  webgpu = new ScriptedRunner({ report: { kernels: KERNELS.map(({ id }) => ({ kernel: id, available: true })), adapters: [adapter] } });
  lab = await Lab.open({ appVersion: '1.0.0', dataFolder: folder, runners: { native, webgpu, javascript: new ScriptedRunner() } });
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error.trouble,
  );

describe('Lab', () => {
  it('tells how fast variants step, keeps nothing of it, and can be stopped', async () => {
    const { secondsPerStep } = await lab.call('paceOf', request);
    expect(secondsPerStep).toHaveLength(2);
    for (const seconds of secondsPerStep) expect(seconds).toBeGreaterThan(0);
    expect(lab.session.read().runs).toEqual([]);
    native.script = { held: true };
    const stopped = refused(lab.call('paceOf', request));
    const before = native.jobs.length;
    await expect.poll(() => native.jobs.length).toBeGreaterThan(before);
    expect(await refused(lab.call('startRun', request))).toEqual({ code: 'busy' });
    await lab.call('cancelTuning', {});
    expect(await stopped).toEqual({ code: 'cancelled' });
    native.script = {};
    const { runId } = await lab.startRun(request);
    expect((await lab.waitForRun(runId)).status).toBe('done');
  });

  it('shows a kept field as a frame, and nothing where none was kept', async () => {
    const { runId } = await lab.startRun(request);
    await lab.waitForRun(runId);
    const view = { species: 'u', maxRows: 5, maxCols: 64, low: 0, high: 1 } as const;
    const { base64 } = await lab.call('finalField', { runId, variant: 1, ...view });
    const { header } = decodeFrame(new Uint8Array(Buffer.from(base64!, 'base64')))!;
    expect(header).toMatchObject({ runId, variant: 1, step: 2, rows: 5, cols: 20, gridRows: 10, gridCols: 20, species: 'u' });
    expect(await lab.call('finalField', { runId, variant: 2, ...view })).toEqual({});
    const other = await lab.startRun({ ...request, keepField: false });
    await lab.waitForRun(other.runId);
    expect(await lab.call('finalField', { runId: other.runId, variant: 0, ...view })).toEqual({});
    expect(await refused(lab.call('finalField', { runId: 99, variant: 0, ...view }))).toMatchObject({ code: 'bad-value', name: 'run' });
  });

  it('sets a name, a note, what is hidden and the baseline, tells every window, and refuses what is not there', async () => {
    const { runId } = await lab.startRun(request);
    await lab.waitForRun(runId);
    const told: unknown[] = [];
    lab.events.on('annotated', (data) => told.push(data));
    lab.events.on('baselinePinned', (data) => told.push(data));
    const at = { runId, variant: 1 };
    await lab.call('annotate', { at, change: { name: 'mine' } });
    await lab.call('annotate', { at, change: { hidden: true } });
    await lab.call('annotate', { at, change: { name: '', hidden: false } });
    await lab.call('annotate', { at, change: { note: 'why' } });
    await lab.call('pinBaseline', { baseline: at });
    expect(told).toEqual([
      { at, annotation: { ...at, name: 'mine' } },
      { at, annotation: { ...at, name: 'mine', hidden: true } },
      { at },
      { at, annotation: { ...at, note: 'why' } },
      { baseline: at },
    ]);
    expect((await lab.call('getSession', {})).session).toMatchObject({ annotations: [{ ...at, note: 'why' }], baseline: at });
    await lab.call('pinBaseline', {});
    expect((await lab.call('getSession', {})).session.baseline).toBeUndefined();
    const missing = { runId, variant: 2 };
    for (const call of [lab.call('annotate', { at: missing, change: { hidden: true } }), lab.call('pinBaseline', { baseline: missing })])
      expect(await refused(call)).toMatchObject({ code: 'bad-value', received: `${runId}, 2` });
  });

  it('says what there is', async () => {
    const hello = await lab.call('hello', {});
    expect(METHODS.hello.result.parse(hello)).toEqual(hello);
    expect(hello.kernels.map(({ kernel }) => kernel)).toEqual(KERNELS.map(({ id }) => id));
    expect(hello).toMatchObject({ appVersion: '1.0.0', adapters: [adapter], session: { saved: false } });
    expect(hello.activeRun).toBeUndefined();
  });

  it('runs, keeps everything in the session, and marks the exercise', async () => {
    const { runId } = await lab.startRun({ ...request, exercise: 'C08' });
    const run = await lab.waitForRun(runId);
    expect(run).toMatchObject({ id: runId, status: 'done', request: { exercise: 'C08' } });
    expect(run.variants[1]!.adapter).toEqual(adapter);
    expect(run.variants[1]!.variant.adapter).toBe('vulkan:0');
    const { session } = await lab.call('getSession', {});
    expect(session.runs).toEqual([run]);
    expect(session.machines[run.machine]).toEqual((await lab.hello()).machine);
    expect(session.exercisesDone).toEqual(['C08']);
    expect(lab.finalField(runId, 0)?.u.length).toBe(200);
    const second = await lab.startRun(request);
    await lab.waitForRun(second.runId);
    expect(lab.finalField(runId, 0)?.u).toBeInstanceOf(Float32Array);
  });

  it('refuses before anything is written: what is wrong, and what does not fit', async () => {
    expect(await refused(lab.startRun({ ...request, steps: 0 }))).toMatchObject({ code: 'bad-value', name: 'steps' });
    expect(await refused(lab.startRun({ ...request, grid: { rows: 100, cols: 20 } }))).toEqual({
      ...{ code: 'grid-too-large', kernel: 'gpu_naive', limit: 'adapter', largestCells: 1000, cells: 2000 },
    });
    native.script = { bytesNeeded: 1e18 };
    expect(await refused(lab.startRun(request))).toMatchObject({ code: 'grid-too-large', kernel: 'autovec', limit: 'memory', cells: 200 });
    const { runs, machines } = lab.session.read();
    expect([runs, machines]).toEqual([[], []]);
    expect([native.jobs, webgpu.jobs]).toEqual([[], []]);
  });

  it('takes a run up again on its own machine alone', async () => {
    const { runId } = await lab.startRun(request);
    await lab.waitForRun(runId);
    await lab.call('continueRun', { runId, rounds: 2 });
    expect(await lab.waitForRun(runId)).toMatchObject({ status: 'done', request: { rounds: 4 }, order: { length: 4 } });
    const { path } = (await lab.hello()).session;
    const offered = webgpu.script.report!;
    await lab.close();

    const reopened = async (appVersion: string, driver: string) => {
      const report = { ...offered, adapters: [{ ...adapter, driver }] };
      const runners = { native: new ScriptedRunner(), webgpu: new ScriptedRunner({ report }), javascript: new ScriptedRunner() };
      lab = await Lab.open({ appVersion, dataFolder: folder, runners, sessionPath: path });
    };
    await reopened('1.0.1', '');
    expect(await refused(lab.call('continueRun', { runId, rounds: 1 }))).toEqual({
      ...{ code: 'other-machine', field: 'appVersion', expected: '1.0.0', received: '1.0.1' },
    });
    await lab.close();
    await reopened('1.0.0', 'newer');
    expect(await refused(lab.call('continueRun', { runId, rounds: 1 }))).toEqual({
      ...{ code: 'other-machine', field: 'adapter', expected: 'GPU', received: 'GPU, newer' },
    });
    expect(lab.session.readRun(runId)).toMatchObject({ status: 'done', request: { rounds: 4 } });
    await lab.close();
    await reopened('1.0.0', '');
    expect(await refused(lab.call('continueRun', { runId }))).toMatchObject({ code: 'bad-value', name: 'run' });
    expect(await refused(lab.call('continueRun', { runId: 9, rounds: 1 }))).toMatchObject({ code: 'bad-value', name: 'run' });
    await lab.call('continueRun', { runId, rounds: 1 });
    expect((await lab.waitForRun(runId)).request.rounds).toBe(5);
  });

  it('tells a client that comes later that the run is held', async () => {
    native.script = { held: true };
    const { runId } = await lab.startRun({ ...request, variants: [{ kernel: 'autovec' }] });
    expect((await lab.hello()).paused).toBeUndefined();
    await lab.call('pauseRun', { runId });
    expect((await lab.hello()).paused).toBe(true);
    await lab.call('resumeRun', { runId });
    expect((await lab.hello()).paused).toBeUndefined();
    lab.cancelRun(runId);
    await lab.waitForRun(runId);
  });

  it('is busy with one thing at a time', async () => {
    native.script = { held: true };
    const { runId } = await lab.startRun({ ...request, variants: [{ kernel: 'autovec' }] });
    expect((await lab.hello()).activeRun).toBe(runId);
    expect(await refused(lab.startRun(request))).toEqual({ code: 'busy' });
    expect(await refused(lab.call('newSession', {}))).toEqual({ code: 'busy' });
    expect(await refused(lab.verifyAll(() => {}))).toEqual({ code: 'busy' });
    await lab.call('cancelRun', { runId });
    expect((await lab.waitForRun(runId)).status).toBe('cancelled');
    native.script = {};
    const [first, second] = await Promise.allSettled([lab.startRun(request), lab.startRun(request)]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
  });

  it('cancels what goes on when it closes', async () => {
    native.script = { held: true };
    const { runId } = await lab.startRun({ ...request, variants: [{ kernel: 'autovec' }] });
    const ended = lab.waitForRun(runId);
    await lab.close();
    expect((await ended).status).toBe('cancelled');
    expect([native.closed, webgpu.closed]).toEqual([true, true]);
    await lab.close();
  });

  describe('ceilings', () => {
    const reporting = {
      kernels: KERNELS.map(({ id }) => ({ kernel: id, available: true, isas: ['baseline', 'avx2'] as const })),
      adapters: [],
    };
    beforeEach(() => {
      native.script = { report: reporting, rate: (one) => ({ perSecond: one.kind === 'triad' ? one.threads * 1e10 : 5e9 }) };
      webgpu.script = {
        ...webgpu.script,
        rate: (one) => (one.kind === 'copy' ? { perSecond: 3e11 } : { perSecond: 2e12, unsteady: true }),
      };
    });

    it('are measured whole, remembered, and in the session', async () => {
      const told: unknown[] = [];
      lab.events.on('ceilingsProgress', (progress) => told.push(progress));
      lab.events.on('ceilingsMeasured', (measured) => told.push(measured));
      expect((await lab.hello()).ceilings).toBeUndefined();
      const ceilings = await lab.call('measureCeilings', {});
      expect(METHODS.measureCeilings.result.parse(ceilings)).toEqual(ceilings);
      expect(MEMORY_LEVELS).toEqual(expect.arrayContaining(ceilings.memory.map(({ level }) => level)));
      for (const { threads, bytesPerSecond } of ceilings.memory) expect(bytesPerSecond).toBe(threads * 1e10);
      for (const isa of ['scalar', 'baseline', 'avx2'])
        for (const precision of ['f32', 'f64'])
          for (const operation of COMPUTE_OPERATIONS)
            expect(ceilings.compute).toContainEqual({ isa, precision, operation, threads: 1, flopsPerSecond: 5e9 });
      expect(ceilings.gpu).toEqual([
        { adapter: 'vulkan:0', name: 'GPU', type: 'gpu', copyBytesPerSecond: 3e11, flopsPerSecond: 2e12, unsteady: true },
      ]);
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(told.at(-1)).toEqual({ ceilings });
      const { machines, ceilings: kept } = lab.session.read();
      expect(machines).toHaveLength(1);
      expect(kept).toEqual([{ ...ceilings, machine: 0 }]);

      const again = await Lab.open({
        appVersion: '1.0.0',
        dataFolder: folder,
        runners: { native, webgpu, javascript: new ScriptedRunner() },
      });
      expect((await again.hello()).ceilings).toEqual(ceilings);
      await again.call('newSession', {});
      const { runId } = await again.startRun(request);
      const { machine } = await again.waitForRun(runId);
      expect(again.session.read().ceilings).toEqual([{ ...ceilings, machine }]);
      webgpu.script = { ...webgpu.script, report: { kernels: [], adapters: [{ ...adapter, driver: 'newer' }] } };
      const updated = await Lab.open({
        appVersion: '1.0.0',
        dataFolder: folder,
        runners: { native, webgpu, javascript: new ScriptedRunner() },
      });
      expect((await updated.hello()).ceilings).toBeUndefined();
      await updated.close();
      await again.close();
    });

    it('are what is left where a part is missing or breaks', async () => {
      webgpu.script = { ...webgpu.script, ceilingsTrouble: () => ({ code: 'gpu-lost', detail: 'unplugged' }) };
      const withoutGpu = await lab.measureCeilings();
      expect(withoutGpu.gpu).toEqual([]);
      expect(withoutGpu.compute.length).toBeGreaterThan(0);
      webgpu.script = { ...webgpu.script, ceilingsTrouble: () => undefined };
      native.script = {
        ...native.script,
        rate: (one) => (one.kind === 'triad' ? null : { perSecond: 1e9 }),
        ceilingsTrouble: () => undefined,
      };
      const withoutMemory = await lab.measureCeilings();
      expect(withoutMemory.memory).toEqual([]);
      expect(withoutMemory.compute.length).toBe(withoutGpu.compute.length);
      native.script = { ...native.script, ceilingsTrouble: () => ({ code: 'runner-died', backend: 'native', detail: 'killed' }) };
      const ofGpuAlone = await lab.measureCeilings();
      expect([ofGpuAlone.memory, ofGpuAlone.compute, ofGpuAlone.gpu.length]).toEqual([[], [], 1]);
    });

    it('are refused while something else goes on, can be cancelled, and nothing of them stays', async () => {
      native.script = { ...native.script, held: true };
      const { runId } = await lab.startRun({ ...request, variants: [{ kernel: 'autovec' }] });
      expect(await refused(lab.measureCeilings())).toEqual({ code: 'busy' });
      await lab.call('cancelRun', { runId });
      await lab.waitForRun(runId);
      const measuring = refused(lab.measureCeilings());
      await expect.poll(() => native.ceilingJobs.length).toBe(1);
      expect(await refused(lab.startRun(request))).toEqual({ code: 'busy' });
      await lab.call('cancelCeilings', {});
      expect(await measuring).toEqual({ code: 'cancelled' });
      expect(webgpu.ceilingJobs).toEqual([]);
      expect(lab.session.read().ceilings).toEqual([]);
      expect((await lab.hello()).ceilings).toBeUndefined();
      await lab.call('cancelCeilings', {});
    });
  });

  it('looks at a backend again after it fell, and tells what runs now', async () => {
    webgpu.script = { ...webgpu.script, trouble: () => ({ code: 'gpu-lost', detail: 'unplugged' }) };
    const told = Promise.withResolvers<string[]>();
    lab.events.on('kernelsChanged', ({ adapters }) => told.resolve(adapters.map(({ id }) => id)));
    const { runId } = await lab.startRun(request);
    webgpu.script = { ...webgpu.script, report: { kernels: [], adapters: [] } };
    expect((await lab.waitForRun(runId)).status).toBe('failed');
    expect(await told.promise).toEqual([]);
    expect(await refused(lab.startRun(request))).toMatchObject({ code: 'kernel-unavailable', kernel: 'gpu_naive' });
  });

  it('looks again at what was missing when somebody connects, though not under a run', async () => {
    const { report } = webgpu.script;
    const runsGpu = async () => (await lab.hello()).kernels.some(({ kernel, available }) => kernel === 'gpu_naive' && available);
    webgpu.script = { report: { kernels: [], adapters: [] } };
    expect(await runsGpu()).toBe(false);
    webgpu.script = { ...(report && { report }) };
    native.script = { held: true };
    const { runId } = await lab.startRun({ ...request, rounds: 1, variants: [{ kernel: 'autovec' }] });
    expect(await runsGpu()).toBe(false);
    native.release();
    await lab.waitForRun(runId);
    expect(await runsGpu()).toBe(true);
  });

  it('verifies the kernels that are asked for', async () => {
    const cases = await lab.verifyAll(() => {}, { kernels: ['javascript'] });
    expect(new Set(cases.map(({ kernel }) => kernel))).toEqual(new Set(['javascript']));
    expect(await refused(lab.verifyAll(() => {}, { kernels: ['java'] }))).toMatchObject({ code: 'unknown-kernel' });
  });

  it('shows the source of every kernel, as it runs', async () => {
    for (const { id, source } of KERNELS) {
      const { path, text } = await lab.call('kernelSource', { kernel: id });
      expect(path).toBe(source);
      expect(text.length).toBeGreaterThan(100);
    }
    expect(await refused(lab.call('kernelSource', { kernel: '../package.json' }))).toMatchObject({ code: 'unknown-kernel' });
  });

  it('goes from session to session and tells everyone', async () => {
    const told: string[] = [];
    lab.events.on('sessionChanged', ({ name }) => told.push(name));
    await lab.call('setNotes', { notes: 'bonjour' });
    const path = join(folder, 'named.gslab');
    expect(await lab.call('saveSessionAs', { path, replace: false })).toEqual({ path, name: 'named', saved: true });
    const fresh = await lab.call('newSession', {});
    expect(fresh.saved).toBe(false);
    expect((await lab.call('readSession', { path })).session.notes).toBe('bonjour');
    await lab.call('openSession', { path });
    expect(told).toEqual(['named', fresh.name, 'named']);
    expect((await lab.call('listSessions', {})).map(({ name }) => name)).toEqual(['named']);
    expect(readdirSync(join(folder, 'sessions'))).toEqual([]);
    expect(await refused(lab.call('readSession', { path: join(folder, 'none.gslab') }))).toMatchObject({
      code: 'session',
      problem: 'missing',
    });
  });

  it('opens a figure as a session of its own, at its view, twice as two', async () => {
    const { runId } = await lab.startRun(request);
    await lab.waitForRun(runId);
    const look = { language: 'fr', preset: 'column', grey: true } as const;
    const { base64 } = await lab.call('exportChart', { chart: 'histogram', format: 'svg', runs: [runId], scale: 1, ...look });
    const figure = join(folder, 'my figure.svg');
    writeFileSync(figure, Buffer.from(base64, 'base64'));
    for (const name of ['my figure', 'my figure 2']) {
      const path = join(folder, 'sessions', `${name}.gslab`);
      const view = { chart: 'histogram', runs: [runId], ...look };
      expect(await lab.call('openSession', { path: figure })).toEqual({ path, name, saved: true, view });
      expect((await lab.call('getSession', {})).session.runs.map(({ id }) => id)).toEqual([runId]);
    }
    writeFileSync(figure, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const { info } = await lab.call('getSession', {});
    expect(await refused(lab.call('openSession', { path: figure }))).toMatchObject({ code: 'session', problem: 'no-data' });
    expect((await lab.call('getSession', {})).info).toEqual(info);
  });

  it('exports a chart of a run', async () => {
    const { runId } = await lab.startRun(request);
    await lab.waitForRun(runId);
    const picture = { preset: 'report', grey: false, scale: 1 } as const;
    const exported = await lab.call('exportChart', { chart: 'timings', format: 'csv', runs: [runId], language: 'en', ...picture });
    expect(Buffer.from(exported.base64, 'base64').toString()).toContain('autovec');
  });

  it('remembers preferences, which choose the adapter', async () => {
    const preferences = { language: 'fr', theme: 'light', adapter: 'vulkan:0' } as const;
    expect(await lab.call('setPreferences', preferences)).toEqual(preferences);
    expect((await lab.hello()).preferences).toEqual(preferences);
  });
});
