import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { ScriptedRunner } from '../../../tests/support/scripted-runner.ts';
import { EVENTS, type EventName } from '../../shared/contract.ts';
import { MAX_ROUNDS, type ResolvedRequest, type RunRecord } from '../../shared/run.ts';
import { LabEvents } from './events.ts';
import { type LoggedStore, loggedStores } from './logged-store.fixture.ts';
import { RunQueue } from './queue.ts';
import { roundOrder } from './round-order.ts';

const request: ResolvedRequest = {
  convention: DEFAULT_CONVENTION,
  grid: { rows: 4, cols: 5 },
  steps: 2,
  rounds: 3,
  display: true,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  variants: [
    { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} },
    { kernel: 'javascript', precision: 'f64', threads: 1, parameters: {} },
  ],
};
const SEED = 5;

const freshStore = loggedStores();
let native: ScriptedRunner;
let javascript: ScriptedRunner;
let logged: LoggedStore;
let heard: { event: EventName; data: never }[];
let roundsToClear: (run: RunRecord) => number;
let queue: RunQueue;

function freshQueue(): RunQueue {
  const events = new LabEvents();
  for (const event of Object.keys(EVENTS) as EventName[])
    events.on(event, (data) => heard.push({ event, data: EVENTS[event].parse(data) as never }));
  const runners = { native, webgpu: new ScriptedRunner(), javascript };
  return new RunQueue({ runners, store: () => logged.store, events, roundsToClear: (run) => roundsToClear(run) });
}

beforeEach(() => {
  [native, javascript] = [new ScriptedRunner(), new ScriptedRunner()];
  logged = freshStore();
  heard = [];
  roundsToClear = () => 0;
  queue = freshQueue();
});

const start = (change: Partial<ResolvedRequest> = {}) =>
  queue.start({ request: { ...request, ...change }, machine: 0, adapters: [], orderSeed: SEED });
const told = (event: EventName) => heard.filter((entry) => entry.event === event).map(({ data }) => data as Record<string, unknown>);

/** Rounds of each variant and of the control that have samples, in order: none may be missing or double. */
function requireComplete(run: RunRecord): void {
  const rounds = [...Array(run.request.rounds).keys()];
  expect(run.order).toHaveLength(run.request.rounds);
  const measured = [...run.variants, ...(run.control ? [run.control] : [])].map(({ samples }) => samples);
  for (const samples of measured)
    expect(samples.map(({ round, index }) => [round, index])).toEqual(rounds.flatMap((round) => [0, 1].map((index) => [round, index])));
}

/** Starts a run and cancels it in the turn of that number, in which one sample more is lost than there would be. */
async function cutShort(turn: number, change: Partial<ResolvedRequest> = {}): Promise<RunRecord> {
  for (const runner of [native, javascript]) runner.script = { held: true };
  const id = start(change);
  const ended = queue.wait(id);
  for (let taken = 1; ; taken++) {
    await expect.poll(() => native.jobs.length + javascript.jobs.length).toBe(taken);
    if (taken === turn) break;
    native.release();
    javascript.release();
  }
  queue.cancel(id);
  const run = await ended;
  for (const runner of [native, javascript]) {
    runner.script = {};
    runner.jobs.length = 0;
  }
  return run;
}

describe('more rounds', () => {
  it('follow those that there are, in the order of the stored seed, verified anew', async () => {
    const before = await queue.wait(start());
    queue.continue(before.id, { rounds: 2 });
    const run = await queue.wait(before.id);
    expect(run).toMatchObject({ status: 'done', startedAt: before.startedAt, request: { rounds: 5 } });
    expect(run.order).toEqual(roundOrder(3, 5, SEED));
    expect(run.order.slice(0, 3)).toEqual(before.order);
    requireComplete(run);
    expect(run.variants.map(({ summary }) => summary!.rounds)).toEqual([5, 5]);
    const verified = (runner: ScriptedRunner) => runner.jobs.filter(({ verify }) => verify).map(({ round }) => round);
    expect([verified(native), verified(javascript)]).toEqual([
      [0, 3],
      [0, 3],
    ]);
    expect(told('runStarted').map(({ run: each }) => (each as RunRecord).request.rounds)).toEqual([3, 5]);
    expect(told('runFinished')).toHaveLength(2);
  });

  it('mark a kernel that is found wrong by then', async () => {
    const { id } = await queue.wait(start());
    native.script = { verification: { status: 'failed', maxAbsError: 1, tolerance: 5e-6 } };
    queue.continue(id, { rounds: 1 });
    expect((await queue.wait(id)).variants[0]!.verification!.status).toBe('failed');
  });

  it('have a control from there on where the run had too few rounds for one', async () => {
    const { id, order } = await queue.wait(start({ rounds: 1 }));
    queue.continue(id, { rounds: 1 });
    expect((await queue.wait(id)).control).toBeUndefined();
    queue.continue(id, { rounds: 3 });
    const run = await queue.wait(id);
    expect(run.order.map((round) => round.length)).toEqual([2, 2, 3, 3, 3]);
    expect(run.order[0]).toEqual(order[0]);
    expect(run.control!.samples.map(({ round }) => round)).toEqual([2, 2, 3, 3, 4, 4]);
  });

  it('leave a kernel that failed as it is', async () => {
    native.script = { trouble: ({ round }) => (round === 1 ? { code: 'gpu-lost', detail: '' } : undefined) };
    const { id, variants } = await queue.wait(start({ control: false }));
    const turns = native.jobs.length;
    queue.continue(id, { rounds: 1 });
    const run = await queue.wait(id);
    expect(run.status).toBe('failed');
    expect(run.variants[0]).toEqual(variants[0]);
    expect(run.variants[1]!.summary!.rounds).toBe(4);
    expect(native.jobs).toHaveLength(turns);
  });

  it('write the final field only where none is kept', async () => {
    const { id } = await queue.wait(start({ keepField: true }));
    const fields = () => logged.log.filter((entry) => entry.startsWith('field')).length;
    expect(fields()).toBe(2);
    queue.continue(id, { rounds: 1 });
    await queue.wait(id);
    expect(fields()).toBe(2);
  });

  it.each([
    ['nothing to do', {}, 'run'],
    ['more rounds than a run may have', { rounds: MAX_ROUNDS }, 'rounds'],
  ])('are refused with %s, and nothing is written', async (_, more, name) => {
    const { id } = await queue.wait(start());
    const { log } = logged;
    const before = log.length;
    expect(() => queue.continue(id, more)).toThrow(
      expect.objectContaining({ trouble: expect.objectContaining({ code: 'bad-value', name }) }),
    );
    expect(log.length).toBe(before);
    expect(queue.activeRun).toBeUndefined();
  });

  it('are refused where every kernel failed', async () => {
    for (const runner of [native, javascript]) runner.script = { trouble: () => ({ code: 'gpu-lost', detail: '' }) };
    const { id } = await queue.wait(start());
    expect(() => queue.continue(id, { rounds: 3 })).toThrow(expect.objectContaining({ message: 'bad-value' }));
  });
});

describe('a run that was cut short', () => {
  it.each([1, 2, 4, 9])('in turn %i goes on where it was, each turn measured once', async (turn) => {
    const before = await cutShort(turn);
    expect(before.status).toBe('cancelled');
    queue.continue(before.id, {});
    const run = await queue.wait(before.id);
    expect(run).toMatchObject({ status: 'done', order: before.order, request: before.request });
    requireComplete(run);
    expect(run.variants.map(({ status, summary }) => [status, summary!.rounds])).toEqual([
      ['done', 3],
      ['done', 3],
    ]);
    expect(native.jobs.length + javascript.jobs.length).toBe(9 - (turn - 1));
  });

  it('loses what its last turn had of samples before anything else is written', async () => {
    const before = await cutShort(1, { control: false });
    const first = before.order[0]![0]!;
    expect(before.variants[first]!.samples).toHaveLength(2);
    native.script = { held: true };
    javascript.script = { held: true };
    queue.continue(before.id, {});
    const started = told('runStarted').at(-1)!.run as RunRecord;
    expect(started.variants.map(({ samples, status, summary }) => [samples.length, status, summary])).toEqual([
      [0, 'waiting', undefined],
      [0, 'waiting', undefined],
    ]);
    const ended = queue.wait(before.id);
    await expect.poll(() => told('samples').length).toBe(4);
    queue.cancel(before.id);
    await ended;
  });
});

describe('until clear', () => {
  it('adds rounds for as long as they are asked for, and tells of each', async () => {
    const { id } = await queue.wait(start());
    const seen: number[] = [];
    roundsToClear = ({ request: { rounds } }) => {
      seen.push(rounds);
      return Math.max(0, 12 - rounds);
    };
    queue.continue(id, { untilClear: { seconds: 600 } });
    const run = await queue.wait(id);
    expect(run).toMatchObject({ status: 'done', request: { rounds: 12, repeatedLooks: true } });
    expect(run.order).toEqual(roundOrder(3, 12, SEED));
    requireComplete(run);
    // As many again at most, and to the end of four rounds.
    expect(seen).toEqual([3, 8, 12]);
    expect(told('roundAdded').map(({ order }) => order)).toEqual(run.order.slice(3));
    expect(logged.log.filter((entry) => entry.startsWith('extend'))).toEqual(
      [4, 5, 6, 7, 8, 9, 10, 11, 12].map((rounds) => `extend ${rounds}`),
    );
  });

  it('says that it may end before the time that it has', async () => {
    const { id } = await queue.wait(start());
    roundsToClear = ({ request: { rounds } }) => Math.max(0, 8 - rounds);
    heard = [];
    queue.continue(id, { untilClear: { seconds: 600 } });
    await queue.wait(id);
    const [first] = told('runProgress') as unknown as { atMost?: true; secondsLeft: number }[];
    expect(first).toMatchObject({ atMost: true });
    expect(first!.secondsLeft).toBeLessThanOrEqual(600);
    expect(first!.secondsLeft).toBeGreaterThan(590);
  });

  it('ends where the next round would take longer than there is time', async () => {
    const { id } = await queue.wait(start());
    roundsToClear = () => 100;
    for (const runner of [native, javascript]) runner.script = { secondsPerStep: 1000 };
    queue.continue(id, { untilClear: { seconds: 5 } });
    // The first round shows how long one takes.
    expect((await queue.wait(id)).request.rounds).toBe(4);
  });

  it('ends when every kernel has failed', async () => {
    const { id } = await queue.wait(start());
    roundsToClear = () => 100;
    for (const runner of [native, javascript]) runner.script = { trouble: () => ({ code: 'gpu-lost', detail: '' }) };
    queue.continue(id, { untilClear: { seconds: 600 } });
    expect(await queue.wait(id)).toMatchObject({ status: 'failed', request: { rounds: 4 } });
  });
});

describe('a pause', () => {
  it('holds the run after the turn in progress, until it is let go on', async () => {
    for (const runner of [native, javascript]) runner.script = { held: true };
    const id = start();
    const ended = queue.wait(id);
    const taken = () => native.jobs.length + javascript.jobs.length;
    await expect.poll(taken).toBe(1);
    queue.pause(id + 1);
    expect(queue.isPaused).toBe(false);
    queue.pause(id);
    queue.pause(id);
    expect(queue.isPaused).toBe(true);
    for (const runner of [native, javascript]) {
      runner.script = {};
      runner.release();
    }
    await expect.poll(() => logged.log.filter((entry) => entry.startsWith('turn')).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken()).toBe(1);
    queue.resume(id);
    requireComplete(await ended);
    expect(queue.isPaused).toBe(false);
    expect(told('runPaused').map(({ paused }) => paused)).toEqual([true, false]);
  });

  it('does not keep a run from being cancelled', async () => {
    const id = start();
    queue.pause(id);
    queue.cancel(id);
    expect((await queue.wait(id)).status).toBe('cancelled');
  });
});
