import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import type { BackendReport } from '../../runner/backend.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { mergeProbes, probeRunner } from './availability.ts';
import type { Runner } from './runner.ts';

const report = (backend: string, change: Partial<BackendReport> = {}): { report: BackendReport } => ({
  report: {
    kernels: KERNELS.filter((kernel) => kernel.backend === backend).map(({ id }) => ({ kernel: id, available: true })),
    adapters: [],
    ...change,
  },
});

function probing(outcomes: (BackendReport | TroubleError)[]): { runner: Runner; probes: () => number } {
  let count = 0;
  const runner = {
    probe: async () => {
      const outcome = outcomes[count++]!;
      if (outcome instanceof TroubleError) throw outcome;
      return outcome;
    },
  } as Runner;
  return { runner, probes: () => count };
}

const died = new TroubleError({ code: 'runner-died', backend: 'webgpu', detail: 'SIGSEGV: the driver\nmore' });

describe('probeRunner', () => {
  it('forgives one death', async () => {
    const { runner } = probing([died, report('native').report]);
    expect(await probeRunner(runner)).toEqual(report('native'));
  });

  it('gives up a runner that dies each time, and one that hangs at once', async () => {
    const crashing = probing([died, died, died, died]);
    expect(await probeRunner(crashing.runner)).toEqual({ reason: 'runner-crashing', detail: 'SIGSEGV: the driver' });
    expect(crashing.probes()).toBe(3);
    const hanging = probing([new TroubleError({ code: 'runner-silent', backend: 'webgpu', seconds: 60 })]);
    expect(await probeRunner(hanging.runner)).toEqual({ reason: 'runner-crashing', detail: 'no answer for 60 s' });
  });
});

describe('mergeProbes', () => {
  it('answers for every kernel of the catalogue, in its order', () => {
    const offered = mergeProbes({
      native: report('native', {
        kernels: [
          { kernel: 'autovec', available: true, isas: ['baseline', 'avx2'] },
          { kernel: 'soa_split', available: false, reason: 'isa-missing', detail: 'no SSE2' },
        ],
        compiler: 'gcc 12',
      }),
      webgpu: { reason: 'runner-crashing', detail: 'SIGSEGV' },
      javascript: report('javascript'),
    });
    expect(offered.kernels.map(({ kernel }) => kernel)).toEqual(KERNELS.map(({ id }) => id));
    const of = (id: string) => offered.kernels.find(({ kernel }) => kernel === id);
    expect(of('autovec')).toEqual({ kernel: 'autovec', available: true, isas: ['baseline', 'avx2'] });
    expect(of('soa_split')).toEqual({ kernel: 'soa_split', available: false, reason: 'isa-missing', detail: 'no SSE2' });
    expect(of('aos_nested')).toMatchObject({ available: false, reason: 'addon-failed' });
    expect(of('gpu_naive')).toEqual({ kernel: 'gpu_naive', available: false, reason: 'runner-crashing', detail: 'SIGSEGV' });
    expect(of('javascript')).toEqual({ kernel: 'javascript', available: true });
    expect([offered.compiler, offered.isas]).toEqual(['gcc 12', ['baseline', 'avx2']]);
  });
});
