import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import { ScriptedRunner } from '../../../tests/support/scripted-runner.ts';
import { roundConditionSchema } from '../../shared/conditions.ts';
import { EVENTS, type EventName } from '../../shared/contract.ts';
import { decodeFrame, type FrameView } from '../../shared/frame.ts';
import type { ResolvedRequest } from '../../shared/run.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { ScriptedSource } from '../conditions/scripted-source.fixture.ts';
import { LabEvents } from './events.ts';
import { type LoggedStore, loggedStores } from './logged-store.fixture.ts';
import { RunQueue } from './queue.ts';
import { roundOrder } from './round-order.ts';

const freshStore = loggedStores();

const request: ResolvedRequest = {
  convention: DEFAULT_CONVENTION,
  grid: { rows: 4, cols: 5 },
  steps: 2,
  rounds: 3,
  display: true,
  flushSubnormals: true,
  pin: false,
  control: false,
  keepField: false,
  variants: [
    { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} },
    { kernel: 'gpu_naive', precision: 'f32', threads: 1, adapter: 'vulkan:0', parameters: {} },
    { kernel: 'javascript', precision: 'f64', threads: 1, parameters: {} },
  ],
};
const view: FrameView = { species: 'v', maxRows: 9, maxCols: 9, low: 0, high: 1 };

let native: ScriptedRunner;
let webgpu: ScriptedRunner;
let javascript: ScriptedRunner;
let store: LoggedStore;
let heard: { event: EventName; data: never }[];
let queue: RunQueue;

beforeEach(() => {
  [native, webgpu, javascript] = [new ScriptedRunner(), new ScriptedRunner(), new ScriptedRunner()];
  store = freshStore();
  heard = [];
  const events = new LabEvents();
  for (const event of Object.keys(EVENTS) as EventName[]) {
    events.on(event, (data) => {
      store.log.push(`told ${event}`);
      heard.push({ event, data: EVENTS[event].parse(data) as never });
    });
  }
  queue = new RunQueue({ runners: { native, webgpu, javascript }, store: () => store.store, events, roundsToClear: () => 0 });
});

const start = (change: Partial<ResolvedRequest> = {}, orderSeed = 5) =>
  queue.start({ request: { ...request, ...change }, machine: 0, adapters: [], orderSeed });

const told = (event: EventName) => heard.filter((entry) => entry.event === event).map(({ data }) => data as Record<string, never>);

describe('RunQueue', () => {
  it('runs every variant once a round, in the stored order, and verifies each before its first round', async () => {
    const run = await queue.wait(start());
    expect(run.status).toBe('done');
    expect(run.order.map((round) => round.toSorted())).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ]);
    for (const runner of [native, webgpu, javascript])
      expect(runner.jobs.map(({ round, verify }) => [round, verify])).toEqual([
        [0, true],
        [1, false],
        [2, false],
      ]);
    expect(javascript.jobs[0]!.convention.precision).toBe('f64');
    for (const variant of run.variants) {
      expect(variant).toMatchObject({ status: 'done', verification: { status: 'passed' }, field: { step: 2 }, summary: { rounds: 3 } });
      expect(variant.samples.length).toBe(6);
    }
    expect(run.variants[1]!.summary!.cellsPerSecond).toBeCloseTo(20 / 0.02, 9);
  });

  it('stores every result before it is announced', async () => {
    await queue.wait(start());
    for (const [index, entry] of store.log.entries()) {
      if (entry === 'told samples') expect(store.log[index - 1]).toMatch(/^samples/);
      if (entry === 'told variantUpdated') expect(store.log[index - 1]).toMatch(/^(update|turn)/);
      if (entry === 'told runFinished') expect(store.log[index - 1]).toMatch(/^finish done/);
    }
    expect(heard.map(({ event }) => event).filter((event) => event !== 'runProgress')).toContain('variantVerified');
    expect([heard[0]!.event, heard.at(-1)!.event]).toEqual(['runStarted', 'runFinished']);
    expect(told('runProgress').length).toBeGreaterThan(0);
  });

  it('lets a variant that fails stop alone', async () => {
    const trouble = { code: 'runner-died', backend: 'native', detail: 'SIGKILL' } as const;
    native.script = { trouble: ({ round }) => (round === 1 ? trouble : undefined) };
    const run = await queue.wait(start());
    expect(run.status).toBe('failed');
    expect(run.variants.map(({ status }) => status)).toEqual(['failed', 'done', 'done']);
    expect(run.variants[0]).toMatchObject({ trouble, summary: { rounds: 2 } });
    expect(run.variants[0]!.samples.length).toBe(4);
    expect(native.jobs.length).toBe(2);
    expect((await queue.wait(start())).variants[0]!.status).toBe('failed');
  });

  it('goes on timing a kernel that fails its verification, and says so', async () => {
    const verification = { status: 'failed', maxAbsError: null, tolerance: 5e-6 } as const;
    native.script = { verification };
    const run = await queue.wait(start());
    expect(run.status).toBe('done');
    expect(run.variants[0]).toMatchObject({ status: 'done', verification, summary: { rounds: 3 } });
  });

  it('refuses a second run while one goes on, and takes it afterwards', async () => {
    native.script = { held: true };
    const id = start({ rounds: 1 });
    expect(queue.activeRun).toBe(id);
    expect(() => start()).toThrow(expect.objectContaining({ trouble: { code: 'busy' } }));
    const ended = queue.wait(id);
    await expect.poll(() => native.jobs.length).toBe(1);
    native.release();
    expect((await ended).status).toBe('done');
    expect(queue.activeRun).toBeUndefined();
    native.script = {};
    expect((await queue.wait(start())).status).toBe('done');
  });

  it('cancels the round in progress and those to come, and keeps what is measured', async () => {
    native.script = { held: true };
    const id = start();
    const ended = queue.wait(id);
    await expect.poll(() => native.jobs.length).toBe(1);
    queue.cancel(id + 1);
    queue.cancel(id);
    const run = await ended;
    expect(run.status).toBe('cancelled');
    expect(run.variants.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(run.variants[0]).toMatchObject({ summary: { rounds: 1 } });
    expect(run.variants[0]!.trouble).toBeUndefined();
    expect(run.variants[0]!.samples.length).toBe(2);
  });

  it('ends a run whose session can no longer be written, and says why', async () => {
    store.failing = 'samples';
    const run = await queue.wait(start());
    expect(run.status).toBe('failed');
    for (const variant of run.variants) expect(variant).toMatchObject({ status: 'failed', trouble: { code: 'cannot-write' } });
    expect(told('samples')).toEqual([]);
    expect(heard.at(-1)!.event).toBe('runFinished');
    expect(queue.activeRun).toBeUndefined();
    store.failing = undefined;
    expect((await queue.wait(start())).status).toBe('done');
  });

  it('writes nothing and stays idle when the run cannot even be recorded', () => {
    store.failing = 'begin';
    expect(() => start()).toThrow(TroubleError);
    expect(queue.activeRun).toBeUndefined();
    expect(heard).toEqual([]);
  });

  it('stores what is observed before it tells of it', async () => {
    const observe = { what: 'subnormals', every: 2 } as const;
    const run = await queue.wait(start({ variants: [{ ...request.variants[0]!, observe }], rounds: 1 }));
    const observation = { round: 0, step: 2, name: 'subnormals', value: 7 };
    expect(native.jobs[0]?.observe).toEqual(observe);
    expect(run.variants[0]!.observations).toEqual([observation]);
    expect(told('observation')).toEqual([{ runId: 1, variant: 0, observation }]);
    expect(store.log.indexOf('observation 0 0.2')).toBeLessThan(store.log.indexOf('told observation'));
  });

  it('keeps what the machine was like around every turn, in the order of the turns, before it tells of it', async () => {
    const events = new LabEvents();
    events.on('roundCondition', ({ condition }) => store.log.push(`told condition ${condition.variant} ${condition.round}`));
    const conditions = new ScriptedSource();
    conditions.state = { celsius: 55 };
    conditions.spent = 'no-permission';
    javascript.script = { trouble: ({ round }) => (round === 1 ? { code: 'gpu-lost', detail: '' } : undefined) };
    const watched = new RunQueue({
      runners: { native, webgpu, javascript },
      store: () => store.store,
      events,
      conditions,
      roundsToClear: () => 0,
    });
    const { order, conditions: kept = [] } = await watched.wait(
      watched.start({ request: { ...request, control: true }, machine: 0, adapters: [], orderSeed: 5 }),
    );
    // A variant that failed has no further turns, and the one in which it failed is among those that ended.
    const carriedOut = order.flatMap((entries, round) => entries.map((entry) => `${entry} ${round}`)).filter((at) => at !== '2 2');
    expect(kept.map(({ variant, round }) => `${variant} ${round}`)).toEqual(carriedOut);
    expect(kept.some(({ variant }) => variant === request.variants.length)).toBe(true);
    for (const [index, condition] of kept.entries()) {
      expect(roundConditionSchema.parse(condition)).toEqual(condition);
      expect(condition).toMatchObject({ before: { celsius: 55 }, after: { celsius: 55 }, noEnergy: 'no-permission' });
      expect(condition.begin).toBeGreaterThanOrEqual(kept[index - 1]?.end ?? 0);
    }
    expect(store.log.indexOf('condition 0 0')).toBeLessThan(store.log.indexOf('told condition 0 0'));
  });

  it('keeps the final field of each variant when asked, of its last round alone', async () => {
    const id = start({ keepField: true });
    await queue.wait(id);
    expect(native.jobs.map(({ wantField }) => wantField)).toEqual([false, false, true]);
    expect(store.log.filter((entry) => entry.startsWith('field')).toSorted()).toEqual(['field 0 2', 'field 1 2', 'field 2 2']);
    expect(queue.finalField(id, 2)?.u).toBeInstanceOf(Float64Array);
    await queue.wait(start());
    expect(queue.finalField(id, 2)).toBeUndefined();
  });
});

describe('RunQueue: the control', () => {
  const control = { variant: 0, samples: expect.any(Array) };

  it('measures the first variant twice in every round, and keeps the two apart', async () => {
    const run = await queue.wait(start({ control: true }));
    expect(run).toMatchObject({ status: 'done', control });
    expect(run.order.map((round) => round.toSorted())).toEqual([0, 1, 2].map(() => [0, 1, 2, 3]));
    expect(run.control!.samples.map(({ round, index }) => [round, index])).toEqual(
      [0, 1, 2].flatMap((round) => [0, 1].map((index) => [round, index])),
    );
    expect(run.variants.map(({ samples, summary }) => [samples.length, summary!.rounds])).toEqual([0, 1, 2].map(() => [6, 3]));
    expect(native.jobs.map(({ variantIndex }) => variantIndex)).toEqual(Array(6).fill(0));
    expect(native.jobs.filter(({ verify }) => verify)).toHaveLength(1);
    expect(told('controlSamples')).toHaveLength(6);
    expect(told('samples')).toHaveLength(18);
    const turns = store.log.filter((entry) => entry.startsWith('turn')).map((entry) => entry.split(' ', 2).join(' '));
    expect(turns).toEqual(run.order.flatMap((entries, round) => entries.map((entry) => `turn ${round}.${entry}`)));
  });

  it('is the baseline of the exercise', async () => {
    const { baseline } = findExercise('C04')!;
    const variants = ['autovec', 'soa_split', baseline].map((kernel) => ({ ...request.variants[0]!, kernel }));
    const { control: _, ...asked } = request;
    const id = queue.start({ request: { ...asked, exercise: 'C04', variants }, machine: 0, adapters: [], orderSeed: 5 });
    const run = await queue.wait(id);
    expect(run.variants[run.control!.variant]!.variant.kernel).toBe(baseline);
  });

  it.each([
    ['nothing to compare', { variants: request.variants.slice(0, 1) }],
    ['too few rounds to conclude from', { rounds: 2 }],
  ])('is left out of a run with %s', async (_, change) => {
    const run = await queue.wait(start({ control: true, ...change }));
    expect(run.control).toBeUndefined();
    expect(Math.max(...run.order.flat())).toBe(run.variants.length - 1);
  });

  it('stops alone where it fails, and spoils nothing', async () => {
    // The second of its two turns in the round that fails is the control's where the order says so.
    const seed = [...Array(50).keys()].find((each) => roundOrder(4, 1, each)[0]!.indexOf(3) > roundOrder(4, 1, each)[0]!.indexOf(0))!;
    native.script = { trouble: () => (native.jobs.length === 2 ? { code: 'gpu-lost', detail: '' } : undefined) };
    const run = await queue.wait(start({ control: true }, seed));
    expect(run.status).toBe('done');
    expect(run.variants[0]).toMatchObject({ status: 'done', summary: { rounds: 3 } });
    expect(run.control!.samples.map(({ round }) => round)).toEqual([0, 0]);
    expect(native.jobs).toHaveLength(4);
  });

  it('keeps neither what is observed nor a field of its own', async () => {
    const observe = { what: 'subnormals', every: 2 } as const;
    const variants = [{ ...request.variants[0]!, observe }, request.variants[2]!];
    const run = await queue.wait(start({ control: true, keepField: true, variants }));
    expect(run.variants[0]!.observations).toHaveLength(3);
    expect(native.jobs.filter(({ wantField }) => wantField)).toHaveLength(1);
  });
});

describe('RunQueue: frames', () => {
  it('gives each waiting client a frame, and nothing once the run has ended', async () => {
    expect(await queue.pullFrame(view)).toBeNull();
    const id = start();
    const frames = await Promise.all([queue.pullFrame(view), queue.pullFrame({ ...view, species: 'u' })]);
    expect(frames.map((bytes) => decodeFrame(bytes!)!.header.species)).toEqual(['v', 'u']);
    await queue.wait(id);
    expect(await queue.pullFrame(view)).toBeNull();
  });

  it('answers with nothing when the run ends first', async () => {
    for (const runner of [native, webgpu, javascript]) runner.script = { samples: 0, trouble: () => ({ code: 'gpu-lost', detail: '' }) };
    const id = start();
    expect(await queue.pullFrame(view)).toBeNull();
    expect((await queue.wait(id)).status).toBe('failed');
  });
});
