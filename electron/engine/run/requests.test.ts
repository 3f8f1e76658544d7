import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { type Adapter, type RunRequest, resolvedRequestSchema, settingsOf } from '../../shared/run.ts';
import type { Trouble } from '../../shared/trouble.ts';
import { troubleText } from '../../shared/trouble-text.ts';
import { type Offer, resolveRequest } from './requests.ts';

const adapter = (id: string, usable = true): Adapter => ({
  ...{ id, name: id, backend: 'vulkan', type: 'gpu', driver: '', usable, features: [] },
});

const offer: Offer = {
  kernels: KERNELS.map(({ id, isas }) => ({ kernel: id, available: true, ...(isas && { isas: isas.filter((isa) => isa !== 'neon') }) })),
  adapters: [adapter('vulkan:0', false), adapter('vulkan:1'), adapter('vulkan:2')],
  preferredAdapter: 'auto',
  cores: 6,
};

const request: RunRequest = {
  convention: DEFAULT_CONVENTION,
  grid: { rows: 100, cols: 200 },
  steps: 10,
  rounds: 2,
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  variants: [{ kernel: 'autovec' }],
};

function troubleOf(change: Partial<RunRequest>, offered: Partial<Offer> = {}): Trouble | undefined {
  try {
    resolveRequest({ ...request, ...change }, { ...offer, ...offered });
    return undefined;
  } catch (error) {
    return (error as { trouble: Trouble }).trouble;
  }
}

const resolved = (variant: RunRequest['variants'][number], offered: Partial<Offer> = {}, change: Partial<RunRequest> = {}) =>
  resolveRequest({ ...request, ...change, variants: [variant] }, { ...offer, ...offered }).variants[0];

describe('resolveRequest: defaults', () => {
  it('completes every variant with what this machine offers', () => {
    expect(resolved({ kernel: 'autovec' })).toEqual({
      kernel: 'autovec',
      precision: 'f32',
      isa: 'avx512',
      threads: 1,
      parameters: { flags: 'native' },
    });
    expect(resolved({ kernel: 'threads_rows' })).toMatchObject({ threads: 6 });
    expect(resolved({ kernel: 'javascript' })).toEqual({ kernel: 'javascript', precision: 'f32', threads: 1, parameters: {} });
    expect(resolved({ kernel: 'gpu_naive', parameters: { workgroupX: 8 } })).toEqual({
      kernel: 'gpu_naive',
      precision: 'f32',
      threads: 1,
      adapter: 'vulkan:1',
      parameters: { workgroupX: 8, workgroupY: 8, stepsPerSubmit: 32, transfer: 'once', stepsPerImage: 32 },
    });
  });

  it('prefers the adapter of the preferences when it is usable', () => {
    expect(resolved({ kernel: 'gpu_naive' }, { preferredAdapter: 'vulkan:2' })).toMatchObject({ adapter: 'vulkan:2' });
    expect(resolved({ kernel: 'gpu_naive' }, { preferredAdapter: 'vulkan:0' })).toMatchObject({ adapter: 'vulkan:1' });
    expect(resolved({ kernel: 'gpu_naive', adapter: 'vulkan:2' })).toMatchObject({ adapter: 'vulkan:2' });
  });

  it('takes the precision of the convention unless the variant has its own', () => {
    const convention = { ...DEFAULT_CONVENTION, precision: 'f64' as const };
    expect(resolved({ kernel: 'autovec' }, {}, { convention })).toMatchObject({ precision: 'f64' });
    expect(resolved({ kernel: 'gpu_naive', precision: 'f32' }, {}, { convention })).toMatchObject({ precision: 'f32' });
  });

  it('takes the narrowest instruction set for a tuning that exists for no other', () => {
    expect(resolved({ kernel: 'autovec', parameters: { flags: 'O2' } })).toMatchObject({ isa: 'baseline', parameters: { flags: 'O2' } });
    const kernels = [{ kernel: 'autovec', available: true, isas: ['neon' as const] }];
    expect(resolved({ kernel: 'autovec', parameters: { flags: 'O0' } }, { kernels })).toMatchObject({ isa: 'neon' });
  });

  it('takes neon for the baseline of arm64', () => {
    const kernels = [{ kernel: 'autovec', available: true, isas: ['neon' as const] }];
    expect(resolved({ kernel: 'autovec', isa: 'baseline' }, { kernels })).toMatchObject({ isa: 'neon' });
  });

  it('gives what the schema of stored requests accepts', () => {
    expect(() => resolvedRequestSchema.parse(resolveRequest(request, offer))).not.toThrow();
  });
});

describe('resolveRequest: refusals', () => {
  it('names the number that is out of range, whatever it is', () => {
    for (const bad of [0, -1, 2.5, 1e9 + 1, Number.NaN, Number.POSITIVE_INFINITY, '7' as unknown as number]) {
      const received = String(bad);
      expect(troubleOf({ grid: { rows: bad, cols: 3 } })).toEqual({
        code: 'bad-value',
        name: 'rows',
        expected: 'a whole number from 1 to 1000000',
        received,
      });
      expect(troubleOf({ grid: { rows: 3, cols: bad } })).toMatchObject({ code: 'bad-value', name: 'cols', received });
      expect(troubleOf({ steps: bad })).toMatchObject({ code: 'bad-value', name: 'steps', received });
      expect(troubleOf({ rounds: bad })).toMatchObject({ code: 'bad-value', name: 'rounds', received });
      expect(troubleOf({ variants: [{ kernel: 'threads_rows', threads: bad }] })).toMatchObject({ name: 'threads', received });
    }
  });

  it('refuses coefficients that are no numbers, and words that are unknown', () => {
    for (const name of ['diffusionU', 'diffusionV', 'feed', 'kill', 'dt'] as const) {
      for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY, 1e7, undefined as unknown as number])
        expect(troubleOf({ convention: { ...DEFAULT_CONVENTION, [name]: bad } })).toMatchObject({
          code: 'bad-value',
          name,
          received: String(bad),
        });
    }
    for (const name of ['stencil', 'boundary', 'seed', 'precision'] as const)
      expect(troubleOf({ convention: { ...DEFAULT_CONVENTION, [name]: 'odd' } })).toMatchObject({
        code: 'bad-value',
        name,
        received: 'odd',
      });
  });

  it('lists what the kernel supports', () => {
    const kernel = 'autovec';
    expect(troubleOf({ convention: { ...DEFAULT_CONVENTION, boundary: 'clipped' } })).toEqual({
      ...{ code: 'not-supported', kernel, what: 'boundary', received: 'clipped', supported: ['zero', 'background', 'periodic'] },
    });
    expect(troubleOf({ variants: [{ kernel: 'gpu_naive', precision: 'f64' }] })).toEqual({
      ...{ code: 'not-supported', kernel: 'gpu_naive', what: 'precision', received: 'f64', supported: ['f32'] },
    });
    expect(troubleOf({ variants: [{ kernel, threads: 2 }] })).toEqual({
      ...{ code: 'not-supported', kernel, what: 'threads', received: '2', supported: ['1'] },
    });
    expect(troubleOf({ variants: [{ kernel, isa: 'neon' }] })).toEqual({
      ...{ code: 'not-supported', kernel, what: 'isa', received: 'neon', supported: ['baseline', 'avx2', 'avx512'] },
    });
    expect(troubleOf({ variants: [{ kernel, isa: 'avx2', parameters: { flags: 'O3' } }] })).toEqual({
      ...{ code: 'not-supported', kernel, what: 'isa', received: 'avx2', supported: ['baseline'] },
    });
    expect(troubleOf({ variants: [{ kernel: 'javascript', isa: 'avx2' }] })).toMatchObject({ what: 'isa', supported: [] });
    expect(troubleOf({ variants: [{ kernel: 'gpu_naive', parameters: { depth: 2 } }] })).toEqual({
      ...{ code: 'not-supported', kernel: 'gpu_naive', what: 'parameter', received: 'depth' },
      supported: ['workgroupX', 'workgroupY', 'stepsPerSubmit', 'transfer', 'stepsPerImage'],
    });
    expect(troubleOf({ variants: [{ kernel: 'gpu_naive', adapter: 'vulkan:0' }] })).toMatchObject({
      what: 'adapter',
      supported: ['vulkan:1', 'vulkan:2'],
    });
    expect(troubleOf({ variants: [{ kernel, adapter: 'vulkan:1' }] })).toMatchObject({ what: 'adapter', supported: [] });
  });

  it('takes a predicted rate of a variant that there is', () => {
    const predictedRate = { variant: 0, cellsPerSecond: 3e9 };
    expect(resolvedRequestSchema.parse(resolveRequest({ ...request, predictedRate }, offer))).toMatchObject({ predictedRate });
    expect(troubleOf({ predictedRate: { ...predictedRate, variant: 1 } })).toMatchObject({
      code: 'bad-value',
      name: 'predictedRate.variant',
      received: '1',
    });
  });

  it('refuses parameters out of their range, unknown kernels, and none at all', () => {
    expect(troubleOf({ variants: [{ kernel: 'gpu_naive', parameters: { workgroupX: 0 } }] })).toMatchObject({
      code: 'bad-value',
      name: 'workgroupX',
    });
    expect(troubleOf({ variants: [{ kernel: 'gpu_naive', parameters: { workgroupX: 'wide' } }] })).toMatchObject({ name: 'workgroupX' });
    expect(troubleOf({ variants: [{ kernel: 'autovek' }] })).toEqual({
      ...{ code: 'unknown-kernel', received: 'autovek', known: KERNELS.map(({ id }) => id) },
    });
    expect(troubleOf({ variants: [] })).toMatchObject({ code: 'bad-value', name: 'kernels' });
  });

  it('keeps what a variant sets for itself, checked, and only where it differs from the run', () => {
    const variants: RunRequest['variants'] = [
      { kernel: 'autovec', grid: { rows: 3, cols: 5 }, steps: 9, stencil: 'five-point', flushSubnormals: false, pin: true, warmUp: false },
      { kernel: 'autovec', grid: request.grid, flushSubnormals: true, warmUp: true },
    ];
    const run = resolveRequest({ ...request, variants }, offer);
    const own = { grid: { rows: 3, cols: 5 }, steps: 9, stencil: 'five-point', flushSubnormals: false, pin: true, warmUp: false };
    expect(run.variants[0]).toMatchObject(own);
    for (const name of Object.keys(own)) expect(run.variants[1]).not.toHaveProperty(name);
    expect(settingsOf(run, run.variants[0]!)).toMatchObject({ steps: 9, pin: true, convention: { stencil: 'five-point' } });
    expect(settingsOf(run, run.variants[1]!)).toMatchObject({ steps: request.steps, pin: false, warmUp: true });
    expect(troubleOf({ variants: [{ kernel: 'autovec', grid: { rows: 0, cols: 5 } }] })).toMatchObject({ code: 'bad-value', name: 'rows' });
    expect(troubleOf({ variants: [{ kernel: 'autovec', stencil: 'nine' as never }] })).toMatchObject({
      code: 'bad-value',
      name: 'stencil',
    });
  });

  it('says why a kernel cannot run here', () => {
    const kernels = [{ kernel: 'autovec', available: false, reason: 'addon-not-built' as const, detail: 'no compiler' }];
    expect(troubleOf({}, { kernels })).toEqual({
      code: 'kernel-unavailable',
      kernel: 'autovec',
      reason: 'addon-not-built',
      detail: 'no compiler',
    });
  });

  it('ends in a resolved request or in a trouble with a sentence, whatever it is given', () => {
    const odd = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined), fc.string());
    const anyRequest = fc.record({
      rows: odd,
      cols: odd,
      steps: odd,
      feed: odd,
      boundary: fc.oneof(fc.constantFrom('zero', 'frozen', 'periodic'), fc.string()),
      kernel: fc.oneof(fc.constantFrom(...KERNELS.map(({ id }) => id)), fc.string()),
      threads: odd,
      parameters: fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string())),
    });
    fc.assert(
      fc.property(anyRequest, ({ rows, cols, steps, feed, boundary, kernel, threads, parameters }) => {
        const trouble = troubleOf({
          ...{ grid: { rows, cols }, steps, variants: [{ kernel, threads, parameters }] },
          convention: { ...DEFAULT_CONVENTION, feed, boundary },
        } as never);
        if (trouble !== undefined) expect(troubleText(trouble, 'en')).not.toBe('');
      }),
    );
  });
});

describe('resolveRequest: what is observed', () => {
  const observed = (variant: RunRequest['variants'][number]) => troubleOf({ variants: [variant] });
  const observe = { what: 'subnormals', every: 5 } as const;

  it('is a setting of native and WebGPU kernels', () => {
    const variant = resolved({ kernel: 'simd', observe })!;
    expect(variant.observe).toEqual(observe);
    expect(settingsOf({ ...request }, variant).observe).toEqual(observe);
    expect(resolved({ kernel: 'gpu_naive', observe })!.observe).toEqual(observe);
    const kernel = 'javascript';
    const trouble = observed({ kernel, observe });
    expect(trouble).toEqual({ code: 'not-supported', kernel, what: 'observation', received: 'subnormals', supported: [] });
    expect(troubleText(trouble!, 'en')).toContain('the observation “subnormals”');
    expect(troubleText(trouble!, 'fr')).toContain('l’observation');
  });

  it('is refused where it cannot be, or would be more than anyone reads', () => {
    expect(observed({ kernel: 'simd', observe: { what: 'entropy' as never, every: 5 } })).toMatchObject({ name: 'observe.what' });
    expect(observed({ kernel: 'simd', observe: { what: 'difference', every: 0 } })).toMatchObject({ name: 'observe.every' });
    expect(observed({ kernel: 'simd', steps: 1e6, observe: { what: 'difference', every: 99 } })).toMatchObject({ received: '99' });
    expect(observed({ kernel: 'simd', steps: 1e6, observe: { what: 'difference', every: 100 } })).toBeUndefined();
    expect(observed({ kernel: 'simd', observe, images: { every: 5, writing: 'none' } })).toMatchObject({ code: 'bad-value' });
  });
});
