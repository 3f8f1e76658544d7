import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Convention, DEFAULT_CONVENTION, seedField } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';
import { createReferenceBackend } from '../../tests/support/reference-backend.ts';
import type { Images } from '../shared/run.ts';
import { openImageFile } from './image-file.ts';
import { measureRound } from './measure.ts';
import type { FromRunner, RoundJob } from './protocol.ts';

const convention: Convention = { ...DEFAULT_CONVENTION, precision: 'f64' };
const grid = { rows: 9, cols: 14 };

function jobOf(images: Images, steps = 10): RoundJob {
  return {
    ...{ runId: 1, variantIndex: 0, round: 2, grid, steps, images },
    variant: { kernel: 'autovec', precision: 'f64', threads: 1, parameters: {}, images },
    convention,
    ...{ flushSubnormals: true, pin: false, warmUp: false, display: false, verify: false, wantField: true },
  };
}

async function measured(images: Images, signal = new AbortController().signal, sleepPerStep = 0.002) {
  const messages: FromRunner[] = [];
  const port = { send: (message: FromRunner) => void messages.push(message), takeView: () => undefined };
  const failure = await measureRound(createReferenceBackend({ sleepPerStep }), jobOf(images), signal, port).then(
    () => undefined,
    (error: unknown) => error,
  );
  const of = <T extends FromRunner['type']>(type: T) =>
    messages.filter((message): message is Extract<FromRunner, { type: T }> => message.type === type);
  const samples = of('samples').flatMap((message) => message.samples);
  return { failure, samples, spans: of('spans').flatMap((message) => message.spans), done: of('roundDone')[0] };
}

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('gslab-images-'));

describe('a round with images', () => {
  it('is a sample for each image, and ends in the state after exactly the steps asked for', async () => {
    const { samples, spans, done, failure } = await measured({ every: 4, writing: 'none' });
    expect(failure).toBeUndefined();
    expect(samples.map(({ steps, index, round }) => [round, index, steps])).toEqual([
      [2, 0, 4],
      [2, 1, 4],
      [2, 2, 2],
    ]);
    expect(spans.map(({ what }) => what)).toEqual(['steps', 'steps', 'steps']);
    expect(done!.state).toEqual(referenceRun(seedField(grid, convention.seed, 'f64'), grid, convention, 10));
  });

  it('writes in turn when inline: nothing overlaps, and a sample holds all of it', async () => {
    const { samples, spans } = await measured({ every: 5, writing: 'inline' });
    expect(spans.map(({ what, image }) => `${what} ${image}`)).toEqual(['steps 0', 'read 0', 'write 0', 'steps 1', 'read 1', 'write 1']);
    for (const [index, { begin }] of spans.entries()) expect(begin).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
    const total = samples.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(total).toBeGreaterThanOrEqual(spans.reduce((sum, { begin, end }) => sum + end - begin, 0) - 1e-3);
  });

  it('writes while the next steps go on when overlapped, and has written all images at its end', async () => {
    const { samples, spans } = await measured({ every: 2, writing: 'overlapped' }, undefined, 0.01);
    const of = (what: string, image: number) => spans.find((span) => span.what === what && span.image === image)!;
    expect(spans.filter(({ what }) => what === 'write').map(({ image }) => image)).toEqual([0, 1, 2, 3, 4]);
    const written = spans.filter(({ what }) => what === 'write');
    for (const [at, { begin }] of written.entries()) expect(begin).toBeGreaterThanOrEqual(written[at - 1]?.end ?? 0);
    // The first write begins before the steps that follow it have ended.
    expect(of('write', 0).begin).toBeLessThan(of('steps', 1).end);
    expect(of('steps', 1).begin).toBeLessThan(of('write', 0).end);
    expect(of('write', 4).end).toBeLessThanOrEqual(samples.reduce((sum, { seconds }) => sum + seconds, 0) + 1e-3);
  });

  it('leaves no file behind, cancelled or not', async () => {
    const before = folders();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const { failure } = await measured({ every: 1, writing: 'overlapped' }, controller.signal, 0.02);
    expect(failure).toMatchObject({ trouble: { code: 'cancelled' } });
    await measured({ every: 5, writing: 'inline' });
    expect(folders()).toEqual(before);
  });
});

it('images lie in the file one after the other, in the order in which they were written', async () => {
  const file = await openImageFile();
  const field = (value: number) => ({ u: new Float32Array(6), v: new Float32Array(6).fill(value) });
  for (const value of [1, 2, 3]) await file.write(field(value));
  const newest = folders()
    .map((name) => join(tmpdir(), name, 'v.raw'))
    .at(-1)!;
  const bytes = await readFile(newest);
  expect([...new Float32Array(bytes.buffer, bytes.byteOffset, 18)]).toEqual([
    ...Array(6).fill(1),
    ...Array(6).fill(2),
    ...Array(6).fill(3),
  ]);
  await file.close();
});
