import { expect, test } from 'vitest';
import { TroubleError } from '../shared/trouble.ts';
import type { Ceiling, CeilingCase, RunnerBackend } from './backend.ts';
import { measureCeilings } from './ceilings.ts';
import type { CeilingsJob, FromRunner } from './protocol.ts';

const CASES: readonly CeilingCase[] = [
  { kind: 'triad', threads: 2, streaming: false, valuesPerThread: 640 },
  { kind: 'compute', unit: 'scalar', precision: 'f32', operation: 'add', threads: 1 },
];
const JOB: CeilingsJob = { cases: CASES, sampleSeconds: 0.002, slotSeconds: 0.05, limitSeconds: 100 };

/** Bytes and operations of a step on this imaginary machine, and its rates. */
const WORK = [3 * 8 * 2 * 640, 14_000];
const RATES = [4e11, 7e9];

interface Opened {
  readonly one: number;
  readonly slot: number;
  readonly steps: number[];
  closed: boolean;
}

/** A machine whose clock moves by what is asked of it; `slowed` multiplies the seconds of a sample. */
function machine(slowed: (opened: Opened) => number = () => 1) {
  let now = 0;
  const opened: Opened[] = [];
  const openCeiling = async (one: CeilingCase): Promise<Ceiling> => {
    const index = CASES.indexOf(one);
    const own: Opened = { one: index, slot: opened.filter((other) => other.one === index).length, steps: [], closed: false };
    opened.push(own);
    return {
      workPerStep: WORK[index]!,
      step: async (steps) => {
        own.steps.push(steps);
        const seconds = ((steps * WORK[index]!) / RATES[index]!) * slowed(own);
        now += seconds;
        return { seconds };
      },
      cancel: () => {},
      close: async () => {
        own.closed = true;
      },
    };
  };
  const backend = { openCeiling } as unknown as RunnerBackend;
  const sent: Extract<FromRunner, { type: 'ceilingsProgress' }>[] = [];
  const port = { send: (message: (typeof sent)[number]) => sent.push(message), clock: () => now };
  return { backend, opened, sent, port, now: () => now };
}

const running = new AbortController().signal;

test('a rate is the work of a step over its time, whatever the number of steps in a sample', async () => {
  const { backend, opened, port } = machine();
  const rates = await measureCeilings(backend, JOB, running, port);
  for (const [index, rate] of rates.entries()) expect(rate!.perSecond / RATES[index]!).toBeCloseTo(1, 6);
  expect(opened.map(({ one, slot }) => [one, slot])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(opened.every(({ closed }) => closed)).toBe(true);
});

test('samples grow to the length asked for, and one that was held up does not make the others short', async () => {
  const { backend, opened, port } = machine(({ steps }) => (steps.length === 1 ? 1e6 : 1));
  const [rate] = await measureCeilings(backend, { ...JOB, cases: CASES.slice(0, 1) }, running, port);
  expect(rate!.perSecond / RATES[0]!).toBeCloseTo(1, 6);
  const seconds = (opened[0]!.steps.at(-1)! * WORK[0]!) / RATES[0]!;
  expect(seconds).toBeGreaterThan(0.0019);
  expect(seconds).toBeLessThan(0.0021);
});

test('samples that were disturbed, up to all but a few of a slot, do not lower the rate', async () => {
  const { backend, port } = machine(({ steps }) => (steps.length % 5 === 0 ? 1 : 3));
  const [rate] = await measureCeilings(backend, { ...JOB, slotSeconds: 0.15, cases: CASES.slice(0, 1) }, running, port);
  expect(rate!.perSecond / RATES[0]!).toBeCloseTo(1, 6);
});

test('two samples of a clock that jumped do not raise it', async () => {
  const { backend, port } = machine(({ steps }) => (steps.length === 20 || steps.length === 30 ? 0.1 : 1));
  const [rate] = await measureCeilings(backend, { ...JOB, cases: CASES.slice(0, 1) }, running, port);
  expect(rate!.perSecond / RATES[0]!).toBeLessThan(1.01);
});

test('a case is tried on until two of its slots agree, and then it alone', async () => {
  const { backend, opened, port } = machine(({ one, slot }) => (one === 1 && slot < 4 ? 1 + 0.1 * (4 - slot) : 1));
  const rates = await measureCeilings(backend, JOB, running, port);
  expect(rates[1]!.perSecond / RATES[1]!).toBeCloseTo(1, 6);
  expect(rates.map((rate) => rate!.unsteady)).toEqual([undefined, undefined]);
  expect(opened.filter(({ one }) => one === 0)).toHaveLength(3);
  expect(opened.filter(({ one }) => one === 1)).toHaveLength(6);
});

test('without agreement it ends with the time, the best slot counts, and it is told to be unsteady', async () => {
  const { backend, opened, port, now } = machine(({ one, slot }) => (one === 1 ? 2 - 0.1 * slot : 1));
  const rates = await measureCeilings(backend, { ...JOB, limitSeconds: 0.4 }, running, port);
  const slots = opened.filter(({ one }) => one === 1).length;
  expect(now()).toBeGreaterThan(0.4);
  expect(now()).toBeLessThan(0.6);
  expect(rates[1]!.perSecond / RATES[1]!).toBeCloseTo(1 / (2 - 0.1 * (slots - 1)), 6);
  expect(rates.map((rate) => rate!.unsteady)).toEqual([undefined, true]);
});

test('progress rises to nearly everything', async () => {
  const { backend, sent, port } = machine();
  await measureCeilings(backend, { ...JOB, slotSeconds: 0.2 }, running, port);
  const fractions = sent.map(({ fraction }) => fraction);
  expect(fractions[0]).toBe(0);
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  expect(fractions.at(-1)).toBeGreaterThan(0.8);
  expect(sent.at(-1)!.secondsLeft).toBeGreaterThan(0);
});

test('a case that cannot be measured here is null, and the others have their rates', async () => {
  const { backend, port } = machine();
  const refusing: RunnerBackend = {
    ...backend,
    openCeiling: (one) => {
      if (one === CASES[0]) throw new TroubleError({ code: 'out-of-memory', detail: 'refused' });
      return backend.openCeiling!(one);
    },
  };
  const rates = await measureCeilings(refusing, JOB, running, port);
  expect(rates[0]).toBeNull();
  expect(rates[1]!.perSecond / RATES[1]!).toBeCloseTo(1, 6);
  expect(await measureCeilings({} as RunnerBackend, JOB, running, port)).toEqual([null, null]);
});

test('a driver that fails ends it, and so does a cancel, with everything closed', async () => {
  const lost = machine(() => {
    throw new TroubleError({ code: 'gpu-lost', detail: 'unplugged' });
  });
  await expect(measureCeilings(lost.backend, JOB, running, lost.port)).rejects.toMatchObject({ trouble: { code: 'gpu-lost' } });
  expect(lost.opened.map(({ closed }) => closed)).toEqual([true]);

  const cancel = new AbortController();
  const cancelled = machine(({ one, steps }) => {
    if (one === 1 && steps.length === 3) cancel.abort();
    return 1;
  });
  await expect(measureCeilings(cancelled.backend, JOB, cancel.signal, cancelled.port)).rejects.toMatchObject({
    trouble: { code: 'cancelled' },
  });
  expect(cancelled.opened.map(({ closed }) => closed)).toEqual([true, true]);
});
