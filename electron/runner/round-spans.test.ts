import { describe, expect, it } from 'vitest';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import type { Transfer } from '../../kernels/transfer.ts';
import type { Span } from '../shared/run.ts';
import type { KernelInstance, StepSpan } from './backend.ts';
import type { RoundJob } from './protocol.ts';
import { RoundSpans } from './round-spans.ts';

const instance = (compileSeconds?: number) => ({ ...(compileSeconds !== undefined && { compileSeconds }) }) as KernelInstance;

function jobOf(transfer: Transfer, round = 0): RoundJob {
  return {
    ...{ runId: 1, variantIndex: 0, round, grid: { rows: 4, cols: 4 }, steps: 8, convention: DEFAULT_CONVENTION },
    variant: { kernel: 'gpu_naive', precision: 'f32', threads: 1, parameters: { transfer, stepsPerImage: 2 } },
    ...{ flushSubnormals: true, pin: false, warmUp: true, display: false, verify: false, wantField: false },
  };
}

function recording(job: RoundJob, compileSeconds?: number) {
  const spans: Span[] = [];
  const port = {
    send: (message: { type: string; spans?: readonly Span[] }) => void spans.push(...(message.spans ?? [])),
    takeView: () => undefined,
  };
  return { spans, record: new RoundSpans(job, instance(compileSeconds), port) };
}

const trip: StepSpan[] = [
  { what: 'steps', image: 0, begin: 0, end: 2 },
  { what: 'download', image: 0, begin: 2, end: 3 },
];
const named = (spans: readonly Span[]) => spans.map(({ what, image }) => `${what} ${image}`);

describe('spans of a round', () => {
  it('lie around the steps where the state crosses once', async () => {
    const { spans, record } = recording(jobOf('once'), 0.5);
    await record.around('upload', async () => undefined);
    const began = performance.now();
    record.stepped(began, { seconds: 1 });
    record.stepped(began + 1500, { seconds: 1 });
    expect(await record.around('download', async () => 7)).toBe(7);
    expect(named(spans)).toEqual(['compile 0', 'upload 0', 'steps 0', 'steps 1', 'download 0']);
    expect(spans[0]).toEqual({ round: 0, what: 'compile', image: 0, begin: 0, end: 0.5 });
    expect(spans[1]!.begin).toBeCloseTo(0.5, 9);
    expect(spans[3]!.begin - spans[2]!.begin).toBeCloseTo(1.5, 9);
    expect(spans[3]!.end - spans[3]!.begin).toBeCloseTo(1, 9);
  });

  it('are those of the calls where it crosses more often, images counted on', async () => {
    const { spans, record } = recording(jobOf('per-image', 1), 0.5);
    await record.around('upload', async () => undefined);
    record.stepped(5000, { seconds: 3, spans: trip });
    record.stepped(9000, { seconds: 3, spans: trip });
    await record.around('download', async () => undefined);
    expect(named(spans)).toEqual(['steps 0', 'download 0', 'steps 1', 'download 1']);
    expect(spans.map(({ begin, end, round }) => [round, begin, end])).toEqual([
      [1, 0, 2],
      [1, 2, 3],
      [1, 4, 6],
      [1, 6, 7],
    ]);
  });

  it('are not recorded where nothing crosses, nor for ever', async () => {
    const processor = recording(jobOf('once'));
    await processor.record.around('upload', async () => undefined);
    processor.record.stepped(0, { seconds: 1 });
    expect(processor.spans).toEqual([]);
    const long = recording(jobOf('per-image', 1), 0.5);
    for (let call = 0; call < 1200; call++) long.record.stepped(call, { seconds: 3, spans: trip });
    expect(new Set(long.spans.map(({ image }) => image)).size).toBe(1000);
  });
});
