import { describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { createReferenceBackend, type ReferenceBackendOptions } from '../../tests/support/reference-backend.ts';
import { TroubleError } from '../shared/trouble.ts';
import type { FromRunner, RoundJob } from './protocol.ts';
import { serveRunner } from './serve.ts';

const job: RoundJob = {
  runId: 1,
  variantIndex: 0,
  round: 0,
  variant: { kernel: 'autovec', precision: 'f32', threads: 1, parameters: {} },
  convention: DEFAULT_CONVENTION,
  grid: { rows: 8, cols: 8 },
  steps: 40,
  flushSubnormals: true,
  pin: false,
  warmUp: true,
  display: true,
  verify: false,
  wantField: false,
};

function serving(options: ReferenceBackendOptions = {}, openFails?: Error) {
  const sent: FromRunner[] = [];
  const service = serveRunner(
    async () => {
      if (openFails !== undefined) throw openFails;
      return createReferenceBackend(options);
    },
    (message) => sent.push(message),
  );
  const ends = ['probed', 'sized', 'roundDone', 'verifyDone', 'trouble'];
  const answers = () => sent.filter(({ type }) => ends.includes(type));
  return { service, sent, answers };
}

describe('serveRunner', () => {
  it('answers each request once, in their order', async () => {
    const { service, answers } = serving();
    service.receive({ type: 'round', job });
    service.receive({ type: 'probe' });
    service.receive({ type: 'size', job: { ...job } });
    service.receive({ type: 'verify', job: { id: 9, ...job, steps: 3 } });
    await expect.poll(() => answers().length).toBe(4);
    expect(answers().map(({ type }) => type)).toEqual(['roundDone', 'probed', 'sized', 'verifyDone']);
    expect(answers()[3]).toMatchObject({ id: 9, verification: { status: 'passed' } });
  });

  it('lets the backend tidy up after each answer, whatever it was, and before the next task begins', async () => {
    const told: string[] = [];
    const backend = createReferenceBackend({ fault: 'step-fails', onCall: (call) => call === 'open' && told.push(call) });
    const service = serveRunner(
      async () => ({ ...backend, tidy: () => told.push('tidy') }),
      ({ type }) => type !== 'progress' && told.push(type),
    );
    service.receive({ type: 'round', job });
    service.receive({ type: 'round', job });
    service.receive({ type: 'probe' });
    await expect.poll(() => told).toEqual(['open', 'trouble', 'tidy', 'open', 'trouble', 'tidy', 'probed', 'tidy']);
  });

  it('answers with trouble, expected or not, and goes on', async () => {
    const expected = serving({ fault: 'step-fails' });
    expected.service.receive({ type: 'round', job });
    expected.service.receive({ type: 'probe' });
    await expect.poll(() => expected.answers().map(({ type }) => type)).toEqual(['trouble', 'probed']);
    expect(expected.answers()[0]).toEqual({ type: 'trouble', trouble: { code: 'gpu-lost', detail: 'as the test asked' } });
    for (const error of [new Error('no such library'), new TroubleError({ code: 'gpu-error', detail: 'x' })]) {
      const failing = serving({}, error);
      failing.service.receive({ type: 'probe' });
      await expect.poll(() => failing.answers().length).toBe(1);
      expect(failing.answers()[0]).toMatchObject({
        type: 'trouble',
        trouble: { code: error instanceof TroubleError ? 'gpu-error' : 'internal' },
      });
    }
  });

  it('cancels what has begun and what waits, and nothing after', async () => {
    const { service, answers } = serving({ sleepPerStep: 0.01 });
    service.receive({ type: 'cancel' });
    service.receive({ type: 'round', job: { ...job, steps: 10_000 } });
    service.receive({ type: 'round', job });
    await new Promise((resolve) => setTimeout(resolve, 50));
    service.receive({ type: 'cancel' });
    service.receive({ type: 'probe' });
    await expect.poll(() => answers().length).toBe(3);
    expect(answers().map((answer) => (answer.type === 'trouble' ? answer.trouble.code : answer.type))).toEqual([
      'cancelled',
      'cancelled',
      'probed',
    ]);
  });

  it('draws one frame for one pull, and none for a pull that came too late', async () => {
    const { service, sent, answers } = serving();
    const view = { species: 'u', maxRows: 4, maxCols: 4, low: 0, high: 1 } as const;
    service.receive({ type: 'pullFrame', view });
    service.receive({ type: 'round', job });
    await expect.poll(() => answers().length).toBe(1);
    expect(sent.filter(({ type }) => type === 'frame').length).toBe(1);
    service.receive({ type: 'round', job });
    await expect.poll(() => answers().length).toBe(2);
    expect(sent.filter(({ type }) => type === 'frame').length).toBe(1);
  });

  it('stops when told', async () => {
    const { service, answers } = serving({ sleepPerStep: 0.01 });
    service.receive({ type: 'round', job: { ...job, steps: 10_000 } });
    await service.stop();
    expect(answers()).toEqual([{ type: 'trouble', trouble: { code: 'cancelled' } }]);
  });
});
