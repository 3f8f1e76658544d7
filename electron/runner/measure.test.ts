import { describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION, seedField } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';
import { createReferenceBackend, type ReferenceBackendOptions } from '../../tests/support/reference-backend.ts';
import { decodeFrame, type FrameView } from '../shared/frame.ts';
import type { FramePlace } from '../shared/frame-make.ts';
import { summariseField } from './field-bands.ts';
import { measureRound } from './measure.ts';
import type { FromRunner, RoundJob } from './protocol.ts';

const grid = { rows: 20, cols: 30 };
const round: RoundJob = {
  runId: 4,
  variantIndex: 2,
  round: 1,
  variant: { kernel: 'autovec', precision: 'f64', threads: 1, parameters: {} },
  convention: { ...DEFAULT_CONVENTION, precision: 'f64', seed: 'patch' },
  grid,
  steps: 150,
  flushSubnormals: true,
  pin: false,
  warmUp: true,
  display: false,
  verify: false,
  wantField: true,
};
const view: FrameView = { species: 'v', maxRows: 10, maxCols: 10, low: 0, high: 1 };

async function measure(
  job: Partial<RoundJob>,
  options: ReferenceBackendOptions = {},
  view?: () => FrameView | undefined,
  signal = new AbortController().signal,
) {
  const messages: FromRunner[] = [];
  const calls: string[] = [];
  const backend = createReferenceBackend({
    ...options,
    onCall: (call, steps) => calls.push(steps === undefined ? call : `${call} ${steps}`),
  });
  const port = { send: (message: FromRunner) => void messages.push(message), takeView: view ?? (() => undefined) };
  const failure = await measureRound(backend, { ...round, ...job }, signal, port).then(
    () => undefined,
    (error) => error,
  );
  const of = <T extends FromRunner['type']>(type: T) =>
    messages.filter((message): message is Extract<FromRunner, { type: T }> => message.type === type);
  return { messages, calls, failure, of };
}

describe('measureRound', () => {
  it('times exactly the steps asked for, from the seed, and summarises the field there', async () => {
    const { of, calls, messages, failure } = await measure({}, { secondsPerStep: 1e-3 });
    expect(failure).toBeUndefined();
    const samples = of('samples').flatMap((message) => message.samples);
    expect(samples.reduce((sum, sample) => sum + sample.steps, 0)).toBe(150);
    expect(samples.map(({ index, round }) => [round, index])).toEqual(samples.map((_, index) => [1, index]));
    expect(samples.every(({ seconds }) => seconds >= 0.02 && seconds <= 0.051)).toBe(true);
    const expected = referenceRun(seedField(grid, 'patch', 'f64'), grid, round.convention, 150);
    const [done] = of('roundDone');
    expect(messages.at(-1)).toBe(done);
    expect(done!.state).toEqual(expected);
    expect(done!.field).toEqual(summariseField(expected, grid, 150));
    expect(calls.filter((call) => call === 'load').length).toBe(2);
    expect(calls.at(-1)).toBe('close');
    expect(of('verified')).toEqual([]);
  });

  it('verifies first, on an instance of its own, and times a failing kernel all the same', async () => {
    const { of, messages, calls } = await measure({ verify: true, wantField: false }, { fault: 'wrong-by-1e-4' });
    expect(of('verified')[0]!.verification.status).toBe('failed');
    expect(messages.findIndex(({ type }) => type === 'verified')).toBeLessThan(messages.findIndex(({ type }) => type === 'samples'));
    expect(calls.filter((call) => call === 'open' || call === 'close')).toEqual(['open', 'close', 'open', 'close']);
    expect(of('roundDone')[0]!.state).toBeUndefined();
  });

  it('tells its phases in order, and progress seldom', async () => {
    const { of } = await measure({ verify: true });
    const phases = of('progress').map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['verifying', 'warming', 'running']);
    expect(of('progress').at(-1)!.secondsPerStep).toBeGreaterThan(0);
    expect(phases.length).toBeLessThan(30);
  });

  it('makes a frame only when one is asked for and display is on', async () => {
    let asked = 0;
    const everySecond = () => (asked++ % 2 === 0 ? view : undefined);
    const shown = await measure({ display: true }, { secondsPerStep: 4e-3 }, everySecond);
    const frames = shown.of('frame').map(({ bytes }) => decodeFrame(bytes)!.header);
    expect(frames.length).toBe(Math.ceil(asked / 2));
    expect(frames[0]).toMatchObject({ runId: 4, variant: 2, round: 1, step: 0, rows: 10, cols: 10, gridRows: 20, gridCols: 30 });
    expect(frames.at(-1)!.step).toBeGreaterThan(0);
    const hidden = await measure({ display: false }, {}, () => view);
    expect(hidden.of('frame')).toEqual([]);
  });

  it('keeps whoever waits for a frame of a short round until its end', async () => {
    let waits = true;
    const once = () => {
      const wanted = waits ? view : undefined;
      waits = false;
      return wanted;
    };
    const { of } = await measure({ display: true, steps: 4 }, { secondsPerStep: 1e-4 }, once);
    expect(of('frame').map(({ bytes }) => decodeFrame(bytes)!.header.step)).toEqual([4]);
  });

  it('takes the frame that the instance makes, and reads the state only where it makes none', async () => {
    const asked: number[] = [];
    const frame = async (wanted: FrameView, place: FramePlace) => {
      expect(wanted).toEqual(view);
      asked.push(place.step);
      return place.step === 0 ? undefined : Uint8Array.of(1, 2, 3);
    };
    const { of, calls } = await measure({ display: true }, { secondsPerStep: 4e-3, frame }, () => view);
    const frames = of('frame').map(({ bytes }) => bytes);
    expect(frames.length).toBe(asked.length);
    expect(asked.at(-1)).toBe(150);
    expect(decodeFrame(frames[0]!)!.header).toMatchObject({ runId: 4, step: 0, rows: 10, cols: 10 });
    for (const bytes of frames.slice(1)) expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
    // One for the frame at the seed, one for the field at the end.
    expect(calls.filter((call) => call === 'read').length).toBe(2);
  });

  it('observes at the seed and where the batches then end, outside of what is timed', async () => {
    const { of, messages, calls } = await measure({ observe: { what: 'subnormals', every: 40 } }, { secondsPerStep: 1e-3 });
    const ends: number[] = [];
    for (const { samples } of of('samples')) ends.push((ends.at(-1) ?? 0) + samples[0]!.steps);
    expect(ends.at(-1)).toBe(150);
    expect(ends).toEqual(expect.arrayContaining([40, 80, 120]));
    expect(of('observation').map(({ observation }) => observation)).toEqual(
      [0, 40, 80, 120].map((step) => ({ round: 1, step, name: 'subnormals', value: 0 })),
    );
    expect(messages.findIndex(({ type }) => type === 'observation')).toBeLessThan(messages.findIndex(({ type }) => type === 'samples'));
    expect(calls.filter((call) => call === 'open')).toHaveLength(1);
  });

  it('times the very first step where no warm-up is wanted', async () => {
    const { of, calls } = await measure({ warmUp: false }, { secondsPerStep: 1e-3 });
    expect(calls.filter((call) => call === 'load').length).toBe(1);
    expect(of('samples')[0]!.samples[0]!.steps).toBe(1);
    expect(
      of('samples')
        .flatMap(({ samples }) => samples.map(({ steps }) => steps))
        .reduce((sum, steps) => sum + steps, 0),
    ).toBe(150);
    expect(of('progress').map(({ phase }) => phase)).not.toContain('verifying');
  });

  it('is one batch where the work is short, one step where a step is long', async () => {
    const short = await measure({ steps: 7 }, { secondsPerStep: 1e-5 });
    expect(short.of('samples').flatMap(({ samples }) => samples.map(({ steps }) => steps))).toEqual([7]);
    const long = await measure({ steps: 3 }, { secondsPerStep: 0.3 });
    expect(long.of('samples').flatMap(({ samples }) => samples.map(({ steps }) => steps))).toEqual([1, 1, 1]);
  });

  it('records the clock’s resolution where a batch took no time at all', async () => {
    const { of } = await measure({ steps: 1 }, { secondsPerStep: 0 });
    expect(of('samples')[0]!.samples[0]!.seconds).toBeGreaterThan(0);
  });

  it('reports a field that went wrong as null, with its exact step', async () => {
    const { of } = await measure({}, { fault: 'nan' });
    expect(of('roundDone')[0]!.field).toMatchObject({ step: 150, meanU: null, minU: null, maxU: null });
  });

  it('closes what it opened and says why, whatever fails', async () => {
    const opening = await measure({}, { fault: 'open-fails' });
    expect(opening.failure).toMatchObject({ trouble: { code: 'gpu-lost' } });
    expect(opening.calls).toEqual(['open']);
    const stepping = await measure({}, { fault: 'step-fails' });
    expect(stepping.failure).toMatchObject({ trouble: { code: 'gpu-lost' } });
    expect(stepping.calls.at(-1)).toBe('close');
    expect(stepping.of('roundDone')).toEqual([]);
  });

  it('is cancelled in every phase and closes then too', async () => {
    for (const [job, options, after] of [
      [{ verify: true }, { sleepPerStep: 0.05 }, 'open'],
      [{}, { sleepPerStep: 0.05 }, 'step 1'],
      [{ steps: 1000 }, { secondsPerStep: 0.03 }, 'load'],
    ] as const) {
      const controller = new AbortController();
      const calls: string[] = [];
      const backend = createReferenceBackend({
        ...options,
        onCall: (call, steps) => {
          calls.push(call);
          if ([call, `${call} ${steps}`].includes(after)) setTimeout(() => controller.abort(), 20);
        },
      });
      const messages: FromRunner[] = [];
      const port = { send: (message: FromRunner) => void messages.push(message), takeView: () => undefined };
      await expect(measureRound(backend, { ...round, ...job }, controller.signal, port)).rejects.toMatchObject({
        trouble: { code: 'cancelled' },
      });
      expect(calls.at(-1)).toBe('close');
      expect(messages.some(({ type }) => type === 'roundDone')).toBe(false);
    }
  });
});
