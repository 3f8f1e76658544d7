import { expect, test } from 'vitest';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import type { Availability, Hello } from '../shared/contract.ts';
import { SOFTWARE_ADAPTER } from '../shared/figures/figure.fixture.ts';
import type { RunRequest } from '../shared/run.ts';
import type { TroubleError } from '../shared/trouble.ts';
import { kernelsOn, onAdapter, onRealGpu } from './adapter-option.ts';

const kernels: Availability[] = ['autovec', 'gpu_naive'].map((kernel) => ({ kernel, available: true }));
const adapters = [SOFTWARE_ADAPTER, { ...SOFTWARE_ADAPTER, id: 'vulkan:7', usable: false }];

test('an adapter that is not there, or is of no use, is refused with those that are', () => {
  for (const id of ['vulkan:7', 'nonsense']) {
    try {
      kernelsOn({ kernels, adapters }, id);
      expect.unreachable();
    } catch (error) {
      expect((error as TroubleError).trouble).toMatchObject({ code: 'bad-value', name: '--adapter', received: id });
      expect(JSON.stringify((error as TroubleError).trouble)).toContain(SOFTWARE_ADAPTER.id);
    }
  }
  expect(kernelsOn({ kernels, adapters }, SOFTWARE_ADAPTER.id)).toEqual(kernels);
  expect(kernelsOn({ kernels, adapters }, undefined)).toEqual(kernels);
});

test('an adapter is given to the GPU kernels and to no other', () => {
  const request: RunRequest = {
    ...{ convention: DEFAULT_CONVENTION, grid: { rows: 8, cols: 8 }, steps: 1, rounds: 1, display: false },
    ...{ flushSubnormals: true, pin: false, keepField: false, variants: [{ kernel: 'autovec' }, { kernel: 'gpu_naive' }] },
  };
  expect(onAdapter(request, 'vulkan:1').variants).toEqual([{ kernel: 'autovec' }, { kernel: 'gpu_naive', adapter: 'vulkan:1' }]);
  expect(onAdapter(request, undefined)).toEqual(request);
});

test('where the processor plays the GPU’s part, only the contenders among the GPU kernels are left', () => {
  const gpu = { ...SOFTWARE_ADAPTER, id: 'vulkan:1', type: 'gpu' } as const;
  const here = { adapters: [gpu, SOFTWARE_ADAPTER], preferences: {} as Hello['preferences'] };
  const all: Availability[] = ['autovec', 'gpu_naive', 'gpu_tiled'].map((kernel) => ({ kernel, available: true }));
  const left = (id: string | undefined, preferred?: string) =>
    onRealGpu(all, { ...here, preferences: { ...here.preferences, ...(preferred && { adapter: preferred }) } }, id, ['gpu_naive'])
      .filter(({ available }) => available)
      .map(({ kernel }) => kernel);
  expect(left(undefined)).toEqual(['autovec', 'gpu_naive', 'gpu_tiled']);
  expect(left(SOFTWARE_ADAPTER.id)).toEqual(['autovec', 'gpu_naive']);
  expect(left(undefined, SOFTWARE_ADAPTER.id)).toEqual(['autovec', 'gpu_naive']);
  expect(left(gpu.id, SOFTWARE_ADAPTER.id)).toEqual(['autovec', 'gpu_naive', 'gpu_tiled']);
  const [, , tiled] = onRealGpu(all, here, SOFTWARE_ADAPTER.id, ['gpu_naive']);
  expect(tiled).toEqual({ kernel: 'gpu_tiled', available: false, reason: 'software-gpu', detail: SOFTWARE_ADAPTER.name });
});
