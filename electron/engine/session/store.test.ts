import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedField } from '../../../kernels/model.ts';
import type { RoundCondition } from '../../shared/conditions.ts';
import type { Adapter, Observation, Span } from '../../shared/run.ts';
import { readSessionFile } from './read.ts';
import { MACHINE, RUN, sample, testFolder, troubleOf } from './session.fixture.ts';
import { SessionStore } from './store.ts';

const folder = testFolder();
let count = 0;
const freshPath = () => join(folder, `session-${count++}.gslab`);

function sessionWithRun(path: string): { store: SessionStore; runId: number } {
  const store = SessionStore.create(path, '0.1.0');
  store.addMachine(MACHINE);
  return { store, runId: store.beginRun(RUN) };
}

test('a new session is empty and reads back the same from the store and from the file', () => {
  const path = freshPath();
  const store = SessionStore.create(path, '0.1.0');
  const session = store.read();
  expect(session).toMatchObject({ appVersion: '0.1.0', notes: '', machines: [], ceilings: [], runs: [], exercisesDone: [] });
  expect(readSessionFile(path)).toEqual(session);
  store.close();
  expect(readSessionFile(path)).toEqual(session);
});

test('the ceilings of a machine are read back with its index, and measured anew they take the place of the old', () => {
  const path = freshPath();
  const { store } = sessionWithRun(path);
  const other = store.addMachine({ ...MACHINE, cpu: 'Another' });
  const ceilings = {
    measuredAt: '2026-11-21T12:00:00.000Z',
    memory: [{ level: 'L1' as const, threads: 1, streaming: false, bytesPerSecond: 4e11 }],
    compute: [{ isa: 'scalar' as const, precision: 'f32' as const, operation: 'fma' as const, threads: 1, flopsPerSecond: 1.5e10 }],
    gpu: [{ adapter: 'vulkan:0', name: 'SwiftShader', type: 'software' as const, copyBytesPerSecond: 9e9, flopsPerSecond: 2e10 }],
  };
  store.setCeilings(other, { ...ceilings, gpu: [] });
  store.setCeilings(other, ceilings);
  store.setCeilings(0, { ...ceilings, memory: [] });
  expect(readSessionFile(path).ceilings).toEqual([
    { ...ceilings, memory: [], machine: 0 },
    { ...ceilings, machine: other },
  ]);
  store.close();
});

test('what is set on a result is read back, changed and taken away, and so is the baseline', () => {
  const path = freshPath();
  const { store, runId } = sessionWithRun(path);
  const [first, second] = [0, 1].map((variant) => ({ runId, variant }));
  expect(store.annotationOf(first!)).toBeUndefined();
  store.setAnnotation(second!, { ...second!, name: 'la plus rapide', hidden: true });
  store.setAnnotation(first!, { ...first!, note: 'on battery\nat 20 %' });
  store.setAnnotation(second!, { ...second!, name: 'the fastest' });
  store.setBaseline(first);
  store.setBaseline(second);
  expect(readSessionFile(path)).toMatchObject({
    annotations: [
      { ...first, note: 'on battery\nat 20 %' },
      { ...second, name: 'the fastest' },
    ],
    baseline: second,
  });
  expect(store.annotationOf(second!)).toEqual({ ...second, name: 'the fastest' });
  store.setAnnotation(first!, undefined);
  store.setAnnotation(second!, undefined);
  store.setBaseline(undefined);
  const read = readSessionFile(path);
  expect(read.annotations).toBeUndefined();
  expect(read.baseline).toBeUndefined();
  expect(troubleOf(() => store.annotationOf({ runId, variant: 2 }))).toMatchObject({ code: 'bad-value', received: `${runId}, 2` });
  expect(troubleOf(() => store.setAnnotation({ runId, variant: 2 }, { runId, variant: 2, hidden: true }))).toBeDefined();
  store.close();
});

test('everything written of a run is read back, samples in the order of rounds', () => {
  const path = freshPath();
  const { store, runId } = sessionWithRun(path);
  store.addSamples(runId, 0, [sample(1, 0, 0.03), sample(0, 1, 0.021)]);
  store.addSamples(runId, 0, [sample(0, 0)]);
  store.addSamples(runId, 1, [{ ...sample(0, 0), gpuSeconds: 0.018, stepsPerSubmit: 7 }]);
  const adapter: Adapter = {
    id: 'vulkan:0',
    name: 'SwiftShader',
    backend: 'vulkan',
    type: 'software',
    driver: '5.0',
    usable: true,
    features: [],
  };
  const summary = {
    rounds: 2,
    secondsPerStep: { median: 0.0006, low: 0.0005, high: 0.0007 },
    cellsPerSecond: 4e5,
    bytesPerSecond: 6.4e6,
    flopsPerSecond: 1.32e7,
  };
  const field = { step: 64, meanU: 0.9, meanV: null, minU: 0, maxU: 1, minV: 0, maxV: 0.5 };
  store.updateVariant(runId, 0, { status: 'done', verification: { status: 'passed', maxAbsError: 1e-8, tolerance: 5e-6 }, summary, field });
  store.updateVariant(runId, 1, { status: 'failed', trouble: { code: 'gpu-lost', detail: 'driver' }, adapter });
  store.updateVariant(runId, 1, { summary: undefined });
  const spans: Span[] = [
    { round: 0, what: 'steps', image: 0, begin: 0, end: 0.02 },
    { round: 0, what: 'write', image: 0, begin: 0.021, end: 0.03 },
  ];
  store.addSpans(runId, 0, spans);
  const observations: Observation[] = [
    { round: 0, step: 0, name: 'difference', value: 0 },
    { round: 0, step: 50, name: 'difference', value: null },
    { round: 1, step: 0, name: 'subnormals', value: 12 },
  ];
  for (const observation of observations.toReversed()) store.addObservation(runId, 0, observation);
  const earlier: RoundCondition = { round: 0, variant: 1, begin: 0, end: 1, before: {}, after: { celsius: 61.5 }, throttles: 2 };
  const later: RoundCondition = { round: 0, variant: 0, begin: 1, end: 2, before: { clockHertz: [3.2e9] }, after: {}, otherLoad: 0.25 };
  for (const condition of [later, { ...earlier, throttles: 0 }, earlier]) store.addRoundCondition(runId, condition);
  store.finishRun(runId, 'done');

  const run = store.readRun(runId);
  expect(run).toMatchObject({ ...RUN, id: runId, status: 'done' });
  expect(run.finishedAt).toBeDefined();
  expect(run.variants[0]).toMatchObject({ variant: RUN.request.variants[0], backend: 'native', status: 'done', summary, field });
  expect(run.variants[0]!.samples).toEqual([sample(0, 0), sample(0, 1, 0.021), sample(1, 0, 0.03)]);
  expect(run.variants[1]).toMatchObject({ backend: 'webgpu', status: 'failed', trouble: { code: 'gpu-lost', detail: 'driver' }, adapter });
  expect(run.variants.map((variant) => variant.spans)).toEqual([spans, undefined]);
  expect(run.variants.map((variant) => variant.observations)).toEqual([observations, undefined]);
  expect(run.conditions).toEqual([earlier, later]);
  expect(run.variants[1]!.samples).toEqual([{ ...sample(0, 0), gpuSeconds: 0.018, stepsPerSubmit: 7 }]);
  store.close();
  expect(readSessionFile(path).runs).toEqual([run]);
});

test('the control of a run is kept apart from the variant that it measures again', () => {
  const path = freshPath();
  const store = SessionStore.create(path, '0.1.0');
  store.addMachine(MACHINE);
  const order = [[2, 0, 1]];
  const runId = store.beginRun({ ...RUN, order, control: { variant: 1, samples: [] } });
  expect(store.readRun(runId).control).toEqual({ variant: 1, samples: [] });
  const samples = [{ ...sample(0, 0), gpuSeconds: 0.01, stepsPerSubmit: 3 }, sample(0, 1)];
  store.addControlSamples(runId, samples);
  store.addSamples(runId, 1, [sample(0, 0, 0.5)]);
  expect(() => store.addControlSamples(runId, [sample(0, 0)])).toThrow();
  store.close();
  const read = readSessionFile(path).runs[0]!;
  expect(read.control).toEqual({ variant: 1, samples });
  expect(read.order).toEqual(order);
  expect(read.variants[1]!.samples).toEqual([sample(0, 0, 0.5)]);
});

test('a finished turn is stored with what it changed of its variant, or not at all', () => {
  const { store, runId } = sessionWithRun(freshPath());
  store.finishTurn(runId, { round: 1, entry: 0 }, { status: 'done' });
  store.finishTurn(runId, { round: 0, entry: 2 });
  expect(() => store.finishTurn(runId, { round: 1, entry: 0 }, { status: 'failed' })).toThrow();
  expect(store.finishedTurns(runId)).toEqual([
    { round: 0, entry: 2 },
    { round: 1, entry: 0 },
  ]);
  expect(store.readRun(runId).variants[0]!.status).toBe('done');
  store.close();
});

test('the same machine has one index, another machine the next', () => {
  const store = SessionStore.create(freshPath(), '0.1.0');
  expect(store.addMachine(MACHINE)).toBe(0);
  expect(store.addMachine({ ...MACHINE, power: 'battery' })).toBe(1);
  expect(store.addMachine({ ...MACHINE })).toBe(0);
  expect(store.read().machines).toHaveLength(2);
  store.close();
});

test('notes and exercises done are kept, in the order of being done', () => {
  const store = SessionStore.create(freshPath(), '0.1.0');
  store.setNotes('été : 3 × 3 « fenêtre »');
  for (const id of ['C04', 'C02', 'G02', 'C04']) store.setExerciseDone(id, true);
  store.setExerciseDone('C02', false);
  expect(store.read()).toMatchObject({ notes: 'été : 3 × 3 « fenêtre »', exercisesDone: ['C04', 'G02'] });
  store.close();
});

test('a kept field comes back exactly as 32-bit floats, and a later one replaces it', () => {
  const { store, runId } = sessionWithRun(freshPath());
  const grid = RUN.request.grid;
  const field = seedField(grid, 'pearson', 'f64');
  store.storeField(runId, 0, 32, grid, seedField(grid, 'school', 'f32'));
  store.storeField(runId, 0, 64, grid, field);
  expect(store.readField(runId, 0)).toEqual({ step: 64, grid, field: { u: Float32Array.from(field.u), v: Float32Array.from(field.v) } });
  expect(store.readField(runId, 1)).toBeUndefined();
  store.close();
});

test('a value that could not be read again is refused before it is written', () => {
  const path = freshPath();
  const { store, runId } = sessionWithRun(path);
  expect(() => store.addSamples(runId, 0, [sample(0, 0), sample(0, 1, Number.NaN)])).toThrow();
  expect(() => store.addSamples(runId, 7, [sample(0, 0)])).toThrow();
  expect(() =>
    store.updateVariant(runId, 0, { verification: { status: 'failed', maxAbsError: Number.POSITIVE_INFINITY, tolerance: 1 } }),
  ).toThrow();
  expect(store.readRun(runId).variants[0]!.samples).toEqual([]);
  store.addSamples(runId, 0, [sample(0, 0)]);
  expect(() => store.addSamples(runId, 0, [sample(0, 0, 9)])).toThrow();
  store.close();
  expect(readSessionFile(path).runs[0]!.variants[0]!.samples).toEqual([sample(0, 0)]);
});

test('a run left running is interrupted when the session is opened again, and ids go on', () => {
  const path = freshPath();
  const { store, runId } = sessionWithRun(path);
  store.updateVariant(runId, 0, { status: 'done' });
  store.updateVariant(runId, 1, { status: 'running' });
  store.close();
  expect(readSessionFile(path).runs[0]!.status).toBe('running');
  const again = SessionStore.open(path);
  expect(again.readRun(runId).status).toBe('interrupted');
  expect(again.readRun(runId).variants.map(({ status }) => status)).toEqual(['done', 'cancelled']);
  expect(again.beginRun(RUN)).toBe(runId + 1);
  again.close();
});

test('an unknown run or kernel is named', () => {
  const { store } = sessionWithRun(freshPath());
  expect(troubleOf(() => store.readRun(99))).toMatchObject({ code: 'bad-value', name: 'run', received: '99' });
  const request = { ...RUN.request, variants: [{ ...RUN.request.variants[0]!, kernel: 'fastest' }] };
  expect(troubleOf(() => store.beginRun({ ...RUN, request }))).toMatchObject({ code: 'unknown-kernel', received: 'fastest' });
  expect(store.read().runs).toHaveLength(1);
  store.close();
});

test('creating never replaces a file and leaves none where it cannot be made', () => {
  const taken = freshPath();
  writeFileSync(taken, 'mine');
  expect(troubleOf(() => SessionStore.create(taken, '0.1.0'))).toMatchObject({ code: 'session', problem: 'exists', path: taken });
  expect(readFileSync(taken, 'utf8')).toBe('mine');
  const lost = join(folder, 'no-such-folder', 'a.gslab');
  expect(troubleOf(() => SessionStore.create(lost, '0.1.0'))).toMatchObject({ code: 'cannot-write', path: lost });
});

test('a copy holds everything, replaces only when told, and never harms its source', () => {
  const { store, runId } = sessionWithRun(freshPath());
  store.addSamples(runId, 0, [sample(0, 0)]);
  store.storeField(runId, 0, 64, RUN.request.grid, seedField(RUN.request.grid, 'school', 'f32'));
  const home = join(folder, 'copies');
  mkdirSync(home);
  const target = join(home, 'copy.gslab');
  store.copyTo(target, false);
  expect(readSessionFile(target)).toEqual(store.read());
  const copy = SessionStore.open(target);
  expect(copy.readField(runId, 0)).toEqual(store.readField(runId, 0));
  copy.close();

  store.setNotes('later');
  expect(troubleOf(() => store.copyTo(target, false))).toMatchObject({ code: 'session', problem: 'exists' });
  expect(readSessionFile(target).notes).toBe('');
  store.copyTo(target, true);
  expect(readSessionFile(target).notes).toBe('later');

  store.copyTo(store.path, true);
  expect(troubleOf(() => store.copyTo(store.path, false))).toMatchObject({ code: 'session', problem: 'exists' });
  expect(troubleOf(() => store.copyTo(home, true))).toMatchObject({ code: 'cannot-write' });
  expect(troubleOf(() => store.copyTo(join(home, 'no', 'copy.gslab'), false))).toMatchObject({ code: 'cannot-write' });
  expect(readdirSync(home)).toEqual(['copy.gslab']);
  expect(store.read().notes).toBe('later');
  store.close();
});

test.skipIf(process.platform === 'win32')('a session behind a symbolic link is opened and replaced where it lies', () => {
  const path = freshPath();
  const link = `${path}.link`;
  const { store } = sessionWithRun(path);
  store.close();
  symlinkSync(path, link);
  const linked = SessionStore.open(link);
  linked.setNotes('through the link');
  linked.close();
  expect(readSessionFile(path).notes).toBe('through the link');
});

test('a writer killed at any moment leaves every finished sample, in the one file or with a journal to roll back', () => {
  const script = join(import.meta.dirname, 'killed-writer.fixture.ts');
  for (const during of ['between', 'inside']) {
    const path = freshPath();
    expect(() => execFileSync(process.execPath, [script, path, during], { stdio: 'ignore' })).toThrow();
    const hasJournal = readdirSync(folder).includes(`${path.slice(folder.length + 1)}-journal`);
    expect(hasJournal).toBe(during === 'inside');
    const before = readFileSync(path);
    expect(readSessionFile(path).runs[0]!.variants[0]!.samples).toHaveLength(50);
    expect(readFileSync(path).equals(before)).toBe(true);
    const store = SessionStore.open(path);
    expect(store.readRun(1)).toMatchObject({ status: 'interrupted' });
    expect(store.readRun(1).variants[0]!.samples).toHaveLength(50);
    store.close();
    expect(readdirSync(folder)).not.toContain(`${path.slice(folder.length + 1)}-journal`);
  }
});
